//! Text with tags: what is given as a document by mistake is often XML or a web page. Some of that even is YAML: one text.

use super::{FileId, Place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::source::NOT_YAML;

/// Kinds of XML, by what stands in the tag at their top.
const KINDS: [(&str, &str, &str); 7] = [
    ("definitions", "schemas.xmlsoap.org/wsdl", "a WSDL, the description of a SOAP service"),
    ("description", "w3.org/ns/wsdl", "a WSDL, the description of a SOAP service"),
    ("Envelope", "", "a message of SOAP"),
    ("application", "wadl", "a WADL"),
    ("schema", "XMLSchema", "an XML Schema"),
    ("Edmx", "", "the metadata of an OData service"),
    ("rss", "", "a feed"),
];

/// How much of a text is looked at for its first tag.
const HEAD: usize = 4_000;

/// The finding about a file that has tags instead of YAML or JSON.
pub(crate) fn finding(text: &str, file: FileId) -> Option<Diagnostic> {
    let top = top(text)?;
    let name = top.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let local = name.rsplit(':').next().unwrap_or(name);
    let page = local.eq_ignore_ascii_case("html") || local.eq_ignore_ascii_case("!doctype");
    let (is, help) = if page {
        let help = "save the document itself (`Raw`, or the link to its JSON or YAML), not the page that shows it";
        ("a web page", help)
    } else {
        let of = |(tag, has, _): &&(&str, &str, &str)| {
            local.eq_ignore_ascii_case(tag) && top.contains(*has)
        };
        let is = KINDS.iter().find(of).map_or("XML", |(_, _, is)| is);
        let help = "OpenAPI documents (2.0, 3.0, 3.1, 3.2) are read, in JSON or YAML: take the vendor's OpenAPI \
                    document, or describe the calls that you need in one of your own";
        (is, help)
    };
    let start = text.len() - text.trim_start().len();
    let found = Diagnostic::error(NOT_YAML, format!("the file is {is}, neither YAML nor JSON"))
        .at(&Place::root(file).within(start, start + 1), "it begins with a tag");
    Some(found.help(help))
}

/// The first tag of a text that begins with one, without its bracket: behind declarations and comments.
fn top(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    rest = rest.get(..HEAD).unwrap_or(rest);
    loop {
        let tag = rest.strip_prefix('<')?;
        let behind = match tag {
            _ if tag.starts_with('?') => tag.split_once("?>")?.1,
            _ if tag.starts_with("!--") => tag.split_once("-->")?.1,
            _ => {
                let first = tag.chars().next()?;
                // `<<:` is YAML.
                let is_name = first.is_alphabetic() || matches!(first, '_' | '!');
                return is_name.then_some(tag.split_once('>').map_or(tag, |(tag, _)| tag));
            }
        };
        rest = behind.trim_start();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::diagnostics::Diagnostics;
    use crate::source::Sources;
    use std::path::Path;

    #[track_caller]
    fn check(text: &str, is: &str) {
        let mut sources = Sources::new().with_file("a.xml", text);
        let file = sources.read(Path::new("a.xml")).unwrap();
        let mut diagnostics = Diagnostics::new();
        assert!(sources.json(file, &mut diagnostics).is_none());
        let found = diagnostics.finish();
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(one.message, format!("the file is {is}, neither YAML nor JSON"));
        assert_eq!(one.help.len(), 1);
    }

    #[test]
    fn what_has_tags_is_told_apart() {
        let wsdl = "a WSDL, the description of a SOAP service";
        let head = "<?xml version='1.0'?>\n<!-- by us: a -->\n";
        check(
            &format!("{head}<wsdl:definitions xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\"/>"),
            wsdl,
        );
        check("<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\">\n</definitions>", wsdl);
        check("<description xmlns=\"http://www.w3.org/ns/wsdl\"></description>", wsdl);
        check("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>", "an XML Schema");
        check("<edmx:Edmx Version=\"4.0\"/>", "the metadata of an OData service");
        check("<!DOCTYPE html>\n<html lang=en: a>", "a web page");
        check("  <html></html>", "a web page");
        // One text for YAML, too.
        check("<a>text</a>", "XML");
        check(&format!("{head}<definitions/>"), "XML");
        check("<a", "XML");
    }

    #[test]
    fn what_only_begins_like_a_tag_is_yaml() {
        for text in ["<<: {a: 1}", "<a>: 1", "<", "< b", "<1>"] {
            let mut sources = Sources::new().with_file("a.yaml", text);
            let file = sources.read(Path::new("a.yaml")).unwrap();
            let mut diagnostics = Diagnostics::new();
            assert!(sources.json(file, &mut diagnostics).is_some(), "{text}");
            assert_eq!(diagnostics.finish(), [], "{text}");
        }
    }
}
