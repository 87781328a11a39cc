-- Only for tests: a script whose second statement fails.
CREATE TABLE ms_half (id bigint PRIMARY KEY);
ALTER TABLE ms_no_such_table ADD COLUMN severity integer;
