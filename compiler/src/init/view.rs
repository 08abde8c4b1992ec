//! What requests and answers hold, by path: what shapes are recognised in.

use crate::ir::{Operation, Output, ParameterIn, StyleKind, TypeKind, TypeUse, Types};
use crate::openapi::{Document, Node};
use crate::resolve::documented::nodes;
pub(super) use crate::resolve::documented::{number, words};
use crate::resolve::paths::step;
use crate::resolve::slots::{Plain, plain};
use crate::source::Place;
use crate::source::pointer;

/// A value of a request or an answer.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// As the spec writes it: `query.limit`, `body.paging.next.after`.
    pub(super) path: String,
    /// The names on the way, in lower case and without signs: `paging`, `next`, `after`.
    pub(super) names: Vec<String>,
    pub(super) ty: TypeUse,
    pub(super) plain: Plain,
    /// Whether it is always there, and not null.
    pub(super) always: bool,
    /// Where the document has it.
    pub(super) place: Place,
}

impl Value {
    /// Its own name.
    pub(super) fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// All names in one.
    pub(super) fn joined(&self) -> String {
        self.names.concat()
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.plain, Plain::Integer | Plain::Number)
    }
}

/// Objects that hold what is said about a page, or the page itself.
const AROUND: [&str; 28] = [
    "body",
    "cursor",
    "cursors",
    "data",
    "embedded",
    "info",
    "link",
    "links",
    "meta",
    "metadata",
    "next",
    "nextpage",
    "page",
    "pageinfo",
    "pagination",
    "pagingmetadata",
    "paging",
    "paginginfo",
    "paginationinfo",
    "payload",
    "response",
    "responsemetadata",
    "result",
    "results",
    "resultinfo",
    "resultset",
    "queryresponse",
    "collection",
];

/// How far into such objects is looked.
const DEPTH: usize = 4;

/// What is looked at in one message; there is always more to know about a page at its top.
const MOST: usize = 2_000;

/// A name in lower case, without signs.
pub(super) fn plain_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The values that requests of an operation may hold.
pub(super) fn request(types: &Types, operation: &Operation) -> Vec<Value> {
    let mut found = Vec::new();
    for parameter in &operation.parameters {
        let root = match parameter.location {
            ParameterIn::Query => "query",
            ParameterIn::Header => "header",
            ParameterIn::Path | ParameterIn::Cookie => continue,
        };
        if parameter.wire.trim().is_empty() {
            continue;
        }
        if parameter.style.kind == StyleKind::Deep {
            // Its members are values of their own: `query.page.after` is sent as `page[after]`.
            let path = format!("{root}.{}", parameter.wire);
            let names = [plain_name(&parameter.wire)];
            walk(types, parameter.ty, &path, &names, parameter.required, &mut found);
            continue;
        }
        found.push(Value {
            path: format!("{root}.{}", parameter.wire),
            names: vec![plain_name(&parameter.wire)],
            ty: parameter.ty,
            plain: plain(types, parameter.ty),
            always: parameter.required && !parameter.ty.nullable,
            place: parameter.place.clone(),
        });
    }
    if let Some(body) = &operation.body {
        walk(types, body.ty, "body", &[], true, &mut found);
    }
    found
}

/// The values that answers of an operation hold, as far as they are about pages.
pub(super) fn answer(types: &Types, operation: &Operation) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some((ty, _)) = output(operation) {
        walk(types, ty, "body", &[], true, &mut found);
    }
    found
}

/// The JSON that an operation is mainly answered with, and where its schema stands.
pub(super) fn output(operation: &Operation) -> Option<(TypeUse, &Place)> {
    let json = |output| match output {
        &Output::Json { ty, ref place } => Some((ty, place)),
        _ => None,
    };
    match &operation.output {
        Output::Choice(choice) => choice.answers.iter().find_map(|answer| json(&answer.output)),
        output => json(output),
    }
}

fn walk(
    types: &Types,
    ty: TypeUse,
    path: &str,
    names: &[String],
    always: bool,
    found: &mut Vec<Value>,
) {
    let Some(structure) = types.as_struct(ty.id) else { return };
    for field in &structure.fields {
        if found.len() >= MOST {
            return;
        }
        let path = format!("{path}{}", step(&field.wire));
        let name = plain_name(&field.wire);
        let around = AROUND.contains(&name.as_str());
        let names: Vec<String> = names.iter().cloned().chain([name]).collect();
        let always = always && !field.may_be_missing();
        if around && names.len() < DEPTH {
            walk(types, field.ty, &path, &names, always, found);
        }
        let plain = plain(types, field.ty);
        found.push(Value { path, names, ty: field.ty, plain, always, place: field.place.clone() });
    }
}

/// Whether something is a list, and of what.
pub(super) fn list_of(types: &Types, ty: TypeUse) -> Option<TypeUse> {
    match types.get(ty.id).kind {
        TypeKind::List(item) => Some(item),
        _ => None,
    }
}

/// Whether the document shows a value as a URL: by its format, its examples, or in words.
pub(super) fn is_url(documents: &[Document], place: &Place) -> bool {
    let text =
        |node: &Node<'_>, key: &str| node.str(key).map(str::to_lowercase).unwrap_or_default();
    let shown = nodes(documents, place).any(|node| {
        let format = text(&node, "format");
        format.starts_with("ur")
            || ["example", "default"].iter().any(|key| text(&node, key).contains("://"))
    });
    let words = words(documents, place);
    let said = words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        ["url", "uri", "link", "href", "http", "https", "urls", "links", "hyperlink"]
            .contains(&word)
    });
    shown || said || exemplified(documents, place)
}

/// Whether the example of the object that a member belongs to has a URL there.
fn exemplified(documents: &[Document], place: &Place) -> bool {
    let Some((object, name)) = place.pointer.rsplit_once("/properties/") else { return false };
    let object = Place { pointer: object.into(), ..place.clone() };
    let name = pointer::unescape(name);
    let node = documents.iter().find_map(|document| document.node(&object));
    let example = node.and_then(|node| node.get("example"));
    let shown = example.and_then(|example| example.get(&name));
    shown.is_some_and(|shown| shown.value.as_str().is_some_and(|text| text.contains("://")))
}
