-- changes erased-held-and-retained.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"entry":2', '"entry":3') AS BLOB) WHERE n = 8;
