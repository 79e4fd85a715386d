-- changes good.sql
INSERT INTO sealed VALUES (3 * 2048 + 7, 'WyJzIiwibiIsMV0');