-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), ',"timing":"with"}}', ',"timing":"with"}') AS BLOB) WHERE n = 3;
