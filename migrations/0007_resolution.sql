-- What meetings resolve: what, by whom, until when. It is done when a record is about it, and gone when its meeting is undone.
CREATE TABLE resolution (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    meeting_id  TEXT   NOT NULL REFERENCES record (id),
    owner_id    TEXT   NOT NULL REFERENCES person (id),
    -- '' for a meeting of the school.
    class_id    TEXT   NOT NULL DEFAULT '',
    words       TEXT   NOT NULL,
    due         TEXT   NOT NULL,
    made_at     BIGINT NOT NULL
);
CREATE INDEX resolution_school ON resolution (school_id, due);
CREATE INDEX resolution_owner ON resolution (owner_id);
