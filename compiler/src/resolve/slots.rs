//! Slots: where a value goes in a request, proven to be there.

use super::Context;
use super::message::{self, MessagePath, Root};
use super::{documented, paths};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{DOES_NOT_FIT, NOT_IN_REQUEST};
use crate::ir::{
    Operation, Parameter, ParameterIn, Slot, StringFormat, StyleKind, TypeKind, TypeUse, Types,
};
use crate::source::Place;

/// A slot that is there.
#[derive(Clone, Debug)]
pub(super) struct FoundSlot {
    pub(super) slot: Slot,
    /// The type of the parameter or of the member of the body.
    pub(super) ty: TypeUse,
    /// Where the document has it.
    pub(super) document: Place,
}

/// Finds the slot that a path of the spec means in an operation's request.
pub(super) fn find(
    context: &mut Context<'_>,
    operation: &Operation,
    text: &str,
    roots: &[Root],
    place: &Place,
) -> Option<FoundSlot> {
    let path = message::read(text, roots, place, context.diagnostics)?;
    let location = match path.root {
        Root::Body => return in_body(context, operation, &path, place),
        Root::Query => ParameterIn::Query,
        Root::Header => ParameterIn::Header,
        Root::Path => ParameterIn::Path,
    };
    let here = || operation.parameters.iter().filter(move |p| p.location == location);
    if let Some(deep) = here().find(|p| {
        p.style.kind == StyleKind::Deep
            && path.rest.strip_prefix(p.wire.as_str()).is_some_and(|rest| rest.starts_with('.'))
    }) {
        return in_parameter(context, deep, &path, place);
    }
    let Some(parameter) = here().find(|p| location.same(&p.wire, path.rest)) else {
        if let Some(setter) = context.setters.find(location, path.rest, &operation.name) {
            let message = format!("the hook `{}` sets `{}.{}`", setter.hook, path.root, path.rest);
            let finding = Diagnostic::error(NOT_IN_REQUEST, message)
                .at(&place.within(path.offset, text.len()), "")
                .and(&setter.place, "set here")
                .help("one of them gives it: the hook's `operations` say which it is for");
            context.report(finding);
            return None;
        }
        let call = format!("{} {}", operation.method, operation.path);
        let message = format!("`{call}` has no {} parameter `{}`", path.root, path.rest);
        context.report(
            Diagnostic::error(NOT_IN_REQUEST, message)
                .at(&place.within(path.offset, text.len()), "")
                .and(&operation.defined, "the operation")
                .nearest(path.rest, here().map(|p| p.wire.as_str())),
        );
        return None;
    };
    let name = parameter.wire.clone();
    let slot = match path.root {
        Root::Query => Slot::Query(name),
        Root::Header => Slot::Header(name),
        Root::Path => Slot::Path(name),
        Root::Body => return None,
    };
    Some(FoundSlot { slot, ty: parameter.ty, document: parameter.place.clone() })
}

/// A member of a parameter that is written as `page[after]`.
fn in_parameter(
    context: &mut Context<'_>,
    parameter: &Parameter,
    path: &MessagePath<'_>,
    place: &Place,
) -> Option<FoundSlot> {
    let offset = parameter.wire.len() + 1;
    let rest = path.rest.get(offset..)?;
    match paths::walk(context.types, parameter.ty, rest) {
        Ok(found) => {
            let members: String = found.wire.iter().map(|name| format!("[{name}]")).collect();
            Some(FoundSlot {
                slot: Slot::Query(format!("{}{members}", parameter.wire)),
                ty: found.ty,
                document: found.field.unwrap_or_else(|| parameter.place.clone()),
            })
        }
        Err(error) => {
            context.report(error.diagnostic(NOT_IN_REQUEST, place, path.offset + offset));
            None
        }
    }
}

fn in_body(
    context: &mut Context<'_>,
    operation: &Operation,
    path: &MessagePath<'_>,
    place: &Place,
) -> Option<FoundSlot> {
    let Some(body) = &operation.body else {
        let message = format!("`{} {}` has no request body", operation.method, operation.path);
        context.report(
            Diagnostic::error(NOT_IN_REQUEST, message)
                .at(place, "")
                .and(&operation.defined, "the operation"),
        );
        return None;
    };
    match paths::walk(context.types, body.ty, path.rest) {
        Ok(found) => Some(FoundSlot {
            slot: Slot::Body(found.pointer()),
            ty: found.ty,
            document: found.field.unwrap_or_else(|| body.place.clone()),
        }),
        Err(error) => {
            let mut finding = error.diagnostic(NOT_IN_REQUEST, place, path.offset);
            // The document has it, and requests leave it out.
            let read = error
                .place
                .as_ref()
                .and_then(|of| documented::only_read(context.documents, of, &error.name));
            if let Some(member) = read {
                let name = &error.name;
                let help = format!("`{name}` is read-only: answers have it, and it is not sent");
                finding = finding.and(&member, "only read").help(help);
            }
            context.report(finding);
            None
        }
    }
}

/// What a value is when it is written into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    Text,
    Integer,
    Number,
    Boolean,
    /// A point in time or a date.
    Time,
    /// JSON whose type nobody declares.
    Unknown,
    /// A list, a map or an object.
    Compound,
}

/// The plain kind of a type.
pub(crate) fn plain(types: &Types, ty: TypeUse) -> Plain {
    match &types.get(ty.id).kind {
        TypeKind::String(StringFormat::DateTime | StringFormat::Date) => Plain::Time,
        TypeKind::String(_) | TypeKind::Enum(_) | TypeKind::InString(_) => Plain::Text,
        TypeKind::Integer { .. } => Plain::Integer,
        TypeKind::Number => Plain::Number,
        TypeKind::Boolean => Plain::Boolean,
        TypeKind::Any { .. } => Plain::Unknown,
        TypeKind::Union(_) => Plain::Unknown,
        TypeKind::List(_) | TypeKind::Tuple(_) | TypeKind::Map(_) | TypeKind::Struct(_) => {
            Plain::Compound
        }
    }
}

/// A value that is read from a response fits the slot that it is sent in.
pub(super) fn fits(
    context: &mut Context<'_>,
    from: (TypeUse, &Place),
    slot: &FoundSlot,
    place: &Place,
) {
    let (value, target) = (plain(context.types, from.0), plain(context.types, slot.ty));
    let fine = match (value, target) {
        (Plain::Boolean | Plain::Compound, _) | (_, Plain::Boolean | Plain::Compound) => false,
        (_, Plain::Text | Plain::Unknown) | (Plain::Unknown, _) => true,
        (Plain::Integer, Plain::Number) => true,
        (value, target) => value == target,
    };
    if !fine {
        let message = format!(
            "{} does not fit where it goes, which takes {}",
            paths::describe(context.types, from.0),
            paths::describe(context.types, slot.ty)
        );
        context.report(
            Diagnostic::error(DOES_NOT_FIT, message)
                .at(place, "")
                .and(from.1, "the value")
                .and(&slot.document, "where it goes"),
        );
    }
}
