//! `operations:`: found in the documents, lowered, and given what only the spec knows.

use super::Context;
use super::include::Included;
use super::lower::{Lowering, Wish};
use super::meant;
use super::security;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{LEFT_OUT, SELECTION, UNKNOWN_OPERATION};
use crate::diagnostics::codes::spec::{LISTED_TWICE, UNDECLARED};
use crate::ir::{Repeat, Standing};
use crate::openapi::{FoundOperation, Selector};
use crate::progress::Step;
use crate::source::Place;
use crate::spec::syntax::{self, Use};
use std::collections::HashSet;

/// Lowers all operations into the context, without their pagination.
pub(super) fn resolve(context: &mut Context<'_>, lowering: &mut Lowering<'_>) {
    let section = context.place("operations");
    let single = read_from(&context.spec.syntax);
    let mut known: Vec<(Place, &str, &syntax::Operation)> = Vec::new();
    for (name, syntax) in &context.spec.syntax.operations {
        let place = section.child(name);
        let Some((document, found)) = find(context, name, syntax, &place) else { continue };
        let wish = Wish {
            send: syntax.send.clone().map(|media| (media, place.child("send"))),
            accept: syntax.accept.clone().map(|media| (media, place.child("accept"))),
            single: single.contains(name.as_str()),
        };
        lowering.wish(name, wish);
        let lowered =
            lowering.operation(name, &place, document, &found, context.types, context.diagnostics);
        let Some(mut operation) = lowered else { continue };
        let security = context.documents[document].security_of(&found);
        security::accepted(context, name, &place.key(), &security, &found.place);
        selected(context, name, syntax, operation.repeat, &found, &place);
        let same = known.iter().find(|(at, _, other)| *at == found.place && is_same(syntax, other));
        if let Some((_, other, _)) = same {
            let message = format!("`{name}` and `{other}` are the same operation");
            context.report(
                Diagnostic::warning(LISTED_TWICE, message)
                    .at(&place.key(), "")
                    .and(&section.child(other).key(), "it is here already")
                    .and(&found.place, "both are this one"),
            );
        }
        known.push((found.place.clone(), name, syntax));
        if let Some(repeat) = syntax.repeat {
            operation.repeat =
                repeated(context, name, syntax, repeat, operation.repeat, &found, &place);
        }
        context.operations.insert(name.clone(), operation);
    }
}

/// Whether two names say the same of an operation. Its pages may be read in several ways.
fn is_same(one: &syntax::Operation, other: &syntax::Operation) -> bool {
    let pages = one.paginate.is_some() || other.paginate.is_some();
    let bodies = (&one.send, &one.accept) == (&other.send, &other.accept);
    !pages && bodies && (&one.server, one.public) == (&other.server, other.public)
}

/// Which operation of the document a name stands for, and what follows from its method.
fn selected(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Operation,
    by_method: Repeat,
    found: &FoundOperation,
    place: &Place,
) {
    let repeat = match by_method {
        _ if syntax.repeat.is_some() => "",
        Repeat::Safe => ", which only reads",
        Repeat::Idempotent => ", which has the same effect when repeated",
        Repeat::Never => ", which is not sent again when its answer got lost",
    };
    let at = place.child(if syntax.id.is_some() { "id" } else { "call" });
    let text = format!("`{name}` is `{} {}`{repeat}", found.method, found.path);
    context.proven(text, &at, Some(&found.place));
    let medias = [
        ("send", syntax.send.as_ref(), "is sent as"),
        ("accept", syntax.accept.as_ref(), "is answered as"),
    ];
    for (key, media, is) in medias {
        if let Some(media) = media {
            let text = format!("`{name}` {is} `{media}`");
            context.proven(text, &place.child(key), Some(&found.place));
        }
    }
}

/// Lowers operations that no name of the spec stands for. What is wrong with one costs that one.
pub(super) fn resolve_included(
    context: &mut Context<'_>,
    lowering: &mut Lowering<'_>,
    included: &[Included],
) {
    let named: HashSet<Place> = context.operations.values().map(|o| o.defined.clone()).collect();
    context.operations.reserve_exact(included.len());
    for (done, Included { name, document, found }) in included.iter().enumerate() {
        context.progress.tell(Step::Lowering { done, total: included.len() });
        if named.contains(&found.place) {
            continue;
        }
        let mark = context.diagnostics.list().len();
        let place = &found.place;
        let lowered =
            lowering.operation(name, place, *document, found, context.types, context.diagnostics);
        if !context.spec.alone {
            let security = context.documents[*document].security_of(found);
            security::accepted(context, name, place, &security, place);
        }
        context.diagnostics.warn_since(mark);
        if let Some(operation) = lowered {
            context.operations.insert(name.clone(), operation);
        }
    }
}

/// The operations of whose answers the spec reads pages or records.
fn read_from(spec: &syntax::Integration) -> HashSet<&str> {
    let paged = spec.operations.iter().filter_map(|(name, operation)| {
        let paginate = operation.paginate.as_ref()?;
        let then = paginate.then.as_ref().map(|then| then.operation.as_str());
        let url = paginate.url.as_ref().and_then(|url| url.operation.as_deref());
        Some([Some(name.as_str()), then, url])
    });
    let resources = spec.resources.values().flat_map(|resource| {
        let uses =
            [&resource.list, &resource.get, &resource.create, &resource.update, &resource.delete];
        let uses = uses.map(|one| one.as_ref().map(Use::operation));
        let changes = resource.changes.as_ref().map(|changes| changes.operation.as_str());
        let upsert = resource.upsert.as_ref().map(|upsert| upsert.operation.as_str());
        uses.into_iter().chain([changes, upsert])
    });
    paged.flatten().chain(resources).flatten().collect()
}

/// The number of the document, and the operation in it.
fn find(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Operation,
    place: &Place,
) -> Option<(usize, FoundOperation)> {
    let (selector, text, at) = selector(context, syntax, place)?;
    let searched = documents(context, syntax, place)?;
    let found: Vec<(usize, FoundOperation)> = searched
        .iter()
        .filter_map(|n| context.documents[*n].find(&selector).map(|found| (*n, found)))
        .collect();
    if let [first, second, ..] = found.as_slice() {
        let names: Vec<&str> = context.documents.iter().filter_map(|d| d.name.as_deref()).collect();
        let message = format!("several documents have `{text}`");
        let help = format!("say which with `document`: {}", names.join(", "));
        let diagnostic = Diagnostic::error(SELECTION, message)
            .at(&at, "")
            .and(&first.1.place, "here")
            .and(&second.1.place, "and here")
            .help(help);
        context.report(diagnostic);
        return None;
    }
    if found.is_empty() {
        if context.partial {
            let message = format!("the document has no `{text}`: `{name}` is left out");
            context.report(Diagnostic::warning(LEFT_OUT, message).at(&at, ""));
            return None;
        }
        let known: Vec<FoundOperation> =
            searched.iter().flat_map(|n| context.documents[*n].operations()).collect();
        let message = format!("the document has no operation `{text}`");
        let diagnostic = Diagnostic::error(UNKNOWN_OPERATION, message).at(&at, "");
        let mut diagnostic = meant::offer(diagnostic, &selector, (&text, name), &known);
        let nameless = known.iter().all(|operation| operation.id.is_none());
        if nameless && matches!(selector, Selector::Id(_)) {
            diagnostic = diagnostic
                .help("no operation of the document has an id: `call: GET /path` names them");
        }
        context.report(diagnostic);
    }
    found.into_iter().next()
}

/// How the operation is selected: the selector, its text, and where it stands.
fn selector(
    context: &mut Context<'_>,
    syntax: &syntax::Operation,
    place: &Place,
) -> Option<(Selector, String, Place)> {
    match (&syntax.id, &syntax.call) {
        (Some(id), None) => Some((Selector::Id(id.clone()), id.clone(), place.child("id"))),
        (None, Some(call)) => {
            let at = place.child("call");
            let Some(selector) = Selector::call(call) else {
                let message = format!("`{call}` is no method and path");
                context.report(
                    Diagnostic::error(SELECTION, message)
                        .at(&at, "")
                        .help("write it like `GET /contacts/{id}`"),
                );
                return None;
            };
            Some((selector, call.clone(), at))
        }
        (both, _) => {
            let message = match both {
                Some(_) => "`id` and `call` exclude each other",
                None => "nothing selects an operation of the document",
            };
            context.report(
                Diagnostic::error(SELECTION, message)
                    .at(&place.key(), "")
                    .help("`id: OPERATION_ID` or `call: METHOD /path`"),
            );
            None
        }
    }
}

/// The documents to search.
fn documents(
    context: &mut Context<'_>,
    syntax: &syntax::Operation,
    place: &Place,
) -> Option<Vec<usize>> {
    let all = 0..context.documents.len();
    let Some(name) = &syntax.document else { return Some(all.collect()) };
    let of_name = |n: &usize| context.documents[*n].name.as_deref() == Some(name);
    let found: Vec<usize> = all.clone().filter(of_name).collect();
    let declared = &context.spec.syntax.documents;
    if found.is_empty() && !declared.contains_key(name) {
        let message = format!("`documents` has no `{name}`");
        let diagnostic = Diagnostic::error(UNDECLARED, message)
            .at(&place.child("document"), "")
            .nearest(name, declared.keys().map(String::as_str));
        context.report(diagnostic);
        return None;
    }
    // One document in place of all has no names.
    Some(if found.is_empty() { all.collect() } else { found })
}

/// What the spec says about repeating, held against what the method means.
fn repeated(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Operation,
    repeat: syntax::Repeat,
    by_method: Repeat,
    found: &FoundOperation,
    place: &Place,
) -> Repeat {
    let (declared, means) = match repeat {
        syntax::Repeat::Safe => (Repeat::Safe, "only reads"),
        syntax::Repeat::Idempotent => (Repeat::Idempotent, "has the same effect when repeated"),
        syntax::Repeat::Never => (Repeat::Never, "must not be repeated"),
    };
    let place = place.child("repeat");
    if declared == by_method {
        let text = format!("`{name}` {means}, as a {} does", found.method);
        context.fact(Standing::Proven, text, None, &place, Some(&found.place));
        return declared;
    }
    // The method says that it may be repeated and the spec that it may not: a contradiction. The
    // reverse is something that a method cannot say.
    let standing = match by_method {
        Repeat::Never => Standing::Assumed,
        Repeat::Safe | Repeat::Idempotent => Standing::Overridden,
    };
    let text = format!("`{name}` {means}, though it is a {}", found.method);
    context.fact(standing, text, syntax.because.as_deref(), &place, Some(&found.place));
    declared
}
