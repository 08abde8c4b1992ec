//! Merges an update into what is selected.

use crate::source::pointer;
use crate::source::{Moves, Place};
use serde_json::Value;

/// Updates what is selected at `at`; `from` is where the update stands.
///
/// A mapping gets the members of a mapping, a list one more element (or those of a list), anything else is replaced by
/// a value that is no list or mapping either.
pub(super) fn update(
    target: &mut Value,
    update: &Value,
    at: &str,
    from: &Place,
    moves: &mut Moves,
) -> Result<(), &'static str> {
    match (&mut *target, update) {
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => {
            merge(target, update, at, from, moves);
        }
        (Value::Object(_), _) => return Err("expected a mapping, to merge into a mapping"),
        (Value::Array(list), _) => {
            let at = format!("{at}/{}", list.len());
            moves.record(at, from.file, from.pointer.clone());
            list.push(update.clone());
        }
        (_, Value::Object(_) | Value::Array(_)) => return Err("expected text, a number or a flag"),
        _ => merge(target, update, at, from, moves),
    }
    Ok(())
}

/// Recursion is as deep as the update, which its parser limits.
fn merge(target: &mut Value, update: &Value, at: &str, from: &Place, moves: &mut Moves) {
    match (&mut *target, update) {
        (Value::Object(members), Value::Object(update)) => {
            for (key, value) in update {
                let from = from.child(key);
                let at = format!("{at}/{}", pointer::escape(key));
                match members.get_mut(key) {
                    Some(known) => merge(known, value, &at, &from, moves),
                    None => {
                        moves.record(at, from.file, from.pointer);
                        members.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(list), Value::Array(update)) => {
            for (index, value) in update.iter().enumerate() {
                let at = format!("{at}/{}", list.len());
                moves.record(at, from.file, from.child(index).pointer);
                list.push(value.clone());
            }
        }
        _ => {
            moves.record(at, from.file, from.pointer.clone());
            *target = update.clone();
        }
    }
}
