-- changes good.sql
UPDATE identities SET n = 2 WHERE n = 3;