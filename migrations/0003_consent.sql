-- What a family decided about a child's check-ins: who, when, and about which version of the text. Every word is kept and
-- none is changed: the newest counts, the others are the proof that was asked for.
CREATE TABLE consent (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    student_id  TEXT   NOT NULL REFERENCES person (id),
    guardian_id TEXT   NOT NULL REFERENCES person (id),
    version     BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('given', 'refused', 'withdrawn')),
    at          BIGINT NOT NULL
);
CREATE INDEX consent_student ON consent (school_id, student_id, at);

-- The date of birth as ISO text, or '' where the school has not said: it decides whether a guardian has to consent.
ALTER TABLE person ADD COLUMN born TEXT NOT NULL DEFAULT '';
