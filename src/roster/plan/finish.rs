//! The plan out of what the file said: what is to be written, how much it is, and what it is.

use super::{Leavers, Plan, Planner, Sort, Tally, diff::Diff};
use crate::{
    school::{PersonId, Post},
    store::Member,
};
use std::collections::{HashMap, HashSet};

impl Planner<'_> {
    pub(super) fn finish(mut self, leavers: Leavers) -> Plan {
        let mut plan = Plan { leavers, ..Plan::default() };
        let before: HashMap<_, _> = self.book.classes.iter().map(|it| (&it.id, it)).collect();
        for name in &self.named_classes {
            let Some(row) = self.classes.get(name) else { continue };
            if plan.summary.classes.count(before.get(&row.id).copied(), row) {
                plan.write.classes.push(row.clone());
            }
        }
        let gone: HashSet<&PersonId> = plan.leavers.all().collect();
        let before: HashMap<_, _> = self.book.members.iter().map(|it| (&it.id, it)).collect();
        let in_file: HashSet<PersonId> = self.seen.iter().map(|(_, id)| id.clone()).collect();
        // Others of the staff, whom a pairing made a mentor or whose class another one heads now.
        let others = self.book.members.iter().map(|it| it.id.clone());
        let others = others.filter(|id| !in_file.contains(id) && !gone.contains(id));
        let others: Vec<_> = others.filter(|id| self.members.get(id) != before.get(id).copied()).collect();
        self.seen.extend(others.into_iter().map(|id| (Sort::Staff, id)));
        let mut diff = Diff::new(&self);
        for (sort, id) in &self.seen {
            let Some(member) = self.members.get(id) else { continue };
            let member = sorted(member);
            let earlier = before.get(id).map(|it| sorted(it));
            let tally = match sort {
                Sort::Staff => &mut plan.summary.staff,
                Sort::Student => &mut plan.summary.students,
                Sort::Guardian => &mut plan.summary.guardians,
            };
            if tally.count(earlier.as_ref(), &member) {
                diff.person(*sort, earlier.as_ref(), &member);
                plan.write.members.push(member);
            }
        }
        diff.mentors(&gone);
        diff.leavers(&plan.leavers);
        diff.parted(&plan.leavers);
        plan.changes = diff.finish();
        plan.write.left = plan.leavers.all().cloned().collect();
        plan.write.parted.clone_from(&plan.leavers.parted);
        plan.summary.students.left = plan.leavers.students.len();
        plan.summary.staff.left = plan.leavers.staff.len();
        plan.summary.guardians.left = plan.leavers.guardians.len();
        plan.summary.pairings =
            Tally { new: self.begun.len(), unchanged: self.kept, left: self.ended.len(), changed: 0 };
        plan.write.families = self.new_families;
        plan.write.pairings = self.begun;
        plan.write.ended = self.ended;
        plan
    }
}

/// With the posts in one order, so that two can be compared.
fn sorted(member: &Member) -> Member {
    let mut member = member.clone();
    member.posts.sort_by(|a: &Post, b: &Post| (a.role, &a.class).cmp(&(b.role, &b.class)));
    member
}

impl Tally {
    /// Counts one, and says whether it must be written.
    fn count<T: PartialEq>(&mut self, before: Option<&T>, after: &T) -> bool {
        match before {
            None => self.new += 1,
            Some(before) if before == after => {
                self.unchanged += 1;
                return false;
            }
            Some(_) => self.changed += 1,
        }
        true
    }
}
