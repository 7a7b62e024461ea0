-- Which approvals were one act of many: they are not a burst. And what a person did lately is looked up at each one.
ALTER TABLE decisions ADD COLUMN batch TEXT;
CREATE INDEX decisions_by_person ON decisions (by_id, at);
