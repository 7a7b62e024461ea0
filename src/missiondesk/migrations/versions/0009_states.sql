-- Only the states that there are: what no process would pick up again cannot be written, not even by hand.
ALTER TABLE missions
    ADD CONSTRAINT missions_state CHECK (state IN ('runnable', 'waiting', 'done')),
    ADD CONSTRAINT missions_lane CHECK (lane IN ('turns', 'effects')),
    ADD CONSTRAINT missions_waits_for
        CHECK (waits_for IN ('customer', 'decision', 'effect', 'unknown_effect', 'connection'));
ALTER TABLE proposals
    ADD CONSTRAINT proposals_closed CHECK (closed IN ('approved', 'rejected', 'edited', 'superseded', 'withdrawn'));
ALTER TABLE decisions
    ADD CONSTRAINT decisions_kind CHECK (kind IN ('approve', 'edit', 'reject'));
ALTER TABLE effects
    ADD CONSTRAINT effects_state
        CHECK (state IN ('intent', 'sent', 'checking', 'done', 'failed', 'unknown', 'stale', 'skipped'));
