-- changes good.sql
UPDATE entries SET n = 99 WHERE n = 3;
UPDATE entries SET n = 3 WHERE n = 4;
UPDATE entries SET n = 4 WHERE n = 99;