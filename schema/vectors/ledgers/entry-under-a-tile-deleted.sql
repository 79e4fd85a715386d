-- changes tile.sql
DELETE FROM entries WHERE n = 7;