-- The digest of the action stands beside its effect, as it stands on the card, the decision and the grant.
ALTER TABLE effects ADD COLUMN digest TEXT;
UPDATE effects SET digest = grants.digest FROM grants WHERE grants.id = effects.grant_id;
ALTER TABLE effects ALTER COLUMN digest SET NOT NULL;
