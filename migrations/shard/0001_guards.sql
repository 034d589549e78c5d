-- Rules that tables cannot say. Written by hand; scripts/migrations.mjs leaves this file as it is.

-- What `expect` inserts is checked by the table and then has no use: the table stays empty.
CREATE TRIGGER expectations_are_emptied AFTER INSERT ON expectations
BEGIN
  DELETE FROM expectations;
END;

-- The trail is append-only. An entry comes in without a place, is given one once, and stays as it is.
-- (The purge of a school that has left will bring its own rule; until then nothing is removed.)
CREATE TRIGGER trail_entry_is_new BEFORE INSERT ON trail
WHEN new.position IS NOT NULL OR new.digest IS NOT NULL
  OR EXISTS (SELECT 1 FROM trail WHERE id = new.id)
BEGIN
  SELECT RAISE(ABORT, 'the trail is append-only');
END;

CREATE TRIGGER trail_entry_is_placed_once BEFORE UPDATE ON trail
WHEN old.position IS NOT NULL OR old.digest IS NOT NULL
  OR new.position IS NULL OR new.digest IS NULL
  OR new.id IS NOT old.id OR new.school_id IS NOT old.school_id OR new.at_ms IS NOT old.at_ms
  OR new.actor_kind IS NOT old.actor_kind OR new.actor_id IS NOT old.actor_id
  OR new.action IS NOT old.action OR new.subject IS NOT old.subject OR new.facts IS NOT old.facts
  OR new.from_where IS NOT old.from_where
  OR EXISTS (SELECT 1 FROM trail WHERE school_id = new.school_id AND position = new.position)
BEGIN
  SELECT RAISE(ABORT, 'the trail is append-only');
END;

CREATE TRIGGER trail_entry_stays BEFORE DELETE ON trail
BEGIN
  SELECT RAISE(ABORT, 'the trail is append-only');
END;

-- Credit is an append-only ledger. What was wrong is put right by another entry.
CREATE TRIGGER credit_entry_is_new BEFORE INSERT ON credit_entries
WHEN EXISTS (SELECT 1 FROM credit_entries WHERE id = new.id)
  OR (new.kind = 'spent' AND EXISTS (
    SELECT 1 FROM credit_entries
    WHERE school_id = new.school_id AND subject = new.subject AND kind = 'spent'))
BEGIN
  SELECT RAISE(ABORT, 'credit entries are append-only');
END;

CREATE TRIGGER credit_entry_is_unchanged BEFORE UPDATE ON credit_entries
BEGIN
  SELECT RAISE(ABORT, 'credit entries are append-only');
END;

CREATE TRIGGER credit_entry_stays BEFORE DELETE ON credit_entries
BEGIN
  SELECT RAISE(ABORT, 'credit entries are append-only');
END;
