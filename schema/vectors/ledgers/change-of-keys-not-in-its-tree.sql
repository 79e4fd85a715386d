-- changes keys-that-follow-one-another.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"previous"', '"Previous"') AS BLOB) WHERE n = 3;
