-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"authority":"root"', '"authority":"user"') AS BLOB) WHERE n = 3;
