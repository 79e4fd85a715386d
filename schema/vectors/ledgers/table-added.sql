-- changes good.sql
CREATE TABLE extra (x INTEGER);