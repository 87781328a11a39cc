-- Only for tests: what a later version of the library might do.
ALTER TABLE ms_quarantine ADD COLUMN severity text DEFAULT 'low' NOT NULL;
CREATE TABLE ms_probe (id bigint PRIMARY KEY);
