-- changes keys-that-follow-one-another.sql
UPDATE signatures SET signature = zeroblob(64) WHERE size = 4;