//! Names that a spec gives: they become Rust names, so they must look like names and be unique.

use super::{Specs, SyncSpec};
use crate::diagnostics::codes::spec as codes;
use crate::diagnostics::{Applicability, Diagnostic, Diagnostics};
use crate::resolve::names::{KEYWORDS, type_ident};
use crate::source::Place;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Checks all names of all specs.
pub(super) fn check(specs: &Specs, diagnostics: &mut Diagnostics) {
    let mut taken: HashMap<&str, Place> = HashMap::new();
    let mut unique = |name, place: Place, diagnostics: &mut Diagnostics| match taken.entry(name) {
        Entry::Occupied(first) => diagnostics.push(
            Diagnostic::error(codes::BAD_NAME, format!("two specs have the name `{name}`"))
                .at(&place, "the second")
                .and(first.get(), "the first"),
        ),
        Entry::Vacant(free) => {
            free.insert(place);
        }
    };
    for spec in &specs.integrations {
        let syntax = &spec.syntax;
        let place = spec.place.child("integration");
        snake(&syntax.integration, &place, diagnostics);
        free(&syntax.integration, &place, diagnostics);
        unique(&syntax.integration, place, diagnostics);
        let of = |section: &str| spec.place.child(section);
        keys(syntax.documents.keys(), &of("documents"), diagnostics);
        keys(syntax.settings.keys(), &of("settings"), diagnostics);
        keys(syntax.auth.keys(), &of("auth"), diagnostics);
        keys(syntax.limits.keys(), &of("limits"), diagnostics);
        keys(syntax.hooks.keys(), &of("hooks"), diagnostics);
        apart(syntax.hooks.keys(), &of("hooks"), diagnostics);
        keys(syntax.operations.keys(), &of("operations"), diagnostics);
        keys(syntax.resources.keys(), &of("resources"), diagnostics);
        apart(syntax.resources.keys(), &of("resources"), diagnostics);
        for name in syntax.types.keys() {
            camel(name, &of("types").child(name).key(), diagnostics);
        }
    }
    for spec in &specs.syncs {
        let place = spec.place.child("sync");
        snake(&spec.syntax.sync, &place, diagnostics);
        free(&spec.syntax.sync, &place, diagnostics);
        unique(&spec.syntax.sync, place, diagnostics);
        keys(spec.syntax.integrations.keys(), &spec.place.child("integrations"), diagnostics);
        aliases(specs, spec, diagnostics);
        keys(spec.syntax.settings.keys(), &spec.place.child("settings"), diagnostics);
        keys(spec.syntax.lookups.keys(), &spec.place.child("lookups"), diagnostics);
        let hooks = spec.place.child("hooks");
        keys(spec.syntax.hooks.keys(), &hooks, diagnostics);
        for (name, hook) in &spec.syntax.hooks {
            callable(name, &hooks.child(name).key(), diagnostics);
            keys(hook.takes.keys(), &hooks.child(name).child("takes"), diagnostics);
        }
    }
}

/// A sync may have a name of its own for an integration, but not that of another one.
fn aliases(specs: &Specs, sync: &SyncSpec, diagnostics: &mut Diagnostics) {
    for (alias, id) in &sync.integrations {
        let named = specs.integrations.iter().find(|spec| spec.syntax.integration == *alias);
        let meant = specs.integrations.get(id.0);
        let (Some(named), Some(meant)) = (named, meant) else { continue };
        if named.place != meant.place {
            let message =
                format!("`{alias}` is another integration than `{}`", meant.syntax.integration);
            diagnostics.push(
                Diagnostic::error(codes::BAD_NAME, message)
                    .at(&sync.place.child("integrations").child(alias), "")
                    .and(&meant.place.child("integration"), "what this leads to")
                    .and(&named.place.child("integration"), "what has the name"),
            );
            // Two that are swapped are one mistake.
            return;
        }
    }
}

fn keys<'a>(
    names: impl Iterator<Item = &'a String>,
    section: &Place,
    diagnostics: &mut Diagnostics,
) {
    for name in names {
        snake(name, &section.child(name).key(), diagnostics);
    }
}

/// The name of a module and a crate is none that Rust or emitted code uses itself.
fn free(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    if is_taken(name) {
        let message = format!("`{name}` cannot name a module: Rust or emitted code uses it");
        diagnostics.push(Diagnostic::error(codes::BAD_NAME, message).at(place, "").mend(
            format!("another name, such as `{name}_api`"),
            Applicability::MaybeIncorrect,
            name,
            format!("{name}_api"),
        ));
    }
}

/// Whether Rust or emitted code uses a name of a module itself.
pub(crate) fn is_taken(name: &str) -> bool {
    let taken = ["self", "super", "crate", "alloc", "core", "gusset", "proc_macro", "std", "test"];
    taken.contains(&name) || KEYWORDS.contains(&name)
}

/// A hook of a sync is called in expressions, and is a method beside those of ours.
fn callable(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let macros = ["has", "all", "exists", "exists_one", "map", "filter"];
    let message = if macros.contains(&name) {
        format!("`{name}` cannot name a hook: it is a macro of expressions")
    } else if name == "version" {
        "`version` cannot name a hook: the trait has a method of that name".to_owned()
    } else {
        return;
    };
    diagnostics.push(Diagnostic::error(codes::BAD_NAME, message).at(place, "").mend(
        format!("another name, such as `{name}_of`"),
        Applicability::MaybeIncorrect,
        name,
        format!("{name}_of"),
    ));
}

/// Names that differ only in underscores would be one type.
fn apart<'a>(
    names: impl Iterator<Item = &'a String>,
    section: &Place,
    diagnostics: &mut Diagnostics,
) {
    let mut idents: HashMap<String, &str> = HashMap::new();
    for name in names {
        match idents.entry(type_ident(name)) {
            Entry::Occupied(known) => {
                let (ident, first) = (known.key(), *known.get());
                let message = format!("`{first}` and `{name}` are both `{ident}` in Rust");
                diagnostics.push(
                    Diagnostic::error(codes::BAD_NAME, message)
                        .at(&section.child(name).key(), "the second")
                        .and(&section.child(first).key(), "the first"),
                );
            }
            Entry::Vacant(free) => {
                free.insert(name);
            }
        }
    }
}

fn snake(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let fine = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !fine {
        let message = format!("`{name}` is no name of this language");
        let instead = suggestion(name, '_');
        let help = format!("names are `snake_case`: `{instead}`");
        diagnostics.push(Diagnostic::error(codes::BAD_NAME, message).at(place, "").mend(
            help,
            Applicability::MaybeIncorrect,
            name,
            instead,
        ));
    }
}

fn camel(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let fine = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    if !fine {
        let message = format!("`{name}` is no name of a type");
        let instead = type_ident(name);
        let help = format!("names of types are `CamelCase` letters and digits: `{instead}`");
        diagnostics.push(Diagnostic::error(codes::BAD_NAME, message).at(place, "").mend(
            help,
            Applicability::MaybeIncorrect,
            name,
            instead,
        ));
    }
}

/// A name of the language that looks like the wrong one.
fn suggestion(name: &str, between: char) -> String {
    let mut text = String::new();
    let mut previous = between;
    for c in name.chars() {
        if c.is_ascii_uppercase() && (previous.is_ascii_lowercase() || previous.is_ascii_digit()) {
            text.push(between);
        }
        previous = c;
        if c.is_ascii_alphanumeric() {
            text.push(c.to_ascii_lowercase());
        } else if !text.is_empty() && !text.ends_with(between) {
            text.push(between);
        }
    }
    let text = text.trim_matches(between);
    match text.chars().next() {
        Some(c) if c.is_ascii_lowercase() => text.to_owned(),
        Some(_) => format!("n{text}"),
        None => "name".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_names() {
        for (wrong, right) in [
            ("listContacts", "list_contacts"),
            ("List-Contacts", "list_contacts"),
            ("2fa", "n2fa"),
            ("é", "name"),
        ] {
            assert_eq!(suggestion(wrong, '_'), right);
        }
    }
}
