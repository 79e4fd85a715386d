-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '{"at":"2026', '{"at":"2025') AS BLOB) WHERE n = 3;
