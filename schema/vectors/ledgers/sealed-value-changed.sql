-- changes good.sql
UPDATE sealed SET disclosure = disclosure || 'A' WHERE key = 3 * 2048;