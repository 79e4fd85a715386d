INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO sealed VALUES (2048, 'WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwibm90ZXMiLCJub3RlcyJd');
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:21.000000Z","body":{"_sd":["3Tii42tBGZeTyysm77oOMBEu7WWGRhRXb9GIipRmtho","3Tii42tBGZeTyysm77oOMBEu7WWGRhRXb9GIipRmtho"]},"id":"e-1","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-1', 1);
INSERT INTO checkpoints VALUES (2, x'53e680911b89313502ae0391df262184662ed9303f176289b6fab7dc40de21c5', x'33f92573a3cfb7d24329648f687728373992068cca361f1bb6e5363103558f12b35cffe9e2f3647c78280cf446c0459b06476cbdfecad1af91ef13b09aaefe08', 0);
