-- changes keys-that-follow-one-another.sql
DELETE FROM checkpoints WHERE size = 4;