-- changes good.sql
UPDATE checkpoints SET size = 12;