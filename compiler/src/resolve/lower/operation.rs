//! An operation of a document becomes one of the IR.

use super::refine::Tree;
use super::schema::Context;
use super::{Direction, Lowering, Out};
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::ir::{Media, Operation, Output, Repeat, TypeUse, Types};
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
        let start = types.iter().len();
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
        let body = self.body(&mut out, &sent, &node, &ident);
        let parameters = self.parameters(&mut out, &sent, found, &node, &ident, body.is_some());
        let output = match found.method.as_str() {
            "HEAD" => Output::Empty,
            _ => self.output(&mut out, &received, &node, &ident),
        };
        let error = self.error(&mut out, &received, &node, &ident);
        self.drain(&mut out, start);
        let of_output = match &output {
            Output::Json { ty, .. } => Some(*ty),
            Output::Empty | Output::Bytes(_) => None,
        };
        let roots = parameters.iter().map(|p| p.ty).chain(body.iter().map(|b| b.ty));
        Self::mark(out.types, roots, Direction::Requests);
        Self::mark(out.types, of_output.into_iter().chain(error), Direction::Responses);
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
            error,
            repeat: match found.method.as_str() {
                "GET" | "HEAD" | "OPTIONS" | "TRACE" => Repeat::Safe,
                "PUT" | "DELETE" => Repeat::Idempotent,
                _ => Repeat::Never,
            },
            limits: Vec::new(),
            pagination: None,
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

    /// What a success returns: the first answer with a body of 2xx. If another 2xx has none, the body may be absent.
    fn output(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
        ident: &str,
    ) -> Output {
        let responses = self.responses(out, cx, operation);
        let success = |status: &str| status.starts_with('2');
        let mut chosen: Vec<&(String, Node<'a>)> =
            responses.iter().filter(|(status, _)| success(status)).collect();
        chosen.sort_by_key(|(status, _)| status.to_uppercase());
        if chosen.is_empty() {
            chosen = responses.iter().filter(|(status, _)| status == "default").collect();
        }
        let bodies: Vec<_> = chosen.iter().filter_map(|(_, node)| choose(node)).collect();
        let json = bodies.iter().find(|(media, _)| matches!(media, Media::Json(_)));
        match json.or_else(|| bodies.first()) {
            None => Output::Empty,
            Some((Media::Json(_), content)) => {
                let schema = content.get("schema");
                let place = schema.as_ref().map_or(&content.place, |s| &s.place).clone();
                let ty = match schema {
                    Some(schema) => {
                        self.lower(out, cx, schema, &format!("{ident}Output"), &Tree::default())
                    }
                    None => self.any(out, "the document gives no type of the answer", &place),
                };
                let absent = bodies.len() < chosen.len();
                Output::Json { ty: TypeUse { nullable: ty.nullable || absent, ..ty }, place }
            }
            Some((Media::Form, _)) => Output::Bytes("application/x-www-form-urlencoded".to_owned()),
            Some((Media::Bytes(media), _)) => Output::Bytes(media.clone()),
        }
    }

    /// The documented body of failures: `default`, else that of the first 4xx or 5xx.
    fn error(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
        ident: &str,
    ) -> Option<TypeUse> {
        let responses = self.responses(out, cx, operation);
        let has_success = responses.iter().any(|(status, _)| status.starts_with('2'));
        let mut failures: Vec<&(String, Node<'a>)> = responses
            .iter()
            .filter(|(status, _)| {
                status.starts_with(['4', '5']) || (status == "default" && has_success)
            })
            .collect();
        failures.sort_by_key(|(status, _)| (status != "default", status.to_uppercase()));
        failures.into_iter().find_map(|(_, node)| match choose(node) {
            Some((Media::Json(_), content)) => {
                let schema = content.get("schema")?;
                Some(self.lower(out, cx, schema, &format!("{ident}Error"), &Tree::default()))
            }
            _ => None,
        })
    }

    fn responses(
        &self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
    ) -> Vec<(String, Node<'a>)> {
        let mut responses = Vec::new();
        for (status, node) in operation.get("responses").iter().flat_map(Node::entries) {
            match self.documents[cx.document].resolve(node) {
                Ok(node) => responses.push((status.to_owned(), node)),
                Err(error) => out.push(error.diagnostic(Severity::Warning)),
            }
        }
        responses
    }
}

/// The first of its tags.
fn tag(operation: &Node<'_>) -> Option<String> {
    let tags = operation.value.get("tags")?.as_array()?;
    tags.iter().find_map(|tag| tag.as_str().filter(|tag| !tag.trim().is_empty())).map(str::to_owned)
}

/// The media type of a body that is used: JSON if there is one, else a form, else bytes.
pub(super) fn choose<'d>(node: &Node<'d>) -> Option<(Media, Node<'d>)> {
    let content: Vec<(&str, Node<'d>)> = node.get("content")?.entries().collect();
    let essence =
        |media: &str| media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase();
    let json = |media: &str| {
        let media = essence(media);
        matches!(media.as_str(), "application/json" | "text/json") || media.ends_with("+json")
    };
    let find = |wanted: &dyn Fn(&str) -> bool| content.iter().find(|(m, _)| wanted(m)).cloned();
    if let Some((_, content)) = find(&|m| essence(m) == "application/json") {
        return Some((Media::Json("application/json".to_owned()), content));
    }
    if let Some((media, content)) = find(&json) {
        return Some((Media::Json(essence(media)), content));
    }
    if let Some((_, content)) = find(&|m| m == "*/*" || m == "application/*") {
        // Whatever one likes, and the schema says what it means: JSON.
        if content.get("schema").is_some() {
            return Some((Media::Json("application/json".to_owned()), content));
        }
    }
    if let Some((_, content)) = find(&|m| essence(m) == "application/x-www-form-urlencoded") {
        return Some((Media::Form, content));
    }
    content.into_iter().next().map(|(media, content)| (Media::Bytes(media.to_owned()), content))
}
