-- A decision may be held for a moment, in which the person who made it can take it back. Rows stay.
ALTER TABLE decisions ADD COLUMN held_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE decisions ADD COLUMN void_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE decisions ADD COLUMN void_why TEXT;
ALTER TABLE decisions ADD COLUMN key TEXT;

-- Two signatures are two people; who took theirs back may sign again.
ALTER TABLE decisions DROP CONSTRAINT decisions_proposal_id_by_id_key;
CREATE UNIQUE INDEX one_decision_of_a_person ON decisions (proposal_id, by_id) WHERE void_at IS NULL;
