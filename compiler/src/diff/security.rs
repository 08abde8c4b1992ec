//! How calls are authorised, and where they go.

use super::change::{Draft, Effect};
use crate::openapi::{Document, FoundOperation, SecurityScheme};
use indexmap::{IndexMap, IndexSet};
use openapiv3::SecurityScheme as Kind;
use std::collections::BTreeSet;

/// A set of schemes with scopes, of which one is enough.
type Set = BTreeSet<(String, Option<String>)>;

/// What an operation accepts.
pub(super) fn operation(
    (old, a): (&Document, &FoundOperation),
    (new, b): (&Document, &FoundOperation),
) -> Vec<Draft> {
    let (was, is) = (sets(old, a), sets(new, b));
    let open = |sets: &IndexSet<Set>| sets.is_empty() || sets.iter().any(BTreeSet::is_empty);
    let at = |draft: Draft| draft.old(&a.place).new_at(&b.place);
    let mut found = Vec::new();
    match (open(&was), open(&is)) {
        (true, false) => {
            let draft =
                Draft::new("security_changed", Effect::Breaking, "security", "is needed now");
            return vec![at(draft)];
        }
        (false, true) => {
            let message = "is no longer needed";
            return vec![at(Draft::new("security_changed", Effect::Additive, "security", message))];
        }
        (true, true) => return found,
        (false, false) => {}
    }
    for set in was.difference(&is) {
        // Less than before is enough.
        let weaker = is.iter().any(|other| other.is_subset(set));
        let message = format!("{} is no longer enough", words(set));
        let effect = Effect::breaking_if(!weaker);
        if !weaker {
            found.push(at(Draft::new("security_removed", effect, "security", message)));
        }
    }
    for set in is.difference(&was) {
        let message = format!("{} is enough now", words(set));
        found.push(at(Draft::new("security_added", Effect::Additive, "security", message)));
    }
    found
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
