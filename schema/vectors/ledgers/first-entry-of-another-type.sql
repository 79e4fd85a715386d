-- changes good.sql
UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"type":"ledger"', '"type":"legend"') AS BLOB) WHERE n = 0;
