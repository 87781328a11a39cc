-- Only for tests: what a later version of the library might do.
ALTER TABLE ms_quarantine ADD COLUMN IF NOT EXISTS severity VARCHAR DEFAULT 'low' NOT NULL;
CREATE TABLE IF NOT EXISTS ms_probe (id BIGINT PRIMARY KEY);
