-- changes erased-held-and-retained.sql
INSERT INTO scrubbing VALUES (15);