//! Lists of names: what is there twice was meant to be something else, or is left over.

use super::Specs;
use crate::diagnostics::codes::spec::LISTED_TWICE;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;
use crate::spec::syntax::{Integration, Use, With};
use serde_json::Value;
use std::collections::HashMap;

/// Checks the lists of all specs.
pub(super) fn check(specs: &Specs, diagnostics: &mut Diagnostics) {
    for spec in &specs.integrations {
        let (syntax, of) = (&spec.syntax, |section: &str| spec.place.child(section));
        once(&syntax.about.owners, &of("about").child("owners"), diagnostics);
        once(&syntax.overlays, &of("overlays"), diagnostics);
        once(&syntax.include, &of("include"), diagnostics);
        once(&syntax.exclude, &of("exclude"), diagnostics);
        for (name, auth) in &syntax.auth {
            once(&auth.scopes, &of("auth").child(name).child("scopes"), diagnostics);
        }
        for (name, limit) in &syntax.limits {
            let place = of("limits").child(name);
            once(&limit.operations, &place.child("operations"), diagnostics);
            once(&limit.auth, &place.child("auth"), diagnostics);
        }
        for (name, hook) in &syntax.hooks {
            let place = of("hooks").child(name).child("operations");
            once(&hook.operations, &place, diagnostics);
        }
        for (name, ty) in &syntax.types {
            once(&ty.schemas, &of("types").child(name).child("schemas"), diagnostics);
        }
        constants(syntax, &of("resources"), diagnostics);
    }
    for spec in &specs.syncs {
        once(&spec.syntax.about.owners, &spec.place.child("about").child("owners"), diagnostics);
    }
}

/// Texts in constants that are lists.
fn constants(syntax: &Integration, section: &Place, diagnostics: &mut Diagnostics) {
    for (name, resource) in &syntax.resources {
        let place = section.child(name);
        let uses = [
            ("list", &resource.list),
            ("get", &resource.get),
            ("create", &resource.create),
            ("update", &resource.update),
            ("delete", &resource.delete),
        ];
        for (verb, one) in uses {
            if let Some(Use::Full(full)) = one {
                with(&full.with, &place.child(verb).child("with"), diagnostics);
            }
        }
        if let Some(changes) = &resource.changes {
            with(&changes.with, &place.child("changes").child("with"), diagnostics);
        }
        if let Some(upsert) = &resource.upsert {
            with(&upsert.with, &place.child("upsert").child("with"), diagnostics);
        }
    }
}

fn with(constants: &With, place: &Place, diagnostics: &mut Diagnostics) {
    for (path, value) in constants {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        // A body may mean to say the same twice; a query selects.
        let found: fn(Code, String) -> Diagnostic = match path.starts_with("body.") {
            true => Diagnostic::warning,
            false => Diagnostic::error,
        };
        twice(&texts.unwrap_or_default(), found, &place.child(path), diagnostics);
    }
}

fn once<T: AsRef<str>>(list: &[T], place: &Place, diagnostics: &mut Diagnostics) {
    twice(list, Diagnostic::error, place, diagnostics);
}

fn twice<T: AsRef<str>>(
    list: &[T],
    found: fn(Code, String) -> Diagnostic,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, item) in list.iter().enumerate() {
        let item = item.as_ref();
        let first = *seen.entry(item).or_insert(index);
        if first == index {
            continue;
        }
        diagnostics.push(
            found(LISTED_TWICE, format!("`{item}` is listed twice"))
                .at(&place.child(index), "")
                .and(&place.child(first), "it is here already"),
        );
    }
}
