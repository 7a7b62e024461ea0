-- A person's edit closes a proposal and makes a new one of the same turn.
ALTER TABLE proposals ADD COLUMN revision INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE proposals DROP CONSTRAINT proposals_mission_id_turn_key;
ALTER TABLE proposals ADD CONSTRAINT proposals_mission_id_turn_revision_key UNIQUE (mission_id, turn, revision);
