-- changes good.sql
UPDATE texts SET bytes = CAST(bytes || ' Or not.' AS BLOB) WHERE length(bytes) < 50;