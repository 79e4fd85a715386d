INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952","link":"Jbx_PDcXqBzGE4wrnnzLH6b12n3hNz7y2_-MLnJCZ_0","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:24.000000Z","body":{"_sd":["R1X5M9ND762gpxX-4xlu38DCsdfuXFxH1E6F0GOioSw","iDgEsi9rtdHjWFnqzqmSDO5Is3HJ3axmgJNbUPKPW3k"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":1},"rationale":{"_sd":["4xbkFa0mzVYgi8RbQlqobqYDMfOHNydMwTLnR-aXrbo"],"source":"model","timing":"with"}},"id":"d-1","link":"exk9udb-1meqXSo9ki7cqmtG9VfcGGr4RZ3vDyfbSIw","n":2,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (3, CAST('{"at":"2026-09-21T14:13:25.000000Z","body":{"_sd":["1bylFYS7W-aBsnQzMDkytSIz_Bmlg2l8DrwVL3W_exI","VM-iOD4oeiQFf7tfGX6b6hogMQOd7-6GDPHHeRtKEmo"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":2},"rationale":{"_sd":["b0PNiwI3xCDtPrWablgcshUucwT1OKAKCZCiLbj-ZY0"],"source":"model","timing":"with"}},"id":"d-2","link":"ZhWOLLg5UR2YeoPXbZaYOgdA8luZIiuQIGCnGftmt2g","n":3,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (4, CAST('{"at":"2026-09-21T14:13:26.000000Z","body":{"_sd":["eog_J7tH0IeYktb-JrAaIUScVBDpH5_Lku67TDj-Aog","zxjXH8fnTrSINjo_B0vVhj9eYWSCBt6X7ti3RboFzUI"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":3},"rationale":{"_sd":["NKaArFO0Y2nYKCN_qCujwhy4mP_j_w0yS_djMNtTHgs"],"source":"model","timing":"with"}},"id":"d-3","link":"KRkqtG97DY2qWf4WqcicwC6f6dt6pLAlTzOrPgtOu7Y","n":4,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (5, CAST('{"at":"2026-09-21T14:13:27.000000Z","body":{"_sd":["LMsyxiFKqMWpEpf7wVm3BQO1PsKdIJEttmTRtgKrOs0","Z7K8DUubpT1MnoLHKs8i4pKRQHaLaHJdlj5TovIjQ98"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":4},"rationale":{"_sd":["9_k1hfUTMTxKq0AYhWgSPU4kYd9alNfLF8RzLofDy10"],"source":"model","timing":"with"}},"id":"d-4","link":"RGFu_m4Mx0qvdt5a8tlAZKPa5ECca8YyAH_JBnwKMR0","n":5,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (6, CAST('{"at":"2026-09-21T14:13:29.000000Z","body":{"_sd":["hSX7qxLwuQcBTVr734EgCpDMSttu-xuqzUD8UopbMwY","myAAkMvLsjQMca3zBIfpYL3zS1ADwRW5sBIBly1znSY"],"event":"placed"},"id":"because:hold:01a0c450-8f28-7c7c-98b5-90ae0f457bbc","link":"SzP065RmgEclpHvTQsWmA6d1ZLPN3OUgA7UT9q01-Ug","n":6,"type":"hold","v":1}' AS BLOB));
INSERT INTO entries VALUES (7, CAST('{"at":"2026-09-21T14:13:30.000000Z","body":{"class":"short","default":true,"event":"set","maximum":3600,"minimum":60},"id":"because:retention:01a0c450-9310-7511-a90e-3e7dca2a02e7","link":"XJvZBzHmqWe8t8vSSA6VhrG0I5etGSkeO5kKpiwyXgo","n":7,"type":"retention","v":1}' AS BLOB));
INSERT INTO entries VALUES (8, CAST('{"at":"2026-09-21T14:13:32.000000Z","body":{"_sd":["bzJou2YgTqAZitV-3TFZPopFaoHD82eLBZ3-xEkakJI","fxA_KlSJb1ERNOsBoP4SSXb4hbAs1G2Ms7ZkgXI3nek"],"despite_minimum":true,"digests":["R1X5M9ND762gpxX-4xlu38DCsdfuXFxH1E6F0GOioSw"],"entry":2},"id":"because:erasure:01a0c450-9ae0-7c6f-aeca-91fd439b6d5e","link":"8SV4uZ-Gs-erC141vAIWAQm-Kh-8uR8Moz-r8njyHgU","n":8,"type":"erasure","v":1}' AS BLOB));
INSERT INTO entries VALUES (9, CAST('{"at":"2026-09-21T14:13:35.000000Z","body":{"_sd":["8BcE5BlribI4IcgXqMXOn20Jnj8GaM4_tqW6gzLlrX0","VHhOwc7ut0x5tQBW3eZYf-1eDqfokMUemsxyvuprlK0"],"despite_minimum":true,"digests":["iDgEsi9rtdHjWFnqzqmSDO5Is3HJ3axmgJNbUPKPW3k","4xbkFa0mzVYgi8RbQlqobqYDMfOHNydMwTLnR-aXrbo"],"entry":2},"id":"because:erasure:01a0c450-a698-77dd-bc9e-cee6deacbcd5","link":"cLOkzIQHgJ1AAG5GTYs0UsX_towttMMXD6iiErOxzzw","n":9,"type":"erasure","v":1}' AS BLOB));
INSERT INTO entries VALUES (10, CAST('{"at":"2026-09-21T14:13:35.000000Z","body":{"_sd":["5CWtVi8qtg86E6PCUyvSIZaoAARBNNgw4l91A9OBC2w","IcsRkpSkEEUewBzWYc3xnF4g7FS5HZfulEy8kW9qWSM"],"despite_minimum":true,"digests":["eog_J7tH0IeYktb-JrAaIUScVBDpH5_Lku67TDj-Aog","zxjXH8fnTrSINjo_B0vVhj9eYWSCBt6X7ti3RboFzUI","NKaArFO0Y2nYKCN_qCujwhy4mP_j_w0yS_djMNtTHgs"],"entry":4},"id":"because:erasure:01a0c450-a698-7185-8556-25902a8b1c1a","link":"Wxk9v-G2dFBIgY6Cdhq7sHBPW4dttIYEevfTHPTkLdc","n":10,"type":"erasure","v":1}' AS BLOB));
INSERT INTO entries VALUES (11, CAST('{"at":"2026-09-21T14:13:37.000000Z","body":{"_sd":["GXWAgVbia7ImBz-ScdNdsFye-pZwfY0JrFCGbLuX06k"],"event":"released","hold":6},"id":"because:hold:01a0c450-ae68-722c-ae0b-e36dcf627cd7","link":"Q3w5MOYZZzXhHIrAejH8t0WpYDiRNgrYx6U0HuwDxWg","n":11,"type":"hold","v":1}' AS BLOB));
INSERT INTO entries VALUES (12, CAST('{"at":"2026-09-21T14:13:38.000000Z","body":{"class":"short","event":"set","maximum":0},"id":"because:retention:01a0c450-b250-7af4-94cc-cacd9ef40cc3","link":"Yvjt39U7bOqSpaOGDEv5HIktmdV6i2BAsLKVC-Wcerw","n":12,"type":"retention","v":1}' AS BLOB));
INSERT INTO entries VALUES (13, CAST('{"at":"2026-09-21T14:13:41.000000Z","body":{"classes":[{"class":"short","cutoff":"2026-09-21T14:13:39.000000Z","due":2,"held":0}],"event":"run"},"id":"because:retention:01a0c450-b638-7367-9077-b66a29874a25","link":"2bGI_kp-m9IOeDFClKWIvtTEQuBrCeatrLCas-fmLas","n":13,"type":"retention","v":1}' AS BLOB));
INSERT INTO entries VALUES (14, CAST('{"at":"2026-09-21T14:13:41.000000Z","body":{"_sd":["BDW2jM260gClrSTFHiyTF4xs-oVSPMIjMSqYMXaetww"],"digests":["1bylFYS7W-aBsnQzMDkytSIz_Bmlg2l8DrwVL3W_exI","VM-iOD4oeiQFf7tfGX6b6hogMQOd7-6GDPHHeRtKEmo","b0PNiwI3xCDtPrWablgcshUucwT1OKAKCZCiLbj-ZY0"],"entry":3,"retention":"because:retention:01a0c450-b638-7367-9077-b66a29874a25"},"id":"because:erasure:01a0c450-be08-7923-b445-0fa8d48196ce","link":"aQIPqWnBD4lo4nziU4bFJMonuM6JffqiNOpF0lqM7gw","n":14,"type":"erasure","v":1}' AS BLOB));
INSERT INTO entries VALUES (15, CAST('{"at":"2026-09-21T14:13:41.000000Z","body":{"_sd":["wbT6vZ2o-Q9qW3sLSGXrmISzQAYba8Pp8DFwRAnl3mc"],"digests":["LMsyxiFKqMWpEpf7wVm3BQO1PsKdIJEttmTRtgKrOs0","Z7K8DUubpT1MnoLHKs8i4pKRQHaLaHJdlj5TovIjQ98","9_k1hfUTMTxKq0AYhWgSPU4kYd9alNfLF8RzLofDy10"],"entry":5,"retention":"because:retention:01a0c450-b638-7367-9077-b66a29874a25"},"id":"because:erasure:01a0c450-be08-74fa-8ce0-77d9d8ec4a36","link":"TnJIwwabQ37Vr8eZsSe_2KPfjEeWfjX8W10QjqymkXI","n":15,"type":"erasure","v":1}' AS BLOB));
INSERT INTO entries VALUES (16, CAST('{"at":"2026-09-21T14:13:42.000000Z","body":{"_sd":["9s_Si8NwaZzUJNz6ZuyLznvd0jGdE6Xmiv-v7hRF_p4","HbGX_icjvz-Fcxj2FU35PHmZ9k7Rfn0ZbQVLyBgImDA"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":5},"rationale":{"_sd":["FdoGVTTY2-CwfFU7F-CCa9AzphrnO8QeBsCLsa-9Kpc"],"source":"model","timing":"with"}},"id":"d-5","link":"sZwfhpREDLN2Fea_f1ABWW8DwS6myTb_OUCjNHzhGz8","n":16,"type":"decision","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:erasure:01a0c450-9ae0-7c6f-aeca-91fd439b6d5e', 8);
INSERT INTO identities VALUES ('because:erasure:01a0c450-a698-7185-8556-25902a8b1c1a', 10);
INSERT INTO identities VALUES ('because:erasure:01a0c450-a698-77dd-bc9e-cee6deacbcd5', 9);
INSERT INTO identities VALUES ('because:erasure:01a0c450-be08-74fa-8ce0-77d9d8ec4a36', 15);
INSERT INTO identities VALUES ('because:erasure:01a0c450-be08-7923-b445-0fa8d48196ce', 14);
INSERT INTO identities VALUES ('because:hold:01a0c450-8f28-7c7c-98b5-90ae0f457bbc', 6);
INSERT INTO identities VALUES ('because:hold:01a0c450-ae68-722c-ae0b-e36dcf627cd7', 11);
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:retention:01a0c450-9310-7511-a90e-3e7dca2a02e7', 7);
INSERT INTO identities VALUES ('because:retention:01a0c450-b250-7af4-94cc-cacd9ef40cc3', 12);
INSERT INTO identities VALUES ('because:retention:01a0c450-b638-7367-9077-b66a29874a25', 13);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952', 1);
INSERT INTO identities VALUES ('d-1', 2);
INSERT INTO identities VALUES ('d-2', 3);
INSERT INTO identities VALUES ('d-3', 4);
INSERT INTO identities VALUES ('d-4', 5);
INSERT INTO identities VALUES ('d-5', 16);
INSERT INTO checkpoints VALUES (17, x'265296cb7c4cd86a9bf7b88cce6c8e58516cece11c29e9987c7e12661274a637', x'a3028ee771cf4f7c680921484ee909c5501786a293b2bb8a104b449db9ab6ae124413ef503c728b1bcc7844a7ace59b8a6112b52c1e891b223423ae55ed1ee09', 0);
INSERT INTO texts VALUES (x'46ac518ce4ff5fa9d400945f27a29f92ad858bd74274a385d189c37c8680d0e7', CAST('## Be honest {#be_honest authority=root}

Say what is true.

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
INSERT INTO sealed VALUES (12288, 'WyJ0dGhqSWxoSVpXWWpEam84NDNkTUd3Iiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (12289, 'WyI4Rkk3QS1GX2FrbHJCb1VUTTlMVm1nIiwiYmFzaXMiLCJBIGNhc2UgaXMgb3Blbi4iXQ');
INSERT INTO sealed VALUES (16384, 'WyJyZHc0MW0yV2txeFpBQUNwR3dPb2pRIiwiYmFzaXMiLCJUaGUgY3VzdG9tZXIgYXNrZWQgZm9yIGl0LiJd');
INSERT INTO sealed VALUES (16385, 'WyJvY2lOVWZxeXQ0OWpGeDlWUHN4VkdnIiwiZmllbGRzIixbInN1bW1hcnkiXV0');
INSERT INTO sealed VALUES (18432, 'WyJnbjZQMm5fdU5RUnZMZS1UVUlZM1NBIiwiYmFzaXMiLCJUaGUgY3VzdG9tZXIgYXNrZWQgZm9yIGl0LiJd');
INSERT INTO sealed VALUES (18433, 'WyJQMnZvb3Q5NlE1TGJzZDdXTzhjSE1nIiwiZmllbGRzIixbInN1YmplY3QiLCJyYXRpb25hbGUudGV4dCJdXQ');
INSERT INTO sealed VALUES (20480, 'WyJNMXJDa0RXSFNQYlM5SU5uTEFJNTlnIiwiZmllbGRzIixbInN1bW1hcnkiLCJzdWJqZWN0IiwicmF0aW9uYWxlLnRleHQiXV0');
INSERT INTO sealed VALUES (20481, 'WyJZbXhkX214X1VNN1QxV0RwY1BNTEZRIiwiYmFzaXMiLCJUaGUgY3VzdG9tZXIgYXNrZWQgZm9yIGl0LiJd');
INSERT INTO sealed VALUES (22528, 'WyJPOVowUUYwNG4xNHVOTWF3dXRsbGdRIiwiYmFzaXMiLCJUaGUgY2FzZSB3YXMgY2xvc2VkLiJd');
INSERT INTO sealed VALUES (28672, 'WyJlTFVrQXhrSkx2S2hCRElvNURQcHNBIiwiZmllbGRzIixbInN1bW1hcnkiLCJzdWJqZWN0IiwicmF0aW9uYWxlLnRleHQiXV0');
INSERT INTO sealed VALUES (30720, 'WyJCclhsUG5VVE51dmlCYnpmeEptaVhnIiwiZmllbGRzIixbInN1YmplY3QiLCJzdW1tYXJ5IiwicmF0aW9uYWxlLnRleHQiXV0');
INSERT INTO sealed VALUES (32768, 'WyJkN1pzVHFCeC1FZmF0WFBWQjZNc1RRIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDUiXQ');
INSERT INTO sealed VALUES (32769, 'WyJrbTNZRHE1dWx0RklzN0tydThaMkFBIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (32770, 'WyJtYVhXcEFNWE0yRUxzSURRdjZlVV9BIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 16);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 6);
