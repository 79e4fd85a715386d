-- changes tile.sql
UPDATE tiles SET root = zeroblob(32);