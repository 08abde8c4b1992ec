//! An operation of a document becomes one of the IR.

use super::output::Answers;
use super::schema::Context;
use super::{Direction, Lowering, Out};
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Operation, Repeat, RequestBody, Types};
use crate::openapi::{FoundOperation, Node};
use crate::resolve::names::type_ident;
use crate::source::Place;

/// Names that the emitted module of operations uses itself.
const TAKEN: [&str; 15] = [
    "Error",
    "Encoding",
    "Part",
    "Style",
    "Method",
    "Next",
    "Operation",
    "OperationMeta",
    "PageHints",
    "PageSize",
    "Paginated",
    "Pagination",
    "Request",
    "Response",
    "Slot",
];

impl<'a> Lowering<'a> {
    /// Lowers an operation, without what only the spec knows: pagination, limits, and overrides of `repeat`.
    ///
    /// `None` after an error was pushed.
    pub fn operation(
        &mut self,
        name: &str,
        selected_at: &Place,
        document: usize,
        found: &FoundOperation,
        types: &mut Types,
        diagnostics: &mut Diagnostics,
    ) -> Option<Operation> {
        let start = types.len();
        let mut out = Out { types, diagnostics };
        let node = self.documents[document].node(&found.place);
        let Some(node) = node.filter(|node| node.value.is_object()) else {
            out.push(
                Diagnostic::error(BAD_PART, "the operation is no mapping")
                    .at(&found.place, "")
                    .and(selected_at, "selected here"),
            );
            return None;
        };
        for finding in self.documents[document].findings(found) {
            out.push(finding.clone());
        }
        let mut ident = type_ident(name);
        if TAKEN.contains(&ident.as_str()) {
            ident.push_str("Operation");
        }
        let ident = self.operation_names.unique(ident);
        let sent = Context { document, direction: Direction::Requests, refinement: None };
        let received = Context { direction: Direction::Responses, ..sent };
        let body = self.body(&mut out, &sent, &node, (name, &ident));
        let parameters = self.parameters(&mut out, &sent, found, &node, &ident, body.is_some());
        let reads = found.method != "HEAD";
        let answers = self.answers(&mut out, &received, &node, (name, &ident), reads);
        let Answers { output, successes, accept, error, failures, headers, events } = answers;
        self.drain(&mut out, start);
        let roots = parameters.iter().map(|p| p.ty).chain(body.iter().flat_map(RequestBody::types));
        Self::mark(out.types, roots, Direction::Requests);
        Self::mark(
            out.types,
            output
                .types()
                .chain(failures.iter().filter_map(|f| f.ty))
                .chain(events.and_then(|e| e.ty)),
            Direction::Responses,
        );
        let read: openapiv3::Operation = out.level(&node);
        let doc = [read.summary.as_deref(), read.description.as_deref()];
        let doc: Vec<&str> = doc.into_iter().flatten().filter(|d| !d.trim().is_empty()).collect();
        Some(Operation {
            name: name.to_owned(),
            ident,
            integration: self.integration,
            method: found.method.clone(),
            path: found.path.clone(),
            parameters,
            body,
            output,
            successes,
            accept,
            error,
            failures,
            headers,
            events,
            server: None,
            public: false,
            repeat: match found.method.as_str() {
                "GET" | "HEAD" | "OPTIONS" | "TRACE" => Repeat::Safe,
                "PUT" | "DELETE" => Repeat::Idempotent,
                _ => Repeat::Never,
            },
            limits: Vec::new(),
            pagination: None,
            deprecated: node.flag("deprecated"),
            tag: tag(&node),
            doc: match doc.as_slice() {
                [] => None,
                [summary, description] if description.starts_with(summary) => {
                    Some((*description).to_owned())
                }
                parts => Some(parts.join("\n\n")),
            },
            place: selected_at.clone(),
            defined: found.place.clone(),
        })
    }
}

/// The first of its tags.
fn tag(operation: &Node<'_>) -> Option<String> {
    let tags = operation.value.get("tags")?.as_array()?;
    tags.iter().find_map(|tag| tag.as_str().filter(|tag| !tag.trim().is_empty())).map(str::to_owned)
}
