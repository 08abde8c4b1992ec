//! How calls are authorised, and where they go.

use super::change::{Draft, Effect, Operations};
use crate::openapi::{Document, FoundOperation, SecurityScheme};
use crate::source::Place;
use indexmap::{IndexMap, IndexSet};
use openapiv3::SecurityScheme as Kind;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A set of schemes with scopes, of which one is enough.
type Set = BTreeSet<(String, Option<String>)>;

/// What operations accept. A requirement of the whole document is one change of all of them.
#[derive(Default)]
pub(super) struct Security {
    found: IndexMap<(&'static str, String), (Draft, Vec<usize>)>,
}

impl Security {
    /// Compares what one operation accepts.
    pub(super) fn operation(
        &mut self,
        number: usize,
        old: (&Document, &FoundOperation),
        new: (&Document, &FoundOperation),
    ) {
        for draft in operation(old, new) {
            let key = (draft.kind, draft.message.clone());
            self.found.entry(key).or_insert_with(|| (draft, Vec::new())).1.push(number);
        }
    }

    /// The changes, each with its operations and the number of the first.
    pub(super) fn finish(self, calls: &[Arc<str>]) -> Vec<(Draft, usize, Operations)> {
        let found = self.found.into_values().filter_map(|(draft, numbers)| {
            let names = numbers.iter().map(|number| calls[*number].clone()).collect();
            Some((draft, *numbers.first()?, names))
        });
        found.collect()
    }
}

fn operation(
    (old, a): (&Document, &FoundOperation),
    (new, b): (&Document, &FoundOperation),
) -> Vec<Draft> {
    let (was, is) = (sets(old, a), sets(new, b));
    let open = |sets: &IndexSet<Set>| sets.is_empty() || sets.iter().any(BTreeSet::is_empty);
    let (was_at, is_at) = (place(old, a), place(new, b));
    let change = |kind, effect, message: String| {
        Draft::new(kind, effect, "security", message).old(&was_at).new_at(&is_at)
    };
    match (open(&was), open(&is)) {
        (true, false) => {
            return vec![change("security_changed", Effect::Breaking, "is needed now".to_owned())];
        }
        (false, true) => {
            let message = "is no longer needed".to_owned();
            return vec![change("security_changed", Effect::Additive, message)];
        }
        (true, true) => return Vec::new(),
        (false, false) => {}
    }
    // Where less than before is enough, what was enough still is.
    let gone = was.difference(&is).filter(|set| !is.iter().any(|other| other.is_subset(set)));
    let gone = gone.map(|set| {
        let message = format!("{} is no longer enough", words(set));
        change("security_removed", Effect::Breaking, message)
    });
    let added = is.difference(&was).map(|set| {
        change("security_added", Effect::Additive, format!("{} is enough now", words(set)))
    });
    gone.chain(added).collect()
}

/// Where it stands what an operation accepts.
fn place(document: &Document, operation: &FoundOperation) -> Place {
    let own = operation.place.child("security");
    let root = document.root().child("security");
    let stands = |place: &Place| document.node(place).is_some();
    match (stands(&own), stands(&root)) {
        (true, _) => own,
        (false, true) => root,
        (false, false) => operation.place.clone(),
    }
}

fn sets(document: &Document, operation: &FoundOperation) -> IndexSet<Set> {
    let one = |set: IndexMap<String, Vec<String>>| -> Set {
        set.into_iter()
            .flat_map(|(name, scopes)| {
                let itself = (name.clone(), None);
                let scopes = scopes.into_iter().map(move |scope| (name.clone(), Some(scope)));
                std::iter::once(itself).chain(scopes)
            })
            .collect()
    };
    document.security_of(operation).into_iter().map(one).collect()
}

fn words(set: &Set) -> String {
    let names: Vec<String> = set
        .iter()
        .filter(|(_, scope)| scope.is_none())
        .map(|(name, _)| {
            let scopes: Vec<&str> = set
                .iter()
                .filter(|(of, _)| of == name)
                .filter_map(|(_, scope)| scope.as_deref())
                .collect();
            match scopes.is_empty() {
                true => format!("`{name}`"),
                false => format!("`{name}` with {}", scopes.join(", ")),
            }
        })
        .collect();
    names.join(" and ")
}

/// Schemes that both have, and servers.
pub(super) fn document(old: &Document, new: &Document) -> Vec<Draft> {
    let mut found = Vec::new();
    let (was, is) = (old.security_schemes(), new.security_schemes());
    for (name, scheme) in &was {
        let Some(other) = is.get(name) else { continue };
        let (a, b) = (shown(scheme), shown(other));
        if a != b {
            let subject = format!("security scheme `{name}`");
            let message = format!("was {a}, and is {b}");
            let draft = Draft::new("scheme_changed", Effect::Breaking, &subject, message);
            found.push(draft.old(&scheme.place).new_at(&other.place));
        }
    }
    let (was, is) = (old.servers(), new.servers());
    let trimmed = |urls: &[String]| -> Vec<String> {
        urls.iter().map(|url| url.trim_end_matches('/').to_owned()).collect()
    };
    let (was, is) = (trimmed(&was), trimmed(&is));
    let (a, b) = (old.root().child("servers"), new.root().child("servers"));
    for url in was.iter().filter(|url| !is.contains(url)) {
        let draft =
            Draft::new("server_removed", Effect::Breaking, "servers", format!("`{url}` is gone"));
        found.push(draft.old(&a).new_at(&b));
    }
    for url in is.iter().filter(|url| !was.contains(url)) {
        let draft =
            Draft::new("server_added", Effect::Additive, "servers", format!("`{url}` is new"));
        found.push(draft.new_at(&b));
    }
    found
}

/// A scheme in words.
fn shown(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        Ok(Kind::APIKey { location, name, .. }) => {
            format!("a key `{name}` in {}", format!("{location:?}").to_lowercase())
        }
        Ok(Kind::HTTP { scheme, .. }) => format!("HTTP {scheme}"),
        Ok(Kind::OAuth2 { .. }) => {
            let flow = |(name, flow): (&String, &crate::openapi::OAuthFlow)| {
                format!("{name} at `{}`", flow.token_url.as_deref().unwrap_or("nowhere"))
            };
            let mut flows: Vec<String> = scheme.flows.iter().map(flow).collect();
            flows.sort_unstable();
            format!("OAuth 2.0 ({})", flows.join(", "))
        }
        Ok(Kind::OpenIDConnect { open_id_connect_url, .. }) => {
            format!("OpenID Connect at `{open_id_connect_url}`")
        }
        Err(_) => "something else".to_owned(),
    }
}
