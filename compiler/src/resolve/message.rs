//! Paths into requests and responses: `body.paging.next.after`, `query.limit`, `body[0].message`.

use super::Context;
use super::lower::media::is_header;
use super::paths::{self, Found};
use crate::diagnostics::codes::references::BAD_PATH;
use crate::diagnostics::codes::spec::BAD_VALUE;
use crate::diagnostics::{Diagnostic, Diagnostics, Suggestion};
use crate::ir::{Sign, Standing, TypeKind};
use crate::source::Place;
use std::fmt;

/// Where a path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// The body; the rest is a path into it.
    Body,
    /// A query parameter; the rest is its name.
    Query,
    /// A header; the rest is its name.
    Header,
    /// A path parameter; the rest is its name.
    Path,
}

/// A path into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessagePath<'t> {
    pub(super) root: Root,
    /// What follows the root.
    pub(super) rest: &'t str,
    /// Bytes of the text before the rest.
    pub(super) offset: usize,
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Root::Body => "body",
            Root::Query => "query",
            Root::Header => "header",
            Root::Path => "path",
        })
    }
}

/// A value that is read from the answers of an operation: where the document does not list it, or gives it no
/// type, that it is there is assumed.
pub(super) fn known(
    context: &mut Context<'_>,
    mut found: Found,
    (text, operation): (&str, &str),
    because: Option<&str>,
    place: &Place,
    sign: Sign,
) -> Found {
    let def = context.types.get(found.ty.id);
    let listed = found.unlisted.is_none();
    if found.unlisted.is_none() && matches!(def.kind, TypeKind::Any { .. }) {
        found.unlisted = Some(found.field.clone().unwrap_or_else(|| def.place.clone()));
    }
    if let Some(document) = &found.unlisted {
        let fact = format!("`{operation}` gives what is read at `{text}`");
        let why = if listed { "it has no type here" } else { "no members are listed here" };
        context
            .fact_of(Standing::Assumed, fact, because, place, Some((document, why)))
            .seen_by(sign);
    }
    found
}

/// The name of a header, if it can be one (RFC 9110, 5.6.2).
pub(super) fn header(name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<String> {
    if !is_header(name) {
        let message = format!("`{name}` cannot be the name of a header");
        diagnostics.push(Diagnostic::error(BAD_VALUE, message).at(place, ""));
        return None;
    }
    Some(name.to_owned())
}

/// Reads a path of which some roots are allowed; reports what is wrong.
pub(super) fn read<'t>(
    text: &'t str,
    roots: &[Root],
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<MessagePath<'t>> {
    let (message, end) = match parse(text) {
        Ok(path) if roots.contains(&path.root) => return Some(path),
        Ok(path) => {
            (format!("a path that starts at `{}` cannot stand here", path.root), path.offset)
        }
        Err(message) => (message, text.len()),
    };
    let forms: Vec<String> = roots
        .iter()
        .map(|r| if *r == Root::Body { "`body.PATH`".to_owned() } else { format!("`{r}.NAME`") })
        .collect();
    let mut finding = Diagnostic::error(BAD_PATH, message)
        .at(&place.within(0, end.max(1)), "")
        .help(format!("write it as {}", forms.join(" or ")));
    // A path that lacks nothing but its start.
    for root in roots.iter().filter(|_| !text.contains([' ', '/', ':'])) {
        let instead = format!("{root}.{text}");
        if parse(text).is_err() && parse(&instead).is_ok() {
            finding = finding.suggest(Suggestion::maybe(
                format!("write `{instead}`"),
                Some(place.clone()),
                text.to_owned(),
                instead,
            ));
        }
    }
    diagnostics.push(finding);
    None
}

fn parse(text: &str) -> Result<MessagePath<'_>, String> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let root = match &text[..end] {
        "body" => Root::Body,
        "query" => Root::Query,
        "header" => Root::Header,
        "path" => Root::Path,
        _ => {
            return Err(format!("`{text}` starts at none of `body`, `query`, `header` and `path`"));
        }
    };
    let after = &text[end..];
    let (rest, offset) = match after.strip_prefix('.') {
        Some(rest) => (rest, end + 1),
        None => (after, end),
    };
    match root {
        Root::Body if after == "." => Err(format!("a name is missing after `{text}`")),
        Root::Body => match paths::parse(rest) {
            Ok(_) => Ok(MessagePath { root, rest, offset }),
            Err(error) => Err(error.message),
        },
        // Names of headers and parameters may hold dots and brackets: `query.filter[since]`.
        _ if offset == end || rest.trim().is_empty() => {
            Err(format!("a name is missing: `{root}.NAME`"))
        }
        _ => Ok(MessagePath { root, rest, offset }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(Root, &str), &str>) {
        let found = parse(text).map(|path| (path.root, path.rest));
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn paths() {
        check("body", Ok((Root::Body, "")));
        check("body.paging.next.after", Ok((Root::Body, "paging.next.after")));
        check("body[0].message", Ok((Root::Body, "[0].message")));
        check("query.page[size]", Ok((Root::Query, "page[size]")));
        check("header.X-Next", Ok((Root::Header, "X-Next")));
        check("path.id", Ok((Root::Path, "id")));
        let roots = "`results` starts at none of `body`, `query`, `header` and `path`";
        check("results", Err(roots));
        check("query", Err("a name is missing: `query.NAME`"));
        check("query[a]", Err("a name is missing: `query.NAME`"));
        check("body..a", Err("expected a name"));
        check("body.", Err("a name is missing after `body.`"));
        check("body.a[", Err("`[` is never closed"));
    }
}
