//! How values are written: the styles of OpenAPI (3.1.2, "Style Values" and "Style Examples").
//!
//! Nothing here is generic: a value was made JSON first. `null` is what RFC 6570 calls undefined, and is left out.

use super::url::{encode, encode_reserved};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// How a value is written into a path, a query, a header, a cookie or a form.
///
/// What the tables of OpenAPI leave undefined is written in the way that most servers read: `deepObject` nests, a list
/// in it is `a[]=1&a[]=2`, and a list of objects is `a[0][b]=1`; exploded lists of other styles repeat the name; a value
/// that a style has no form for is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Deep,
    Json,
    Content,
}

impl Style {
    /// `simple`: `1,2` in a path or a header.
    pub const SIMPLE: Style = Style::of(Kind::Simple);
    /// `label`: `.1,2` in a path.
    pub const LABEL: Style = Style::of(Kind::Label);
    /// `matrix`: `;a=1,2` in a path.
    pub const MATRIX: Style = Style::of(Kind::Matrix);
    /// `form`: `a=1,2`.
    pub const FORM: Style = Style::of(Kind::Form);
    /// `spaceDelimited`: `a=1%202`.
    pub const SPACE: Style = Style::of(Kind::Space);
    /// `pipeDelimited`: `a=1%7C2`.
    pub const PIPE: Style = Style::of(Kind::Pipe);
    /// `deepObject`: `a[b]=1`.
    pub const DEEP: Style = Style::of(Kind::Deep);
    /// JSON text: a parameter of `content`.
    pub const JSON: Style = Style::of(Kind::Json);
    /// What forms do where the document does not say: lists repeat the name, objects are JSON text.
    pub const CONTENT: Style = Style::of(Kind::Content);

    const fn of(kind: Kind) -> Style {
        Style { kind, explode: false, reserved: false }
    }

    /// With `explode`: `a=1&a=2` instead of `a=1,2`.
    #[must_use]
    pub const fn explode(self) -> Style {
        Style { explode: true, ..self }
    }

    /// With `allowReserved`: RFC 3986's reserved characters stay as they are, but for those that would end the value.
    #[must_use]
    pub const fn reserved(self) -> Style {
        Style { reserved: true, ..self }
    }
}

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// Percent-encoded.
    Percent,
    /// As they are: headers and parts.
    None,
}

impl Escape {
    fn text<'t>(self, text: &'t str, style: Style) -> Cow<'t, str> {
        match (self, style.reserved) {
            (Escape::None, _) => Cow::Borrowed(text),
            (Escape::Percent, true) => Cow::Owned(encode_reserved(text)),
            (Escape::Percent, false) => Cow::Owned(encode(text)),
        }
    }

    fn delimiter(self, kind: Kind) -> &'static str {
        match (kind, self) {
            (Kind::Space, Escape::Percent) => "%20",
            (Kind::Space, Escape::None) => " ",
            (Kind::Pipe, Escape::Percent) => "%7C",
            (Kind::Pipe, Escape::None) => "|",
            _ => ",",
        }
    }
}

/// One text, as paths and headers have it; `None` where there is nothing to write.
pub(super) fn text(name: &str, value: &Value, style: Style, escape: Escape) -> Option<String> {
    let write = |value: &Value| escape.text(&plain(value), style).into_owned();
    let (lead, between) = match style.kind {
        Kind::Label => (".", if style.explode { "." } else { "," }),
        Kind::Matrix => (";", if style.explode { ";" } else { "," }),
        _ => ("", ","),
    };
    let name = escape.text(name, style);
    let named = style.kind == Kind::Matrix;
    // A list or an object is named as a whole, or each of its elements is.
    let whole = |text: String| match named && !style.explode {
        true => format!("{lead}{name}={text}"),
        false => format!("{lead}{text}"),
    };
    match value {
        Value::Null => None,
        _ if matches!(style.kind, Kind::Json) => {
            Some(escape.text(&value.to_string(), style).into_owned())
        }
        Value::Array(_) | Value::Object(_) if is_empty(value) => None,
        Value::Array(elements) => {
            let texts = elements.iter().filter(|e| !e.is_null()).map(write);
            let each = texts.map(|text| match named && style.explode {
                true => format!("{name}={text}"),
                false => text,
            });
            Some(whole(each.collect::<Vec<_>>().join(between)))
        }
        Value::Object(members) => {
            let joint = if style.explode { "=" } else { "," };
            let each = said(members)
                .map(|(key, value)| format!("{}{joint}{}", escape.text(key, style), write(value)));
            Some(whole(each.collect::<Vec<_>>().join(between)))
        }
        scalar => Some(match (named, write(scalar)) {
            (true, text) if text.is_empty() => format!(";{name}"),
            (true, text) => format!(";{name}={text}"),
            (false, text) => format!("{lead}{text}"),
        }),
    }
}

/// A name as it is, and a value as it is written.
pub(super) type Pair = (Cow<'static, str>, String);

/// Names and values, as queries, cookies and forms have them.
pub(super) fn pairs(
    name: Cow<'static, str>,
    value: &Value,
    style: Style,
    escape: Escape,
    into: &mut Vec<Pair>,
) {
    let write = |value: &Value| escape.text(&plain(value), style).into_owned();
    let joined = |texts: &mut dyn Iterator<Item = String>| {
        texts.collect::<Vec<_>>().join(escape.delimiter(style.kind))
    };
    match value {
        Value::Null => {}
        _ if style.kind == Kind::Json => {
            into.push((name, escape.text(&value.to_string(), style).into_owned()));
        }
        Value::Array(_) | Value::Object(_) if style.kind == Kind::Deep => {
            deep(name.into_owned(), value, style, escape, into);
        }
        Value::Array(_) | Value::Object(_) if is_empty(value) => {}
        Value::Array(elements) => {
            let mut texts = elements.iter().filter(|e| !e.is_null()).map(write);
            if style.explode || style.kind == Kind::Content {
                into.extend(texts.map(|text| (name.clone(), text)));
            } else {
                into.push((name, joined(&mut texts)));
            }
        }
        Value::Object(members) if style.kind == Kind::Form && style.explode => {
            for (key, value) in said(members) {
                // A list inside repeats the member's name; OpenAPI leaves it open.
                match value {
                    Value::Array(elements) => into.extend(
                        elements
                            .iter()
                            .filter(|e| !e.is_null())
                            .map(|e| (key.clone().into(), write(e))),
                    ),
                    value => into.push((key.clone().into(), write(value))),
                }
            }
        }
        Value::Object(_) if style.kind == Kind::Content => into.push((name, write(value))),
        Value::Object(members) => {
            let mut texts = said(members)
                .flat_map(|(key, value)| [escape.text(key, style).into_owned(), write(value)]);
            into.push((name, joined(&mut texts)));
        }
        scalar => into.push((name, write(scalar))),
    }
}

/// `a[b][c]=1`; lists are `a[]=1`, and `a[0][b]=1` where their elements have members. As deep as serde writes.
fn deep(name: String, value: &Value, style: Style, escape: Escape, into: &mut Vec<Pair>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in said(members) {
                deep(format!("{name}[{key}]"), value, style, escape, into);
            }
        }
        Value::Array(elements) => {
            let compound = elements.iter().any(|e| e.is_object() || e.is_array());
            for (index, element) in elements.iter().enumerate() {
                let index = if compound { index.to_string() } else { String::new() };
                deep(format!("{name}[{index}]"), element, style, escape, into);
            }
        }
        scalar => into.push((name.into(), escape.text(&plain(scalar), style).into_owned())),
    }
}

/// A scalar as text; anything else as JSON.
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        // `1`, not `1.0`: like the numbers of parameters that need no style.
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(number) => Cow::Owned(number.to_string()),
            None => Cow::Owned(number.to_string()),
        },
        other => Cow::Owned(other.to_string()),
    }
}

fn said(members: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    members.iter().filter(|(_, value)| !value.is_null())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(elements) => elements.iter().all(Value::is_null),
        Value::Object(members) => members.values().all(Value::is_null),
        _ => false,
    }
}
