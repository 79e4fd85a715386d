-- changes tile.sql
UPDATE tiles SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB);