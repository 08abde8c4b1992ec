//! `include:` and `exclude:`: operations under names made from the document.

mod names;
mod patterns;

use super::Context;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{NOTHING_SELECTED, SELECTION};
use crate::openapi::{FoundOperation, Node};
use crate::source::Place;
use patterns::{Pattern, Seen};

/// An operation that is included.
#[derive(Debug)]
pub(super) struct Included {
    /// Its name.
    pub(super) name: String,
    /// The number of its document.
    pub(super) document: usize,
    /// Where it is.
    pub(super) found: FoundOperation,
}

/// The operations that are included. Names depend on the whole document, not on what is selected of it.
pub(super) fn select(context: &mut Context<'_>) -> Vec<Included> {
    let spec = context.spec;
    let (include, exclude) = (&spec.syntax.include, &spec.syntax.exclude);
    if include.is_empty() {
        if !exclude.is_empty() {
            let message = "`exclude` takes away from what `include` selects, and there is none";
            let place = context.place("exclude").key();
            context.report(
                Diagnostic::error(SELECTION, message)
                    .at(&place, "")
                    .help("everything else: `include: ['/**']`"),
            );
        }
        return Vec::new();
    }
    let lost: Vec<Diagnostic> =
        context.documents.iter().flat_map(|document| document.lost()).cloned().collect();
    lost.into_iter().for_each(|finding| context.report(finding));
    let all = all(context);
    let include = patterns(context, "include", &all);
    let exclude = patterns(context, "exclude", &all);
    let selected = |one: &Candidate| {
        let seen = one.seen();
        include.iter().any(|p| p.selects(&seen)) && !exclude.iter().any(|p| p.selects(&seen))
    };
    let documented = all.len();
    let selected: Vec<Included> =
        all.into_iter().filter(selected).map(|candidate| candidate.included).collect();
    if selected.is_empty() && !context.diagnostics.has_errors() {
        let place = context.place("include");
        let message = "no operation is selected";
        // A client of nothing would take the place of a good one. A document without operations has no other.
        let nothing_left = documented > 0 && context.spec.syntax.operations.is_empty();
        let finding = match nothing_left {
            true => Diagnostic::error(NOTHING_SELECTED, message).help(format!(
                "the document has {documented}; `exclude` takes away all that `include` selects"
            )),
            false => Diagnostic::warning(NOTHING_SELECTED, message),
        };
        context.report(at(context, finding, &place));
    }
    selected
}

/// An operation, and what patterns see of it.
struct Candidate {
    included: Included,
    tags: Vec<String>,
}

impl Candidate {
    fn seen(&self) -> Seen<'_> {
        Seen { name: &self.included.name, tags: &self.tags, found: &self.included.found }
    }
}

/// All operations of all documents.
fn all(context: &Context<'_>) -> Vec<Candidate> {
    let of = |(number, document): (usize, &crate::openapi::Document)| {
        document.operations().map(|found| (number, found)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, FoundOperation)> =
        context.documents.iter().enumerate().flat_map(of).collect();
    let taken = context.spec.syntax.operations.keys().map(String::as_str);
    let names = names::of(all.iter().map(|(_, found)| found), taken);
    let one = |(name, (document, found)): (String, (usize, FoundOperation))| {
        let node = context.documents[document].node(&found.place);
        let tags = node.and_then(|node| node.get("tags"));
        let tags = tags.iter().flat_map(Node::items).filter_map(|tag| tag.value.as_str());
        Candidate {
            tags: tags.map(str::to_owned).collect(),
            included: Included { name, document, found },
        }
    };
    names.into_iter().zip(all).map(one).collect()
}

/// The patterns of a section. One that selects nothing is a mistake.
fn patterns(context: &mut Context<'_>, section: &str, all: &[Candidate]) -> Vec<Pattern> {
    let spec = context.spec;
    let texts = if section == "include" { &spec.syntax.include } else { &spec.syntax.exclude };
    let mut read = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let place = context.place(section).child(index);
        let pattern = match Pattern::read(text) {
            Ok(pattern) => pattern,
            Err(wrong) => {
                let message = format!("`{text}` selects no operations: {wrong}");
                let finding = Diagnostic::error(SELECTION, message).help(
                    "`tag:NAME`, `path:/things/**`, `GET /things`, or a name such as `list_*`",
                );
                context.report(at(context, finding, &place));
                continue;
            }
        };
        // A document that has no operations is another mistake.
        if !all.is_empty() && !all.iter().any(|one| pattern.selects(&one.seen())) {
            let known: Vec<String> =
                all.iter().flat_map(|one| pattern.known(&one.seen())).collect();
            let message = format!("no operation of the document is `{text}`");
            let finding = Diagnostic::error(NOTHING_SELECTED, message)
                .nearest(&pattern.wanted(), known.iter().map(String::as_str));
            context.lacking(at(context, finding, &place));
        }
        read.push(pattern);
    }
    read
}

/// A document alone has no place where it says what is selected.
fn at(context: &Context<'_>, finding: Diagnostic, place: &Place) -> Diagnostic {
    if context.spec.alone { finding } else { finding.at(place, "") }
}
