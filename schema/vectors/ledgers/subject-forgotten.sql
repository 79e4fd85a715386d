-- changes good.sql
DELETE FROM subjects WHERE n = 3;