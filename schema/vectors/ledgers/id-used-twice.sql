INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:21.000000Z","body":{},"id":"again","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('again', 1);
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{},"id":"again","link":"HDIxM9AvEa4p0NJrV9ujUlQDjp4SWHN7YZDlEzu-tdU","n":2,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('again', 2);
INSERT INTO checkpoints VALUES (3, x'58747856de85553a5fcbf859f8e8c52066d8c4bf68db4d1029db77b09b26c6a8', x'a90f96dccc521b90f87b7571929fff604b94fed42e31d73c0e52455b030a3e741085944ca0eb1c3bd5fb48e81d80f5ecaeeb13fcbef8f0fe14a1d4774825f50f', 0);
