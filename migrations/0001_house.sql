-- One portable set for SQLite and PostgreSQL: TEXT and BIGINT only. Ids are UUIDv7 as 32 hex digits, instants are
-- UTC milliseconds, days are ISO text in the school's own calendar, states are words under CHECK, JSON is text.
-- `school_id` stands first where a table has one: it is the key to shard by.

-- ------------------------------------------------------------------ the school
CREATE TABLE school (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    zone        TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    -- Rises with every change of policy or calendar, so that what was parsed from them is never stale.
    version     BIGINT NOT NULL DEFAULT 1,
    created_at  BIGINT NOT NULL
);

-- Each version of a policy is kept with the day from which it is in force.
CREATE TABLE policy (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    from_day    TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (school_id, from_day)
);

CREATE TABLE term (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    name        TEXT   NOT NULL,
    first_day   TEXT   NOT NULL,
    last_day    TEXT   NOT NULL,
    PRIMARY KEY (school_id, first_day)
);

-- Single days that differ from the week's rule: off (a holiday) or school (a make-up day).
CREATE TABLE marked_day (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    day         TEXT   NOT NULL,
    mark        TEXT   NOT NULL CHECK (mark IN ('off', 'school')),
    name        TEXT   NOT NULL,
    PRIMARY KEY (school_id, day)
);

-- When each clock slot of a school is due next: a sweep reads one index and not every school.
CREATE TABLE slot (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    name        TEXT   NOT NULL,
    next_at     BIGINT NOT NULL,
    done_at     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (school_id, name)
);
CREATE INDEX slot_next ON slot (next_at);

-- ------------------------------------------------------------------ people
CREATE TABLE class (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    grade       TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (school_id, id)
);
CREATE UNIQUE INDEX class_name ON class (school_id, name);

CREATE TABLE person (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    -- 学号 or 工号; empty for guardians, who are known by their child.
    number      TEXT   NOT NULL DEFAULT '',
    phone       TEXT   NOT NULL DEFAULT '',
    language    TEXT   NOT NULL DEFAULT '',
    quiet_from  TEXT   NOT NULL DEFAULT '',
    quiet_to    TEXT   NOT NULL DEFAULT '',
    left_at     BIGINT NOT NULL DEFAULT 0,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX person_school ON person (school_id, number);

-- What a person is at the school; class_id is '' where the post is not of one class.
CREATE TABLE post (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    person_id   TEXT   NOT NULL REFERENCES person (id),
    role        TEXT   NOT NULL CHECK (role IN ('mentor', 'external_mentor', 'head_teacher', 'chief_mentor',
                    'counsellor', 'office', 'principal', 'supervisor', 'guardian', 'student')),
    class_id    TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, role, class_id)
);
CREATE INDEX post_role ON post (school_id, role, class_id);

CREATE TABLE guardianship (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    guardian_id TEXT   NOT NULL REFERENCES person (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    relation    TEXT   NOT NULL,
    PRIMARY KEY (student_id, guardian_id)
);
CREATE INDEX guardianship_guardian ON guardianship (guardian_id);

CREATE TABLE pairing (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    mentor_id   TEXT   NOT NULL REFERENCES person (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    class_id    TEXT   NOT NULL,
    is_primary  BIGINT NOT NULL DEFAULT 1 CHECK (is_primary IN (0, 1)),
    since       TEXT   NOT NULL,
    until       TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX pairing_school ON pairing (school_id, mentor_id);
CREATE INDEX pairing_mentor ON pairing (mentor_id);
CREATE INDEX pairing_student ON pairing (student_id);

-- ------------------------------------------------------------------ accounts: who speaks
CREATE TABLE account (
    id          TEXT   NOT NULL PRIMARY KEY,
    -- The person whose hat this account wears now; '' until it joins.
    hat         TEXT   NOT NULL DEFAULT '',
    language    TEXT   NOT NULL DEFAULT '',
    reachable   BIGINT NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
    created_at  BIGINT NOT NULL
);

CREATE TABLE binding (
    person_id   TEXT   NOT NULL REFERENCES person (id),
    account_id  TEXT   NOT NULL REFERENCES account (id),
    school_id   TEXT   NOT NULL REFERENCES school (id),
    bound_at    BIGINT NOT NULL,
    revoked_at  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, account_id)
);
CREATE INDEX binding_account ON binding (account_id) WHERE revoked_at = 0;
CREATE UNIQUE INDEX binding_person ON binding (person_id) WHERE revoked_at = 0;

-- One-time codes: 128 random bits, only their hash is here.
CREATE TABLE invite (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    person_id   TEXT   NOT NULL REFERENCES person (id),
    code_hash   TEXT   NOT NULL PRIMARY KEY,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT NOT NULL DEFAULT 0,
    revoked_at  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invite_person ON invite (school_id, person_id);

-- Wrong codes, to refuse the sixth within an hour.
CREATE TABLE wrong_code (
    account_id  TEXT   NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX wrong_code_account ON wrong_code (account_id, at);

-- The one open form of an account: answers survive a deploy or a crash between two taps.
CREATE TABLE form (
    account_id  TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL,
    changed_at  BIGINT NOT NULL
);

-- Where a message that may be edited later stands in a chat.
CREATE TABLE place (
    account_id  TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    message_id  BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (account_id, name)
);

-- ------------------------------------------------------------------ records: what happened
CREATE TABLE record (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    author_id   TEXT   NOT NULL REFERENCES person (id),
    day         TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    undone_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX record_author ON record (author_id, at);

-- Whom a record is about. Undoing a record takes its rows away, so that standing is one GROUP BY over this index.
CREATE TABLE about (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    kind        TEXT   NOT NULL,
    form        TEXT   NOT NULL DEFAULT '',
    day         TEXT   NOT NULL,
    record_id   TEXT   NOT NULL REFERENCES record (id),
    PRIMARY KEY (school_id, student_id, kind, form, day, record_id)
);
CREATE INDEX about_record ON about (record_id);

-- ------------------------------------------------------------------ words between people
CREATE TABLE feedback (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    student_id  TEXT   NOT NULL REFERENCES person (id),
    author_id   TEXT   NOT NULL REFERENCES person (id),
    record_id   TEXT   NOT NULL REFERENCES record (id),
    fact        TEXT   NOT NULL,
    next_step   TEXT   NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX feedback_student ON feedback (school_id, student_id, at);

CREATE TABLE feedback_copy (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    feedback_id TEXT   NOT NULL REFERENCES feedback (id),
    guardian_id TEXT   NOT NULL REFERENCES person (id),
    state       TEXT   NOT NULL CHECK (state IN ('waiting', 'sent', 'seen', 'answered', 'unreachable', 'phoned')),
    at          BIGINT NOT NULL,
    PRIMARY KEY (feedback_id, guardian_id)
);
CREATE INDEX feedback_copy_guardian ON feedback_copy (guardian_id, state);

-- Words that the bot carried from one person to another, always about one student.
CREATE TABLE word (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    student_id  TEXT   NOT NULL REFERENCES person (id),
    from_id     TEXT   NOT NULL REFERENCES person (id),
    to_id       TEXT   NOT NULL REFERENCES person (id),
    feedback_id TEXT   NOT NULL DEFAULT '',
    body        TEXT   NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX word_student ON word (school_id, student_id, at);

-- Something one person still owes another beyond the rules' rhythm: a talk that a student asked for (`wish`), a family
-- that must be phoned because no message reaches it (`phone`). `done_by` is the record that settled it.
CREATE TABLE task (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    owner_id    TEXT   NOT NULL REFERENCES person (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    kind        TEXT   NOT NULL,
    about       TEXT   NOT NULL DEFAULT '',
    made_at     BIGINT NOT NULL,
    done_at     BIGINT NOT NULL DEFAULT 0,
    done_by     TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX task_student ON task (school_id, student_id);
CREATE UNIQUE INDEX task_open ON task (owner_id, kind, student_id, about) WHERE done_at = 0;

-- ------------------------------------------------------------------ nudges
CREATE TABLE snooze (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    mentor_id   TEXT   NOT NULL REFERENCES person (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    until       TEXT   NOT NULL,
    reason      TEXT   NOT NULL CHECK (reason IN ('tomorrow', 'friday', 'on_leave')),
    at          BIGINT NOT NULL,
    PRIMARY KEY (school_id, mentor_id, student_id)
);

-- One row per nudge, unique for ever: (school, rule, subject, slot).
CREATE TABLE nudge (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    key         TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    rule        TEXT   NOT NULL,
    student_id  TEXT   NOT NULL,
    to_id       TEXT   NOT NULL,
    episode     TEXT   NOT NULL,
    day         TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (school_id, key)
);
CREATE INDEX nudge_day ON nudge (school_id, kind, day);
CREATE INDEX nudge_at ON nudge (school_id, kind, at);

-- ------------------------------------------------------------------ inbox and outbox
-- Unique per bot and update, not a high-water mark: update numbers may go down after a quiet week. An answered row keeps
-- its number alone; the words are in the records that came of it.
CREATE TABLE inbox (
    bot         BIGINT NOT NULL,
    update_id   BIGINT NOT NULL,
    account_id  TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('answered', 'open', 'aside')),
    body        TEXT   NOT NULL DEFAULT '',
    tries       BIGINT NOT NULL DEFAULT 0,
    not_before  BIGINT NOT NULL DEFAULT 0,
    error       TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (bot, update_id)
);
CREATE INDEX inbox_open ON inbox (account_id, update_id) WHERE state = 'open';
CREATE INDEX inbox_aside ON inbox (received_at) WHERE state = 'aside';

CREATE TABLE outbox (
    id          TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL,
    class       TEXT   NOT NULL CHECK (class IN ('alert', 'notice', 'reply')),
    -- 0 alerts, 1 replies, 2 notices: crisis first, answers before nudges.
    rank        BIGINT NOT NULL,
    -- `sending`: in the hands of `holder` until `held_until`. Rows that were sent leave.
    state       TEXT   NOT NULL CHECK (state IN ('open', 'sending', 'aside')),
    method      TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    -- The state is read again at the moment of sending: what to compose then, as JSON; '' when `body` is final.
    compose     TEXT   NOT NULL DEFAULT '',
    -- The press that this row answers, and the few words shown over it.
    query       TEXT   NOT NULL DEFAULT '',
    toast       TEXT   NOT NULL DEFAULT '',
    -- The place to edit, the place to remember, and whom to tell what became of it.
    edits       TEXT   NOT NULL DEFAULT '',
    place       TEXT   NOT NULL DEFAULT '',
    track       TEXT   NOT NULL DEFAULT '',
    tries       BIGINT NOT NULL DEFAULT 0,
    not_before  BIGINT NOT NULL DEFAULT 0,
    holder      TEXT   NOT NULL DEFAULT '',
    held_until  BIGINT NOT NULL DEFAULT 0,
    error       TEXT   NOT NULL DEFAULT '',
    made_at     BIGINT NOT NULL
);
CREATE INDEX outbox_open ON outbox (rank, id) WHERE state = 'open';

-- Who does what only one may do, with a number that rises at each change of hands.
CREATE TABLE lease (
    name        TEXT   NOT NULL PRIMARY KEY,
    holder      TEXT   NOT NULL,
    fence       BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
