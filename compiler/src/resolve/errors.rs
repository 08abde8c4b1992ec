//! `errors:`: what error bodies are, and the rules that judge responses.

use super::Context;
use super::documented;
use super::message::{self, Root};
use super::paths;
use super::slots::{Plain, plain};
use super::unions::union;
use crate::cel::{self, Env};
use crate::diagnostics::codes::connection::{BAD_RULE, NOT_IN_ERROR, SECRET};
use crate::diagnostics::codes::spec::{BAD_VALUE, UNKNOWN_KEY};
use crate::diagnostics::{Diagnostic, near};
use crate::ir::{
    Action, ErrorRule, ErrorText, Errors, FailureKind, Field, Hook, HookKind, Notes, Sign,
    Standing, StringFormat, Struct, Ty, TypeKind, TypeUse, Width,
};
use crate::source::Place;
use crate::source::pointer;
use crate::spec::syntax;
use indexmap::IndexMap;

/// Resolves how responses are judged, after all operations.
pub(super) fn resolve(context: &mut Context<'_>, hooks: &IndexMap<String, Hook>) -> Errors {
    let place = context.place("errors");
    let syntax = &context.spec.syntax.errors;
    let assumed = assumed(context, syntax, &place);
    let body = body(context, assumed, &place);
    bodies(context, &place);
    let message = text(context, body, syntax.message.as_deref(), &place.child("message"));
    let code = text(context, body, syntax.code.as_deref(), &place.child("code"));
    let env = Env::response(body.map(|ty| cel::ty_of_use(context.types, ty)));
    let rules: Vec<ErrorRule> = syntax
        .rules
        .iter()
        .enumerate()
        .filter_map(|(index, rule)| {
            self::rule(context, rule, hooks, &env, &place.child("rules").child(index))
        })
        .collect();
    // A rule that is wrong may be the one that asks it.
    if rules.len() == syntax.rules.len() {
        let asked = rules.iter().filter_map(|rule| match &rule.action {
            Action::Hook(hook) => Some(hook.as_str()),
            _ => None,
        });
        let asked = asked.collect();
        super::hooks::unused(context, hooks, &asked);
    }
    Errors { body, message, code, rules }
}

/// The documented error bodies of all operations as one type, with what the spec assumes.
fn body(context: &mut Context<'_>, assumed: Vec<Field>, place: &Place) -> Option<TypeUse> {
    let syntax = &context.spec.syntax.errors;
    if syntax.rules.is_empty() && syntax.message.is_none() && syntax.code.is_none() {
        // Nothing looks at it, and documents may have thousands of errors.
        return None;
    }
    let mut documented: Vec<TypeUse> = Vec::new();
    for operation in context.operations.values() {
        let bodies = operation.failures.iter().map(|failure| failure.ty).chain([operation.error]);
        for ty in bodies.flatten() {
            if !documented.contains(&ty) {
                documented.push(ty);
            }
        }
    }
    let body = union(context.types, context.id, &documented, place);
    match body {
        _ if assumed.is_empty() => body,
        None => {
            let structure = Struct { fields: assumed, ..Struct::default() };
            Some(add(context, TypeKind::Struct(structure), place))
        }
        Some(body) => Some(extended(context, body, assumed, place)),
    }
}

/// A struct, or the items of a list of structs, with more fields.
fn extended(
    context: &mut Context<'_>,
    body: TypeUse,
    assumed: Vec<Field>,
    place: &Place,
) -> TypeUse {
    match context.types.get(body.id).kind.clone() {
        TypeKind::Struct(mut structure) => {
            structure.fields.retain(|f| !assumed.iter().any(|a| a.wire == f.wire));
            structure.fields.extend(assumed);
            add(context, TypeKind::Struct(structure), place)
        }
        TypeKind::List(item) => {
            let item = extended(context, item, assumed, place);
            add(context, TypeKind::List(item), place)
        }
        // JSON without a type has every field already.
        _ => body,
    }
}

fn add(context: &mut Context<'_>, kind: TypeKind, place: &Place) -> TypeUse {
    context.types.shape(context.id, kind, place)
}

/// Fields that the spec assumes; the entry `because` is the reason.
fn assumed(context: &mut Context<'_>, syntax: &syntax::Errors, place: &Place) -> Vec<Field> {
    let section = place.child("assume");
    let because = syntax.assume.get("because").map(String::as_str);
    let mut fields = Vec::new();
    let mistyped = |(key, text): &(&String, &String)| {
        because.is_none() && near(key, "because") && scalar(text.trim_end_matches('?')).is_none()
    };
    let mistyped = syntax.assume.iter().find(mistyped).map(|(key, _)| key);
    if let Some(key) = mistyped {
        let message = format!("unknown key `{key}`");
        let finding = Diagnostic::error(UNKNOWN_KEY, message).at(&section.child(key).key(), "");
        context.report(finding.help("did you mean `because`?"));
        // The reason is there: its lack is not said.
        context.reasonless.insert(vec!["errors".to_owned()]);
    }
    let members = syntax.assume.iter().filter(|(key, _)| *key != "because");
    for (wire, text) in members.filter(|(key, _)| Some(*key) != mistyped) {
        let place = section.child(wire);
        let Some((kind, known)) = scalar(text.trim_end_matches('?')) else {
            let message = format!("`{text}` is no type of a member of an error body");
            context.report(
                Diagnostic::error(BAD_VALUE, message)
                    .at(&place, "")
                    .help("`string`, `integer`, `number`, `boolean` or `any`")
                    .suggest_nearest(text, ["string", "integer", "number", "boolean", "any"]),
            );
            fields.push(field(
                wire,
                add(context, TypeKind::any("of no known type"), &place),
                place,
            ));
            continue;
        };
        let ty = add(context, kind, &place);
        let text = format!("error bodies may have `{wire}`");
        let pointer = format!("/{}", wire.replace('~', "~0").replace('/', "~1"));
        let sign = Sign::Failure { pointer, kind: known };
        context.fact(Standing::Assumed, text, because, &place, None).seen_by(sign);
        fields.push(field(wire, ty, place));
    }
    fields
}

fn field(wire: &str, ty: TypeUse, place: Place) -> Field {
    Field {
        wire: wire.to_owned(),
        ident: super::names::field_ident(wire),
        ty,
        required: false,
        read_only: false,
        write_only: false,
        boxed: false,
        doc: None,
        notes: Notes::default(),
        place,
    }
}

fn scalar(text: &str) -> Option<(TypeKind, FailureKind)> {
    Some(match text {
        "string" => (TypeKind::String(StringFormat::Plain), FailureKind::String),
        "integer" => (TypeKind::Integer(Width::I64), FailureKind::Integer),
        "number" => (TypeKind::Number, FailureKind::Number),
        "boolean" => (TypeKind::Boolean, FailureKind::Boolean),
        "any" => (TypeKind::any("the spec says so"), FailureKind::Any),
        _ => return None,
    })
}

/// Which operations document what their refusals look like.
fn bodies(context: &mut Context<'_>, place: &Place) {
    let syntax = &context.spec.syntax.errors;
    if syntax.rules.is_empty() && syntax.message.is_none() && syntax.code.is_none() {
        return;
    }
    let has = |o: &&crate::ir::Operation| {
        o.error.is_some() || o.failures.iter().any(|failure| failure.ty.is_some())
    };
    let all = context.operations.len();
    let (with, without): (Vec<_>, Vec<_>) = context.operations.values().partition(has);
    let Some(first) = with.first().map(|o| o.defined.clone()) else { return };
    let text = match without.as_slice() {
        [] => format!("refusals of all {all} operations are decoded as they are documented"),
        [only] => format!(
            "refusals of {} of {all} operations are decoded as they are documented; `{}` documents none",
            with.len(),
            only.name
        ),
        [one, others @ ..] => format!(
            "refusals of {} of {all} operations are decoded as they are documented; `{}` and {} more document none",
            with.len(),
            one.name,
            others.len()
        ),
    };
    context.proven(text, &place.key(), Some(&first));
}

/// Where a text is in refusals: in their bodies, or in a header.
fn text(
    context: &mut Context<'_>,
    body: Option<TypeUse>,
    text: Option<&str>,
    place: &Place,
) -> Option<ErrorText> {
    let text = text?;
    let path = message::read(text, &[Root::Body, Root::Header], place, context.diagnostics)?;
    if path.root == Root::Header {
        let name = message::header(path.rest, place, context.diagnostics)?;
        return in_header(context, name, place).map(ErrorText::Header);
    }
    pointer(context, body, text, &path, place).map(ErrorText::Body)
}

fn syntax_because(context: &Context<'_>) -> Option<String> {
    context.spec.syntax.errors.assume.get("because").cloned()
}

/// A header of refusals: the document lists it, or it is assumed. One that is almost the name of another is that one.
fn in_header(context: &mut Context<'_>, name: String, place: &Place) -> Option<String> {
    let operations: Vec<Place> = context.operations.values().map(|o| o.defined.clone()).collect();
    let known = documented::headers(context.documents, &operations);
    let because = context.spec.syntax.errors.assume.get("because").map(String::as_str);
    let text = format!("refusals may have the header `{name}`");
    if let Some((_, document)) = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
        context.proven(text, place, Some(document));
        return Some(name);
    }
    let names = known.iter().map(|(known, _)| known.as_str());
    if because.is_none() && names.clone().any(|known| near(&name, known)) {
        let message = format!("no answer of the document has the header `{name}`");
        context.report(
            Diagnostic::error(NOT_IN_ERROR, message)
                .at(place, "")
                .nearest(&name, names)
                .help("if it is right: a `because` in `assume`"),
        );
        return None;
    }
    let usual = "where it is missing, errors have no such text";
    context.granted(text, because, usual, place, None);
    Some(name)
}

/// The JSON pointer of a text in error bodies.
fn pointer(
    context: &mut Context<'_>,
    body: Option<TypeUse>,
    text: &str,
    path: &message::MessagePath<'_>,
    place: &Place,
) -> Option<String> {
    let untyped = |ty: TypeUse| matches!(context.types.get(ty.id).kind, TypeKind::Any { .. });
    let Some(body) = body else {
        // An operation that was not found may be the one that documents it.
        if context.operations.len() < context.spec.syntax.operations.len()
            || !context.doubtful_operations.is_empty()
            || context.operations.is_empty()
        {
            return None;
        }
        context.report(
            Diagnostic::error(NOT_IN_ERROR, "no selected operation documents an error body")
                .at(place, "")
                .help(format!("assume it: `assume: {{{}: string, because: ...}}`", path.rest)),
        );
        return None;
    };
    let because = syntax_because(context);
    let because = because.as_deref();
    let assumed = format!("error bodies may have `{}`", path.rest);
    if untyped(body) {
        // Error bodies of different shapes: it is enough that some have it.
        let mut bodies = context.operations.values().filter_map(|operation| operation.error);
        let listed = bodies.any(|ty| {
            paths::walk(context.types, ty, path.rest).is_ok_and(|found| found.unlisted.is_none())
        });
        if listed {
            context.proven(assumed, place, None);
        } else {
            context.fact(Standing::Assumed, assumed, because, place, None);
        }
        let wire = paths::parse(path.rest).ok()?;
        let steps = wire.into_iter().map(|(segment, _)| match segment {
            paths::Segment::Name(name) => {
                format!("/{}", pointer::escape(&name))
            }
            paths::Segment::Index(index) => format!("/{index}"),
        });
        return Some(steps.collect());
    }
    let found = match paths::walk(context.types, body, path.rest) {
        Ok(found) => found,
        Err(error) => {
            context.report(
                error
                    .diagnostic(NOT_IN_ERROR, place, path.offset)
                    .help("if the document does not know it: `assume` it, with a `because`"),
            );
            return None;
        }
    };
    if matches!(plain(context.types, found.ty), Plain::Compound | Plain::Boolean) {
        let is = paths::describe(context.types, found.ty);
        let message = format!("`{text}` is {is}, not text");
        context.report(Diagnostic::error(NOT_IN_ERROR, message).at(place, ""));
        return None;
    }
    if let TypeKind::String(StringFormat::Secret) = context.types.get(found.ty.id).kind {
        let message = format!("`{text}` is a secret, and messages and codes are logged");
        let mut finding = Diagnostic::error(SECRET, message).at(place, "");
        if let Some(document) = &found.field {
            finding = finding.and(document, "says the document, or the name");
        }
        context.report(finding);
        return None;
    }
    let said = found.field.as_ref().is_some_and(|field| field.file == context.spec.place.file);
    if found.unlisted.is_some() {
        context.fact(Standing::Assumed, assumed, because, place, found.unlisted.as_ref());
    } else if !said {
        context.proven(assumed, place, found.field.as_ref());
    }
    Some(found.pointer())
}

fn rule(
    context: &mut Context<'_>,
    syntax: &syntax::ErrorRule,
    hooks: &IndexMap<String, Hook>,
    env: &Env,
    place: &Place,
) -> Option<ErrorRule> {
    let at = place.child("when");
    let bool = Some(Ty::Bool);
    let when =
        cel::compile(&syntax.when, &at, env, context.types, bool.as_ref(), context.diagnostics);
    let mut wait = None;
    if let Some(text) = &syntax.wait {
        let at = place.child("for");
        // Without a hook, too, it is the action that is wrong: it is told once.
        let told = syntax.action == syntax::Action::Hook && syntax.hook.is_none();
        if syntax.action != syntax::Action::Wait && !told {
            context.report(
                Diagnostic::error(BAD_RULE, "only `action: wait` has a `for`").at(&at.key(), ""),
            );
        }
        let duration = Ty::Duration;
        let types = &*context.types;
        wait = Some(cel::compile(text, &at, env, types, Some(&duration), context.diagnostics)?);
    }
    let action = action(context, syntax, hooks, place);
    let (when, action) = (when?, action?);
    let does = match &action {
        Action::Wait => "waits, and sends again",
        Action::Retry => "sends again, where that may be done",
        Action::Refresh => "renews the credentials, and sends again",
        Action::Fail => "is an error",
        Action::Accept => "is a success",
        Action::Hook(_) => "is what a hook says",
    };
    // What it looks at is typed by the documented bodies and by what is assumed of them.
    context.proven(format!("an answer with `{}` {does}", syntax.when.trim()), &at, None);
    Some(ErrorRule { when, text: syntax.when.clone(), action, wait, place: place.clone() })
}

/// What a rule does. The hook that it hands answers to is named only with that action, and one that takes them.
fn action(
    context: &mut Context<'_>,
    syntax: &syntax::ErrorRule,
    hooks: &IndexMap<String, Hook>,
    place: &Place,
) -> Option<Action> {
    let at = place.child("hook");
    let plain = match syntax.action {
        syntax::Action::Wait => Action::Wait,
        syntax::Action::Retry => Action::Retry,
        syntax::Action::Refresh => Action::Refresh,
        syntax::Action::Fail => Action::Fail,
        syntax::Action::Accept => Action::Accept,
        syntax::Action::Hook => return asked(context, syntax.hook.as_deref(), hooks, place),
    };
    if syntax.hook.is_some() {
        let finding = Diagnostic::error(BAD_RULE, "only `action: hook` has a `hook`");
        context.report(finding.at(&at.key(), ""));
        return None;
    }
    Some(plain)
}

/// The hook that a rule hands answers to.
fn asked(
    context: &mut Context<'_>,
    name: Option<&str>,
    hooks: &IndexMap<String, Hook>,
    place: &Place,
) -> Option<Action> {
    let at = place.child("hook");
    let Some(name) = name else {
        let finding = Diagnostic::error(BAD_RULE, "no hook is named to say what is to be done");
        let finding = finding.at(&place.child("action"), "");
        context.report(finding.help("`hook: NAME`, one of `hooks` with `on: answer`"));
        return None;
    };
    let declared = &context.spec.syntax.hooks;
    if !declared.contains_key(name) {
        context.undeclared("hooks", name, &at, declared.keys());
        return None;
    }
    // One that is wrong was reported where it is declared.
    let hook = hooks.get(name)?;
    if !matches!(hook.kind, HookKind::Answer) {
        let message = format!("`{name}` is called with requests, not with answers");
        let finding = Diagnostic::error(BAD_RULE, message).at(&at, "");
        let declared = hook.place.child("on");
        context.report(finding.and(&declared, "declared here").help("`on: answer`"));
        return None;
    }
    Some(Action::Hook(name.to_owned()))
}
