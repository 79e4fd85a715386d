-- changes good.sql
INSERT INTO identities VALUES ('d-99', 3);