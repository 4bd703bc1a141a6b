-- Who is alive. A process says so every few seconds; whoever falls silent is buried by another, and everything it had in
-- its hands is free again in that same moment: its messages, its leases. One clock (the database's) and one row decide,
-- where each message and each lease used to run out by itself.
CREATE TABLE process (
    id          TEXT   NOT NULL PRIMARY KEY,
    began_at    BIGINT NOT NULL,
    alive_until BIGINT NOT NULL
);

-- What only one process may do. It is held for as long as its holder lives. A process that was buried lives on under
-- another id, so an id is a fencing number: nothing is ever written under a dead one.
DROP TABLE lease;
CREATE TABLE lease (
    name        TEXT   NOT NULL PRIMARY KEY,
    holder      TEXT   NOT NULL REFERENCES process (id) ON DELETE CASCADE
);

-- A message is held for as long as its holder lives, too.
ALTER TABLE outbox DROP COLUMN held_until;
-- No process of before lives by the new rule.
UPDATE outbox SET state = 'open', holder = '' WHERE state = 'sending';
