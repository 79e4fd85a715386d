INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:21.000000Z","body":{},"id":"e-1","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-1', 1);
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{},"id":"e-2","link":"v-_s_K8Ngl_080naoZtcJfXv9Hrj8dr8c2zQOIa6_dQ","n":2,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-2', 2);
INSERT INTO checkpoints VALUES (3, x'f9edb231b74148da1b6611dc83636874f77e594ffdd0504476bb609c787d1e02', x'c484a1a95cf8843b1c1401e8f7207daba6e1f09cd79f57e37057a8b33df3e41387ee63fb1c0110e142fc37028bde92b778735860c591e89ad7bf2537a4b78605', 0);
