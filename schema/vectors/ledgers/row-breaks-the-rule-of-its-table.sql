-- changes good.sql
PRAGMA ignore_check_constraints = ON;
UPDATE checkpoints SET kept = 2;