-- continues good.sql
INSERT INTO secrets VALUES ('subject_key', x'292dba3baafc34705c453706363739864eb9c9adcc2779bb55d66783f18714d2');
INSERT INTO entries VALUES (0, CAST('{"at":"2026-09-21T14:13:22.000000Z","body":{"_sd":["mmm-HKvil3UvZZA0xBSQHka1UN0vIBTy21u_Dfa2A7Q"],"continues":{"break":"damaged","checkpoint":"vectors.example/log\n9\nqmV0v0c7KqqzKl+yppwuZt4SA4N3XyMyMWLjOof9/fI=\n\n— vectors.example/log M4gDMAWeiDLo/Xet7JaqeGqvzaxb6FCeAJVeflwzEIe1tsbGkx1K8QXQuLz+dBfmKJMaQidFnZuZEo4Qwebukcd0EgI=\n","epoch":1,"origin":"vectors.example/log"},"format":1,"key":"vectors.example/log/2+f2d64595+AaSwF8sNWvFbE8BrxvP7VAxjF9kPOf3XJExgw+RtWgEe","origin":"vectors.example/log/2"},"id":"because:ledger","link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":0,"type":"ledger","v":1}' AS BLOB));
INSERT INTO entries VALUES (1, CAST('{"at":"2026-09-21T14:13:23.000000Z","body":{"active":true,"digest":"zZ60LOISxUEMATQeeUrkjw2FswKk8_lBa5nxKB8LE28","document":"acme/rules","format":"model-spec","part":1,"parts":1,"sections":[{"digest":"3H7hNCpvFujWvIW6qkGyYxxf53izrTqmRpkpFKsrRrA","id":"rules","level":1,"order":0,"title":"Rules"},{"authority":"root","digest":"RqxRjOT_X6nUAJRfJ6Kfkq2Fi9dCdKOF0YnDfIaA0Oc","id":"be_honest","level":2,"order":1,"parent":"rules","title":"Be honest"},{"authority":"user","digest":"0vCET75i9yIMW0NVb1DUeC5AZDqJa7R__T1ja3UQvp4","id":"be_brief","level":2,"order":2,"parent":"rules","title":"Be brief"}],"version":"1"},"id":"because:specification:01a0c450-77b8-72db-8239-dd4e91b46729","link":"cQpqZv7FeVcxRmbGm79T1NnVlDjP-jct05x7sGQOfjg","n":1,"type":"specification","v":1}' AS BLOB));
INSERT INTO identities VALUES ('because:ledger', 0);
INSERT INTO identities VALUES ('because:specification:01a0c450-77b8-72db-8239-dd4e91b46729', 1);
INSERT INTO checkpoints VALUES (2, x'abfa4b03f3ac321c3e64191ef3e864aa18acc8a659a0bf325ffd10ec74931ce9', x'3e5643b33c4656d195399a115b78addc603b34f727f68e953dba7f6648cbda8176923582810242a5345ef97b5d7d6cb1cc3ecc97aa67121b52e0f3df4871a00a', 0);
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
INSERT INTO sealed VALUES (0, 'WyJYLXpyWnZfSWJ6alpVbmhzYldsc2VRIiwicmVhc29uIiwiVGhlIGRpc2sgZmFpbGVkLiJd');
