//! Operations of both versions side by side.

use super::change::{Draft, Effect};
use super::types::{Comparing, Way};
use crate::ir::{
    Answer, Media, Operation, Output, Parameter, ParameterIn, RequestBody, Status, TypeUse,
};
use crate::source::Place;
use std::collections::HashSet;

/// Compares one operation; types go to those that are compared over the whole document.
pub(super) fn compare(
    number: usize,
    old: &Operation,
    new: &Operation,
    types: &mut Comparing<'_>,
) -> Vec<Draft> {
    let mut one = One { number, old, new, types, found: Vec::new() };
    one.itself();
    one.parameters();
    one.body();
    one.answers();
    one.failures();
    one.headers();
    one.found
}

struct One<'o, 'c> {
    number: usize,
    old: &'o Operation,
    new: &'o Operation,
    types: &'o mut Comparing<'c>,
    found: Vec<Draft>,
}

impl One<'_, '_> {
    fn push(&mut self, draft: Draft, old: &Place, new: &Place) {
        self.found.push(draft.old(old).new_at(new));
    }

    fn root(&mut self, uses: (TypeUse, TypeUse), way: Way, path: &str, places: (&Place, &Place)) {
        let change = self.types.root(self.number, uses, way, path, places);
        self.found.extend(change);
    }

    fn itself(&mut self) {
        let (old, new) = (self.old, self.new);
        if new.deprecated && !old.deprecated {
            let draft = Draft::new("deprecated", Effect::Additive, "", "should no longer be used");
            self.push(draft, &old.defined, &new.defined);
        }
    }

    fn parameters(&mut self) {
        let (old, new) = (self.old, self.new);
        let names = |operation: &Operation| -> Vec<String> {
            let pieces = operation.path.split('{').skip(1);
            pieces
                .filter_map(|piece| piece.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect()
        };
        let (old_names, new_names) = (names(old), names(new));
        let mut met: HashSet<(ParameterIn, String)> = HashSet::new();
        for parameter in &old.parameters {
            // The names of parameters in paths do not travel: their places do.
            let wire = match parameter.location {
                ParameterIn::Path => {
                    let at = old_names.iter().position(|name| *name == parameter.wire);
                    at.and_then(|at| new_names.get(at)).unwrap_or(&parameter.wire)
                }
                _ => &parameter.wire,
            };
            let other = new.parameters.iter().find(|p| is(p, parameter.location, wire));
            let here = subject(parameter);
            let Some(other) = other else {
                let draft = Draft::new("parameter_removed", Effect::Breaking, &here, "is gone");
                self.push(draft, &parameter.place, &new.defined);
                continue;
            };
            met.insert((other.location, other.wire.to_ascii_lowercase()));
            self.parameter(parameter, other, &here);
        }
        for parameter in &new.parameters {
            if met.contains(&(parameter.location, parameter.wire.to_ascii_lowercase())) {
                continue;
            }
            let message = match parameter.required {
                true => "is new, and must be given",
                false => "is new",
            };
            let effect = Effect::breaking_if(parameter.required);
            let draft = Draft::new("parameter_added", effect, &subject(parameter), message);
            self.found.push(draft.new_at(&parameter.place));
        }
    }

    fn parameter(&mut self, a: &Parameter, b: &Parameter, here: &str) {
        let places = (&a.place, &b.place);
        if a.wire != b.wire && a.location == ParameterIn::Path {
            let message = format!("is called `{}` now; specs name it, requests do not", b.wire);
            let draft = Draft::new("parameter_renamed", Effect::Additive, here, message);
            self.push(draft, places.0, places.1);
        }
        match (a.required, b.required) {
            (false, true) => {
                let draft =
                    Draft::new("parameter_required", Effect::Breaking, here, "must be given now");
                self.push(draft, places.0, places.1);
            }
            (true, false) => {
                let message = "need not be given any more";
                let draft = Draft::new("parameter_optional", Effect::Additive, here, message);
                self.push(draft, places.0, places.1);
            }
            _ => {}
        }
        if a.style != b.style {
            let draft =
                Draft::new("style_changed", Effect::Breaking, here, "is written in another style");
            self.push(draft, places.0, places.1);
        }
        self.bounds(a, b, here);
        self.root((a.ty, b.ty), Way::Sent, here, places);
    }

    /// Whole numbers that may no longer be sent.
    fn bounds(&mut self, a: &Parameter, b: &Parameter, here: &str) {
        let (least, most) = (b.bounds.0 > a.bounds.0, {
            let most = |bound: Option<i64>| bound.unwrap_or(i64::MAX);
            most(b.bounds.1) < most(a.bounds.1)
        });
        if a.bounds == b.bounds {
            return;
        }
        let said = |(least, most): (Option<i64>, Option<i64>)| match (least, most) {
            (None, None) => "without bounds".to_owned(),
            (Some(least), None) => format!("from {least}"),
            (None, Some(most)) => format!("to {most}"),
            (Some(least), Some(most)) => format!("from {least} to {most}"),
        };
        let message = format!("was {}, and is {}", said(a.bounds), said(b.bounds));
        let effect = Effect::breaking_if(least || most);
        self.push(Draft::new("bounds_changed", effect, here, message), &a.place, &b.place);
    }

    fn body(&mut self) {
        let here = "request body";
        let (old, new) = (self.old, self.new);
        match (&old.body, &new.body) {
            (None, None) => {}
            (Some(a), None) => {
                let draft = Draft::new("body_removed", Effect::Breaking, here, "is gone");
                self.push(draft, &a.place, &new.defined);
            }
            (None, Some(b)) => {
                let effect = Effect::breaking_if(b.required);
                let draft = Draft::new("body_added", effect, here, "is new");
                self.push(draft, &old.defined, &b.place);
            }
            (Some(a), Some(b)) => {
                if a.required != b.required {
                    let message =
                        if b.required { "must be given now" } else { "need not be given any more" };
                    let effect = Effect::breaking_if(b.required);
                    self.push(
                        Draft::new("body_required", effect, here, message),
                        &a.place,
                        &b.place,
                    );
                }
                self.media(a, b);
            }
        }
    }

    /// Each media type that both take, by itself.
    fn media(&mut self, a: &RequestBody, b: &RequestBody) {
        let places = (&a.place, &b.place);
        let (old, new) = (offers(a), offers(b));
        for (media, ty) in &old {
            match new.iter().find(|(other, _)| other == media) {
                Some((_, other)) => self.root((*ty, *other), Way::Sent, "request body", places),
                None => {
                    let message = format!("is no longer taken as {media}");
                    let draft =
                        Draft::new("media_removed", Effect::Breaking, "request body", message);
                    self.push(draft, places.0, places.1);
                }
            }
        }
        for (media, _) in
            new.iter().filter(|(media, _)| !old.iter().any(|(known, _)| known == media))
        {
            let message = format!("is taken as {media}, too");
            let draft = Draft::new("media_added", Effect::Additive, "request body", message);
            self.push(draft, places.0, places.1);
        }
    }

    fn answers(&mut self) {
        let (old, new) = (self.old, self.new);
        let places = (&old.defined, &new.defined);
        let (a, b) = (answers(&old.output), answers(&new.output));
        for (status, output) in &a {
            let exact = b.iter().find(|(other, _)| other == status);
            // One answer has no status of its own.
            let any = || b.iter().find(|_| a.len() == 1 || b.len() == 1);
            let Some((_, other)) = exact.or_else(any) else {
                let message = format!("the answer {} is gone", said(*status));
                let draft = Draft::new("answer_removed", Effect::Breaking, "response", message);
                self.push(draft, places.0, places.1);
                continue;
            };
            match (output, other) {
                (
                    Output::Json { ty: x, place: p } | Output::Lines { ty: x, place: p },
                    Output::Json { ty: y, place: q } | Output::Lines { ty: y, place: q },
                ) if noun(output) == noun(other) => {
                    self.root((*x, *y), Way::Received, "response body", (p, q));
                }
                (x, y) if noun(x) == noun(y) => {}
                (x, y) => {
                    let message = format!("was {}, and is {}", noun(x), noun(y));
                    let effect = Effect::breaking_if(!matches!(x, Output::Empty));
                    let draft = Draft::new("answer_changed", effect, "response", message);
                    self.push(draft, places.0, places.1);
                }
            }
        }
        if a.len() > 1 || b.len() > 1 {
            let new = b.iter().filter(|(status, _)| {
                status.is_some() && a.len() > 1 && !a.iter().any(|(known, _)| known == status)
            });
            for (status, _) in new {
                let message = format!("the answer {} is new", said(*status));
                let draft = Draft::new("answer_added", Effect::Additive, "response", message);
                self.found.push(draft.new_at(places.1));
            }
        }
    }

    fn failures(&mut self) {
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

    fn headers(&mut self) {
        let names = |operation: &Operation| -> Vec<String> {
            let fields = operation.headers.iter().flat_map(|headers| &headers.fields);
            fields.map(|field| field.wire.to_ascii_lowercase()).collect()
        };
        let (old, new) = (self.old, self.new);
        let (a, b) = (names(old), names(new));
        for name in a.iter().filter(|name| !b.contains(name)) {
            let here = format!("response header.{name}");
            let draft = Draft::new("header_removed", Effect::Breaking, &here, "is gone");
            self.push(draft, &old.defined, &new.defined);
        }
        for name in b.iter().filter(|name| !a.contains(name)) {
            let here = format!("response header.{name}");
            let draft = Draft::new("header_added", Effect::Additive, &here, "is new");
            self.found.push(draft.new_at(&new.defined));
        }
    }
}

fn is(parameter: &Parameter, location: ParameterIn, wire: &str) -> bool {
    parameter.location == location
        && match location {
            ParameterIn::Header => parameter.wire.eq_ignore_ascii_case(wire),
            _ => parameter.wire == wire,
        }
}

fn subject(parameter: &Parameter) -> String {
    let root = match parameter.location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    };
    format!("{root}.{}", parameter.wire)
}

/// The media types that a body can be sent as, and what it is then.
fn offers(body: &RequestBody) -> Vec<(String, TypeUse)> {
    match &body.choices {
        Some(choices) => choices.contents.iter().map(|one| (media(&one.media), one.ty)).collect(),
        None => vec![(media(&body.media), body.ty)],
    }
}

fn media(media: &Media) -> String {
    match media {
        Media::Form => "application/x-www-form-urlencoded".to_owned(),
        Media::Json(name)
        | Media::Multipart(name)
        | Media::Parts(name)
        | Media::Lines(name)
        | Media::Text(name)
        | Media::Bytes(name)
        | Media::AnyBytes(name) => name.clone(),
    }
}

/// The answers of an output; one alone has no status.
fn answers(output: &Output) -> Vec<(Option<Status>, &Output)> {
    match output {
        Output::Choice(choice) => {
            let one = |answer: &'_ Answer| Some(answer.status);
            choice.answers.iter().map(|answer| (one(answer), &answer.output)).collect()
        }
        one => vec![(None, one)],
    }
}

fn said(status: Option<Status>) -> String {
    status.map_or_else(String::new, |status| format!("`{status}`"))
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
