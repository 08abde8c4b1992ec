//! Styles: how the document says that values are written.

use super::Out;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::ir::{ParameterIn, Style, StyleKind};
use crate::openapi::Node;

/// The style of a parameter, or of a property of a form (which is written like a query). One that means nothing in its
/// place gives way to the default.
pub(super) fn style(
    out: &mut Out<'_>,
    node: &Node<'_>,
    location: ParameterIn,
    explode: Option<bool>,
) -> Style {
    let kind = node.get("style").filter(|said| !said.value.is_null()).and_then(|said| {
        let kind = said.value.as_str().and_then(|text| kind(text, location));
        if kind.is_none() {
            let message = format!("`style: {}` means nothing in a {}", said.value, place(location));
            let default = match location {
                ParameterIn::Path | ParameterIn::Header => "simple",
                ParameterIn::Query | ParameterIn::Cookie => "form",
            };
            let text = format!("it is written in style `{default}`");
            out.push(Diagnostic::warning(PARAMETER, message).at(&said.place, text));
        }
        kind
    });
    let kind = kind.unwrap_or(default(location).kind);
    Style {
        kind,
        explode: explode.unwrap_or(kind == StyleKind::Form),
        reserved: location == ParameterIn::Query && node.flag("allowReserved"),
    }
}

/// The style of a parameter that says nothing.
pub(super) fn default(location: ParameterIn) -> Style {
    match location {
        ParameterIn::Path | ParameterIn::Header => Style::of(StyleKind::Simple),
        ParameterIn::Query | ParameterIn::Cookie => {
            Style { explode: true, ..Style::of(StyleKind::Form) }
        }
    }
}

fn kind(text: &str, location: ParameterIn) -> Option<StyleKind> {
    use ParameterIn::{Cookie, Header, Path, Query};
    match (text, location) {
        ("simple", Path | Header) => Some(StyleKind::Simple),
        ("label", Path) => Some(StyleKind::Label),
        ("matrix", Path) => Some(StyleKind::Matrix),
        ("form", Query | Cookie) => Some(StyleKind::Form),
        ("spaceDelimited", Query) => Some(StyleKind::Space),
        ("pipeDelimited", Query) => Some(StyleKind::Pipe),
        ("deepObject", Query) => Some(StyleKind::Deep),
        _ => None,
    }
}

fn place(location: ParameterIn) -> &'static str {
    match location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    }
}
