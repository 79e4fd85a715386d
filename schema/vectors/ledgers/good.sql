INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"format":1,"key":"vectors.example/log+33880330+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952","link":"Jbx_PDcXqBzGE4wrnnzLH6b12n3hNz7y2_-MLnJCZ_0","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (2, CAST('{"at":"2026-09-21T14:13:24.000000Z","body":{"_sd":["bsH6h9Ti6M2REnvxH_8KpCNvgolY2pLBiFtEQ4xNKMg","hmrV83PuZGCsxkjKy88il_LpQYHL8BVgByzcltXg5LU"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":1},"rationale":{"_sd":["FJPpPqF9yJv_UXSrgsJPqpzubVDIFvIDt6SDkMaz9xQ"],"source":"model","timing":"with"}},"id":"d-1","link":"exk9udb-1meqXSo9ki7cqmtG9VfcGGr4RZ3vDyfbSIw","n":2,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (3, CAST('{"at":"2026-09-21T14:13:25.000000Z","body":{"_sd":["6dmVAfkuHCkPbq2N20ymOOjfs3jwsW8tLSyEGzVs5FY","wUPzrYo8v6wGRKRakMxsT4LJ5ysZFB3jU-2ROPtgWyY"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":2},"rationale":{"_sd":["pNSQq_3yNTRRN-H4UpOI5hEz2HYEX4MAOprjXuoC1q8"],"source":"model","timing":"with"}},"id":"d-2","link":"Qw_d316-54aTKEEytCCSCByJT0dFW8LzgfetpM2fBEk","n":3,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (4, CAST('{"at":"2026-09-21T14:13:26.000000Z","body":{"_sd":["7nVvGPCa7rQsiSXqXtLW5H7zQuLzFT6IlGNqvtLz7vM","FtsZQTMwUPCfDlUKs7F4K1cKXrAFd3eNXDXhAaqp-y8"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":3},"rationale":{"_sd":["uNdioIzxDbdwCRrUSVoQR8qRzkiygr3yc5iHGbPBtHI"],"source":"model","timing":"with"}},"id":"d-3","link":"vchbrxkLFDW1I24q0ndPLtdz0gnjEwUwl3fxk31ZOTE","n":4,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (5, CAST('{"at":"2026-09-21T14:13:27.000000Z","body":{"_sd":["NhY_dhEHS3qhKNxgGsn2fRN_8khb7kKWIOaY0KT93B4","WRwCvu5rtVxMUYiWhlqmNNIbygRWrX7vXK4v4FLfI7Q"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":4},"rationale":{"_sd":["aj9SIgAiyDSIYWUE3_gTlQwLAlgjx8GY2WGT7r3mzP4"],"source":"model","timing":"with"}},"id":"d-4","link":"GLAK0avoilVN-YZEP7z-nK4OS_natnCN517YB_sZHjc","n":5,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (6, CAST('{"at":"2026-09-21T14:13:28.000000Z","body":{"active":true,"digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"vKohvclk9ehqyJsdN2Q_-g9HSs_DSH_2zXtKd4HCXL4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"2"},"id":"because:specification:01a0c450-8b40-707c-9955-26dcb1eb06db","link":"8r6dI3d3ihgXELxSfqbV49TlKN397tHhBV86XucPpeA","n":6,"type":"specification","v":1}' AS BLOB));
INSERT INTO entries VALUES (7, CAST('{"at":"2026-09-21T14:13:29.000000Z","body":{"_sd":["6JdAQArPdOrD2xDx_KvuoKYqlLZHMqycxzaOK_fmBl8","Fytlb20tc0Am01VYbGrWpo2wktDd8Ng6ERe8j9842vg"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":5},"rationale":{"_sd":["1JUiY3PTeJLDJWryYzIDwkzvHX7qMcZqkUUf90dxS0U"],"source":"model","timing":"with"}},"id":"d-5","link":"kOklHobzTT7GcRFXbZ_RmtFudmD0UzBw-R4WivqMhlk","n":7,"type":"decision","v":1}' AS BLOB));
INSERT INTO entries VALUES (8, CAST('{"at":"2026-09-21T14:13:30.000000Z","body":{"_sd":["g94rzi09Wig6NyZUoC_76IVlsqB3MTG4kEIemHmS9k4","wxTW6eMzSgcINNFCDsFmDeHe3MbRgPJ8pxjRueHpYzY"],"outcome":"refuse","principles":[{"ref":{"authority":"root","document_digest":"34dS7WYzvSbPwPyw4MsMcnMrmUeP4Fh-OC3D_Aozj5A","ref":"acme/rules#be_honest","section_digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc"},"role":"applied"}],"producer":{"id":"desk","seq":6},"rationale":{"_sd":["YouvL3EZvEqO3CRpUbUGimERaQd1lL9vPD7ai6jLLbA"],"source":"model","timing":"with"}},"id":"d-6","link":"NGOwGWUHCRGf4hQNv5BfcnjYalm_s9kiBBxnXD-CC1g","n":8,"type":"decision","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-7fec-ab66-ffc86f38d952', 1);
INSERT INTO identities VALUES ('because:specification:01a0c450-8b40-707c-9955-26dcb1eb06db', 6);
INSERT INTO identities VALUES ('d-1', 2);
INSERT INTO identities VALUES ('d-2', 3);
INSERT INTO identities VALUES ('d-3', 4);
INSERT INTO identities VALUES ('d-4', 5);
INSERT INTO identities VALUES ('d-5', 7);
INSERT INTO identities VALUES ('d-6', 8);
INSERT INTO checkpoints VALUES (9, x'fd92faf04d548544baef3db6ac1d184546859550c223adb24040780d6bcb2e16', x'e4450098fc5aa1dab39d1879c1b704fc0f9d1180e1fbea6778180491ceed47e007d15f8bea5675c8d3afc161077f98f53f9b3bda58071e7299e5a2ad8b266f0c', 0);
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
INSERT INTO sealed VALUES (4096, 'WyIxem9uLTFmcGE0YXljXzgwX09HZGF3Iiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (4097, 'WyJnRTdfV2o5WFI2Mms2cUl2SFVuQUhnIiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDEiXQ');
INSERT INTO sealed VALUES (4098, 'WyJlR3h0YVd4NXd0dkNPZDFPa2JSbktRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (6144, 'WyJNZnlzMnItSzd5MFNmZU43bEN1cTBBIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (6145, 'WyJZVVhsU3d4aG1oOGlNbnN1dTgtLXh3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDIiXQ');
INSERT INTO sealed VALUES (6146, 'WyJpRTlJWkIwQ3RORWgwXzB5akxDTFZRIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (8192, 'WyI4R19lLTJTakdWZ2VKOTU4N1FEX0hBIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (8193, 'WyI1UXNnUi1lbFo4ZHJITHJycS1YdkF3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDMiXQ');
INSERT INTO sealed VALUES (8194, 'WyIzN3N4Q3NvQUNnMzJySXRtdHBiWkRnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (10240, 'WyJ5Wks4LUhWVVlsY1JNSEtwQ2NGaTl3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDQiXQ');
INSERT INTO sealed VALUES (10241, 'WyJQdS1zdTZrWVA5dWpYd1RjakVZcGhnIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (10242, 'WyJ6c3ozbnQ4OTJHSER0QWFmQ3hGbUdnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (14336, 'WyJGUVRORnhBTVNEWG9XMzd2MUprUldBIiwic3ViamVjdCIsImN1c3RvbWVyLTEiXQ');
INSERT INTO sealed VALUES (14337, 'WyJENDdfOEZtYWp5Zzc1cm5qVHNsWm53Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDUiXQ');
INSERT INTO sealed VALUES (14338, 'WyJnaWZXVU5YZG9LbjB6b3paUlNOVUR3IiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO sealed VALUES (16384, 'WyJFbC16b05yczBubWRfV3ljS1pRa19RIiwic3ViamVjdCIsImN1c3RvbWVyLTAiXQ');
INSERT INTO sealed VALUES (16385, 'WyJrZy1iTUlFUW9zSDcyUFJEZUY4LXh3Iiwic3VtbWFyeSIsIkRlY2xpbmVkIHRvIGludmVudCBkYXRlIDYiXQ');
INSERT INTO sealed VALUES (16386, 'WyJxQlF6QVhndDRUMmkyU0FyYjB0bUVnIiwidGV4dCIsIk5vIGRhdGUgaXMga25vd24uIl0');
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 2);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 4);
INSERT INTO subjects VALUES (x'9f60c1eec60109f1b2db15a00a98d8f0f659bc082f243d6b6e0a5b4a4d29df83', 7);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 3);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 5);
INSERT INTO subjects VALUES (x'a3226ea4c92b0655d9bba99ccb7d4cef8c723304bc70c81fa79581322974a6c4', 8);
