-- changes good.sql
INSERT INTO sealed VALUES (50 * 2048, 'WyJzIiwibiIsMV0');