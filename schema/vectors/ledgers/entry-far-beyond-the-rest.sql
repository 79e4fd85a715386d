-- changes good.sql
INSERT INTO entries SELECT 1000000, bytes FROM entries WHERE n = 8;