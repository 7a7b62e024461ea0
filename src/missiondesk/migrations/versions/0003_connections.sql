-- Connections as they are now: from the installation's files, or added by an admin. Secrets are sealed by our key.
CREATE TABLE connections (
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    version INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    reviewed TEXT,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);

CREATE TABLE connections_version (
    one BOOLEAN NOT NULL DEFAULT true,
    version BIGINT NOT NULL,
    PRIMARY KEY (one)
);

INSERT INTO connections_version (one, version) VALUES (true, 1);

-- A tool whose definition is no longer the reviewed one: taken away until somebody reviews it again.
CREATE TABLE changed_tools (
    connection_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    pin TEXT NOT NULL,
    server TEXT NOT NULL,
    live TEXT,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (connection_id, tool)
);

CREATE TABLE connection_secrets (
    connection_id TEXT NOT NULL,
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    set_by TEXT NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (connection_id, side, name)
);

-- OAuth: tokens and the client's registration, sealed; `renewing_until` lets one process renew them at a time.
CREATE TABLE connection_tokens (
    connection_id TEXT NOT NULL,
    side TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    renewing_until TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (connection_id, side)
);

-- What a connection's breaker says, for people to see; each process keeps its own.
CREATE TABLE connection_health (
    connection_id TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (connection_id)
);

ALTER TABLE missions ADD COLUMN waits_on TEXT;
ALTER TABLE missions ADD COLUMN waits_since TIMESTAMP WITH TIME ZONE;
