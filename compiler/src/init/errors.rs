//! `errors:`: where bodies of failures say what is wrong.

use super::outline::{Entry, scalar};
use super::view::plain_name;
use crate::ir::{Operation, TypeKind, TypeUse, Types};
use crate::resolve::paths::step;
use crate::resolve::slots::{Plain, plain};
use indexmap::IndexMap;

/// Members with words for people, the surest first.
const MESSAGE: [&str; 12] = [
    "message",
    "errormessage",
    "errordescription",
    "detail",
    "description",
    "msg",
    "title",
    "error",
    "reason",
    "errormessages",
    "errors",
    "details",
];

/// Members with a word for programs.
const CODE: [&str; 10] = [
    "code",
    "errorcode",
    "category",
    "errortype",
    "type",
    "key",
    "error",
    "statuscode",
    "status",
    "title",
];

/// The section. `operations` are those that the spec selects.
pub(super) fn section(types: &Types, operations: &[&Operation]) -> Entry {
    let mut bodies: IndexMap<TypeUse, usize> = IndexMap::new();
    for ty in operations.iter().filter_map(|operation| operation.error) {
        *bodies.entry(ty).or_default() += 1;
    }
    let mut entry = Entry::map("errors", Vec::new());
    if bodies.is_empty() {
        entry.push(Entry::comment(
            "the document has no bodies of failures; where they are known: `message: body.message`, with `assume`",
        ));
    }
    let message = best(types, &bodies, &MESSAGE, None);
    let code = best(types, &bodies, &CODE, message.as_ref().map(|(path, _)| path.as_str()));
    let all: usize = bodies.values().sum();
    for (key, found) in [("message", message), ("code", code)] {
        let Some((path, count)) = found else { continue };
        let note = format!("the bodies of {count} of {all} operations with failures have it");
        entry.push(Entry::text(key, scalar(&path)).optional().note(note));
    }
    if let Some(flag) = flag(types, operations) {
        let when = scalar(&format!("status == 200 && !body.{flag}"));
        let rule = Entry::text("", format!("{{when: {when}, action: fail}}")).optional();
        entry.push(Entry::list("rules", vec![rule]).why(format!(
            "answers say by `{flag}` whether they are a success, also with status 200"
        )));
    } else {
        entry.push(Entry::comment(
            "`rules` are not known from a document: without any, 429 waits, 401 refreshes once, 408 and 5xx are \
             repeated, and other 4xx fail",
        ));
    }
    entry
}

/// The path that most bodies have, and how many.
fn best(
    types: &Types,
    bodies: &IndexMap<TypeUse, usize>,
    names: &[&str],
    not: Option<&str>,
) -> Option<(String, usize)> {
    let mut votes: IndexMap<String, usize> = IndexMap::new();
    for (body, count) in bodies {
        let found = names.iter().find_map(|name| at(types, *body, name, "body", 0, not));
        if let Some(path) = found {
            *votes.entry(path).or_default() += count;
        }
    }
    votes.into_iter().max_by_key(|(_, count)| *count)
}

/// The text with a name in a body, in an object `error` of it, or in the first of a list.
fn at(
    types: &Types,
    ty: TypeUse,
    name: &str,
    path: &str,
    depth: usize,
    not: Option<&str>,
) -> Option<String> {
    const DEEPEST: usize = 3;
    if depth > DEEPEST {
        return None;
    }
    if let TypeKind::List(item) = types.get(ty.id).kind {
        return at(types, item, name, &format!("{path}[0]"), depth + 1, not);
    }
    let structure = types.as_struct(ty.id)?;
    let fields = || structure.fields.iter().map(|field| (field, plain_name(&field.wire)));
    let here = fields().find(|(field, plain_)| {
        let kind = plain(types, field.ty);
        plain_ == name && matches!(kind, Plain::Text | Plain::Integer)
    });
    if let Some((field, _)) = here {
        let path = format!("{path}{}", step(&field.wire));
        return Some(path).filter(|path| Some(path.as_str()) != not);
    }
    // A list of texts is told by its first.
    let texts = fields().find_map(|(field, plain_)| {
        let TypeKind::List(item) = types.get(field.ty.id).kind else { return None };
        let text = plain_ == name && plain(types, item) == Plain::Text;
        text.then(|| format!("{path}{}[0]", step(&field.wire)))
    });
    if texts.is_some() {
        return texts.filter(|path| Some(path.as_str()) != not);
    }
    let around = fields()
        .filter(|(_, plain)| ["error", "errors", "fault", "meta"].contains(&plain.as_str()));
    around
        .filter_map(|(field, _)| {
            at(types, field.ty, name, &format!("{path}{}", step(&field.wire)), depth + 1, not)
        })
        .next()
}

/// A boolean that most answers and the bodies of failures have, and that says whether it is a success.
fn flag(types: &Types, operations: &[&Operation]) -> Option<&'static str> {
    let boolean = |ty: TypeUse, name: &str| {
        let field = types.as_struct(ty.id).and_then(|body| body.field(name));
        field.is_some_and(|field| {
            !field.may_be_missing() && plain(types, field.ty) == Plain::Boolean
        })
    };
    ["ok", "success"].into_iter().find(|name| {
        let answers = operations.iter().filter_map(|operation| super::view::output(operation));
        let (mut all, mut having) = (0, 0);
        for (ty, _) in answers {
            all += 1;
            having += usize::from(boolean(ty, name));
        }
        let failing = operations.iter().filter_map(|operation| operation.error);
        all > 0 && having * 2 > all && failing.into_iter().any(|ty| boolean(ty, name))
    })
}
