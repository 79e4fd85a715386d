-- changes tile.sql
DELETE FROM tiles;