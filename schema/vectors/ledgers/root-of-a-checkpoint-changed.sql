-- changes good.sql
UPDATE checkpoints SET root = zeroblob(32);