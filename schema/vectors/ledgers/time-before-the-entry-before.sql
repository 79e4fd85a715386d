INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:29.000000Z","body":{},"id":"e-1","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-1', 1);
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:28.000000Z","body":{},"id":"e-2","link":"19GHzc0PP7Rhff2UqPa9mxuFs74qwVcGvjKNuk0xJj0","n":2,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-2', 2);
INSERT INTO checkpoints VALUES (3, x'e4eccc09d0a6c2ff128806cad3074a912c92d51f5711105972c96dfe0f80a6db', x'e1bb6ebc0f4fad85cf6afd7901e749dd113b64c4fddb5222c94df2602ec7cd05303503011f71eee19b4de46e08da7883d1b3230b67d80b04210fdbebea1cc505', 0);
