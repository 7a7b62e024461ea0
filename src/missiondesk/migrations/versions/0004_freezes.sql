-- Who stopped which effects, when and why, and who lifted it. Rows stay.
CREATE TABLE freezes (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    scope TEXT NOT NULL,
    why TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    lifted_by TEXT,
    lifted_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);
