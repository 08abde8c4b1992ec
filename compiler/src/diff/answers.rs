//! What operations are answered with, in both versions side by side.

use super::change::{Draft, Effect};
use super::operations::One;
use super::types::Way;
use crate::ir::{HeaderField, HeaderKind, Operation, Output, Status, Success};
use std::collections::HashSet;

impl<'o> One<'o, '_> {
    /// Successes by their status. Where both versions have one, its status may be another.
    pub(super) fn answers(&mut self) {
        let (old, new) = (self.old, self.new);
        let places = (&old.defined, &new.defined);
        if let ([a], [b]) = (&*old.successes, &*new.successes) {
            if a.status != b.status {
                let message = format!("was given with {}, and is with {}", a.status, b.status);
                let effect = Effect::breaking_if(!holds(a.status, b.status));
                let draft = Draft::new("status_changed", effect, "response", message);
                self.push(draft, places.0, places.1);
            }
            return self.answer(a, b, &mut Vec::new());
        }
        let mut met = Vec::new();
        let with = |all: &'_ [Success], status| all.iter().any(|s| s.status == status);
        for a in &old.successes {
            let Some(b) = new.successes.iter().find(|b| b.status == a.status) else {
                let message = format!("the answer `{}` is gone", a.status);
                let draft = Draft::new("answer_removed", Effect::Breaking, "response", message);
                self.push(draft, places.0, places.1);
                continue;
            };
            self.answer(a, b, &mut met);
        }
        for b in new.successes.iter().filter(|b| !with(&old.successes, b.status)) {
            let message = format!("the answer `{}` is new", b.status);
            let draft = Draft::new("answer_added", Effect::Additive, "response", message);
            self.found.push(draft.new_at(places.1));
        }
    }

    /// A success of both. What several are together is compared once.
    fn answer(&mut self, a: &Success, b: &Success, met: &mut Vec<(&'o Output, &'o Output)>) {
        let (x, y) = (output(self.old, a), output(self.new, b));
        let again = met.iter().any(|(p, q)| std::ptr::eq(*p, x) && std::ptr::eq(*q, y));
        met.push((x, y));
        let places = (&self.old.defined, &self.new.defined);
        let alike = noun(x) == noun(y);
        let known = a.media.is_empty() || b.media.is_empty() || self.answer_media(a, b, alike);
        // What was given first is still there for who asks for it.
        let first = a.media.first();
        let asked = first != b.media.first() && first.is_some_and(|main| b.media.contains(main));
        match (x, y) {
            (
                Output::Json { ty: x, place: p } | Output::Lines { ty: x, place: p },
                Output::Json { ty: y, place: q } | Output::Lines { ty: y, place: q },
            ) if alike && !again => self.root((*x, *y), Way::Received, "response body", (p, q)),
            _ if alike || again || !known || asked => {}
            (x, y) => {
                let message = format!("was {}, and is {}", noun(x), noun(y));
                let effect = Effect::breaking_if(!matches!(x, Output::Empty));
                let draft = Draft::new("answer_changed", effect, "response", message);
                self.push(draft, places.0, places.1);
            }
        }
    }

    /// The media types of an answer; false if the one that was taken first is gone.
    fn answer_media(&mut self, a: &Success, b: &Success, alike: bool) -> bool {
        let places = (&self.old.defined, &self.new.defined);
        // Who says that it may be anything, and reads the same, says only less.
        let vague = |all: &[String]| alike && all.iter().any(|media| any(media));
        let mut known = true;
        for (number, media) in a.media.iter().enumerate() {
            if b.media.contains(media) || vague(&b.media) || (alike && any(media)) {
                continue;
            }
            known &= number > 0;
            let message = format!("is no longer given as {media}");
            let draft = Draft::new("media_removed", Effect::Breaking, "response", message);
            self.push(draft, places.0, places.1);
        }
        let mut seen = HashSet::new();
        for media in b.media.iter().filter(|media| !a.media.contains(media)) {
            if vague(&a.media) || (alike && any(media)) || !seen.insert(media) {
                continue;
            }
            let message = format!("is given as {media}");
            let draft = Draft::new("media_added", Effect::Additive, "response", message);
            self.push(draft, places.0, places.1);
        }
        known
    }

    pub(super) fn failures(&mut self) {
        let (old, new) = (self.old, self.new);
        let places = (&old.defined, &new.defined);
        for failure in &old.failures {
            let Some(other) = new.failures.iter().find(|f| f.status == failure.status) else {
                let message = format!("the failure {} is no longer documented", failure.status);
                let draft = Draft::new("failure_removed", Effect::Additive, "response", message);
                self.push(draft, places.0, places.1);
                continue;
            };
            let here = format!("failure {} body", failure.status);
            match (failure.ty, other.ty) {
                (Some(a), Some(b)) => self.root((a, b), Way::Received, &here, places),
                (Some(_), None) => {
                    let draft = Draft::new("answer_changed", Effect::Breaking, &here, "is gone");
                    self.push(draft, places.0, places.1);
                }
                _ => {}
            }
        }
        for failure in &new.failures {
            if !old.failures.iter().any(|known| known.status == failure.status) {
                let message = format!("the failure {} is new", failure.status);
                let draft = Draft::new("failure_added", Effect::Additive, "response", message);
                self.found.push(draft.new_at(places.1));
            }
        }
    }

    /// Server-sent events.
    pub(super) fn events(&mut self) {
        let (old, new) = (self.old, self.new);
        let places = (&old.defined, &new.defined);
        let (Some(a), Some(b)) = (old.events, new.events) else { return };
        match (a.ty, b.ty) {
            (Some(a), Some(b)) => self.root((a, b), Way::Received, "event", places),
            (None, None) => {}
            (a, b) => {
                let word = |ty: bool| if ty { "JSON" } else { "text" };
                let message = format!("was {}, and is {}", word(a.is_some()), word(b.is_some()));
                let draft = Draft::new("answer_changed", Effect::Breaking, "event", message);
                self.push(draft, places.0, places.1);
            }
        }
    }

    pub(super) fn headers(&mut self) {
        let (old, new) = (self.old, self.new);
        let fields = |operation: &'_ Operation| -> Vec<HeaderField> {
            operation.headers.iter().flat_map(|headers| &headers.fields).cloned().collect()
        };
        let (was, is) = (fields(old), fields(new));
        let find = |all: &[HeaderField], wire: &str| -> Option<HeaderField> {
            all.iter().find(|field| field.wire.eq_ignore_ascii_case(wire)).cloned()
        };
        let subject =
            |field: &HeaderField| format!("response header.{}", field.wire.to_ascii_lowercase());
        for a in &was {
            let here = subject(a);
            let Some(b) = find(&is, &a.wire) else {
                let draft = Draft::new("header_removed", Effect::Breaking, &here, "is gone");
                self.push(draft, &old.defined, &new.defined);
                continue;
            };
            if (a.kind, a.list) != (b.kind, b.list) {
                let message = format!("was {}, and is {}", header(a), header(&b));
                // Whole numbers are numbers.
                let narrower = (a.kind, b.kind) == (HeaderKind::Number, HeaderKind::Integer);
                let effect = Effect::breaking_if(!narrower || a.list != b.list);
                let draft = Draft::new("type_changed", effect, &here, message);
                self.push(draft, &old.defined, &new.defined);
            }
        }
        for b in is.iter().filter(|b| find(&was, &b.wire).is_none()) {
            let draft = Draft::new("header_added", Effect::Additive, &subject(b), "is new");
            self.found.push(draft.new_at(&new.defined));
        }
    }
}

/// What a success is read as.
fn output<'o>(operation: &'o Operation, success: &Success) -> &'o Output {
    match &operation.output {
        Output::Choice(choice) => {
            let answer = choice.answers.iter().find(|answer| answer.status == success.status);
            answer.map_or(&Output::Empty, |answer| &answer.output)
        }
        Output::Redirect => &Output::Redirect,
        // Others of the same type, and such as have no body.
        one => {
            if success.media.is_empty() {
                &Output::Empty
            } else {
                one
            }
        }
    }
}

/// Whether all that the new status stands for, the old one stood for.
fn holds(old: Status, new: Status) -> bool {
    match old {
        Status::Default => true,
        Status::Range(hundred) => new.hundred() == Some(hundred),
        Status::Code(_) => old == new,
    }
}

/// Whether a media type stands for all.
fn any(media: &str) -> bool {
    matches!(media, "*/*" | "application/*" | "*")
}

fn header(field: &HeaderField) -> String {
    let (one, many) = match field.kind {
        HeaderKind::Text => ("text", "texts"),
        HeaderKind::Integer => ("an integer", "integers"),
        HeaderKind::Number => ("a number", "numbers"),
        HeaderKind::Boolean => ("a boolean", "booleans"),
    };
    if field.list { format!("a list of {many}") } else { one.to_owned() }
}

fn noun(output: &Output) -> &'static str {
    match output {
        Output::Empty => "nothing",
        Output::Json { .. } => "JSON",
        Output::Lines { .. } => "lines of JSON",
        Output::Text(_) => "text",
        Output::Bytes(_) => "bytes",
        Output::Redirect => "a redirect",
        Output::Choice(_) => "one of several",
    }
}
