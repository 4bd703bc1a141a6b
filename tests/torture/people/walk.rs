//! A person who says one thing after another, and what the ledger says of the answers.

use daoyu::sandbox::Entry;
use std::time::Instant;

/// What is said, in turn, and how the answer to each begins: so the answers show their order.
pub const ASKED: [(&str, &str); 3] =
    [("您好", "我听懂按钮"), ("/nonsense", "没有这个命令"), ("/cancel", "没有正在填的内容")];

/// How the answers in one chat stand against what was said there.
#[derive(Debug, Default)]
pub struct Walk {
    pub lost: usize,
    /// When each answer came that had come before.
    pub repeated: Vec<Instant>,
    /// Answers that came after a later one.
    pub overtaken: usize,
}

impl Walk {
    /// Reads a chat in which so much was said.
    pub fn judge<'a>(entries: impl Iterator<Item = &'a Entry>, chat: i64, said: usize) -> Walk {
        let mine = entries.filter(|it| it.chat == chat && it.method == "sendMessage" && it.refused.is_none());
        let answers = mine.filter_map(|it| {
            let kind = ASKED.iter().position(|(_, answer)| it.text.starts_with(answer))?;
            Some((kind, it.when))
        });
        let mut walk = Walk::default();
        let (mut next, mut heard) = (0, [0; ASKED.len()]);
        for (kind, when) in answers {
            heard[kind] += 1;
            let due = next % ASKED.len();
            if kind == due && next < said {
                next += 1;
            } else if kind == (due + 1) % ASKED.len() && next + 1 < said {
                walk.lost += 1;
                next += 2;
            } else {
                walk.repeated.push(when);
            }
        }
        walk.lost += said - next;
        // Each kind as often as it was asked for, and yet out of turn: nothing was lost or repeated, it was overtaken.
        let asked = |kind: usize| (said + ASKED.len() - 1 - kind) / ASKED.len();
        if walk.lost > 0 && heard.iter().enumerate().all(|(kind, count)| *count == asked(kind)) {
            return Walk { overtaken: walk.lost, ..Walk::default() };
        }
        walk
    }
}
