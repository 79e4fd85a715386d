-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"outcome":"refuse"', '"outcome":"comply"') AS BLOB) WHERE n = 3;
