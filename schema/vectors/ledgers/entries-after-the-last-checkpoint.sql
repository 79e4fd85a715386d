INSERT INTO secrets VALUES ('subject_key', x'0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:20.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('because:ledger', 0);
INSERT INTO checkpoints VALUES (1, x'dc73d041b7a4977be75c74a974868e912e76a19fdbc5bd7907e159f68d1f023a', x'56f4663c311c907502ecacd3e6f9d13055209ee21e1a101fc40b3423e00559c2b200843d097b56eef17e475a056cf764703ff0e498a1838f7beecf29b95c540c', 0);
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:21.000000Z","body":{},"id":"e-1","link":"3HPQQbekl3vnXHSpdIaOkS52oZ_bxb15B-FZ9o0fAjo","n":1,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-1', 1);
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{},"id":"e-2","link":"v-_s_K8Ngl_080naoZtcJfXv9Hrj8dr8c2zQOIa6_dQ","n":2,"type":"remark","v":1}' AS BLOB));
INSERT OR IGNORE INTO identities VALUES ('e-2', 2);
