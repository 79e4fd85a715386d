-- changes keys-that-follow-one-another.sql
DELETE FROM identities WHERE n = 3;