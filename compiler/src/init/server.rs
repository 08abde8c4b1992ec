//! `server:` and the settings in it.

use super::outline::{Entry, scalar};
use crate::openapi::{Document, Node, Piece, pieces};
use crate::resolve::names::{Scope, spec_name};
use crate::resolve::origin::{is_in_the_clear, is_loopback};
use crate::resolve::placeholder::{is_reserved, placeholder};
use crate::resolve::server::usable;

/// The entries `server` and, if it has variables, `settings`.
pub(super) fn entries(document: &Document) -> Vec<Entry> {
    let root = document.node(&document.root());
    let servers: Vec<Node<'_>> =
        root.and_then(|root| root.get("servers")).iter().flat_map(Node::items).collect();
    let urls = || servers.iter().filter_map(|server| Some((server, usable(server.str("url")?)?)));
    let secure = urls().find(|(_, url)| url.starts_with("https://"));
    let Some((server, url)) = secure.or_else(|| urls().next()) else {
        return unknown(servers.iter().find_map(|server| server.str("url")));
    };
    if let Some(part) = placeholder(&url).filter(|part| !is_reserved(part)) {
        return example(&url, part);
    }
    let (text, settings) = template(server, &url);
    let mut entry = Entry::text("server", scalar(&text));
    if is_in_the_clear(&url) {
        let text = text.replacen("http://", "https://", 1);
        entry = Entry::text("server", scalar(&text))
            .why("the document says http, which would send credentials in the clear");
    }
    let others: Vec<String> = urls()
        .map(|(_, other)| other)
        .filter(|other| *other != url)
        .take(4)
        .map(|other| format!("`{other}`"))
        .collect();
    if !others.is_empty() {
        entry = entry.why(format!("the document's first; it also lists {}", others.join(", ")));
    }
    let settings = (!settings.is_empty()).then(|| Entry::map("settings", settings));
    std::iter::once(entry).chain(settings).collect()
}

/// The URL of an example, with a setting for the part that is none.
fn example(url: &str, part: &str) -> Vec<Entry> {
    let word = part.to_ascii_lowercase();
    let word = word.trim_start_matches("your").trim_start_matches("my");
    let whole = part.contains('.') || is_loopback(part);
    let name = if whole { "host".to_owned() } else { spec_name(word) };
    let name = if name == "example" { "site".to_owned() } else { name };
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.replacen(part, &format!("${{settings.{name}}}"), 1);
    // The port is the example's, too.
    let rest = match rest.split_once("}:").filter(|_| whole) {
        Some((host, behind)) => {
            let path = behind.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{host}}}{path}")
        }
        None => rest,
    };
    let server = format!(
        "{{url: {}, because: {}}}",
        scalar(&format!("https://{rest}")),
        scalar(&format!("the document's server `{url}` is an example"))
    );
    vec![
        Entry::text("server", server),
        Entry::map(
            "settings",
            vec![
                Entry::text(name, "{type: string}")
                    .note(format!("the document's example is `{part}`")),
            ],
        ),
    ]
}

/// The URL with a setting for each of its variables.
fn template(server: &Node<'_>, url: &str) -> (String, Vec<Entry>) {
    let mut names = Scope::default();
    let mut known: Vec<(String, String)> = Vec::new();
    let mut settings = Vec::new();
    let mut out = String::new();
    for piece in pieces(server, url) {
        let variable = match piece {
            // A bracket without its other half is none of a variable.
            Piece::Text(text) => {
                out.push_str(&text.replace(['{', '}'], ""));
                continue;
            }
            Piece::Variable(variable) => variable,
        };
        if let Some((_, name)) = known.iter().find(|(known, _)| known == variable.wire) {
            out.push_str(&format!("${{settings.{name}}}"));
            continue;
        }
        let name = names.unique(spec_name(variable.wire));
        out.push_str(&format!("${{settings.{name}}}"));
        known.push((variable.wire.to_owned(), name.clone()));
        // What names a tenant has a default that is only an example.
        let values: Vec<String> = variable.values.iter().map(|text| format!("`{text}`")).collect();
        let example = TENANT.iter().any(|word| name.contains(word)) && values.is_empty();
        let mut parts = vec!["type: string".to_owned()];
        let default = variable.default.filter(|_| !example);
        parts.extend(default.map(|default| format!("default: {}", scalar(default))));
        let setting = Entry::text(name, format!("{{{}}}", parts.join(", ")));
        settings.push(match variable.default.filter(|_| example) {
            _ if !values.is_empty() => setting.note(format!("one of {}", values.join(", "))),
            Some(default) => setting.note(format!("the document's example is `{default}`")),
            None => setting,
        });
    }
    (out, settings)
}

/// Words in names of variables that tell whose server it is.
const TENANT: [&str; 14] = [
    "account",
    "company",
    "customer",
    "domain",
    "host",
    "instance",
    "org",
    "organization",
    "shop",
    "site",
    "store",
    "subdomain",
    "tenant",
    "workspace",
];

/// Where the document does not say: a connection does.
fn unknown(said: Option<&str>) -> Vec<Entry> {
    let path =
        said.filter(|url| url.starts_with('/') && usable(&format!("https://host{url}")).is_some());
    let path = path.filter(|path| !path.contains(['{', '}'])).unwrap_or("").trim_end_matches('/');
    let why = match said {
        None => "the document does not say where its server is, so each connection does".to_owned(),
        Some(said) => format!(
            "the document's server is `{said}`, which is no whole URL; each connection says the host"
        ),
    };
    vec![
        Entry::text("server", scalar(&format!("https://${{settings.host}}{path}"))).why(why),
        Entry::map(
            "settings",
            vec![Entry::text("host", "{type: string, doc: The name of the host.}")],
        ),
    ]
}
