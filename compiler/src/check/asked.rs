//! Fields that a listing asks for by name: those that the record has.
//!
//! Where a constant lists the fields that answers are to hold, the document has it as a list of any texts. But the
//! spec says which fields the record has, and where the two differ, one of them is stale.

use super::Subject;
use crate::diagnostics::codes::resources::BAD_CONSTANT;
use crate::diagnostics::{Diagnostic, Diagnostics, is_misspelt};
use crate::ir::{Field, Resource, TypeId, TypeKind};
use crate::source::Place;
use crate::spec::syntax::{Use, With};
use serde_json::Value;

/// Checks the constants of one resource's listings.
pub(super) fn check(
    subject: Subject<'_>,
    resource: &Resource,
    said: &crate::spec::syntax::Resource,
    diagnostics: &mut Diagnostics,
) {
    let list = match &said.list {
        Some(Use::Full(full)) => Some((&full.with, resource.place.child("list"))),
        _ => None,
    };
    let changes = said.changes.as_ref().map(|c| (&c.with, resource.place.child("changes")));
    for (with, place) in list.into_iter().chain(changes) {
        constants(subject, resource, with, &place.child("with"), diagnostics);
    }
}

fn constants(
    subject: Subject<'_>,
    resource: &Resource,
    with: &With,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    for (path, value) in with {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(texts) = items.iter().map(Value::as_str).collect::<Option<Vec<&str>>>() else {
            continue;
        };
        let place = place.child(path);
        let before = diagnostics.list().len();
        for fields in refined(subject, resource.ty) {
            let is = |text: &&str| fields.iter().any(|field| field.wire == *text);
            // Most of them are fields, so all are meant to be.
            if texts.len() < 3 || texts.iter().filter(|text| is(text)).count() * 2 <= texts.len() {
                continue;
            }
            differ(&fields, &texts, &place, diagnostics);
        }
        if diagnostics.list().len() == before {
            mistyped(subject, resource, &texts, &place, diagnostics);
        }
    }
}

/// Where most of the texts are fields that the document has, one that is almost one is mistyped, and an empty one says
/// nothing. Others may be custom fields, which no document lists.
fn mistyped(
    subject: Subject<'_>,
    resource: &Resource,
    texts: &[&str],
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let fields = |id: TypeId| -> Vec<&str> {
        let record = subject.types.as_struct(id);
        record.iter().flat_map(|record| &record.fields).map(|field| field.wire.as_str()).collect()
    };
    let inside = subject.types.get(resource.ty).kind.parts();
    let all = std::iter::once(fields(resource.ty)).chain(inside.iter().map(|m| fields(m.id)));
    for known in all {
        let is = |text: &&&str| known.contains(*text);
        if texts.len() < 3 || texts.iter().filter(is).count() * 2 <= texts.len() {
            continue;
        }
        for (index, text) in texts.iter().enumerate().filter(|(_, text)| !is(text)) {
            let spelt = |name: &&&str| is_misspelt(text, name);
            let message = match known.iter().find(spelt) {
                _ if text.is_empty() => "no field has an empty name".to_owned(),
                Some(name) => {
                    format!("`{text}` is asked for: the record has no such field, but `{name}`")
                }
                None => continue,
            };
            diagnostics
                .push(Diagnostic::warning(BAD_CONSTANT, message).at(&place.child(index), ""));
        }
    }
}

fn differ(fields: &[&Field], texts: &[&str], place: &Place, diagnostics: &mut Diagnostics) {
    let known = || fields.iter().map(|field| field.wire.as_str());
    let unknown = texts.iter().position(|text| !known().any(|field| field == *text));
    if let Some((index, text)) = unknown.and_then(|at| Some((at, texts.get(at)?))) {
        diagnostics.push(
            Diagnostic::warning(
                BAD_CONSTANT,
                format!("`{text}` is asked for, and the record has no such field"),
            )
            .at(&place.child(index), "")
            .nearest(text, known())
            .help("`refine` says which fields the record has"),
        );
        return;
    }
    for field in fields.iter().filter(|field| !texts.contains(&field.wire.as_str())) {
        diagnostics.push(
            Diagnostic::warning(
                BAD_CONSTANT,
                format!("nothing asks for `{}`, so it is never there", field.wire),
            )
            .at(place, "")
            .and(&field.place.key(), "the record has it"),
        );
    }
}

/// The fields that the spec gives the record or an object in it, object by object.
fn refined(subject: Subject<'_>, record: TypeId) -> Vec<Vec<&Field>> {
    let own = |ty: TypeId| -> Vec<&Field> {
        let fields = subject.types.as_struct(ty).map(|s| s.fields.as_slice()).unwrap_or_default();
        fields.iter().filter(|f| f.place.file == subject.integration.place.file).collect()
    };
    let members = subject.types.get(record).kind.parts();
    let inside =
        members.iter().filter(|m| matches!(subject.types.get(m.id).kind, TypeKind::Struct(_)));
    let all = std::iter::once(own(record)).chain(inside.map(|member| own(member.id)));
    all.filter(|fields| fields.len() > 1).collect()
}
