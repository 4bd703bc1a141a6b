-- A record is about students, and also about members of staff, classes, groups or the school: the five regulations ask for
-- meetings of a class, sessions of a mentor, reports of a school. Ids are unique across all of them.
CREATE TABLE about_anything (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    about_id    TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    form        TEXT   NOT NULL DEFAULT '',
    day         TEXT   NOT NULL,
    record_id   TEXT   NOT NULL REFERENCES record (id),
    PRIMARY KEY (school_id, about_id, kind, form, day, record_id)
);
INSERT INTO about_anything (school_id, about_id, kind, form, day, record_id)
    SELECT school_id, student_id, kind, form, day, record_id FROM about;
DROP TABLE about;
ALTER TABLE about_anything RENAME TO about;
CREATE INDEX about_record ON about (record_id);

-- The weekdays on which the school teaches, Monday first.
ALTER TABLE school ADD COLUMN weekdays TEXT NOT NULL DEFAULT '1111100';

-- Days of exams: what a policy asks for at mid-term, at the end of a term and after each exam is asked then.
CREATE TABLE exam (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    name        TEXT   NOT NULL,
    moment      TEXT   NOT NULL DEFAULT '' CHECK (moment IN ('', 'mid_term', 'end_of_term')),
    first_day   TEXT   NOT NULL,
    last_day    TEXT   NOT NULL,
    PRIMARY KEY (school_id, first_day, name)
);

-- Students whom a mentor leads as a group: 快乐成长小组 (D).
CREATE TABLE growth_group (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    leader_id   TEXT   NOT NULL REFERENCES person (id),
    since       TEXT   NOT NULL,
    until       TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX growth_group_leader ON growth_group (leader_id);
CREATE INDEX growth_group_school ON growth_group (school_id);

CREATE TABLE growth_group_member (
    school_id   TEXT   NOT NULL REFERENCES school (id),
    group_id    TEXT   NOT NULL REFERENCES growth_group (id),
    student_id  TEXT   NOT NULL REFERENCES person (id),
    PRIMARY KEY (group_id, student_id)
);
CREATE INDEX growth_group_member_student ON growth_group_member (student_id);
