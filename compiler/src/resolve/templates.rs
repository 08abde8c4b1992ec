//! Templates: text with `${settings.NAME}` in it.

use crate::diagnostics::codes::spec as codes;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Setting, Template, TemplatePart};
use crate::source::Place;
use indexmap::IndexMap;

/// Reads a template. A part that is wrong is reported and left out.
pub(super) fn template(
    text: &str,
    place: &Place,
    settings: &IndexMap<String, Setting>,
    diagnostics: &mut Diagnostics,
) -> Template {
    let mut parts = Vec::new();
    let mut at = 0;
    if let Some(finding) = plain(text, place, settings) {
        diagnostics.push(finding);
    }
    while let Some(start) = text[at..].find("${").map(|offset| at + offset) {
        push_text(&mut parts, &text[at..start]);
        let Some(end) = text[start..].find('}').map(|offset| start + offset) else {
            let message = "a `${` without a `}`";
            diagnostics.push(
                Diagnostic::error(codes::BAD_TEMPLATE, message)
                    .at(&place.within(start, text.len()), ""),
            );
            at = text.len();
            break;
        };
        let inside = text[start + 2..end].trim();
        match inside.strip_prefix("settings.") {
            Some(name) if settings.contains_key(name) => {
                parts.push(TemplatePart::Setting(name.to_owned()));
            }
            Some(name) => diagnostics.push(
                Diagnostic::error(codes::UNDECLARED, format!("no setting has the name `{name}`"))
                    .at(&place.within(start, end + 1), "")
                    .nearest(name, settings.keys().map(String::as_str)),
            ),
            None => {
                let message = format!("`${{{inside}}}` is not `${{settings.NAME}}`");
                diagnostics.push(
                    Diagnostic::error(codes::BAD_TEMPLATE, message)
                        .at(&place.within(start, end + 1), ""),
                );
            }
        }
        at = end + 1;
    }
    push_text(&mut parts, &text[at..]);
    Template { parts, place: place.clone() }
}

/// What cannot stand in a URL, such as a variable in the way of OpenAPI (`{site}`), which would be sent as it is.
fn plain(text: &str, place: &Place, settings: &IndexMap<String, Setting>) -> Option<Diagnostic> {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            _ if inside => inside = c != '}',
            '$' if rest.starts_with("${") => inside = true,
            '$' | '{' | '}' => {
                let end = rest.find('}').map_or(text.len(), |end| at + end + 1);
                let name = rest.trim_start_matches(['$', '{']).split('}').next();
                let name = name.unwrap_or_default().trim().trim_start_matches("settings.");
                let shown = rest.get(..end - at).unwrap_or(rest);
                let message = format!("`{shown}` is not `${{settings.NAME}}`");
                let finding = Diagnostic::error(codes::BAD_TEMPLATE, message)
                    .at(&place.within(at, end), "")
                    .nearest(name, settings.keys().map(String::as_str));
                return Some(finding);
            }
            c if c.is_whitespace() || c.is_control() => {
                let message = "a URL has no spaces in it";
                let at = place.within(at, at + c.len_utf8());
                return Some(Diagnostic::error(codes::BAD_TEMPLATE, message).at(&at, ""));
            }
            _ => {}
        }
    }
    None
}

fn push_text(parts: &mut Vec<TemplatePart>, text: &str) {
    if !text.is_empty() {
        parts.push(TemplatePart::Text(text.to_owned()));
    }
}

/// The names of the settings in a template.
pub(crate) fn used(template: &Template) -> impl Iterator<Item = &str> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Setting(name) => Some(name.as_str()),
        TemplatePart::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::ir::SettingKind;
    use crate::source::Sources;
    use std::path::Path;

    #[track_caller]
    fn check(text: &str, expected: &[TemplatePart], errors: &[&str]) {
        let mut sources = Sources::new().with_file("a.yaml", "");
        let place = Place::root(sources.read(Path::new("a.yaml")).unwrap());
        let site = Setting {
            name: "site".to_owned(),
            ident: "site".to_owned(),
            kind: SettingKind::String,
            default: None,
            given: false,
            doc: None,
            place: place.clone(),
        };
        let settings = IndexMap::from([("site".to_owned(), site)]);
        let mut diagnostics = Diagnostics::new();
        let found = template(text, &place, &settings, &mut diagnostics);
        assert_eq!(found.parts, expected);
        let messages: Vec<String> = diagnostics.finish().into_iter().map(|d| d.message).collect();
        assert_eq!(messages, errors);
    }

    #[test]
    fn templates() {
        let text = |text: &str| TemplatePart::Text(text.to_owned());
        let site = TemplatePart::Setting("site".to_owned());
        check("https://a.b", &[text("https://a.b")], &[]);
        check("https://${settings.site}.b", &[text("https://"), site.clone(), text(".b")], &[]);
        check("${ settings.site }", &[site], &[]);
        check("a${settings.sitr}b", &[text("a"), text("b")], &["no setting has the name `sitr`"]);
        check("a${site}", &[text("a")], &["`${site}` is not `${settings.NAME}`"]);
        let wrong = "`{site}` is not `${settings.NAME}`";
        check("a{site}b", &[text("a{site}b")], &[wrong]);
        let wrong = "`$settings.site` is not `${settings.NAME}`";
        check("$settings.site", &[text("$settings.site")], &[wrong]);
        check("a b", &[text("a b")], &["a URL has no spaces in it"]);
        check("é${", &[text("é")], &["a `${` without a `}`"]);
    }
}
