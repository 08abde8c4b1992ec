//! One mistake at every place of a spec.

use super::neighbours::Neighbours;
use super::texts;
use super::words::words;
use serde_json::{Map, Value, json};

/// A mistake.
pub(crate) struct Mutation {
    /// Where it is made.
    pub(crate) pointer: String,
    /// What it is, in one line: the kind and what changed.
    pub(crate) what: String,
    /// The text of the file with it.
    pub(crate) text: String,
}

/// Keys whose values are expressions.
const EXPRESSIONS: [&str; 6] = ["when", "unless", "for", "is", "failed", "skipped"];

/// All mistakes in a spec.
pub(crate) fn mutations(spec: &Value, schema: &Value, known: &Neighbours) -> Vec<Mutation> {
    let mut all = Mutations { spec, schema, known, found: Vec::new() };
    all.below(spec, "");
    all.found
}

struct Mutations<'m> {
    spec: &'m Value,
    schema: &'m Value,
    known: &'m Neighbours,
    found: Vec<Mutation>,
}

impl Mutations<'_> {
    fn add(&mut self, pointer: &str, what: String, text: String) {
        self.found.push(Mutation { pointer: pointer.to_owned(), what, text });
    }

    /// The value at a pointer is another one.
    fn replace(&mut self, pointer: &str, kind: &str, value: &Value) {
        let mut spec = self.spec.clone();
        let Some(at) = spec.pointer_mut(pointer) else { return };
        if at == value {
            return;
        }
        *at = value.clone();
        let what = format!("{kind} {value}");
        if !self
            .found
            .iter()
            .rev()
            .take(60)
            .any(|m| m.pointer == pointer && m.what.ends_with(&format!(" {value}")))
        {
            self.add(pointer, what, spec.to_string());
        }
    }

    fn below(&mut self, value: &Value, pointer: &str) {
        match value {
            Value::Object(members) => self.mapping(members, pointer),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let at = format!("{pointer}/{index}");
                    self.edit(pointer, &at, "item dropped", |list| {
                        list.as_array_mut().unwrap().remove(index);
                    });
                    self.edit(pointer, &at, "item twice", |list| {
                        list.as_array_mut().unwrap().push(item.clone());
                    });
                    self.below(item, &at);
                }
            }
            Value::String(text) => self.text(text, pointer),
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                self.replace(pointer, "above", &json!((number.abs() as i64 + 1) * 1_000_000));
                self.replace(pointer, "zero", &json!(0));
                self.replace(pointer, "negative", &json!(-1));
                self.replace(pointer, "type", &json!("many"));
            }
            Value::Bool(is) => {
                self.replace(pointer, "not", &json!(!is));
                self.replace(pointer, "type", &json!("maybe"));
            }
            Value::Null => {}
        }
    }

    /// The mapping or list at a pointer is edited; the mistake is at another.
    fn edit(&mut self, pointer: &str, at: &str, what: &str, edit: impl FnOnce(&mut Value)) {
        let mut spec = self.spec.clone();
        if let Some(value) = spec.pointer_mut(pointer) {
            edit(value);
        }
        self.add(at, what.to_owned(), spec.to_string());
    }

    fn mapping(&mut self, members: &Map<String, Value>, pointer: &str) {
        let keys: Vec<&String> = members.keys().collect();
        for (index, (key, value)) in members.iter().enumerate() {
            let at = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            self.edit(pointer, &at, "dropped", |map| {
                map.as_object_mut().unwrap().shift_remove(key);
            });
            let wrong = wrong_key(key);
            self.edit(pointer, &at, &format!("key {wrong}"), |map| renamed(map, key, &wrong));
            // A placeholder becomes the same key once more.
            let twice = format!("{key}#twice");
            let mut spec = self.spec.clone();
            if let Some(Value::Object(map)) = spec.pointer_mut(pointer) {
                map.insert(twice.clone(), value.clone());
            }
            let text = spec.to_string().replace(&json!(twice).to_string(), &json!(key).to_string());
            self.add(&at, "key twice".to_owned(), text);
            // Beside it stands something that could stand here.
            if let Some(other) = keys.get(index + 1)
                && let (Value::String(mine), Value::String(yours)) = (value, &members[*other])
                && mine != yours
            {
                self.edit(pointer, &at, &format!("swapped with {other}"), |map| {
                    map[key.as_str()] = json!(yours);
                    map[other.as_str()] = json!(mine);
                });
            }
            self.below(value, &at);
        }
    }

    fn text(&mut self, text: &str, pointer: &str) {
        let key = pointer.rsplit('/').find(|s| s.parse::<usize>().is_err()).unwrap_or_default();
        let prose = ["title", "purpose", "because", "doc", "reference", "owners"].contains(&key);
        let expression = EXPRESSIONS.contains(&key) || pointer.starts_with("/map/");
        for word in words(self.schema, self.spec, pointer) {
            self.replace(pointer, "word", &json!(word));
        }
        self.replace(pointer, "empty", &json!(""));
        self.replace(pointer, "type", &json!([text]));
        let names = texts::names(text);
        // Prose, and text of another language than ours, has one typo.
        let one = prose || (text.contains(' ') && !expression && text.parse::<f64>().is_err());
        for name in names.into_iter().take(if one { 1 } else { usize::MAX }) {
            let wrong = texts::with(text, name.clone(), &texts::typo(&text[name]));
            self.replace(pointer, "typo", &json!(wrong));
        }
        if prose {
            return;
        }
        for other in texts::neighbours(text, self.known) {
            self.replace(pointer, "neighbour", &json!(other));
        }
        if let Some(stranger) = self.known.stranger(text) {
            self.replace(pointer, "stranger", &json!(stranger));
        }
        for other in texts::units(text) {
            self.replace(pointer, "unit", &json!(other));
        }
        for number in texts::numbers(text) {
            for other in ["0", "1000000007"] {
                self.replace(pointer, "number", &json!(texts::with(text, number.clone(), other)));
            }
        }
        if expression {
            self.expression(text, pointer);
        }
    }

    /// Operators that were taken for another.
    fn expression(&mut self, text: &str, pointer: &str) {
        let operators = [
            (">=", "<="),
            ("==", "!="),
            ("&&", "||"),
            ("!", ""),
            (".?", "."),
            ("?", ":"),
            (".orValue(", ".or("),
        ];
        for (operator, other) in operators {
            if let Some(at) = text.find(operator) {
                let wrong = texts::with(text, at..at + operator.len(), other);
                self.replace(pointer, "operator", &json!(wrong));
            }
        }
        for parenthesis in ["(", ")", "\""] {
            if let Some(at) = text.rfind(parenthesis) {
                self.replace(pointer, "bracket", &json!(texts::with(text, at..at + 1, "")));
            }
        }
    }
}

/// The key with a typo in its last name: that of a path is what people mistype.
fn wrong_key(key: &str) -> String {
    match texts::names(key).pop() {
        Some(name) => texts::with(key, name.clone(), &texts::typo(&key[name])),
        None => format!("{key}x"),
    }
}

/// The mapping with another name for a key, at the same place.
fn renamed(map: &mut Value, key: &str, name: &str) {
    let Value::Object(members) = map else { return };
    let renamed = std::mem::take(members).into_iter();
    *members = renamed.map(|(k, v)| (if k == key { name.to_owned() } else { k }, v)).collect();
}
