INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952","link":"Jbx_PDcXqBzGE4wrnnzLH6b12n3hNz7y2_-MLnJCZ_0","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:24.000000Z","body":{"_sd":["bsH6h9Ti6M2REnvxH_8KpCNvgolY2pLBiFtEQ4xNKMg","hmrV83PuZGCsxkjKy88il_LpQYHL8BVgByzcltXg5LU"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":1},"rationale":{"_sd":["FJPpPqF9yJv_UXSrgsJPqpzubVDIFvIDt6SDkMaz9xQ"],"source":"model","timing":"with"}},"id":"d-1","link":"exk9udb-1meqXSo9ki7cqmtG9VfcGGr4RZ3vDyfbSIw","n":2,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (3, CAST('{"at":"2026-09-21T14:13:25.000000Z","body":{"key":"vectors.example/log+70ae441f+AdwJMlYwXEHSaaEtiXMXh/2zZ6E4cy8NwcrCKDVLj16r","previous":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe"},"id":"because:key:01a0c450-7f88-784f-8864-1d02b4d121d3","link":"Qw_d316-54aTKEEytCCSCByJT0dFW8LzgfetpM2fBEk","n":3,"type":"key","v":1}' AS BLOB));
INSERT INTO entries VALUES (4, CAST('{"at":"2026-09-21T14:13:26.000000Z","body":{"_sd":["PCAmvbAJMNUavXHifSVGuX6SwzDWlkMaUB9P5SAXqI8","QMGEhvdzOMScsbJkljUq5-yrg6i6w7vqIG7sGpPD2n8"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":2},"rationale":{"_sd":["rhZFI-G4qsp3ExdHNSeH1UwJK7Oi34YUlzT5er1Xcm8"],"source":"model","timing":"with"}},"id":"d-2","link":"nbjnaxA1O52dSWUV1n3WnubDkiSbUFbAri3OqCuQeiI","n":4,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (5, CAST('{"at":"2026-09-21T14:13:27.000000Z","body":{"_sd":["_55jmakvnMyvy0ZGJm-R8GqrvcGAKF4K3hdPvrZuRXA"],"key":"vectors.example/log+62afb990+AQ7BiXvGsEo6yV9dtgyDreTwprGqfftIiA9jVSFnqFlO","previous":"vectors.example/log+70ae441f+AdwJMlYwXEHSaaEtiXMXh/2zZ6E4cy8NwcrCKDVLj16r","revoked":true},"id":"because:key:01a0c450-8758-7e7c-ad00-ff1ce50b2047","link":"p43RwZRWhbNgHU40oEuOyb6Is5NemugFBaT3ODxTWog","n":5,"type":"key","v":1}' AS BLOB));
INSERT INTO entries VALUES (6, CAST('{"at":"2026-09-21T14:13:28.000000Z","body":{"_sd":["DM60ArOg8MPoWRN-yKujsHBW1OWSHJlH_t1kNE4hqNs","r3DuN90-UI3CKi4IPKb8NL5lxVxq8kyoD78ezm3v4bw"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":3},"rationale":{"_sd":["9zMeplU1q0uFJYaqnhOPQU3k9HTYqfetRf5ZSRMrXh0"],"source":"model","timing":"with"}},"id":"d-3","link":"eBOaJ4dKzp8Kx7ik1Qw9-0iBZBD1IsvPR6DHnMq6hc8","n":6,"type":"decision","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:key:01a0c450-7f88-784f-8864-1d02b4d121d3', 3);
INSERT INTO identities VALUES ('because:key:01a0c450-8758-7e7c-ad00-ff1ce50b2047', 5);
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952', 1);
INSERT INTO identities VALUES ('d-1', 2);
INSERT INTO identities VALUES ('d-2', 4);
INSERT INTO identities VALUES ('d-3', 6);
INSERT INTO checkpoints VALUES (4, x'4beb46a51f955af1419e3ed210f767a2a2cfdb158445e2e8458dc8f4df943192', x'21f3a0fbc67f43f5074f55c1a4e3d1cc9ab6992fcb96ee5ed68ac89ee3f275902b1cecccf52c09301a820d12eff6320f664f9c7af859ee456ada062c712c5f0b', 1);
INSERT INTO checkpoints VALUES (6, x'a9f7baf00b6ebe8510f368b536a5fc799366b3091882ca2ae83e7231e02a456c', x'3a19c9a67f3390cb24b8ad03c567da1ab27707691fca74c99b4681ed1ea3d430fb04163e761935004e5ab3401150820c284a713d04a6de660efb722a2c491a09', 1);
INSERT INTO checkpoints VALUES (7, x'0d094514b8ce15db7dae628d8bccf62482a3b9da9d7a2f3b44710d2f3502d8f7', x'e064df2b41be9c9837004e3b02135fa9b26d060b292d176bf7a0255ac0ee6986a66a0c680b15a9dbc44c903b1411ea297059be298d620e88d0d87d21294a5a05', 0);
INSERT INTO signatures VALUES (4, 'vectors.example/log', 1890468895, x'90f295be49dc02f27c231893b542894952eefedac41258bee2c7e1077f9f9cc4f66d57c2fedaec4240589d1b8e775706fec2e746569963acc377670c31c08a0a');
INSERT INTO signatures VALUES (6, 'vectors.example/log', 1655683472, x'f02d9342abacbac433d2686829129c5c6106fbe7899c5f544ba60a263f4c43793c88f8efc1fdfb970bd619b2e2fa3ea0c7e9f2c45e33323716fb883eedaa0f09');
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
INSERT INTO sealed VALUES (4096, 'WyIxem9uLTFmcGE0YXljXzgwX09HZGF3Iiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (4097, 'WyJnRTdfV2o5WFI2Mms2cUl2SFVuQUhnIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDEiXQ');
INSERT INTO sealed VALUES (4098, 'WyJlR3h0YVd4NXd0dkNPZDFPa2JSbktRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (8192, 'WyI0M3VVSzZyUVlVWGxTd3hobWg4aU1nIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (8193, 'WyJleTY3ejc3SGoxVmtyLU9kNV9iQUVRIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDIiXQ');
INSERT INTO sealed VALUES (8194, 'WyJfVEtNc0l0Vk1meXMyci1LN3kwU2ZRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (10240, 'WyJpMmEybHRrTzhHX2UtMlNqR1ZnZUp3IiwicmVhc29uIiwiSXQgd2FzIHN0b2xlbi4iXQ');
INSERT INTO sealed VALUES (12288, 'WyJYTUZnZ29HQ0QtS3lUeDVTTTYzbXJ3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDMiXQ');
INSERT INTO sealed VALUES (12289, 'WyJ0YmRLUk53Vk5rSUVxQV9vRHBBNVJRIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (12290, 'WyI1NlZueDJzY3V1dXI1ZThEOThNQmV3IiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 2);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 6);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 4);
