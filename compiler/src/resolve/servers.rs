//! Servers that single operations have of their own, and operations that are sent without credentials.
//!
//! Credentials are for the main server. They also go to servers of the same domain (`content.example.com` beside
//! `api.example.com`), and to those that the spec itself names; to others calls go without them, with a warning.

use super::Context;
use super::templates::template;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SERVER;
use crate::ir::{Setting, Standing, Template, TemplatePart};
use crate::openapi::{Document, Node};
use crate::source::Place;
use indexmap::IndexMap;
use std::collections::HashMap;

/// Gives operations their servers; these are returned in the order of their indices.
pub(super) fn resolve(
    context: &mut Context<'_>,
    main: &Template,
    settings: &IndexMap<String, Setting>,
    authorised: bool,
) -> Vec<Template> {
    let mut servers: Vec<Template> = Vec::new();
    let main = text(main);
    let items: HashMap<Place, Place> = context
        .documents
        .iter()
        .flat_map(Document::operations)
        .map(|found| (found.place, found.item))
        .collect();
    let names: Vec<String> = context.operations.keys().cloned().collect();
    let section = context.place("operations");
    for name in names {
        let defined = context.operations[&name].defined.clone();
        let item = items.get(&defined);
        let own = context.documents.iter().find_map(|d| own(d, &defined, item, &main));
        let public = context.documents.iter().any(|d| is_public(d, &defined));
        let syntax = context.spec.syntax.operations.get(&name);
        let because = syntax.and_then(|s| s.because.clone());
        let (given, said) = syntax.map_or((None, None), |s| (s.server.clone(), s.public));
        let mut public = said.unwrap_or(public);
        let server = match (given, own) {
            (Some(given), own) => {
                let place = section.child(&name).child("server");
                let listed = own.is_some_and(|(url, _)| same(&url, &given));
                let standing = if listed { Standing::Proven } else { Standing::Assumed };
                let fact = format!("`{name}` is sent to `{given}`");
                context.fact(standing, fact, because.as_deref(), &place, Some(&defined));
                Some(template(&given, &place, settings, context.diagnostics))
            }
            (None, Some((url, _))) if same(&url, &main) => None,
            (None, Some((url, place))) => {
                if authorised
                    && !public
                    && !(domain(&url).is_some() && domain(&url) == domain(&main))
                {
                    public = true;
                    let message =
                        format!("`{name}` is sent without credentials, because it goes to `{url}`");
                    context.report(
                        Diagnostic::warning(SERVER, message)
                            .at(&place, "not of the main server's domain")
                            .help(format!(
                                "if credentials are for it: `operations: {{{name}: {{server: '{url}', because: ..}}}}`"
                            )),
                    );
                }
                Some(Template { parts: vec![TemplatePart::Text(url)], place })
            }
            (None, None) => None,
        };
        let index = server.map(|server| {
            let known = servers.iter().position(|other| other.parts == server.parts);
            known.unwrap_or_else(|| {
                servers.push(server);
                servers.len() - 1
            })
        });
        if let Some(operation) = context.operations.get_mut(&name) {
            operation.server = index;
            operation.public = public && authorised;
        }
    }
    servers
}

/// The first server that an operation, or else its path item, has of its own.
fn own(
    document: &Document,
    defined: &Place,
    item: Option<&Place>,
    main: &str,
) -> Option<(String, Place)> {
    let operation = document.node(defined)?;
    let item = item.and_then(|item| document.node(item));
    let servers = operation.get("servers").or_else(|| item?.get("servers"))?;
    let urls: Vec<(String, Place)> =
        servers.items().filter_map(|server| Some((url(&server, main)?, server.place))).collect();
    // A plain one is only taken where there is no other.
    let secure = urls.iter().find(|(url, _)| url.starts_with("https://"));
    secure.or_else(|| urls.first()).cloned()
}

/// The whole URL, with the defaults of its variables; one that is only a path is below the main server's origin.
fn url(server: &Node<'_>, main: &str) -> Option<String> {
    let mut url = server.str("url")?.to_owned();
    for (name, variable) in server.get("variables").iter().flat_map(Node::entries) {
        url = url.replace(&format!("{{{name}}}"), variable.str("default").unwrap_or_default());
    }
    let url = url.trim_end_matches('/').to_owned();
    if url.contains(['{', '?', '#']) {
        return None;
    }
    if url.contains("://") {
        return Some(url);
    }
    let (scheme, rest) = main.split_once("://")?;
    let host = rest.split('/').next()?;
    url.starts_with('/').then(|| format!("{scheme}://{host}{url}"))
}

/// Whether a document says that an operation needs no credentials, and others do.
pub(super) fn is_public(document: &Document, defined: &Place) -> bool {
    let own = document.node(defined).and_then(|operation| operation.get("security"));
    let none = own.is_some_and(|sets| {
        sets.value.is_array() && sets.items().all(|set| set.entries().next().is_none())
    });
    // Documents that know no security at all write this, too, and mean nothing by it.
    none && !document.security_schemes().is_empty()
}

/// A template as text; a setting stands for any word.
fn text(template: &Template) -> String {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Setting(_) => "*".to_owned(),
    };
    template.parts.iter().map(part).collect()
}

fn same(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') == b.trim_end_matches('/')
}

/// The part of a URL's host that has one owner: the last two labels, or three where the last two are a country's
/// (`co.uk`). `None` where that is not known.
fn domain(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if scheme != "https" {
        return None;
    }
    let host = rest.split(['/', ':']).next()?.to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let country =
        matches!(labels.as_slice(), [.., second, first] if first.len() == 2 && second.len() <= 3);
    let count = if country { 3 } else { 2 };
    let owner = labels.get(labels.len().checked_sub(count)?..)?;
    let words = owner.iter().all(|label| !label.is_empty() && !label.contains('*'));
    let number = owner.last().is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
    (words && !number).then(|| owner.join("."))
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn domains_are_what_has_one_owner() {
        for (url, expected) in [
            ("https://api.example.com/v1", Some("example.com")),
            ("https://Content.Example.com:8443", Some("example.com")),
            ("https://*.example.com", Some("example.com")),
            ("https://api.*/v1", None),
            ("https://api.example.co.uk", Some("example.co.uk")),
            ("https://example.co.uk", Some("example.co.uk")),
            ("https://co.uk", None),
            ("https://10.0.0.1", None),
            ("http://api.example.com", None),
            ("/v1", None),
        ] {
            assert_eq!(domain(url).as_deref(), expected, "{url}");
        }
    }
}
