-- changes erased-held-and-retained.sql
INSERT INTO subjects SELECT code, 2 FROM subjects WHERE n = 16;