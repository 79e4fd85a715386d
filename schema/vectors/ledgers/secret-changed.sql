-- changes good.sql
UPDATE secrets SET value = zeroblob(32);