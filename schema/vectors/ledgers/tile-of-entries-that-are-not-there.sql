-- changes tile.sql
INSERT INTO tiles SELECT 0, 5, root, hashes FROM tiles;