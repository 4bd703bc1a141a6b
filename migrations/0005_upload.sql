-- A roster that one of the office sent into the chat: where the messenger keeps the file, never the file itself. It is
-- fetched when the changes are shown and once more when they are written, and forgotten after half an hour.
CREATE TABLE upload (
    school_id  TEXT   NOT NULL REFERENCES school (id),
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    file       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('open', 'written')),
    at         BIGINT NOT NULL
);
