-- changes tile.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"type":"remark"', '"type":"report"') AS BLOB) WHERE n = 7;
