-- changes good.sql
UPDATE subjects SET n = 7 WHERE n = 3;