INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952","link":"Jbx_PDcXqBzGE4wrnnzLH6b12n3hNz7y2_-MLnJCZ_0","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:24.000000Z","body":{"_sd":["R1X5M9ND762gpxX-4xlu38DCsdfuXFxH1E6F0GOioSw","iDgEsi9rtdHjWFnqzqmSDO5Is3HJ3axmgJNbUPKPW3k"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":1},"rationale":{"_sd":["4xbkFa0mzVYgi8RbQlqobqYDMfOHNydMwTLnR-aXrbo"],"source":"model","timing":"with"}},"id":"d-1","link":"exk9udb-1meqXSo9ki7cqmtG9VfcGGr4RZ3vDyfbSIw","n":2,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (3, CAST('{"at":"2026-09-21T14:13:25.000000Z","body":{"key":"vectors.example/log+70ae441f+AdwJMlYwXEHSaaEtiXMXh/2zZ6E4cy8NwcrCKDVLj16r","previous":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe"},"id":"because:key:01a0c450-7f88-7d6a-9801-c7c04082cf48","link":"ZhWOLLg5UR2YeoPXbZaYOgdA8luZIiuQIGCnGftmt2g","n":3,"type":"key","v":1}' AS BLOB));
INSERT INTO entries VALUES (4, CAST('{"at":"2026-09-21T14:13:26.000000Z","body":{"_sd":["L6-YqZWVd79S3St1bxekCDa1AmC5HI0H2tz9ZrCIQUQ","eemzPcpcCqxtXsHRBQfxVrqCNwLPWNybTkFmoxm8zuA"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":2},"rationale":{"_sd":["FMYpiO7OyQFNVHscKmeyRr7k5H_1R-NlrByrpeH_Uy8"],"source":"model","timing":"with"}},"id":"d-2","link":"RYSX4VPEAkCZkUqXRfp_taFm15vZ3-MnEP8xR04ymF0","n":4,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (5, CAST('{"at":"2026-09-21T14:13:27.000000Z","body":{"_sd":["WgTxj-7z2ojpRRuluWWzYDQYJRe9xYnjUXZJdRM0goc"],"key":"vectors.example/log+62afb990+AQ7BiXvGsEo6yV9dtgyDreTwprGqfftIiA9jVSFnqFlO","previous":"vectors.example/log+70ae441f+AdwJMlYwXEHSaaEtiXMXh/2zZ6E4cy8NwcrCKDVLj16r","revoked":true},"id":"because:key:01a0c450-8758-753c-8a35-561103e2014c","link":"WO-eKIlasiANlJs6zBZec-pdRUM1DF3HDceO-F4Dp88","n":5,"type":"key","v":1}' AS BLOB));
INSERT INTO entries VALUES (6, CAST('{"at":"2026-09-21T14:13:28.000000Z","body":{"_sd":["cmYGqp-sI9-pQrpsKsHXHzeRajHUs23eSpkSJPK0oO8","evNpY1pXCF4c9L6AT8UowR-s2O8BlPd_oQM7b_r789A"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":3},"rationale":{"_sd":["ze4V1MRygCmmKDF5e42U2C0ViZ4mVfRBxem5igtNOv0"],"source":"model","timing":"with"}},"id":"d-3","link":"FPSvH24PXOEAUZrOh4NVJYSjb8b8uqm4qV697ShRCio","n":6,"type":"decision","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:key:01a0c450-7f88-7d6a-9801-c7c04082cf48', 3);
INSERT INTO identities VALUES ('because:key:01a0c450-8758-753c-8a35-561103e2014c', 5);
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952', 1);
INSERT INTO identities VALUES ('d-1', 2);
INSERT INTO identities VALUES ('d-2', 4);
INSERT INTO identities VALUES ('d-3', 6);
INSERT INTO checkpoints VALUES (4, x'b5415bc8255173afa33d6cb986e6073d9e4070c673441d797113954e5c0db880', x'95975fe87cd548c5ee8318ddd633584c8e31a91b2b92b1d6eb03b5cf587c2e3001929e06757ea40551e0bfedebe0273ba2bcb0fd1bdaaecdd02ebd720ecec403', 1);
INSERT INTO checkpoints VALUES (6, x'dcc5e28ff5f6d1900d3b365827ec80c292b391e43e9c597aeeffd8153af41801', x'd050ac18e7ddc128de0547727e96d36e7a32000cc1d4469bee5db5434335ff43827e6c151ee3431ac2007230b5fbedc8da7fc928dbda8e7460bb0a153c550608', 1);
INSERT INTO checkpoints VALUES (7, x'a771e7e4d5bc98345cfdc26feba83dbe7ce9721dcbcbd7458724333cd6cb81ab', x'49c9e59fd5e1ebd6d1ab695319d93a25e0e14fa29badfd6a777023e8c7f759f1ce115d0a5e16b801e102aa6afb5beba1657466b46dec3f97ac48f6e71691b000', 0);
INSERT INTO signatures VALUES (4, 'vectors.example/log', 1890468895, x'794719668dfb8dfb049ac8eff6cbb84b1a08aaf418e1a82b2b71597cecf3ee1240ce2fef1e28b19eb53505e061b50579f9ad46be5242618999bc8ab73e06cc0f');
INSERT INTO signatures VALUES (6, 'vectors.example/log', 1655683472, x'1901ab4728e9816cd6830af5117ff1d732942bca2f10cc52a1a771ddb12db42f433f3efc36c4b574732194ff79c513170553c58d92bf7df743cbe377df52a602');
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
INSERT INTO sealed VALUES (4096, 'WyIxem9uLTFmcGE0YXljXzgwX09HZGF3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDEiXQ');
INSERT INTO sealed VALUES (4097, 'WyJlR3h0YVd4NXd0dkNPZDFPa2JSbktRIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (4098, 'WyJnRTdfV2o5WFI2Mms2cUl2SFVuQUhnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (8192, 'WyJsRXBURkpETk9aQXREM2QzRmYwQVhnIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDIiXQ');
INSERT INTO sealed VALUES (8193, 'WyJic0FucWhOUlhrODRoTHRyeHZPc1Z3Iiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (8194, 'WyItc21qQmlMVjlTQmVmMmlVaHVVQlNRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (10240, 'WyJjVlY4NndJWUlRbU4xbXdiRUl5Wld3IiwicmVhc29uIiwiSXQgd2FzIHN0b2xlbi4iXQ');
INSERT INTO sealed VALUES (12288, 'WyItQ2pyWlVxWjR4RDRmNnVVd3ZTMzBnIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (12289, 'WyJvRTg2MnBMeWkwenRvNFZpNl9CSHhnIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDMiXQ');
INSERT INTO sealed VALUES (12290, 'WyJfd1ZBRFV4WEkxS2hGQzd0X3ZaOUlRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 2);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 6);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 4);
