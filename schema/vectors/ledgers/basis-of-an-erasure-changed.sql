-- changes erased-held-and-retained.sql
UPDATE sealed SET disclosure = disclosure || 'A' WHERE key = 8 * 2048;