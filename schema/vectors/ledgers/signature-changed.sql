-- changes good.sql
UPDATE checkpoints SET signature = zeroblob(64);