-- How letters to families are signed, with {mentor} and {school} in it; '' for the words of the language.
ALTER TABLE school ADD COLUMN signature TEXT NOT NULL DEFAULT '';
-- From what time of the day on a member of staff is told what is to be done, as HH:MM; '' for the school's own slot.
ALTER TABLE person ADD COLUMN digest_from TEXT NOT NULL DEFAULT '';
