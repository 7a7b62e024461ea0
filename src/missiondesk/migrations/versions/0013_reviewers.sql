-- Which approvals were one act of many: they are not a burst. And what a person did lately is looked up at each one.
ALTER TABLE decisions ADD COLUMN batch TEXT;
CREATE INDEX decisions_by_person ON decisions (by_id, at);

-- No grant without a proposal: whatever else stands in the queue can never be carried out.
ALTER TABLE grants ADD CONSTRAINT grants_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals (id);

-- Test proposals: a past one with one thing made wrong, `beside` one that waits. They have no mission and no grant.
CREATE TABLE test_proposals (
    id TEXT PRIMARY KEY,
    beside TEXT NOT NULL UNIQUE REFERENCES proposals (id),
    source TEXT NOT NULL REFERENCES proposals (id),
    last_n INTEGER NOT NULL,
    shown_case TEXT NOT NULL UNIQUE,
    shown_mission TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    title TEXT NOT NULL,
    amount BIGINT,
    currency TEXT,
    risk TEXT NOT NULL,
    wrong TEXT NOT NULL,
    argument TEXT NOT NULL,
    reveals TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT test_proposals_wrong CHECK (wrong IN ('amount', 'record', 'source'))
);
CREATE INDEX test_proposals_by_source ON test_proposals (source);
CREATE INDEX test_proposals_waiting ON test_proposals (due_at);

-- What a person did with one. It is revealed with the answer, so there is one.
CREATE TABLE test_decisions (
    id TEXT PRIMARY KEY,
    test_id TEXT NOT NULL UNIQUE REFERENCES test_proposals (id),
    kind TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_role TEXT NOT NULL,
    seen TEXT NOT NULL,
    reason TEXT,
    caught BOOLEAN NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT test_decisions_kind CHECK (kind IN ('approve', 'edit', 'reject', 'respond', 'ask', 'take_over'))
);
CREATE INDEX test_decisions_by_person ON test_decisions (by_id, at);

-- What people see in the queue. One that nobody answered in time is gone without a word: no service level counts it.
CREATE VIEW queued AS
SELECT kind, item, mission_id, case_id, title, amount, currency, risk, since, due_at, rank_at FROM waiting
UNION ALL
SELECT 'proposal', t.id, p.mission_id, p.case_id, t.title, t.amount, t.currency, t.risk, t.opened_at, t.due_at, t.due_at
FROM test_proposals t JOIN proposals p ON p.id = t.source
WHERE t.due_at > clock_timestamp() AND NOT EXISTS (SELECT FROM test_decisions d WHERE d.test_id = t.id);

-- When a person first opened a card, and first looked at what it rests on. Nothing more is kept of how they read.
CREATE TABLE looks (
    item TEXT NOT NULL,
    by_id TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    evidence_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (item, by_id)
);
