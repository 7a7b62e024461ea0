-- A change of what sets the boundary: the policy, a connection, an account. `before`, `after`: JSON, sealed by `digest`.
CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    base TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    digest TEXT NOT NULL,
    why TEXT NOT NULL,
    source TEXT NOT NULL,
    asked_by_id TEXT,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    one_hand BOOLEAN NOT NULL DEFAULT FALSE,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by TEXT,
    closed_why TEXT,
    CONSTRAINT changes_kind CHECK (kind IN ('policy', 'connection', 'role')),
    CONSTRAINT changes_source CHECK (source IN ('staff', 'file', 'suggestion', 'operator')),
    CONSTRAINT changes_state CHECK (state IN ('open', 'adopted', 'rejected', 'withdrawn', 'replaced')),
    CONSTRAINT changes_closed CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX changes_by_state ON changes (state, asked_at);

-- Closed is closed, and what was asked is never another thing.
CREATE FUNCTION changes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' OR NEW.digest <> OLD.digest OR NEW.after <> OLD.after OR NEW.base <> OLD.base
        OR NEW.subject <> OLD.subject OR NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'a change that is closed, or what it says, cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes FOR EACH ROW EXECUTE FUNCTION changes_stay();

-- One answer of a person; who asked has given theirs by that.
CREATE TABLE change_answers (
    change_id TEXT NOT NULL REFERENCES changes (id),
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_role TEXT NOT NULL,
    answer TEXT NOT NULL,
    seen TEXT NOT NULL,
    note TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (change_id, by_id),
    CONSTRAINT change_answers_answer CHECK (answer IN ('asked', 'approve', 'reject'))
);

-- The rights that two people have had at the same time: of these, setup is over for good.
CREATE TABLE setup_over (
    of_right TEXT PRIMARY KEY,
    since TIMESTAMP WITH TIME ZONE NOT NULL
);

-- The policy as it was adopted; the highest number is in force.
CREATE TABLE policy_versions (
    number INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    change_id TEXT NOT NULL,
    adopted_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- The version of the policy that a decision was ruled by.
ALTER TABLE decisions ADD COLUMN policy TEXT;
