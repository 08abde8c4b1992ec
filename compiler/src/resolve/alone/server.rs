//! Where the calls of a document alone go.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SERVER;
use crate::ir::{Scalar, Setting, SettingKind, Template, TemplatePart};
use crate::openapi::{Document, Node};
use crate::resolve::Context;
use crate::resolve::names::{field_ident, snake_case};
use crate::resolve::origin::is_in_the_clear;
use crate::source::Place;
use indexmap::IndexMap;

/// The first server of the document that is a whole URL; else a client must be given one.
pub(in crate::resolve) fn server(
    context: &mut Context<'_>,
    settings: &mut IndexMap<String, Setting>,
) -> Template {
    let place = context.place("servers");
    if let Some(template) = context.documents.iter().find_map(|d| variable(d, &place, settings)) {
        return template;
    }
    let servers: Vec<String> =
        context.documents.iter().flat_map(crate::openapi::Document::servers).collect();
    let whole = |url: &&String| !url.contains(['{', '?', '#']);
    let secure = servers.iter().filter(whole).find(|url| url.starts_with("https://"));
    let plain = || servers.iter().filter(whole).find(|url| url.starts_with("http://"));
    let text = match secure.or_else(plain) {
        Some(url) if is_in_the_clear(url) => {
            let message = format!("`{url}` would send credentials in the clear: https is used");
            context.report(Diagnostic::warning(SERVER, message).at(&place, "").help(HELP));
            url.replacen("http://", "https://", 1)
        }
        Some(url) => url.clone(),
        None => {
            let path = servers.iter().find(|url| url.starts_with('/'));
            let message = match (path, servers.as_slice()) {
                (_, []) => "the document does not say what the base URL is".to_owned(),
                (Some(url), _) | (None, [url, ..]) => {
                    format!("the document's server `{url}` is no whole URL")
                }
            };
            context.report(Diagnostic::warning(SERVER, message).at(&place, "").help(HELP));
            // Clients say what is missing, by the path.
            let parts = path.map(|path| TemplatePart::Text(path.clone())).into_iter().collect();
            return Template { parts, place };
        }
    };
    Template { parts: vec![TemplatePart::Text(text)], place }
}

const HELP: &str = "clients are given another with `Options::with_server`";

/// The first server, if it is one with variables that have defaults: each becomes a setting of a connection.
fn variable(
    document: &Document,
    place: &Place,
    settings: &mut IndexMap<String, Setting>,
) -> Option<Template> {
    let server = document.node(&document.root())?.get("servers")?.items().next()?;
    let url = server.str("url").filter(|url| url.starts_with("https://"))?;
    let variables = server.get("variables")?;
    let mut found = IndexMap::new();
    let mut parts = Vec::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (wire, after) = after.split_once('}')?;
        let variable = variables.get(wire)?;
        let default = variable.str("default").filter(|text| !text.is_empty())?;
        let name = snake_case(wire);
        let values = variable.get("enum");
        let values: Vec<&str> =
            values.iter().flat_map(Node::items).filter_map(|value| value.value.as_str()).collect();
        let doc = variable.str("description").map(str::to_owned);
        let listed = (!values.is_empty()).then(|| format!("One of `{}`.", values.join("`, `")));
        let doc: Vec<String> = doc.into_iter().chain(listed).collect();
        if !before.is_empty() {
            parts.push(TemplatePart::Text(before.to_owned()));
        }
        parts.push(TemplatePart::Setting(name.clone()));
        let setting = Setting {
            ident: field_ident(&name),
            name: name.clone(),
            kind: SettingKind::String,
            default: Some(Scalar::String(default.to_owned())),
            doc: (!doc.is_empty()).then(|| doc.join("\n\n")),
            place: variable.place,
        };
        found.insert(name, setting);
        rest = after;
    }
    if found.is_empty() {
        return None;
    }
    let tail = rest.trim_end_matches('/');
    parts.extend((!tail.is_empty()).then(|| TemplatePart::Text(tail.to_owned())));
    settings.extend(found);
    Some(Template { parts, place: place.clone() })
}
