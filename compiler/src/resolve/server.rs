//! The base URL: what the spec says, held against the servers of the documents.

use super::Context;
use super::origin::is_in_the_clear;
use super::placeholder::finding;
use super::templates::template;
use crate::diagnostics::codes::connection::{BAD_DEFAULT, OTHER_SERVER, SERVER};
use crate::diagnostics::{Diagnostic, nearest};
use crate::ir::{Scalar, Setting, Standing, Template, TemplatePart};
use crate::openapi::{Document, Node};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Stands for a setting in a base URL that is compared.
const SETTING: char = '\u{1}';

/// The base URL of an integration.
pub(super) fn resolve(context: &mut Context<'_>, settings: &IndexMap<String, Setting>) -> Template {
    match context.spec.syntax.server.clone() {
        Some(given) => self::given(context, &given, settings),
        None => only(context, settings),
    }
}

/// What the spec says.
fn given(
    context: &mut Context<'_>,
    said: &syntax::Server,
    settings: &IndexMap<String, Setting>,
) -> Template {
    let section = context.place("server");
    let (given, because, place) = match said {
        syntax::Server::Url(url) => (url, None, section),
        syntax::Server::Full(full) => (&full.url, full.because.as_deref(), section.child("url")),
    };
    let mut right = true;
    if !["https://", "http://", "${"].iter().any(|start| given.starts_with(start)) {
        right = false;
        let message = format!("`{given}` is no base URL");
        context.report(
            Diagnostic::error(SERVER, message).at(&place, "").help("it starts with `https://`"),
        );
    }
    if is_in_the_clear(given) {
        right = false;
        let message = format!("`{given}` would send credentials in the clear");
        let help = "write `https://`; plain http is for servers on this machine, which clients are given with `with_server`";
        let finding = Diagnostic::error(SERVER, message).at(&place, "").help(help);
        context.report(finding.suggest_https(given));
    }
    let before = context.diagnostics.errors();
    let template = template(given, &place, settings, context.diagnostics);
    if right && context.diagnostics.errors() == before {
        compared(context, &template, (given, because), settings);
    }
    template
}

/// Holds the base URL against those that the documents list. Where they list none, there is nothing to contradict.
fn compared(
    context: &mut Context<'_>,
    template: &Template,
    (given, because): (&str, Option<&str>),
    settings: &IndexMap<String, Setting>,
) {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Setting(_) => SETTING.to_string(),
    };
    let text: String = template.parts.iter().map(part).collect();
    let servers: Vec<Server> = context.documents.iter().flat_map(servers).collect();
    let fact = format!("the base URL is `{given}`");
    let place = &template.place;
    if let Some(server) = servers.iter().find(|server| server.is(&text)) {
        defaults(context, template, server, settings);
        return context.proven(fact, place, Some(&server.place));
    }
    let first = servers.first().filter(|_| !is_local(given));
    let Some(first) = first else {
        let reason = match servers.is_empty() {
            true => "the document lists no whole URL",
            false => "it is a server on this machine",
        };
        context.granted(fact, because, reason, place, None);
        return;
    };
    // Another document in place of the spec's says nothing about the spec's reasons.
    if because.is_none() && context.partial {
        return;
    }
    let known: Vec<String> = servers.iter().map(Server::template).collect();
    if because.is_none_or(|because| because.trim().is_empty()) {
        let message = format!("the document lists no server `{given}`");
        let mut finding = Diagnostic::error(OTHER_SERVER, message)
            .at(place, "")
            .and(&first.place, "the document's servers");
        if let Some(help) = nearest(given, known.iter().map(String::as_str)) {
            finding = finding.help(help);
        }
        return context.report(finding.help(format!(
            "if it is right: `server: {{url: '{given}', because: how do you know?}}`"
        )));
    }
    let text = format!("{fact}, not `{}`", first.url);
    context.fact(Standing::Overridden, text, because, place, Some(&first.place));
}

/// A default of a setting is a value that the document lists for the variable in its place.
fn defaults(
    context: &mut Context<'_>,
    template: &Template,
    server: &Server,
    settings: &IndexMap<String, Setting>,
) {
    let used: Vec<&str> = super::templates::used(template).collect();
    let variables: Vec<&Variable> = server.variables().collect();
    if used.len() != variables.len() {
        return;
    }
    for (name, variable) in used.into_iter().zip(variables) {
        let Some(setting) = settings.get(name) else { continue };
        let Some(Scalar::String(default)) = &setting.default else { continue };
        if variable.values.is_empty() || variable.values.contains(default) {
            continue;
        }
        let message = format!("`{default}` is none of the values that the document lists");
        context.report(
            Diagnostic::error(BAD_DEFAULT, message)
                .at(&setting.place.child("default"), "")
                .and(&server.place, "listed here")
                .nearest(default, variable.values.iter().map(String::as_str)),
        );
    }
}

/// The one server of the documents, where the spec does not say.
fn only(context: &mut Context<'_>, settings: &IndexMap<String, Setting>) -> Template {
    let place = context.place("server");
    let mut listed: Vec<Server> = Vec::new();
    for server in context.documents.iter().flat_map(servers) {
        if !listed.iter().any(|known| known.url == server.url) {
            listed.push(server);
        }
    }
    let variable = |server: &Server| server.variables().next().is_some();
    let (message, help, at) = match listed.as_slice() {
        [only] if !variable(only) && !is_in_the_clear(&only.url) => {
            if let Some(finding) = finding(&only.url, &only.place) {
                let help = "add `server`, with a setting for what differs, as in `server: {url: \"https://${settings.site}.vendor.net\", because: the document's is an example}`";
                context.report(finding.help(help));
            }
            let fact = format!("the base URL is `{}`", only.url);
            let at = context.place("integration");
            context.proven(fact, &at, Some(&only.place));
            return template(&only.url, &place, settings, context.diagnostics);
        }
        [] => {
            let said: Vec<String> = context.documents.iter().flat_map(Document::servers).collect();
            let message = match said.first() {
                None => "neither the spec nor the document says what the base URL is".to_owned(),
                Some(url) => format!("the document's server `{url}` is no whole URL"),
            };
            (message, "add `server: https://...`".to_owned(), None)
        }
        [only] if is_in_the_clear(&only.url) => (
            format!("the document's server `{}` gets credentials in the clear", only.url),
            "add `server: https://...`".to_owned(),
            Some(only.place.clone()),
        ),
        [only] => (
            format!("the document's server `{}` has variables", only.url),
            format!("add `server: {}`, and the settings in it", only.template()),
            Some(only.place.clone()),
        ),
        [first, ..] => {
            let urls: Vec<String> = listed.iter().map(|s| format!("`{}`", s.template())).collect();
            (
                format!("the document lists {} servers", listed.len()),
                format!("say which with `server`: {}", urls.join(", ")),
                Some(first.place.clone()),
            )
        }
    };
    if !context.documents.is_empty() {
        let at_spec = context.place("integration");
        let mut finding = Diagnostic::error(SERVER, message).at(&at_spec, "").help(help);
        if let Some(at) = at {
            finding = finding.and(&at, "listed here");
        }
        context.report(finding);
    }
    Template { parts: Vec::new(), place }
}

/// A server of a document with a whole URL.
struct Server {
    /// As the document has it, without a slash at the end.
    url: String,
    pieces: Vec<Piece>,
    place: Place,
}

enum Piece {
    Text(String),
    Variable(Variable),
}

struct Variable {
    name: String,
    /// The only ones that it may have; empty: any.
    values: Vec<String>,
}

impl Server {
    fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) => Some(variable),
            Piece::Text(_) => None,
        })
    }

    /// As a spec writes it.
    fn template(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Variable(variable) => {
                format!("${{settings.{}}}", super::names::snake_case(&variable.name))
            }
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Whether a base URL is this one. A setting, or a text that it may have, stands for a variable. All places that
    /// the pieces so far may end at are kept, so that hostile documents cost no more than others.
    fn is(&self, text: &str) -> bool {
        let text = text.trim_end_matches('/');
        let mut ends = BTreeSet::from([0]);
        for piece in &self.pieces {
            let mut next = BTreeSet::new();
            for at in ends {
                let Some(rest) = text.get(at..) else { continue };
                match piece {
                    Piece::Text(known) if rest.starts_with(known.as_str()) => {
                        next.insert(at + known.len());
                    }
                    Piece::Text(_) => {}
                    Piece::Variable(variable) if variable.values.is_empty() => {
                        next.extend(rest.char_indices().map(|(n, c)| at + n + c.len_utf8()));
                    }
                    Piece::Variable(variable) => {
                        let setting = rest.starts_with(SETTING).then_some(SETTING.len_utf8());
                        let fits = |value: &&String| rest.starts_with(value.as_str());
                        let values = variable.values.iter().filter(fits).map(String::len);
                        next.extend(values.chain(setting).map(|len| at + len));
                    }
                }
            }
            ends = next;
        }
        ends.contains(&text.len())
    }
}

/// The servers of a document that have whole URLs. Plain http stands for https, which specs must write.
fn servers(document: &Document) -> Vec<Server> {
    let servers = document.node(&document.root()).and_then(|root| root.get("servers"));
    let nodes: Vec<Node<'_>> = servers.iter().flat_map(Node::items).collect();
    let read = |node: &Node<'_>| {
        let url = usable(node.str("url")?)?;
        let secure = match url.strip_prefix("http://") {
            Some(rest) if is_in_the_clear(&url) => format!("https://{rest}"),
            _ => url.clone(),
        };
        let place = node.place.clone();
        Some(Server { pieces: pieces(&secure, node.get("variables").as_ref()), url, place })
    };
    nodes.iter().filter_map(read).collect()
}

/// A whole URL without what a base URL cannot have.
pub(crate) fn usable(url: &str) -> Option<String> {
    let url = url.trim().trim_end_matches('/');
    let url = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    let (scheme, rest) = url.split_once("://")?;
    let plain = |c: char| c.is_ascii_graphic() && !"<>\"\\^`|?#$".contains(c);
    let empty = rest.trim_matches(['{', '}']).is_empty();
    let fine = ["http", "https"].contains(&scheme) && !empty && rest.chars().all(plain);
    (fine && !rest.starts_with('/')).then_some(url)
}

/// Whether it is a server on this machine.
fn is_local(url: &str) -> bool {
    url.starts_with("http://") && !is_in_the_clear(url)
}

/// A URL in pieces; a bracket without its other half is none of a variable.
fn pieces(url: &str, variables: Option<&Node<'_>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let text = |text: &str, pieces: &mut Vec<Piece>| {
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
    };
    let mut rest = url;
    while let Some((before, behind)) = rest.split_once('{') {
        text(before, &mut pieces);
        let Some((name, after)) = behind.split_once('}') else {
            rest = behind;
            break;
        };
        let values = variables.and_then(|v| v.get(name)).and_then(|v| v.get("enum"));
        let values = values.iter().flat_map(Node::items);
        let values = values.filter_map(|value| value.value.as_str().map(str::to_owned)).collect();
        pieces.push(Piece::Variable(Variable { name: name.to_owned(), values }));
        rest = after;
    }
    text(rest.replace(['{', '}'], "").trim_end_matches('/'), &mut pieces);
    pieces
}
