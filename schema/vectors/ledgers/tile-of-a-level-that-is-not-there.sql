-- changes tile.sql
INSERT INTO tiles SELECT 7, 0, root, hashes FROM tiles;