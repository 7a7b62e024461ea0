-- What has happened that somebody may want to hear of. Each is looked at once, whoever is told of it then.
CREATE TABLE happenings (
    id TEXT PRIMARY KEY,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- The outbox: one row for each route that wants to hear of a happening. No address and no secret is in it.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    route TEXT NOT NULL,
    happening TEXT NOT NULL,
    told TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    error TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    UNIQUE (route, happening),
    CONSTRAINT notices_state CHECK (state IN ('waiting', 'sent', 'dead'))
);

CREATE INDEX notices_due ON notices (route, next_at) WHERE state = 'waiting';
