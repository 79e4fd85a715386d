-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"v":1}', '"v":2}') AS BLOB) WHERE n = 3;
