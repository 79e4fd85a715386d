-- changes keys-that-follow-one-another.sql
DELETE FROM signatures WHERE size = 4;