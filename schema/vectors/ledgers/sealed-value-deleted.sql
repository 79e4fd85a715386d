-- changes good.sql
DELETE FROM sealed WHERE key = 3 * 2048;