INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952","link":"Jbx_PDcXqBzGE4wrnnzLH6b12n3hNz7y2_-MLnJCZ_0","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:24.000000Z","body":{"_sd":["R1X5M9ND762gpxX-4xlu38DCsdfuXFxH1E6F0GOioSw","iDgEsi9rtdHjWFnqzqmSDO5Is3HJ3axmgJNbUPKPW3k"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":1},"rationale":{"_sd":["4xbkFa0mzVYgi8RbQlqobqYDMfOHNydMwTLnR-aXrbo"],"source":"model","timing":"with"}},"id":"d-1","link":"exk9udb-1meqXSo9ki7cqmtG9VfcGGr4RZ3vDyfbSIw","n":2,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (3, CAST('{"at":"2026-09-21T14:13:25.000000Z","body":{"_sd":["1bylFYS7W-aBsnQzMDkytSIz_Bmlg2l8DrwVL3W_exI","VM-iOD4oeiQFf7tfGX6b6hogMQOd7-6GDPHHeRtKEmo"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":2},"rationale":{"_sd":["b0PNiwI3xCDtPrWablgcshUucwT1OKAKCZCiLbj-ZY0"],"source":"model","timing":"with"}},"id":"d-2","link":"ZhWOLLg5UR2YeoPXbZaYOgdA8luZIiuQIGCnGftmt2g","n":3,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (4, CAST('{"at":"2026-09-21T14:13:26.000000Z","body":{"_sd":["eog_J7tH0IeYktb-JrAaIUScVBDpH5_Lku67TDj-Aog","zxjXH8fnTrSINjo_B0vVhj9eYWSCBt6X7ti3RboFzUI"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":3},"rationale":{"_sd":["NKaArFO0Y2nYKCN_qCujwhy4mP_j_w0yS_djMNtTHgs"],"source":"model","timing":"with"}},"id":"d-3","link":"KRkqtG97DY2qWf4WqcicwC6f6dt6pLAlTzOrPgtOu7Y","n":4,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (5, CAST('{"at":"2026-09-21T14:13:27.000000Z","body":{"_sd":["LMsyxiFKqMWpEpf7wVm3BQO1PsKdIJEttmTRtgKrOs0","Z7K8DUubpT1MnoLHKs8i4pKRQHaLaHJdlj5TovIjQ98"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":4},"rationale":{"_sd":["9_k1hfUTMTxKq0AYhWgSPU4kYd9alNfLF8RzLofDy10"],"source":"model","timing":"with"}},"id":"d-4","link":"RGFu_m4Mx0qvdt5a8tlAZKPa5ECca8YyAH_JBnwKMR0","n":5,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (6, CAST('{"at":"2026-09-21T14:13:28.000000Z","body":{"active":true,"digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"vKohvclk9ehqyJsdN2Q_-g9HSs_DSH_2zXtKd4HCXL4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"2"},"id":"because:specification:01a0c450-8b40-7052-bb03-e17f6a496b06","link":"SzP065RmgEclpHvTQsWmA6d1ZLPN3OUgA7UT9q01-Ug","n":6,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (7, CAST('{"at":"2026-09-21T14:13:29.000000Z","body":{"_sd":["dg3CvXqTwATuugpnHRQq9G4TfIW5ae1jKxNe24uFYzQ","lEFO3TZZ734drmjhfmGBJ86m3tF3zTuyeRVbBO_lcZ8"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":5},"rationale":{"_sd":["NjIq0PVtC2H6SW8EMwLYaU8rtx3WbDN1cE_UmNWem7k"],"source":"model","timing":"with"}},"id":"d-5","link":"TFsxVvSrs0xbO87ebXG7rfkTA9DIHYOOR5uxWokq5-4","n":7,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (8, CAST('{"at":"2026-09-21T14:13:30.000000Z","body":{"_sd":["Ri5QGuGgafpQ0Gwj_OgCPaq0mJrOT3fsju5lPTt-VBc","o4-0Vg1EMrl50lIhDV_kjRgNzkFqRm3hozbwU4jmB2Y"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":6},"rationale":{"_sd":["SIOw0i6VrfjN9lmKW4MwiKnyTcpgJEMgV4En36grr-k"],"source":"model","timing":"with"}},"id":"d-6","link":"J1qvf3DRJ6IiaXO3YFT0yp6SkOmrFg9rIKQaOZmps7E","n":8,"type":"decision","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952', 1);
INSERT INTO identities VALUES ('because:specification:01a0c450-8b40-7052-bb03-e17f6a496b06', 6);
INSERT INTO identities VALUES ('d-1', 2);
INSERT INTO identities VALUES ('d-2', 3);
INSERT INTO identities VALUES ('d-3', 4);
INSERT INTO identities VALUES ('d-4', 5);
INSERT INTO identities VALUES ('d-5', 7);
INSERT INTO identities VALUES ('d-6', 8);
INSERT INTO checkpoints VALUES (9, x'aa6574bf473b2aaab32a5fb2a69c2e66de120383775f23323162e33a87fdfdf2', x'059e8832e8fd77adec96aa786aafcdac5be8509e00955e7e5c331087b5b6c6c6931d4af105d0b8bcfe7417e628931a4227459d9b99128e10c1e6ee91c7741202', 0);
INSERT INTO texts VALUES (x'46ac518ce4ff5fa9d400945f27a29f92ad858bd74274a385d189c37c8680d0e7', CAST('## Be honest {#be_honest authority=root}

Say what is true.

' AS BLOB));
INSERT INTO texts VALUES (x'bcaa21bdc964f5e86ac89b1d37643ffa0f474acfc3487ff6cd7b4a7781c25cbe', CAST('## Be brief {#be_brief authority=user}

Be as short as you can.
' AS BLOB));
INSERT INTO texts VALUES (x'cd9eb42ce212c5410c01341e794ae48f0d85b302a4f3f9416b99f1281f0b136f', CAST('# Rules {#rules}

## Be honest {#be_honest authority=root}

Say what is true.

## Be brief {#be_brief authority=user}

Be short.
' AS BLOB));
INSERT INTO texts VALUES (x'd2f0844fbe62f7220c5b43556f50d4782e40643a896bb47ffd3d636b7510be9e', CAST('## Be brief {#be_brief authority=user}

Be short.
' AS BLOB));
INSERT INTO texts VALUES (x'dc7ee1342a6f16e8d6bc85baaa41b2631c5fe778b3ad3aa646992914ab2b46b0', CAST('# Rules {#rules}

' AS BLOB));
INSERT INTO texts VALUES (x'df8752ed6633bd26cfc0fcb0e0cb0c72732b99478fe0587e382dc3fc0a338f90', CAST('# Rules {#rules}

## Be honest {#be_honest authority=root}

Say what is true.

## Be brief {#be_brief authority=user}

Be as short as you can.
' AS BLOB));
INSERT INTO sealed VALUES (4096, 'WyIxem9uLTFmcGE0YXljXzgwX09HZGF3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDEiXQ');
INSERT INTO sealed VALUES (4097, 'WyJlR3h0YVd4NXd0dkNPZDFPa2JSbktRIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (4098, 'WyJnRTdfV2o5WFI2Mms2cUl2SFVuQUhnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (6144, 'WyJYazg0aEx0cnh2T3NWNVJLVXhTUXpRIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDIiXQ');
INSERT INTO sealed VALUES (6145, 'WyJ2V29ZQWNmQVFJTFBTRzdBSjZvVFVRIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (6146, 'WyJPWkF0RDNkM0ZmMEFYdnJKb3dZaTFRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (8192, 'WyJJUW1OMW13YkVJeVpXNVU4aWpWV0VRIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDMiXQ');
INSERT INTO sealed VALUES (8193, 'WyJiUGJoX0VLSk8zNEg4bkZWZk9zQ0dBIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (8194, 'WyJBLUlCVFBnbzYyVkttZU1RLUgtcmxBIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (10240, 'WyJfSndwMzlReTFnM0hiaGV3LXJxMldRIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (10241, 'WyIwcVVJdkdYRTF0Z2txN3BLX2VnUktRIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDQiXQ');
INSERT INTO sealed VALUES (10242, 'WyJ4eDNxZGJnUURwWXpqYVgwRnRMMmtBIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (14336, 'WyJoUk16MHRXYXR0aGpJbGhJWldZakRnIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (14337, 'WyJPanpqZDB3YnZId1l0WkN1RDBWN3ZBIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDUiXQ');
INSERT INTO sealed VALUES (14338, 'WyIxUkhwRGo1OXlpb0M1NjNjT05adGxnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (16384, 'WyIxeWRoX0Y2UzBxcnpSMERCdTJhTXFRIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (16385, 'WyJWV01oWUlpNWltSlZmNkhpYUFKV1B3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDYiXQ');
INSERT INTO sealed VALUES (16386, 'WyJPUm1zZUs0d1V6dTU3VUlzZWRicW9nIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 2);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 4);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 7);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 3);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 5);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 8);
