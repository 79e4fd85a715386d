-- changes erased-held-and-retained.sql
DELETE FROM subjects WHERE n = 6;