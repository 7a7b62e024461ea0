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
