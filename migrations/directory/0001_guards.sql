-- Rules that tables cannot say. Written by hand; scripts/migrations.mjs leaves this file as it is.

-- What `expect` inserts is checked by the table and then has no use: the table stays empty.
CREATE TRIGGER expectations_are_emptied AFTER INSERT ON expectations
BEGIN
  DELETE FROM expectations;
END;
