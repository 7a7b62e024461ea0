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
