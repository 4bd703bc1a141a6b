-- Paths of a morning: who of a school is looked after, one after the other as in `about`; and which wishes stand open, apart
-- from all that were ever answered.
CREATE INDEX pairing_open ON pairing (school_id, student_id, since, until);
CREATE INDEX task_wish ON task (school_id, student_id) WHERE kind = 'wish' AND done_at = 0;

-- Whoever joins, and whoever gets a new code, is looked for by person: without this, among all that were ever invited.
DROP INDEX invite_person;
CREATE INDEX invite_person ON invite (person_id);
