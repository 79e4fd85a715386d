-- changes good.sql
DELETE FROM identities WHERE n = 1;