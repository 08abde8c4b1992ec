//! Where the calls of a document alone go.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SERVER;
use crate::ir::{Template, TemplatePart};
use crate::resolve::Context;

/// The first server of the document that is a whole URL; else a client must be given one.
pub(in crate::resolve) fn server(context: &mut Context<'_>) -> Template {
    let place = context.place("servers");
    let servers: Vec<String> =
        context.documents.iter().flat_map(crate::openapi::Document::servers).collect();
    let whole = |url: &&String| !url.contains(['{', '?', '#']);
    let secure = servers.iter().filter(whole).find(|url| url.starts_with("https://"));
    let plain = || servers.iter().filter(whole).find(|url| url.starts_with("http://"));
    let text = match secure.or_else(plain) {
        Some(url) if is_open(url) => {
            let message = format!("`{url}` would send credentials in the clear: https is used");
            context.report(Diagnostic::warning(SERVER, message).at(&place, "").help(HELP));
            url.replacen("http://", "https://", 1)
        }
        Some(url) => url.clone(),
        None => {
            let message = match servers.as_slice() {
                [] => "the document does not say what the base URL is".to_owned(),
                [first, ..] => format!("the document's server `{first}` is no whole URL"),
            };
            context.report(Diagnostic::warning(SERVER, message).at(&place, "").help(HELP));
            return Template { parts: Vec::new(), place };
        }
    };
    Template { parts: vec![TemplatePart::Text(text)], place }
}

const HELP: &str = "clients are given another with `Options::with_server`";

/// Whether others could read what is sent.
fn is_open(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or_default();
    !host.is_empty() && !["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
}
