//! What a refused call may have been refused for.

use super::{Assumption, Sign, is_of, pointer};
use crate::operation::Integration;
use crate::request::Slot;
use crate::transport::Call;
use serde_json::Value;
use std::cell::OnceCell;

/// Who calls, as far as assumptions are about that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'c> {
    /// How it authorises, in the words of specs.
    pub(crate) way: &'c str,
    /// What the spec says of limits for other ways to authorise.
    pub(crate) exempt: &'c [&'c str],
}

impl Integration {
    /// What a refused call may have been refused for; `said` is the body of the refusal.
    pub(crate) fn suspected(
        &self,
        operation: &str,
        (status, said): (u16, &[u8]),
        call: &Call,
        caller: Caller<'_>,
    ) -> Option<&'static Assumption> {
        let carried = Carried { call, json: OnceCell::new() };
        let of = |a: &&Assumption| match &a.sign {
            Sign::Given(places, path) => {
                let name = pointer(path).filter(|step| step != "*").last();
                let refused =
                    matches!(status, 400 | 422) && name.is_some_and(|name| names(said, &name));
                let mut of = places.iter().filter(|(known, _)| *known == operation);
                refused && of.any(|(_, prefix)| carried.gives(prefix, path))
            }
            Sign::Sent(of, slot) => {
                matches!(status, 400 | 422) && *of == operation && carried.sends(slot)
            }
            // Of a listing, too, much else may be refused.
            Sign::Size(of, slot) => {
                let refused = matches!(status, 400 | 422) && *of == operation;
                refused && names(said, slot_name(slot)) && carried.sends(slot)
            }
            Sign::Refused(statuses, operations) => {
                statuses.contains(&status) && is_of(operations, operation)
            }
            Sign::Unauthorised(known) => status == 401 && *known == caller.way,
            _ => false,
        };
        self.assumed_without(caller.exempt).find(of)
    }
}

/// Whether a refusal speaks of a name: it may be refused for much else.
fn names(said: &[u8], name: &str) -> bool {
    let name = name.as_bytes();
    let ends = |byte: Option<&u8>| {
        !byte.is_some_and(|byte| matches!(byte, b'_' | b'-') || byte.is_ascii_alphanumeric())
    };
    let is = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| said.get(at));
        ends(before) && ends(said.get(at + name.len()))
    };
    let mut all = said.windows(name.len().max(1)).enumerate();
    all.any(|(at, part)| part == name && is(at))
}

/// What refusals call what goes there.
fn slot_name(slot: &Slot) -> &str {
    match slot {
        Slot::Query(name) | Slot::Header(name) | Slot::Path(name) | Slot::Digits(name) => name,
        Slot::Body(pointer) | Slot::Number(pointer) => {
            pointer.rsplit('/').next().unwrap_or_default()
        }
    }
}

/// What a call carries. Its JSON is read once, and only where something is looked for in it.
struct Carried<'c> {
    call: &'c Call,
    json: OnceCell<Option<Value>>,
}

impl Carried<'_> {
    fn json(&self) -> Option<&Value> {
        self.json.get_or_init(|| serde_json::from_slice(&self.call.body).ok()).as_ref()
    }

    /// Whether its JSON has a value there.
    fn gives(&self, prefix: &str, path: &str) -> bool {
        fn has(value: &Value, steps: &[String]) -> bool {
            let Some((step, rest)) = steps.split_first() else { return true };
            match (value, step.as_str()) {
                (Value::Array(items), "*") => items.iter().any(|item| has(item, rest)),
                (Value::Array(items), at) => {
                    let item = at.parse::<usize>().ok().and_then(|at| items.get(at));
                    item.is_some_and(|item| has(item, rest))
                }
                (Value::Object(members), "*") => members.values().any(|member| has(member, rest)),
                (Value::Object(members), name) => members.get(name).is_some_and(|v| has(v, rest)),
                _ => false,
            }
        }
        let steps: Vec<String> = pointer(prefix).chain(pointer(path)).collect();
        self.json().is_some_and(|body| has(body, &steps))
    }

    /// Whether it carries something there.
    fn sends(&self, slot: &Slot) -> bool {
        let call = self.call;
        match slot {
            Slot::Query(name) => call.url.query_pairs().any(|(known, _)| known == *name),
            Slot::Header(name) => call.headers.contains_key(*name),
            Slot::Path(_) | Slot::Digits(_) => true,
            Slot::Body(pointer) | Slot::Number(pointer) => {
                self.json().is_some_and(|body| body.pointer(pointer).is_some())
            }
        }
    }
}
