-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"part":1', '"part":2') AS BLOB) WHERE n = 1;
