//! `auth:` from the security schemes of the document.

use super::outline::{Entry, scalar};
use crate::openapi::{Document, FoundOperation, SecurityScheme, Wanted};
use crate::resolve::names::{Scope, spec_name};
use indexmap::{IndexMap, IndexSet};
use openapiv3::{APIKeyLocation, SecurityScheme as Kind};

/// The ways to authorise that operations accept; those that are `used` say which scopes are needed.
pub(super) fn section(
    document: &Document,
    operations: &[FoundOperation],
    used: &[&FoundOperation],
) -> Entry {
    let schemes = document.security_schemes();
    let mut entry = Entry::map("auth", Vec::new());
    if schemes.is_empty() {
        entry.push(Entry::comment(
            "The document has no security scheme, so it does not say how calls are authorised. For a token: \
             `token: {type: bearer, because: ...}`",
        ));
        return entry;
    }
    let wanted = of(document, operations.iter(), &schemes);
    let scopes = of(document, used.iter().copied(), &schemes).scopes;
    let mut names = Scope::default();
    let mut one = |name: &str, alone: bool| {
        let scheme = schemes.get(name)?;
        Some(ways(&mut names, name, scheme, scopes.get(name), alone))
    };
    let mut single: Vec<(&String, usize)> = Vec::new();
    let mut several: Vec<&Vec<String>> = Vec::new();
    for (set, count) in &wanted.sets {
        match set.as_slice() {
            [name] => single.push((name, *count)),
            _ => several.push(set),
        }
    }
    // Those of most operations first.
    single.sort_by(|(_, a), (_, b)| b.cmp(a));
    let mut named: Vec<&String> = single.into_iter().map(|(name, _)| name).collect();
    if named.is_empty() && several.is_empty() {
        entry = entry.why(
            "no operation says which of the document's security schemes it needs; these are all",
        );
        named = schemes.keys().collect();
    }
    for name in &named {
        one(name, true).into_iter().flatten().for_each(|way| entry.push(way));
    }
    // A connection gives one thing; what is wanted together is said, and what can be given is.
    let mut left = several.iter();
    let first = if named.is_empty() { left.next() } else { None };
    if let Some(set) = first {
        let why = format!(
            "the document wants {} at once; a connection gives one of them, so the other has to come from a transport \
             of your own, or from a header parameter",
            together(set)
        );
        entry = entry.why(why);
        for name in *set {
            one(name, false).into_iter().flatten().for_each(|way| entry.push(way));
        }
    }
    for set in left {
        entry.push(Entry::comment(format!(
            "operations also accept {} at once, which is left out: a connection gives one of them, so the other has \
             to come from a transport of your own, or from a header parameter",
            together(set)
        )));
    }
    for name in wanted.unknown.keys() {
        entry.push(Entry::comment(format!(
            "operations accept `{name}`, which is no security scheme of the document: it is left out"
        )));
    }
    let accepted: IndexSet<&str> =
        several.into_iter().flatten().chain(named).map(String::as_str).collect();
    let unused = schemes.keys().filter(|name| !accepted.contains(name.as_str()));
    let unused: Vec<String> = unused.map(|name| format!("`{name}`")).collect();
    if !unused.is_empty() {
        entry.push(Entry::comment(format!("no operation accepts {}", unused.join(", "))));
    }
    entry
}

fn of<'f>(
    document: &Document,
    operations: impl Iterator<Item = &'f FoundOperation>,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Wanted {
    let mut wanted = Wanted::default();
    operations.for_each(|found| wanted.add(document, found, |name| schemes.contains_key(name)));
    wanted
}

fn together(set: &[String]) -> String {
    set.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}

/// The entries that a scheme becomes. One that is not `alone` is no whole way, and so none of the document's.
fn ways(
    names: &mut Scope,
    name: &str,
    scheme: &SecurityScheme,
    scopes: Option<&IndexSet<String>>,
    alone: bool,
) -> Vec<Entry> {
    let because = "the document wants it together with another";
    let plain = |kind: &str| match alone {
        true => format!("{{type: {kind}, scheme: {}}}", scalar(name)),
        false => format!("{{type: {kind}, because: {}}}", scalar(because)),
    };
    let instead = |kind: &str, because: &str| {
        let key = if alone { format!("overrides: {}, ", scalar(name)) } else { String::new() };
        format!("{{type: {kind}, {key}because: {}}}", scalar(because))
    };
    let said = scheme.description.clone().unwrap_or_default().to_lowercase();
    let mut way =
        |base: &str, text: String| Entry::text(names.unique(spec_name(base)), text).optional();
    match &scheme.kind {
        Ok(Kind::HTTP { scheme: http, .. }) => match http.as_str() {
            "basic" => vec![way(name, plain("basic"))],
            "bearer" => vec![way(name, plain("bearer"))],
            "" => vec![way(name, instead("bearer", "the document says HTTP without a scheme"))],
            "digest" | "mutual" | "negotiate" | "hoba" | "scram-sha-1" | "scram-sha-256"
            | "dpop" => {
                vec![Entry::comment(format!(
                    "`{name}` is HTTP {http}, which comes with a transport of your own"
                ))]
            }
            other => {
                let prefix = scalar(&format!("{other} "));
                let overrides =
                    if alone { format!("overrides: {}, ", scalar(name)) } else { String::new() };
                let because =
                    format!("the document says HTTP {other}, which stands before the key");
                let text = format!(
                    "{{type: api_key, {overrides}in: header.Authorization, prefix: {prefix}, because: {}}}",
                    scalar(&because)
                );
                vec![way(name, text)]
            }
        },
        Ok(Kind::APIKey { name: key, .. }) if key.trim().is_empty() => {
            vec![Entry::comment(format!(
                "`{name}` is a key without a name, so nothing says where it travels"
            ))]
        }
        Ok(Kind::APIKey { location, name: key, .. }) => {
            let authorization = matches!(location, APIKeyLocation::Header)
                && key.eq_ignore_ascii_case("authorization");
            let root = match location {
                APIKeyLocation::Header => "header",
                APIKeyLocation::Query => "query",
                APIKeyLocation::Cookie => "cookie",
            };
            let text = match alone {
                true => plain("api_key"),
                false => format!(
                    "{{type: api_key, in: {}, because: {}}}",
                    scalar(&format!("{root}.{key}")),
                    scalar(because)
                ),
            };
            if !authorization {
                let entry = way(name, text).note(format!("{root} `{key}`"));
                return vec![entry];
            }
            let called = format!("{said} {}", name.to_lowercase());
            let means =
                "its name or description says so; the document calls it a key in `Authorization`";
            match ["bearer", "basic"].iter().find(|word| called.contains(*word)) {
                Some(kind) => vec![way(name, instead(kind, means))],
                None => vec![way(name, text).why(
                    "what stands before the key in `Authorization` is not in the document; if there is something: \
                     `prefix: 'Token '`",
                )],
            }
        }
        Ok(Kind::OAuth2 { .. }) => oauth(&mut way, name, scheme, scopes, &instead),
        Ok(Kind::OpenIDConnect { .. }) => {
            let means =
                "OpenID Connect gives access tokens, which are sent as bearer tokens (RFC 6750)";
            vec![way(name, instead("bearer", means))]
        }
        Err(_) => {
            vec![Entry::comment(format!("`{name}` is no way to authorise that the language knows"))]
        }
    }
}

/// One for each way to get tokens; for a token that was got elsewhere, where there is none.
fn oauth(
    way: &mut impl FnMut(&str, String) -> Entry,
    name: &str,
    scheme: &SecurityScheme,
    asked: Option<&IndexSet<String>>,
    instead: &impl Fn(&str, &str) -> String,
) -> Vec<Entry> {
    let flows = [
        ("clientCredentials", "client_credentials"),
        ("authorizationCode", "authorization_code"),
        ("password", "refresh_token"),
    ];
    let mut found: Vec<Entry> = Vec::new();
    let mut got: Vec<&str> = Vec::new();
    let several = flows.iter().filter(|(key, _)| scheme.flows.contains_key(*key)).count() > 1;
    for (key, flow) in flows {
        let Some(documented) = scheme.flows.get(key) else { continue };
        let whole = |url: &&str| url.starts_with("https://") && !url.contains(['{', '<', '$', ' ']);
        let Some(_) = documented.token_url.as_deref().filter(whole) else {
            let url = documented.token_url.as_deref().unwrap_or("none");
            found.push(Entry::comment(format!(
                "`{name}` gets tokens ({key}), but its token endpoint is no whole https URL (`{url}`): \
                 `{{type: oauth2, flow: {flow}, scheme: {}, token_url: https://..., because: ...}}`",
                scalar(name)
            )));
            continue;
        };
        // Without the page where users are asked, a refresh token is got elsewhere.
        let asks = documented.authorization_url.as_deref().filter(whole).is_some();
        let flow = if flow == "authorization_code" && !asks { "refresh_token" } else { flow };
        if got.contains(&flow) {
            continue;
        }
        got.push(flow);
        let known: Vec<String> = asked
            .into_iter()
            .flatten()
            .filter(|scope| documented.scopes.contains(scope))
            .map(|scope| scalar(scope))
            .collect();
        let base = if several { format!("{name}_{flow}") } else { name.to_owned() };
        let head = format!("type: oauth2, flow: {flow}, scheme: {}", scalar(name));
        let entry = match known.len() {
            0 => way(&base, format!("{{{head}}}")).note("no scopes: no operation names any"),
            _ => way(&base, format!("{{{head}, scopes: [{}]}}", known.join(", ")))
                .why("the scopes that the operations below name"),
        };
        found.push(entry);
    }
    if got.is_empty() {
        let means = "an access token that was got elsewhere is sent as a bearer token (RFC 6750)";
        found.push(way(&format!("{name}_token"), instead("bearer", means)));
    }
    found
}
