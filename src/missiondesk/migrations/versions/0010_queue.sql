-- What a row of the queue shows and is found by, so that nobody opens thousands of proposals to list fifty.
ALTER TABLE proposals
    ADD COLUMN title TEXT NOT NULL DEFAULT '',
    ADD COLUMN amount BIGINT,
    ADD COLUMN currency TEXT,
    ADD COLUMN risk TEXT NOT NULL DEFAULT 'medium',
    ADD COLUMN due_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN rank_at TIMESTAMP WITH TIME ZONE;
UPDATE proposals SET due_at = opened_at + interval '1 hour', rank_at = opened_at + interval '1 hour', title = COALESCE(
    (SELECT string_agg(action->>'sentence', '; then ' ORDER BY place)
     FROM jsonb_array_elements(body::jsonb->'actions') WITH ORDINALITY AS actions(action, place)), '')
    WHERE body IS JSON;
UPDATE proposals SET due_at = opened_at, rank_at = opened_at WHERE due_at IS NULL;
ALTER TABLE proposals ALTER COLUMN due_at SET NOT NULL, ALTER COLUMN rank_at SET NOT NULL;
ALTER TABLE proposals ALTER COLUMN title DROP DEFAULT, ALTER COLUMN risk DROP DEFAULT;

-- Who looks at a thing that waits: claimed for a while, given to somebody, put aside until later.
CREATE TABLE attention (
    item TEXT PRIMARY KEY,
    claimed_by TEXT,
    claimed_name TEXT,
    claimed_until TIMESTAMP WITH TIME ZONE,
    given_to TEXT,
    given_role TEXT,
    given_name TEXT,
    given_by TEXT,
    note TEXT,
    late_at TIMESTAMP WITH TIME ZONE,
    aside_until TIMESTAMP WITH TIME ZONE,
    aside_by TEXT
);

CREATE INDEX effects_unknown ON effects (proposal_id) WHERE state = 'unknown';
CREATE INDEX handoffs_open ON handoffs (case_id) WHERE closed_at IS NULL;
CREATE INDEX cases_held ON cases (id) WHERE held_by IS NOT NULL;

-- All of a case that waits for a person. An effect of unknown outcome is due at once.
CREATE VIEW waiting AS
SELECT 'proposal' AS kind, id AS item, mission_id, case_id, title, amount, currency, risk, opened_at AS since,
       due_at, rank_at
FROM proposals WHERE closed IS NULL
UNION ALL
SELECT 'unknown_effect', p.id, p.mission_id, p.case_id, p.title, p.amount, p.currency, 'high', u.at, u.at, u.at
FROM (SELECT proposal_id, min(at) AS at FROM effects WHERE state = 'unknown' GROUP BY proposal_id) u
JOIN proposals p ON p.id = u.proposal_id
UNION ALL
SELECT 'handoff', h.mission_id, h.mission_id, h.case_id, c.subject, NULL, NULL, 'medium', h.at,
       h.at + interval '1 hour', h.at + interval '1 hour'
FROM handoffs h JOIN cases c ON c.id = h.case_id WHERE h.closed_at IS NULL
UNION ALL
SELECT 'handoff', m.id, m.id, c.id, c.subject, NULL, NULL, 'medium', said.at,
       said.at + interval '1 hour', said.at + interval '1 hour'
FROM cases c
CROSS JOIN LATERAL (SELECT id FROM missions WHERE case_id = c.id ORDER BY began_at DESC LIMIT 1) m
CROSS JOIN LATERAL (
    SELECT min(at) AS at FROM messages WHERE case_id = c.id AND author = 'customer' AND number > COALESCE(
        (SELECT max(number) FROM messages WHERE case_id = c.id AND author <> 'customer'), 0)
) said
WHERE c.held_by IS NOT NULL AND said.at IS NOT NULL;

-- A person can also send a proposal back with words for its worker.
ALTER TABLE proposals
    DROP CONSTRAINT proposals_closed,
    ADD CONSTRAINT proposals_closed
        CHECK (closed IN ('approved', 'rejected', 'responded', 'edited', 'superseded', 'withdrawn'));
ALTER TABLE decisions
    DROP CONSTRAINT decisions_kind,
    ADD CONSTRAINT decisions_kind CHECK (kind IN ('approve', 'edit', 'reject', 'respond'));
