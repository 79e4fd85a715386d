-- changes good.sql
DELETE FROM checkpoints;