-- All answers to a proposal, also those that were taken back: asked for with each card, and each time it is decided.
CREATE INDEX decisions_by_proposal ON decisions (proposal_id, at);
-- What was decided last.
CREATE INDEX proposals_decided ON proposals (closed_at) WHERE closed IS NOT NULL;
