-- Paths to what is asked often, so that no table that grows with people or years is walked through for it; and from each row
-- that may be deleted to those that refer to it, or SQLite looks through all of them.

-- What is on its way, apart from what waits: a morning's ten thousand notices are not read to find it.
CREATE INDEX outbox_sending ON outbox (account_id, holder) WHERE state = 'sending';
CREATE INDEX outbox_aside ON outbox (not_before) WHERE state = 'aside';

CREATE INDEX guardianship_school ON guardianship (school_id);
CREATE INDEX pairing_class ON pairing (school_id, class_id);
DROP INDEX resolution_school;
CREATE INDEX resolution_class ON resolution (school_id, class_id);
CREATE INDEX resolution_meeting ON resolution (meeting_id);
CREATE INDEX record_meeting ON record (author_id) WHERE kind = 'meeting';
CREATE INDEX feedback_record ON feedback (record_id);
CREATE INDEX word_from ON word (from_id);
CREATE INDEX word_to ON word (to_id);

-- Also for bindings of before: who was never anybody here is looked for among all accounts.
DROP INDEX binding_account;
CREATE INDEX binding_account ON binding (account_id, revoked_at);
