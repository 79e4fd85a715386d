-- changes keys-that-follow-one-another.sql
DELETE FROM entries WHERE n = 3;