-- changes good.sql
UPDATE entries SET bytes = (SELECT bytes FROM entries WHERE n = 2) WHERE n = 3;