-- Who asks to be, with another account, a person who has joined before: a phone was lost, an account was changed. Somebody
-- who knows the person says yes or no; the row says who, and leaves after a while.
CREATE TABLE rebind (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    person_id   TEXT   NOT NULL REFERENCES person (id),
    account_id  TEXT   NOT NULL REFERENCES account (id),
    state       TEXT   NOT NULL CHECK (state IN ('open', 'granted', 'denied')),
    asked_at    BIGINT NOT NULL,
    decided_by  TEXT   NOT NULL DEFAULT '',
    decided_at  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX rebind_person ON rebind (person_id, asked_at);
CREATE INDEX rebind_account ON rebind (account_id, asked_at);

-- For whom a message is: where the person has another account by the time it is sent, it goes there and not to the old
-- one. '' for the answer to an account, which is for that account alone.
ALTER TABLE outbox ADD COLUMN person_id TEXT NOT NULL DEFAULT '';
