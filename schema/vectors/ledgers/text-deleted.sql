-- changes good.sql
DELETE FROM texts WHERE length(bytes) < 50;