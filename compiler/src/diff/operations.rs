//! Operations of both versions side by side.

use super::change::{Draft, Effect};
use super::types::{Comparing, Way};
use crate::ir::{Media, Operation, Parameter, ParameterIn, RequestBody, TypeUse};
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
    one.events();
    one.headers();
    one.found
}

pub(super) struct One<'o, 'c> {
    number: usize,
    pub(super) old: &'o Operation,
    pub(super) new: &'o Operation,
    types: &'o mut Comparing<'c>,
    pub(super) found: Vec<Draft>,
}

impl One<'_, '_> {
    pub(super) fn push(&mut self, draft: Draft, old: &Place, new: &Place) {
        self.found.push(draft.old(old).new_at(new));
    }

    pub(super) fn root(
        &mut self,
        uses: (TypeUse, TypeUse),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) {
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
        self.root((a.ty, b.ty), Way::Sent, here, places);
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
