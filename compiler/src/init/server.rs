//! `server:` and the settings in it.

use super::outline::{Entry, scalar};
use crate::openapi::{Document, Node, Piece, Variable, pieces};
use crate::resolve::names::{Scope, spec_name};
use crate::resolve::origin::{is_in_the_clear, is_loopback};
use crate::resolve::placeholder::{is_example, is_reserved, placeholder};
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
    let mut settings = Settings::default();
    if let Some(part) = placeholder(&url).filter(|part| !is_reserved(part) && !part.contains('{')) {
        return example(settings, server, &url, part);
    }
    let text = settings.template(server, &url);
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
    std::iter::once(entry).chain(settings.entry()).collect()
}

/// The URL of an example, with a setting for the part that is none.
fn example(mut settings: Settings, server: &Node<'_>, url: &str, part: &str) -> Vec<Entry> {
    let word = part.to_ascii_lowercase();
    let word = word.trim_start_matches("your").trim_start_matches("my");
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // The port of a whole host is the example's, too.
    let whole = part.contains('.') || is_loopback(part);
    let label = || {
        let labels = host.split(':').next()?.split('.');
        let before: usize = labels.take_while(|label| *label != part).map(|l| l.len() + 1).sum();
        Some((host.get(..before)?, host.get(before + part.len()..)?))
    };
    let (name, (before, after)) = match label().filter(|_| !whole) {
        Some(around) => (spec_name(word), around),
        None => ("host".to_owned(), ("", "")),
    };
    let name = if name == "example" { "site".to_owned() } else { name };
    let before = settings.template(server, before);
    let name = settings.names.unique(name);
    let setting = Entry::text(name.clone(), "{type: string}");
    settings.entries.push(setting.note(format!("the document's example is `{part}`")));
    let after = settings.template(server, after) + &settings.template(server, path);
    let server = format!(
        "{{url: {}, because: {}}}",
        scalar(&format!("https://{before}${{settings.{name}}}{after}")),
        scalar(&format!("the document's server `{url}` is an example"))
    );
    std::iter::once(Entry::text("server", server)).chain(settings.entry()).collect()
}

/// Settings for the variables of a URL.
#[derive(Default)]
struct Settings {
    names: Scope,
    /// The variables that have one, with its name.
    known: Vec<(String, String)>,
    entries: Vec<Entry>,
}

impl Settings {
    /// A part of the URL with a setting for each of its variables.
    fn template(&mut self, server: &Node<'_>, url: &str) -> String {
        let mut out = String::new();
        for piece in pieces(server, url) {
            match piece {
                // A bracket without its other half is none of a variable.
                Piece::Text(text) => out.push_str(&text.replace(['{', '}'], "")),
                Piece::Variable(variable) => {
                    let known = self.known.iter().find(|(known, _)| known == variable.wire);
                    let name = known.map(|(_, name)| name.clone());
                    let name = name.unwrap_or_else(|| self.add(&variable));
                    out.push_str(&format!("${{settings.{name}}}"));
                }
            }
        }
        out
    }

    fn add(&mut self, variable: &Variable<'_, '_>) -> String {
        let name = self.names.unique(spec_name(variable.wire));
        self.known.push((variable.wire.to_owned(), name.clone()));
        // What names a tenant has a default that is only an example.
        let values: Vec<String> = variable.values.iter().map(|text| format!("`{text}`")).collect();
        let tenant = TENANT.iter().any(|word| name.contains(word));
        let stands_for_other = |default| tenant || is_example(default);
        let example = values.is_empty() && variable.default.is_some_and(stands_for_other);
        let mut parts = vec!["type: string".to_owned()];
        let default = variable.default.filter(|_| !example);
        parts.extend(default.map(|default| format!("default: {}", scalar(default))));
        let setting = Entry::text(name.clone(), format!("{{{}}}", parts.join(", ")));
        self.entries.push(match variable.default.filter(|_| example) {
            _ if !values.is_empty() => setting.note(format!("one of {}", values.join(", "))),
            Some(default) => setting.note(format!("the document's example is `{default}`")),
            None => setting,
        });
        name
    }

    fn entry(self) -> Option<Entry> {
        (!self.entries.is_empty()).then(|| Entry::map("settings", self.entries))
    }
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
