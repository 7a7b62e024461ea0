-- Who is behind an account: two accounts of one mailbox are one person's.
ALTER TABLE staff ADD COLUMN person TEXT;
WITH boxes AS (
    SELECT id, added_at, regexp_replace(split_part(email, '@', 1), '(.)\+.*', '\1') || '@' || split_part(email, '@', 2) AS box
    FROM staff
)
UPDATE staff SET person = (
    SELECT first.id FROM boxes first WHERE first.box = boxes.box ORDER BY first.added_at, first.id LIMIT 1
) FROM boxes WHERE boxes.id = staff.id;
ALTER TABLE staff ALTER COLUMN person SET NOT NULL;

-- Keys of programs: what is hashed here was shown once.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    owner_id TEXT NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    scopes TEXT[] NOT NULL,
    addresses TEXT[] NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by TEXT,
    CONSTRAINT api_keys_scopes CHECK (scopes <@ ARRAY['read', 'propose'])
);

-- Whose a case is, also after they closed it.
ALTER TABLE cases ADD COLUMN owner_id TEXT;
UPDATE cases SET owner_id = held_by;

-- Who of staff had a hand in a proposal: on whose wish it stands, and whose case it is.
CREATE VIEW hands AS
SELECT p.id AS proposal_id, d.by_id AS staff_id, d.kind AS how
FROM proposals p
JOIN proposals earlier ON earlier.mission_id = p.mission_id AND (earlier.turn, earlier.revision) < (p.turn, p.revision)
JOIN decisions d ON d.proposal_id = earlier.id AND d.void_at IS NULL AND d.kind IN ('edit', 'respond')
UNION
SELECT p.id, c.owner_id, 'own' FROM proposals p JOIN cases c ON c.id = p.case_id WHERE c.owner_id IS NOT NULL;

-- When somebody gave their password again: in a session, and with an approval that needed it.
ALTER TABLE sessions ADD COLUMN stepped_up_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE decisions ADD COLUMN stepped_up_at TIMESTAMP WITH TIME ZONE;

-- What a second model says against a proposal: shown beside it, and nothing else.
CREATE TABLE opinions (
    proposal_id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    objections TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT opinions_state CHECK (state IN ('asked', 'given', 'failed'))
);
