//! Where keys are there twice; asked only after it is known that there are some.

use super::events::{Kind, events};
use std::collections::HashSet;

/// A mapping or a list that the walk is inside of.
enum Frame {
    List,
    Map { seen: HashSet<String>, key: bool },
}

/// The keys that their mapping has already: name and bytes.
pub(super) fn twice(text: &str) -> Vec<(String, usize, usize)> {
    let mut stack: Vec<Frame> = Vec::new();
    let mut found = Vec::new();
    for mark in events(text) {
        // What this is, in the mapping or the list that it is in.
        if !matches!(mark.kind, Kind::End)
            && let Some(Frame::Map { seen, key }) = stack.last_mut()
        {
            if *key
                && let Kind::Scalar(name, _) = &mark.kind
                && !seen.insert(name.to_string())
                && name != "<<"
                && !name.is_empty()
            {
                found.push((name.to_string(), mark.start, mark.end));
            }
            *key = !*key;
        }
        match mark.kind {
            Kind::Map => stack.push(Frame::Map { seen: HashSet::new(), key: true }),
            Kind::List => stack.push(Frame::List),
            Kind::End => {
                stack.pop();
            }
            Kind::Scalar(..) => {}
        }
    }
    found
}
