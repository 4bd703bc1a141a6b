//! Something wrong in a genuine update: keys that are gone or misnamed, wrong types, numbers that fit nowhere, depths,
//! lengths, letters that are none.

use super::genuine::{PEOPLE, updates};
use crate::process::Dice;
use serde_json::{Value, json};

/// A string for what only the text of JSON can hold, not a value of serde_json.
const BEYOND: &str = "@beyond@";
/// What stands there then: numbers beyond 64 bits, half a pair of surrogates, an escape that is none.
const BEYONDS: [&str; 4] = ["99999999999999999999999999", "-1e400", "\"\\ud83d\"", "\"\\x\""];

/// An endless line of mutants, the same for the same dice.
pub struct Mutants {
    dice: Dice,
    genuine: Vec<Value>,
    made: i64,
}

impl Mutants {
    pub fn new(dice: Dice) -> Mutants {
        Mutants { dice, genuine: PEOPLE.flat_map(updates).collect(), made: 0 }
    }

    /// One for the queue of updates, which gives it its number.
    pub fn next_update(&mut self) -> Value {
        let at = self.below(self.genuine.len());
        let mut update = self.genuine[at].clone();
        for _ in 0..=self.below(3) {
            let place = self.place(&update);
            self.spoil(update.pointer_mut(&place).unwrap_or(&mut Value::Null));
        }
        match update {
            Value::Object(mut kept) => {
                kept.remove("update_id");
                Value::Object(kept)
            }
            other => json!({ "message": other }),
        }
    }

    /// One for a push, with a number of its own that may be nonsense, too; now and then not even JSON.
    pub fn next_body(&mut self) -> String {
        self.made += 1;
        let mut update = self.next_update();
        // Far below the numbers of what people say.
        update["update_id"] = json!(self.made);
        if self.below(10) == 0 {
            update["update_id"] = self.scalar();
        }
        if self.below(10) == 0 {
            let place = self.place(&update);
            *update.pointer_mut(&place).unwrap_or(&mut Value::Null) = json!(BEYOND);
        }
        let beyond = BEYONDS[self.below(BEYONDS.len())];
        let mut body = update.to_string().replace(&format!("\"{BEYOND}\""), beyond);
        if self.below(20) == 0 {
            let end = self.below(body.chars().count());
            body = body.chars().take(end).collect();
        }
        body
    }

    /// A random place in it, as a JSON pointer.
    fn place(&mut self, update: &Value) -> String {
        let (mut here, mut pointer) = (update, String::new());
        loop {
            let keys: Vec<String> = match here {
                Value::Object(object) => object.keys().cloned().collect(),
                Value::Array(array) => (0..array.len()).map(|at| at.to_string()).collect(),
                _ => Vec::new(),
            };
            if keys.is_empty() || (!pointer.is_empty() && self.below(4) == 0) {
                return pointer;
            }
            let key = keys[self.below(keys.len())].replace('~', "~0").replace('/', "~1");
            pointer += &format!("/{key}");
            here = update.pointer(&pointer).unwrap_or(&Value::Null);
        }
    }

    fn spoil(&mut self, value: &mut Value) {
        match self.below(6) {
            // A key is gone, or has another name.
            0 | 1 if value.as_object().is_some_and(|object| !object.is_empty()) => {
                let Some(object) = value.as_object_mut() else { return };
                let key = object.keys().nth(self.below(object.len())).cloned().unwrap_or_default();
                let gone = object.remove(&key);
                if self.below(2) == 0 {
                    object.insert(format!("{key}_"), gone.unwrap_or_default());
                }
            }
            2 => *value = json!([value.take()]),
            3 => *value = self.deep(),
            4 => *value = self.words(),
            _ => *value = self.scalar(),
        }
    }

    fn scalar(&mut self) -> Value {
        let all = [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(i64::MAX),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1.5),
            json!(1e300),
            json!("7"),
            json!([]),
            json!({}),
        ];
        all[self.below(all.len())].clone()
    }

    /// Deeper than a reader may follow by calling itself.
    fn deep(&mut self) -> Value {
        let depth = 50 + self.below(400);
        (0..depth).fold(json!(1), |inner, n| if n % 2 == 0 { json!([inner]) } else { json!({ "a": inner }) })
    }

    fn words(&mut self) -> Value {
        let long = 1 + self.below(5000);
        let all = [
            "长".repeat(long),
            "\u{0}\u{1}\u{7f}\u{202e}\u{feff}".to_owned(),
            "👨‍👩‍👧‍👦🇨🇳".repeat(long.min(200)),
            "<b>&amp;</i><a href=\"javascript:1\">".to_owned(),
            format!("/{}", "start ".repeat(long.min(50))),
            "f:".repeat(long.min(100)),
            "'; DROP TABLE inbox; --".to_owned(),
            "e\u{301}\u{300}\u{302}".repeat(long.min(300)),
        ];
        json!(all[self.below(all.len())])
    }

    fn below(&mut self, end: usize) -> usize {
        self.dice.below(end.max(1) as u64) as usize
    }
}
