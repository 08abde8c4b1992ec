//! Where the calls of a document alone go.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SERVER;
use crate::ir::{Scalar, Setting, SettingKind, Template, TemplatePart};
use crate::openapi::{Document, Piece, pieces};
use crate::resolve::Context;
use crate::resolve::names::{field_ident, snake_case};
use crate::resolve::origin::is_in_the_clear;
use crate::resolve::placeholder::{finding, is_example, is_reserved, placeholder};
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
        Some(url) => {
            let in_the_clear = is_in_the_clear(url);
            // What is nobody's gets no credentials, in the clear or not.
            if let Some(finding) = finding(url, &place) {
                let finding = finding.help(HELP);
                // `init` leaves reserved names: they are those of somebody's tests.
                context.report(match placeholder(url).is_some_and(is_reserved) {
                    true => finding,
                    false => finding.help(SETTING),
                });
            } else if in_the_clear {
                let message = format!("`{url}` would send credentials in the clear: https is used");
                context.report(Diagnostic::warning(SERVER, message).at(&place, "").help(HELP));
            }
            match in_the_clear {
                true => url.replacen("http://", "https://", 1),
                false => url.clone(),
            }
        }
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

const SETTING: &str = "or a spec makes what differs a setting, as in `server: https://${settings.site}.vendor.net`; \
                       `gusset init` writes one";
const HELP: &str = "clients are given another with `Options::with_server`";

/// The first server, if it is one with variables that have defaults: each becomes a setting of a connection.
fn variable(
    document: &Document,
    place: &Place,
    settings: &mut IndexMap<String, Setting>,
) -> Option<Template> {
    let server = document.node(&document.root())?.get("servers")?.items().next()?;
    let url = server.str("url").filter(|url| url.starts_with("https://"))?;
    let mut found = IndexMap::new();
    let mut parts = Vec::new();
    for piece in pieces(&server, url.trim_end_matches('/')) {
        let variable = match piece {
            Piece::Text(text) if text.contains(['{', '}']) => return None,
            Piece::Text(text) => {
                parts.push(TemplatePart::Text(text.to_owned()));
                continue;
            }
            Piece::Variable(variable) => variable,
        };
        let (node, default) = (variable.node?, variable.default?);
        let name = snake_case(variable.wire);
        let doc = node.str("description").map(str::to_owned);
        let values = variable.values;
        let listed = (!values.is_empty()).then(|| format!("One of `{}`.", values.join("`, `")));
        let doc: Vec<String> = doc.into_iter().chain(listed).collect();
        parts.push(TemplatePart::Setting(name.clone()));
        let setting = Setting {
            ident: field_ident(&name),
            name: name.clone(),
            kind: SettingKind::String,
            // What is only an example must be said.
            default: Some(default)
                .filter(|default| !is_example(default))
                .map(|default| Scalar::String(default.to_owned())),
            given: false,
            doc: (!doc.is_empty()).then(|| doc.join("\n\n")),
            place: node.place,
        };
        found.insert(name, setting);
    }
    if found.is_empty() {
        return None;
    }
    settings.extend(found);
    Some(Template { parts, place: place.clone() })
}
