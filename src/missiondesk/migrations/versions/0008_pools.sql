-- What was used of a pool on each day; never more than its cap.
CREATE TABLE pools (
    name TEXT NOT NULL,
    day DATE NOT NULL,
    used BIGINT NOT NULL,
    cap BIGINT NOT NULL,
    PRIMARY KEY (name, day),
    CONSTRAINT pools_never_above_the_cap CHECK (used >= 0 AND used <= cap)
);

-- What each action took of a pool that went by itself. Rows stay.
CREATE TABLE reservations (
    digest TEXT NOT NULL,
    pool TEXT NOT NULL,
    day DATE NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (digest, pool)
);

-- A customer's history is found by their cases.
CREATE INDEX proposals_by_case ON proposals (case_id);

-- A ruling says of what kind it is; before, there was one kind.
UPDATE proposals SET body = jsonb_set(body::jsonb, '{ruling,kind}', '"needs_approvals"')::text
    WHERE body IS JSON OBJECT AND NOT body::jsonb->'ruling' ? 'kind';
