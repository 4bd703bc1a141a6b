-- What a person asks the school about the data that is kept: to mend it, or to delete it. It stays after it is done, without
-- a word of what was written, as the proof that it was answered.
CREATE TABLE request (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    by_id       TEXT   NOT NULL REFERENCES person (id),
    about_id    TEXT   NOT NULL REFERENCES person (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('correct', 'erase')),
    body        TEXT   NOT NULL DEFAULT '',
    asked_at    BIGINT NOT NULL,
    done_at     BIGINT NOT NULL DEFAULT 0,
    done_by     TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX request_school ON request (school_id, done_at, asked_at);
