CREATE TABLE articles (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    title TEXT NOT NULL,
    collection TEXT NOT NULL,
    owner TEXT NOT NULL,
    body TEXT NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE briefs (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    head TEXT NOT NULL,
    body TEXT NOT NULL,
    procedure TEXT,
    published_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE TABLE cases (
    id TEXT NOT NULL,
    portal_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    held_by TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX cases_by_customer ON cases (customer_id, opened_at);

CREATE TABLE conversations (
    mission_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (mission_id, position)
);

CREATE TABLE customers (
    id TEXT NOT NULL,
    portal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    password TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (portal_id, email)
);

CREATE TABLE decisions (
    id TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_role TEXT NOT NULL,
    seen TEXT NOT NULL,
    reason TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (proposal_id, by_id)
);

CREATE TABLE effects (
    grant_id TEXT NOT NULL,
    mission_id TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    busy_until TIMESTAMP WITH TIME ZONE,
    first_sent_at TIMESTAMP WITH TIME ZONE,
    answer TEXT,
    reference TEXT,
    why TEXT,
    changes TEXT,
    checks TEXT,
    proved BOOLEAN,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    PRIMARY KEY (grant_id)
);

CREATE INDEX ix_effects_mission_id ON effects (mission_id);

CREATE INDEX ix_effects_proposal_id ON effects (proposal_id);

CREATE TABLE grants (
    id TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (proposal_id, position)
);

CREATE TABLE handoffs (
    mission_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by TEXT,
    PRIMARY KEY (mission_id)
);

CREATE INDEX ix_handoffs_case_id ON handoffs (case_id);

CREATE TABLE missions (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    state TEXT NOT NULL,
    lane TEXT DEFAULT 'turns' NOT NULL,
    turn INTEGER DEFAULT '1' NOT NULL,
    epoch INTEGER DEFAULT '0' NOT NULL,
    woken BOOLEAN DEFAULT false NOT NULL,
    wake_at TIMESTAMP WITH TIME ZONE,
    waits_for TEXT,
    brief TEXT,
    worker TEXT,
    outcome TEXT,
    verdict TEXT,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_missions_case_id ON missions (case_id);

CREATE INDEX missions_runnable ON missions (id) WHERE state = 'runnable';

CREATE INDEX missions_to_wake ON missions (wake_at) WHERE state = 'waiting' and wake_at is not null;

CREATE UNIQUE INDEX one_mission_of_a_case ON missions (case_id) WHERE state <> 'done';

CREATE TABLE observations (
    mission_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    step TEXT,
    payload TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (mission_id, n),
    UNIQUE (mission_id, step)
);

CREATE TABLE passages (
    article_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    clause TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article_id, version, clause)
);

CREATE TABLE proposals (
    id TEXT NOT NULL,
    mission_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    turn INTEGER NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed TEXT,
    closed_by TEXT,
    PRIMARY KEY (id),
    UNIQUE (mission_id, turn)
);

CREATE INDEX proposals_waiting ON proposals (opened_at) WHERE closed is null;

CREATE TABLE sessions (
    token_hash TEXT NOT NULL,
    staff_id TEXT,
    customer_id TEXT,
    begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (token_hash)
);

CREATE TABLE staff (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    active BOOLEAN DEFAULT true NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);

CREATE TABLE trace_heads (
    mission_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (mission_id)
);

CREATE TABLE wrong_sign_ins (
    account TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL
);

CREATE INDEX ix_wrong_sign_ins_account ON wrong_sign_ins (account);

CREATE TABLE customer_records (
    customer_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    verified_how TEXT NOT NULL,
    verified_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (customer_id, connection_id),
    UNIQUE (connection_id, record_id),
    FOREIGN KEY(customer_id) REFERENCES customers (id)
);

CREATE TABLE messages (
    id TEXT NOT NULL,
    number BIGINT GENERATED BY DEFAULT AS IDENTITY,
    case_id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    key TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES cases (id),
    UNIQUE (key)
);

CREATE INDEX messages_by_case ON messages (case_id, number);

-- The trace only grows. The program's own role has no right to change it; this holds where the program is the owner.
CREATE FUNCTION trace_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trace is append-only: an observation cannot be changed or taken out';
END $$;

CREATE TRIGGER trace_only_grows BEFORE UPDATE OR DELETE ON observations
    FOR EACH ROW EXECUTE FUNCTION trace_only_grows();

CREATE TRIGGER trace_is_never_emptied BEFORE TRUNCATE ON observations
    FOR EACH STATEMENT EXECUTE FUNCTION trace_only_grows();
