INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO sealed VALUES (2048, 'WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwibm90ZXMiLCJub3RlcyJd');
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:21.000000Z","body":{"_sd":["3Tii42tBGZeTyysm77oOMBEu7WWGRhRXb9GIipRmtho"]},"id":"e-1","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-1', 1);
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"digests":["3Tii42tBGZeTyysm77oOMBEu7WWGRhRXb9GIipRmtho"],"entry":1},"id":"e-2","link":"RuYuvw2Bx0tQe8le6AdyOE3MC9PyUHNpw_iFoDOuv0k","n":2,"type":"erasure","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-2', 2);
INSERT INTO checkpoints VALUES (3, x'a6e68971337de794c11cedcc81cbcc71976371f2bb089c77f426474a0ed642f7', x'5156fcf6321b7dc52209559e3ac9b951e237d1409cf1b2a851b2ac8a22c176c8d18795a5db3d6609a96cfb14882e25d017c69ca83ee1c304b6fb0fdce3d79303', 0);
