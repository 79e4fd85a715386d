-- changes good.sql
DELETE FROM entries WHERE n = 8;