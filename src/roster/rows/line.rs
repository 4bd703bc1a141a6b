//! What one cell of a row says, by the meaning of its column; what is wrong in it is noted.

use super::{Class, Line, NAME, Reference};
use crate::{
    roster::{born, cells, columns::Column, words},
    school::{Day, Relation, Role},
    text::Phrase,
};
use std::sync::Arc;

impl Line<'_> {
    pub(super) fn relation(&mut self, column: Column) -> (Relation, bool) {
        let text = self.text(column);
        if text.is_empty() {
            return (Relation::Other, false);
        }
        let relation = words::relation(&text);
        if relation.is_none() {
            self.note(column, Phrase::new("roster-wrong-relation").text("word", text));
        }
        (relation.unwrap_or(Relation::Other), true)
    }

    pub(super) fn roles(&mut self) -> Vec<Role> {
        let mut roles = Vec::new();
        for text in self.words(Column::Role) {
            match words::role(&text) {
                Some(role) if roles.contains(&role) => {}
                Some(role) => roles.push(role),
                None => self.note(Column::Role, Phrase::new("roster-wrong-role").text("word", text)),
            }
        }
        roles
    }

    pub(super) fn class(&mut self) -> Option<Class> {
        let grade = self.text(Column::Grade);
        let name = self.name(Column::Class);
        (!name.is_empty()).then(|| Class { name: words::class(&grade, &name), grade })
    }

    /// 学号 or 工号: in a column of its own or in one of both.
    pub(super) fn number(&mut self, own: Column) -> (String, Arc<str>) {
        let column = if self.text(own).is_empty() { Column::Number } else { own };
        let (text, head) = self.heads.cell(self.row, column);
        let number = cells::number(text);
        if cells::is_rounded(&number) {
            self.note(column, Phrase::new("roster-wrong-rounded"));
            return (String::new(), head.clone());
        } else if number.chars().count() > 40 {
            self.note(column, Phrase::new("roster-wrong-long"));
        }
        (number, head.clone())
    }

    pub(super) fn phone(&mut self, column: Column) -> String {
        let phone = cells::number(self.heads.cell(self.row, column).0);
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        let fits = phone.bytes().all(|b| b.is_ascii_digit() || b"+-()/,;".contains(&b))
            && (5..=40).contains(&digits);
        if cells::is_rounded(&phone) {
            self.note(column, Phrase::new("roster-wrong-rounded"));
        } else if !phone.is_empty() && !fits {
            self.note(column, Phrase::new("roster-wrong-phone"));
        }
        phone
    }

    /// Whether somebody is so old, whoever knows the day asks.
    pub(super) fn born(&mut self) -> Option<Day> {
        let text = self.text(Column::Born);
        let day = born::day(text.strip_prefix('\'').unwrap_or(&text));
        if day.is_none() && !text.is_empty() && !cells::is_fault(&text) {
            self.note(Column::Born, Phrase::new("roster-wrong-born"));
        }
        day
    }

    pub(super) fn name(&mut self, column: Column) -> String {
        let name = self.text(column);
        if name.chars().count() > NAME {
            self.note(column, Phrase::new("roster-wrong-long"));
        }
        name
    }

    pub(super) fn references(&self, column: Column) -> Vec<Reference> {
        let (_, head) = self.heads.cell(self.row, column);
        self.words(column).into_iter().map(|words| Reference { words, column: head.clone() }).collect()
    }

    pub(super) fn words(&self, column: Column) -> Vec<String> {
        cells::several(&self.text(column)).map(str::to_owned).collect()
    }

    pub(super) fn text(&self, column: Column) -> String {
        let text = cells::tidy(self.heads.cell(self.row, column).0);
        // The mark by which a spreadsheet, and our own export, keeps text from being a formula.
        match text.strip_prefix('\'') {
            Some(marked) if marked.starts_with(['=', '+', '-', '@']) => marked.to_owned(),
            _ => text,
        }
    }

    pub(super) fn note(&mut self, column: Column, reason: Phrase) {
        let (_, head) = self.heads.cell(self.row, column);
        self.wrong.push(self.place.wrong(head, reason));
    }
}
