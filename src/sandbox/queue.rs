//! Updates that wait for the bot: a queue for polling, lanes by chat for the webhook.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::disorder::Shuffle;
use super::wire::Json;

/// Telegram answers with the whole queue when an offset lies this far ahead of it.
const FAR_AHEAD: i64 = 10;
/// Kinds that a bot gets only if it asks for them.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The queue of one bot.
#[derive(Debug)]
pub(super) struct Updates {
    waiting: BTreeMap<i64, Update>,
    next_id: i64,
    allowed: Option<HashSet<String>>,
    /// Rises with every getUpdates call, so that an older one sees that it was replaced.
    pub poller: u64,
    pub webhook: Option<Webhook>,
    /// Rises whenever the webhook is set or deleted, so that an old pusher sees that it was replaced.
    pub webhooks: u64,
    lanes: Lanes,
    pub shuffle: Shuffle,
    /// What was confirmed to the poller and comes once more all the same.
    again: VecDeque<Update>,
    /// The newest updates again, for `redeliver`.
    sent: VecDeque<(i64, Update)>,
}

/// One update, already as text.
#[derive(Debug, Clone)]
pub(super) struct Update {
    chat: i64,
    json: Arc<str>,
    /// How often the webhook was tried with it.
    tries: u32,
    /// It was confirmed before.
    confirmed: bool,
}

/// What setWebhook was told, and how it goes.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    pub url: String,
    pub max_connections: u32,
    pub last_error: Option<(i64, String)>,
}

impl Update {
    fn new(chat: i64, json: String) -> Update {
        Update { chat, json: json.into(), tries: 0, confirmed: false }
    }
}

impl Default for Updates {
    fn default() -> Updates {
        Updates {
            waiting: BTreeMap::new(),
            next_id: 100_000_001,
            allowed: None,
            poller: 0,
            webhook: None,
            webhooks: 0,
            lanes: Lanes::default(),
            shuffle: Shuffle::default(),
            again: VecDeque::new(),
            sent: VecDeque::new(),
        }
    }
}

impl Updates {
    /// Numbers updates from here on, if they have not come that far.
    pub fn count_from(&mut self, number: i64) {
        self.next_id = self.next_id.max(number);
    }

    /// Queues an update of this kind, if the bot wants such.
    pub fn push(&mut self, kind: &str, chat: i64, body: impl Into<Json>) {
        let wanted = match &self.allowed {
            Some(allowed) => allowed.contains(kind),
            None => !ON_REQUEST.contains(&kind),
        };
        if wanted {
            let (id, body) = (self.next_id, body.into());
            self.next_id += 1;
            self.put(id, Update::new(chat, format!("{{\"update_id\":{id},\"{kind}\":{body}}}")));
        }
    }

    /// Queues whatever it is; an id is given unless it has its own.
    pub fn push_raw(&mut self, chat: i64, mut update: Value) {
        let own = update.as_object_mut().and_then(|object| object.remove("update_id"));
        let id = own.as_ref().and_then(Value::as_i64).unwrap_or(self.next_id);
        self.next_id = self.next_id.max(id + 1);
        // The id stands first on the wire, whatever the order in a JSON object means.
        let json = match update.to_string().strip_prefix('{') {
            Some("}") => format!("{{\"update_id\":{id}}}"),
            Some(rest) => format!("{{\"update_id\":{id},{rest}"),
            None => update.to_string(),
        };
        self.put(id, Update::new(chat, json));
    }

    /// The same update once more, as Telegram does when a confirmation got lost.
    pub fn redeliver(&mut self, id: i64) -> bool {
        let Some(update) =
            self.sent.iter().rev().find(|(sent, _)| *sent == id).map(|(_, update)| update.clone())
        else {
            return self.waiting.contains_key(&id);
        };
        self.put(id, update);
        true
    }

    /// The next batch for getUpdates; an offset above an id confirms it, a negative one keeps the newest.
    pub fn take(&mut self, offset: i64, limit: usize) -> Vec<Arc<str>> {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.waiting.pop_first();
            }
            self.again.clear();
        } else if offset > 0 && offset <= self.next_id + FAR_AHEAD {
            while self.waiting.first_key_value().is_some_and(|(id, _)| *id < offset) {
                let confirmed = self.waiting.pop_first().map(|(_, update)| update);
                let again = confirmed.filter(|it| !it.confirmed && self.shuffle.brings_again());
                self.again.extend(again.map(|update| Update { confirmed: true, ..update }));
            }
        }
        let again = self.again.drain(..self.again.len().min(limit));
        let mut batch: Vec<(i64, Arc<str>)> = again.map(|update| (update.chat, update.json)).collect();
        let rest = self.waiting.values().take(limit - batch.len());
        batch.extend(rest.map(|update| (update.chat, update.json.clone())));
        for second in 1..batch.len() {
            if batch[second - 1].0 != batch[second].0 && self.shuffle.swaps() {
                batch.swap(second - 1, second);
            }
        }
        batch.into_iter().map(|(_, json)| json).collect()
    }

    /// What the webhook is to be tried with next: the head of a chat's lane that nobody works on.
    pub fn next_in_lane(&mut self) -> Option<(i64, i64)> {
        if self.lanes.ready.len() > 1 && self.shuffle.swaps() {
            self.lanes.ready.swap(0, 1);
        }
        self.lanes.next()
    }

    /// The update as text for the webhook, and how often that was tried before.
    pub fn attempt(&mut self, id: i64) -> Option<(Arc<str>, u32)> {
        let update = self.waiting.get_mut(&id)?;
        update.tries += 1;
        Some((update.json.clone(), update.tries - 1))
    }

    /// The webhook took the head of this lane, which goes on.
    pub fn confirm(&mut self, chat: i64, id: i64) {
        if let Some(update) = self.waiting.get_mut(&id) {
            if !update.confirmed && self.shuffle.brings_again() {
                update.confirmed = true;
                self.lanes.add(chat, id);
            } else {
                self.waiting.remove(&id);
            }
        }
        self.lanes.done(chat);
    }

    /// The head of this lane failed and has waited: it may be tried again.
    pub fn try_again(&mut self, chat: i64) {
        self.lanes.again(chat);
    }

    pub fn last_id(&self) -> i64 {
        self.next_id - 1
    }

    pub fn pending(&self) -> usize {
        self.waiting.len() + self.again.len()
    }

    pub fn drop_pending(&mut self) {
        self.waiting.clear();
        self.again.clear();
        self.lanes = Lanes::default();
    }

    /// Remembers which kinds are wanted; an empty list is the default again.
    pub fn allow(&mut self, kinds: Option<&Value>) {
        if let Some(Value::Array(kinds)) = kinds {
            let kinds: HashSet<String> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
    }

    pub fn allowed(&self) -> Option<Vec<String>> {
        let mut kinds: Vec<String> = self.allowed.as_ref()?.iter().cloned().collect();
        kinds.sort();
        Some(kinds)
    }

    /// Puts all that waits into lanes: a webhook begins.
    pub fn open_lanes(&mut self) {
        self.lanes = Lanes::default();
        for (id, update) in &self.waiting {
            self.lanes.add(update.chat, *id);
        }
    }

    fn put(&mut self, id: i64, update: Update) {
        if self.webhook.is_some() {
            self.lanes.add(update.chat, id);
        }
        self.sent.push_back((id, update.clone()));
        if self.sent.len() > 1000 {
            self.sent.pop_front();
        }
        self.waiting.insert(id, update);
    }
}

/// One lane for each chat: within a lane the next goes only after the one before was taken.
#[derive(Debug, Default)]
struct Lanes {
    lanes: HashMap<i64, VecDeque<i64>>,
    ready: VecDeque<i64>,
}

impl Lanes {
    fn add(&mut self, chat: i64, id: i64) {
        let lane = self.lanes.entry(chat).or_insert_with(|| {
            self.ready.push_back(chat);
            VecDeque::new()
        });
        lane.push_back(id);
    }

    /// The head of a lane that nobody works on. It stays the head until [`Lanes::done`].
    fn next(&mut self) -> Option<(i64, i64)> {
        while let Some(chat) = self.ready.pop_front() {
            if let Some(head) = self.lanes.get(&chat).and_then(VecDeque::front) {
                return Some((chat, *head));
            }
        }
        None
    }

    /// The head was taken; the lane goes on, or ends when it is empty.
    fn done(&mut self, chat: i64) {
        let Some(lane) = self.lanes.get_mut(&chat) else { return };
        lane.pop_front();
        match lane.is_empty() {
            true => drop(self.lanes.remove(&chat)),
            false => self.ready.push_back(chat),
        }
    }

    /// The head failed and has waited: it may be tried again.
    fn again(&mut self, chat: i64) {
        if self.lanes.contains_key(&chat) {
            self.ready.push_back(chat);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::disorder::Disorder;
    use super::*;
    use serde_json::json;

    fn ids(taken: &[Arc<str>]) -> Vec<i64> {
        let id =
            |text: &Arc<str>| serde_json::from_str::<Value>(text).unwrap()["update_id"].as_i64().unwrap();
        taken.iter().map(id).collect()
    }

    #[test]
    fn an_offset_confirms_what_lies_below_it() {
        let mut updates = Updates::default();
        (0..5).for_each(|n| updates.push("message", n, json!({})));
        let all = ids(&updates.take(0, 100));
        assert_eq!(ids(&updates.take(0, 2)), all[..2]);
        assert_eq!(ids(&updates.take(all[1], 100)), all[1..]);
        assert_eq!(ids(&updates.take(-2, 100)), all[3..]);
        assert_eq!(ids(&updates.take(all[4] + 1000, 100)), all[3..], "too far ahead confirms nothing");
        assert!(updates.take(all[4] + 1, 100).is_empty() && updates.pending() == 0);
    }

    #[test]
    fn in_disorder_updates_come_twice_and_chats_change_places() {
        let shuffle = Shuffle::new(Disorder { again: 0.3, swapped: 0.3, seed: 5 });
        let mut updates = Updates { shuffle, ..Updates::default() };
        (0..300).for_each(|n| updates.push("message", n % 3, json!({})));
        let (mut offset, mut got) = (0, Vec::new());
        while updates.pending() > 0 {
            let batch = ids(&updates.take(offset, 40));
            offset = batch.iter().max().map_or(0, |id| id + 1);
            got.extend(batch);
        }
        let (again, swapped) = updates.shuffle.counts();
        assert!((60..120).contains(&again) && swapped > 60, "{again} {swapped}");
        let firsts = |chat| {
            let mut seen = HashSet::new();
            let mine = got.iter().copied().filter(move |id| (id - 100_000_001) % 3 == chat);
            mine.filter(move |id| seen.insert(*id)).collect::<Vec<_>>()
        };
        for chat in 0..3 {
            assert!(firsts(chat).is_sorted() && firsts(chat).len() == 100, "the order of a chat is kept");
        }
        assert_eq!(got.len(), 300 + again as usize, "nothing is lost, and nothing comes a third time");
    }

    #[test]
    fn a_webhook_gets_an_update_once_more_in_the_lane_of_its_chat() {
        let shuffle = Shuffle::new(Disorder { again: 1.0, swapped: 0.0, seed: 5 });
        let mut updates = Updates { shuffle, ..Updates::default() };
        (0..2).for_each(|_| updates.push("message", 7, json!({})));
        updates.open_lanes();
        let mut pushed = Vec::new();
        while let Some((chat, id)) = updates.next_in_lane() {
            pushed.push(id - 100_000_001);
            updates.confirm(chat, id);
        }
        assert_eq!(
            (pushed, updates.pending()),
            (vec![0, 1, 0, 1], 0),
            "behind what came meanwhile, and no third time"
        );
    }

    #[test]
    fn a_lane_keeps_its_order_and_lets_others_pass() {
        let mut lanes = Lanes::default();
        for (chat, id) in [(1, 10), (1, 11), (2, 12)] {
            lanes.add(chat, id);
        }
        assert_eq!((lanes.next(), lanes.next(), lanes.next()), (Some((1, 10)), Some((2, 12)), None));
        lanes.again(1);
        assert_eq!(lanes.next(), Some((1, 10)));
        lanes.done(1);
        lanes.done(2);
        assert_eq!((lanes.next(), lanes.next()), (Some((1, 11)), None));
    }
}
