//! What an operation is answered with: its success, and its failures.

use super::media::essence;
use super::offers::{Kind, Offer};
use super::refine::Tree;
use super::schema::Context;
use super::{Lowering, Out};
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::codes::references::MEDIA_TYPE;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{
    self, Answer, Choice, Events, Failure, Headers, Output, Status, TypeKind, TypeUse, Types,
};
use crate::openapi::Node;
use crate::source::{Json, Place};

/// What a spec wants of an operation's answers.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The media type that its body is sent as, and where the spec says so.
    pub send: Option<(String, Place)>,
    /// A media type, and where the spec says so.
    pub accept: Option<(String, Place)>,
    /// Whether only the main answer counts, because pages or records are read from it.
    pub single: bool,
}

/// A documented response.
struct Response<'a> {
    status: Status,
    node: Node<'a>,
}

/// What is read of a documented success.
struct Success<'a> {
    status: Status,
    offer: Option<Offer<'a>>,
    /// All media types, the one that is taken first.
    media: Vec<String>,
    doc: Option<String>,
}

/// What an operation is answered with.
pub(super) struct Answers {
    pub(super) output: Output,
    pub(super) successes: Vec<ir::Success>,
    pub(super) accept: Option<String>,
    /// The main failure's type.
    pub(super) error: Option<TypeUse>,
    pub(super) failures: Vec<Failure>,
    pub(super) headers: Option<Headers>,
    pub(super) events: Option<Events>,
}

impl<'a> Lowering<'a> {
    /// What an operation is answered with.
    pub(super) fn answers(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
        (name, ident): (&str, &str),
        reads: bool,
    ) -> Answers {
        let responses = self.responses(out, cx, operation);
        let (successes, failures): (Vec<_>, Vec<_>) = divide(responses);
        let headers = self.headers(out, cx, successes.iter().map(|r| &r.node), ident);
        let events = self.events(out, cx, successes.iter().map(|r| &r.node), ident);
        let (output, accept, successes) = if reads {
            self.output(out, cx, successes, (name, ident))
        } else {
            (Output::Empty, None, without_bodies(&successes))
        };
        let failures = self.failures(out, cx, failures, ident);
        let main = |f: &&Failure| f.status == Status::Default;
        let error = failures.iter().find(main).and_then(|f| f.ty);
        let error = error.or_else(|| failures.iter().find_map(|f| f.ty));
        Answers { output, successes, accept, error, failures, headers, events }
    }

    /// What a success returns. If one of several statuses has no body, the body may be absent.
    fn output(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        responses: Vec<Response<'a>>,
        (name, ident): (&str, &str),
    ) -> (Output, Option<String>, Vec<ir::Success>) {
        if responses.iter().any(|r| r.status.hundred() == Some(3)) {
            return (Output::Redirect, None, without_bodies(&responses));
        }
        let wish = self.wishes.get(name).cloned().unwrap_or_default();
        let document = &self.documents[cx.document];
        let mut offered = Vec::new();
        let mut successes = Vec::new();
        for Response { status, node } in responses {
            let mut offers = Offer::all(document, &node);
            offered.extend(offers.iter().map(|offer| offer.essence.clone()));
            if let Some((wanted, _)) = &wish.accept {
                let wanted = essence(wanted);
                if offers.iter().any(|offer| offer.essence == wanted) {
                    offers.retain(|offer| offer.essence == wanted);
                }
            }
            let doc = node.str("description").map(str::to_owned);
            let mut media: Vec<String> = offers.iter().map(|o| o.essence.clone()).collect();
            let offer = Offer::preferred(offers);
            media.sort_by_key(|media| offer.as_ref().is_some_and(|o| o.essence != *media));
            successes.push(Success { status, offer, media, doc });
        }
        if let Some((wanted, place)) = &wish.accept
            && !offered.contains(&essence(wanted))
        {
            let message = format!("`{name}` is not answered with `{wanted}`");
            let diagnostic = Diagnostic::error(MEDIA_TYPE, message)
                .at(place, "")
                .nearest(wanted, offered.iter().map(String::as_str));
            out.push(diagnostic);
        }
        if wish.single {
            keep_main(&mut successes);
        }
        let accept = accept(&successes);
        let said = |s: &mut Success<'_>| ir::Success {
            status: s.status,
            media: std::mem::take(&mut s.media),
        };
        let said = successes.iter_mut().map(said).collect();
        (self.joined(out, cx, successes, ident), accept, said)
    }

    /// One type where all successes have the same, else a choice by status.
    fn joined(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        successes: Vec<Success<'a>>,
        ident: &str,
    ) -> Output {
        let bodies = distinct(&successes);
        let mut known: Vec<(Node<'a>, TypeUse)> = Vec::new();
        let mut answers: Vec<Answer> = Vec::new();
        for Success { status, offer, doc, .. } in successes {
            let hint = match bodies {
                0 | 1 => format!("{ident}Output"),
                _ => format!("{ident}{}", status.ident()),
            };
            let output = match offer {
                None => Output::Empty,
                Some(offer) => self.body_of(out, cx, offer, &hint, &mut known),
            };
            answers.push(Answer { status, output, doc });
        }
        let whole = answers.len();
        let mut with_body =
            answers.iter().map(|a| &a.output).filter(|output| !matches!(output, Output::Empty));
        let Some(first) = with_body.next().cloned() else { return Output::Empty };
        let one = with_body.all(|other| same(out.types, &first, other));
        let empty = answers.iter().filter(|a| matches!(a.output, Output::Empty)).count();
        if !one {
            let ident = self.operation_names.unique(format!("{ident}Output"));
            return Output::Choice(Choice { ident, answers });
        }
        match first {
            Output::Json { ty, place } => {
                let absent = empty > 0 && empty < whole;
                Output::Json { ty: TypeUse { nullable: ty.nullable || absent, ..ty }, place }
            }
            other => other,
        }
    }

    /// What the body of one answer is.
    fn body_of(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        offer: Offer<'a>,
        hint: &str,
        known: &mut Vec<(Node<'a>, TypeUse)>,
    ) -> Output {
        let Offer { essence, kind, content, .. } = offer;
        match kind {
            Kind::Text | Kind::Events => Output::Text(essence),
            Kind::Bytes => Output::Bytes(essence),
            Kind::Json => {
                let (ty, place) = self.typed(out, cx, &content, hint, known);
                Output::Json { ty, place }
            }
            Kind::Lines => {
                // A list is of the lines; nobody sends lists as lines.
                let schema = content.get("schema");
                let items =
                    schema.filter(|s| s.str("type") == Some("array")).and_then(|s| s.get("items"));
                let hint = format!("{hint}Item");
                match items {
                    Some(items) => {
                        let place = items.place.clone();
                        Output::Lines {
                            ty: self.lower(out, cx, items, &hint, &Tree::default()),
                            place,
                        }
                    }
                    None => {
                        let (ty, place) = self.typed(out, cx, &content, &hint, known);
                        Output::Lines { ty, place }
                    }
                }
            }
        }
    }

    fn typed(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        content: &Node<'a>,
        hint: &str,
        known: &mut Vec<(Node<'a>, TypeUse)>,
    ) -> (TypeUse, Place) {
        let Some(schema) = content.get("schema") else {
            let place = content.place.clone();
            return (self.any(out, "the document gives no type of the answer", &place), place);
        };
        let place = schema.place.clone();
        // Documents repeat an answer under several statuses.
        if let Some((_, ty)) = known.iter().find(|(other, _)| other.value == schema.value) {
            return (*ty, place);
        }
        let ty = self.lower(out, cx, schema.clone(), hint, &Tree::default());
        known.push((schema, ty));
        (ty, place)
    }

    /// The documented failures. Those that are written alike in several operations have one type.
    fn failures(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        responses: Vec<Response<'a>>,
        ident: &str,
    ) -> Vec<Failure> {
        let document = &self.documents[cx.document];
        let read = responses.into_iter().map(|Response { status, node }| {
            let offer = Offer::preferred(Offer::all(document, &node));
            let json = offer.filter(|offer| offer.kind == Kind::Json);
            (status, json.and_then(|offer| offer.content.get("schema")))
        });
        let read: Vec<_> = read.collect();
        let mut schemas = read.iter().filter_map(|(_, schema)| Some(schema.as_ref()?.value));
        let first = schemas.next();
        let alike = schemas.all(|other| Some(other) == first);
        let mut failures = Vec::new();
        for (status, schema) in read {
            let ty = schema.map(|schema| {
                let key = (cx.document, schema.value.to_string());
                if let Some(ty) = self.failed.get(&key) {
                    return *ty;
                }
                let hint = match status {
                    _ if alike => format!("{ident}Error"),
                    Status::Default => format!("{ident}Error"),
                    _ => format!("{ident}{}", status.ident()),
                };
                let ty = self.lower(out, cx, schema, &hint, &Tree::default());
                self.failed.insert(key, ty);
                ty
            });
            failures.push(Failure { status, ty });
        }
        failures
    }

    fn responses(
        &self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
    ) -> Vec<Response<'a>> {
        let mut responses = Vec::new();
        let all = self.part(out, cx.document, operation, "responses");
        for (status, node) in all.iter().flat_map(Node::entries) {
            if status.starts_with("x-") || node.value.is_null() {
                continue;
            }
            let Some(status) = Status::parse(status) else {
                let message = format!("`{}` is no status of a response", status.escape_debug());
                let finding = Diagnostic::warning(BAD_PART, message);
                out.push(finding.at(&node.place.key(), "it is left out"));
                continue;
            };
            match self.documents[cx.document].resolve(node) {
                Ok(node) => {
                    // What is offered is read in several places; where it leads nowhere is said here.
                    self.part(out, cx.document, &node, "content");
                    responses.push(Response { status, node });
                }
                Err(error) => out.push(error.diagnostic(Severity::Warning)),
            }
        }
        responses.sort_by_key(|response| response.status);
        responses
    }
}

/// Successes of which nobody reads a body.
fn without_bodies(responses: &[Response<'_>]) -> Vec<ir::Success> {
    responses.iter().map(|r| ir::Success { status: r.status, media: Vec::new() }).collect()
}

/// Successes and failures. Without 2xx, a redirect is the success; without that, the default is.
fn divide(responses: Vec<Response<'_>>) -> (Vec<Response<'_>>, Vec<Response<'_>>) {
    let of = |hundred: u16| move |r: &Response<'_>| r.status.hundred() == Some(hundred);
    // `304` answers who asked for what has changed, and is no answer of its own.
    let redirects = |r: &Response<'_>| of(3)(r) && r.status != Status::Code(304);
    let success: Box<dyn Fn(&Response<'_>) -> bool> = if responses.iter().any(of(2)) {
        Box::new(of(2))
    } else if responses.iter().any(redirects) {
        Box::new(redirects)
    } else {
        Box::new(|r: &Response<'_>| r.status == Status::Default)
    };
    let failure = |r: &Response<'_>| matches!(r.status.hundred(), Some(4 | 5) | None);
    let (successes, others): (Vec<_>, Vec<_>) = responses.into_iter().partition(|r| success(r));
    (successes, others.into_iter().filter(failure).collect())
}

/// The first answer with JSON, else with a body; others only say whether the body may be absent.
fn keep_main(successes: &mut Vec<Success<'_>>) {
    let json = |s: &Success<'_>| s.offer.as_ref().is_some_and(|o| o.kind == Kind::Json);
    let main = successes.iter().position(json);
    let main = main.or_else(|| successes.iter().position(|s| s.offer.is_some()));
    if let Some(main) = main {
        let status = successes[main].status;
        successes.retain(|s| s.status == status || s.offer.is_none());
    }
}

/// How many bodies there are that are written differently.
fn distinct(successes: &[Success<'_>]) -> usize {
    let mut seen: Vec<&Json> = Vec::new();
    for offer in successes.iter().filter_map(|s| s.offer.as_ref()) {
        let value = offer.content.value;
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.len()
}

/// What to ask for, where that is not just JSON.
fn accept(successes: &[Success<'_>]) -> Option<String> {
    let mut wanted: Vec<&str> = Vec::new();
    for offer in successes.iter().filter_map(|s| s.offer.as_ref()).filter(|o| !o.is_any()) {
        for media in [&offer.essence].into_iter().chain(&offer.also) {
            if !wanted.contains(&media.as_str()) && is_header_text(media) {
                wanted.push(media);
            }
        }
    }
    let usual = wanted.is_empty() || wanted == ["application/json"];
    (!usual).then(|| wanted.join(", "))
}

/// What a document calls a media type may be anything.
fn is_header_text(text: &str) -> bool {
    text.contains('/') && text.chars().all(|c| c.is_ascii_graphic() && c != ',')
}

/// Whether two outputs are written the same in Rust.
fn same(types: &Types, a: &Output, b: &Output) -> bool {
    match (a, b) {
        (Output::Json { ty: a, .. }, Output::Json { ty: b, .. })
        | (Output::Lines { ty: a, .. }, Output::Lines { ty: b, .. }) => same_type(types, *a, *b),
        (Output::Text(_), Output::Text(_)) | (Output::Bytes(_), Output::Bytes(_)) => true,
        _ => false,
    }
}

fn same_type(types: &Types, mut a: TypeUse, mut b: TypeUse) -> bool {
    loop {
        if a == b {
            return true;
        }
        if a.nullable != b.nullable {
            return false;
        }
        match (&types.get(a.id).kind, &types.get(b.id).kind) {
            (TypeKind::List(x), TypeKind::List(y)) | (TypeKind::Map(x), TypeKind::Map(y)) => {
                (a, b) = (*x, *y);
            }
            (TypeKind::Boolean, TypeKind::Boolean)
            | (TypeKind::Number, TypeKind::Number)
            | (TypeKind::Any { .. }, TypeKind::Any { .. }) => return true,
            (TypeKind::Integer(x), TypeKind::Integer(y)) => return x == y,
            (TypeKind::String(x), TypeKind::String(y)) => return x == y,
            _ => return false,
        }
    }
}
