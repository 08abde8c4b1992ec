//! Pages whose URL the answer holds, and the operation that such a URL is one of.

use super::Pages;
use super::meaning::{self, Takes};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{DOES_NOT_FIT, NEXT_OPERATION};
use crate::ir::{Next, Operation, PagePart, Standing};
use crate::resolve::paths::Found;
use crate::resolve::slots::Plain;
use crate::resolve::{Context, documented};
use crate::source::Place;
use crate::spec::syntax;

impl Pages<'_> {
    pub(super) fn url(&self, context: &mut Context<'_>, rule: &syntax::NextUrl) -> Option<Next> {
        let place = self.place.child("url");
        let at = (&place.child("from"), PagePart::Next);
        let from = self.value(context, &rule.from, at, "a URL", &[Plain::Text]);
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        let of = self.url_of(context, rule.operation.as_deref(), &place);
        let (from, more) = (from?, more?);
        self.is_no_token(context, (&rule.from, &from), &place.child("from"))?;
        self.goes_on(context, (&rule.from, &from), true, &place.child("from"));
        self.ends(context, &from, more.as_ref(), &place);
        Some(Next::Url { from: from.wire, more, operation: of? })
    }

    /// A text that is a token by its name is no URL, unless the document says that it is one.
    fn is_no_token(
        &self,
        context: &mut Context<'_>,
        (text, from): (&str, &Found),
        place: &Place,
    ) -> Option<()> {
        let name = from.wire.last().map_or("", String::as_str);
        let document = from.field.as_ref();
        let about = document.map(|place| documented::words(context.documents, place));
        let about = about.unwrap_or_default();
        let format =
            document.and_then(|place| documented::text(context.documents, place, "format"));
        let named = matches!(meaning::takes(name, ""), Some((Takes::Token | Takes::Offset, _)));
        let is_url = format.is_some_and(|format| format.contains("uri"))
            || ["url", "uri", "link"].iter().any(|word| about.contains(word));
        if !named || is_url || name == "next" {
            return Some(());
        }
        let fact = format!("`{text}` of `{}` is a URL", self.operation.name);
        if let Some(because) = self.rule().because {
            let sign = self.sign(PagePart::Way);
            context.fact(Standing::Overridden, fact, Some(because), place, document).seen_by(sign);
            return Some(());
        }
        context.report(
            Diagnostic::error(DOES_NOT_FIT, format!("`{text}` is a token, not a URL"))
                .at(place, "")
                .and(document.unwrap_or(self.schema), "the document has it here")
                .help(format!("send it in the next request: `cursor: {{from: {text}, into: ..}}`"))
                .help(self.say_why("the name misleads")),
        );
        None
    }

    /// The other operation that next URLs are of; an error is not the same as none.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn url_of(
        &self,
        context: &mut Context<'_>,
        named: Option<&str>,
        place: &Place,
    ) -> Option<Option<String>> {
        let Some(name) = named else {
            self.same_method(context, &place.child("from"));
            return Some(None);
        };
        if name == self.operation.name {
            return Some(None);
        }
        let at = place.child("operation");
        let other = self.other(context, name, &at)?;
        if !self.answers_alike(context, &other, &at) {
            return None;
        }
        let text = format!("the URLs of next pages of `{}` are of `{name}`", self.operation.name);
        match url_extends(&other.path, &self.operation.path) {
            true => context.proven(text, &at, Some(&other.defined)),
            false => {
                let usual = "the spec says so; it answers alike, and its path tells nothing";
                context
                    .granted(text, None, usual, &at, Some(&other.defined))
                    .seen_by(self.sign(PagePart::Way));
            }
        }
        Some(Some(other.name))
    }

    /// A URL alone tells no method. A list that is not read with GET may go on with it, and what the document has
    /// beside the list tells whether it does.
    pub(super) fn same_method(&self, context: &mut Context<'_>, place: &Place) {
        let Operation { name, method, path, .. } = self.operation;
        if method == "GET" {
            return;
        }
        let text = format!("next pages of `{name}` are asked for with {method}, too");
        let candidates =
            documented::read_alike(context.documents, &self.operation.defined, |other| {
                url_extends(other, path)
            });
        let Some(other) = candidates.first() else {
            let usual = "the document has no operation that reads on";
            context.granted(text, None, usual, place, None).seen_by(self.sign(PagePart::Way));
            return;
        };
        if let Some(because) = self.rule().because {
            context
                .fact(Standing::Overridden, text, Some(because), place, Some(&other.place))
                .seen_by(self.sign(PagePart::Way));
            return;
        }
        let message = format!(
            "next pages of `{name}` would be asked for with {method}, but the document has `GET {}`, which answers alike",
            other.path
        );
        let mut finding = Diagnostic::error(NEXT_OPERATION, message).at(place, "");
        for other in &candidates {
            finding = finding.and(&other.place, "it answers with the same pages");
        }
        if self.syntax.link.is_some() {
            let help = format!(
                "a `Link` header cannot say whose URL it is: if it is {method} all the same, say in `because` of `paginate` how \
                 you know"
            );
            context.report(finding.help(help));
            return;
        }
        let named = context.operations.values().find(|o| o.defined == other.place);
        let say = match named {
            Some(known) => format!("say whose URL it is: `operation: {}`", known.name),
            None => format!(
                "name it, and say whose URL it is: `{name}_next: {{call: 'GET {}'}}` in `operations`, and `operation: \
                 {name}_next` here",
                other.path
            ),
        };
        let help = self.say_why(&format!("it is {method} all the same"));
        context.report(finding.help(say).help(help));
    }
}

/// Whether a path is the list's own, or one word behind it: `/events/filter/next`, `/events:next`.
pub(crate) fn url_extends(path: &str, list: &str) -> bool {
    path.strip_prefix(list.trim_end_matches('/')).is_some_and(|rest| {
        let word = rest.trim_matches('/');
        let apart = rest.is_empty() || rest.starts_with(['/', ':', '.', '_', '-']);
        apart && !word.contains(['/', '{'])
    })
}

#[cfg(test)]
mod tests {
    use super::url_extends;

    #[test]
    fn only_a_word_behind_the_list_reads_on() {
        for (path, is) in [
            ("/events/filter/next", true),
            ("/events/filter", true),
            ("/events/filter:next", true),
            ("/events/filters", false),
            ("/events/filter/{id}", false),
            ("/events/filter/next/all", false),
            ("/events", false),
        ] {
            assert_eq!(url_extends(path, "/events/filter"), is, "{path}");
        }
    }
}
