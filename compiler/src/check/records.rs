//! Records: keys that identify, cursors that advance, operations that give what the resource says.

use super::Subject;
use crate::diagnostics::codes::resources::{
    BAD_KEY, BAD_UPSERT, CURSOR_IS_NO_TIME, CURSOR_MAY_BE_MISSING, NO_BODY, NOT_PAGINATED,
    OTHER_RECORD, UNKNOWN_CURSOR, UNKNOWN_KEY_FIELD,
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Changes, Output, Resource, StringFormat, TypeId, TypeKind, TypeUse, Types, Upsert, Within,
};
use crate::resolve::paths::{describe, walk};
use crate::source::Place;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let before = diagnostics.errors();
        if let Some(changes) = &resource.changes {
            listing(subject, resource, &changes.operation, &changes.place, diagnostics);
        }
        if let Some(list) = &resource.list {
            listing(subject, resource, &list.operation, &list.place, diagnostics);
        }
        if let Some(get) = &resource.get {
            match &get.item {
                Some(item) => inside(subject, resource, item, diagnostics),
                None => output(subject, resource, &get.operation, &get.place, diagnostics),
            }
        }
        // Of another record than the one that is meant, the rest would be wrong again.
        if diagnostics.errors() == before {
            key(subject, resource, diagnostics);
            if let Some(changes) = &resource.changes {
                cursor(subject, resource, changes, diagnostics);
            }
        }
        if let Some(create) = &resource.create {
            body(subject, &create.operation, create.into.as_ref(), &create.place, diagnostics);
            create.item.iter().for_each(|item| inside(subject, resource, item, diagnostics));
        }
        if let Some(update) = &resource.update {
            body(subject, &update.operation, update.into.as_ref(), &update.place, diagnostics);
            update.item.iter().for_each(|item| inside(subject, resource, item, diagnostics));
        }
        if let Some(upsert) = &resource.upsert {
            external_key(subject, upsert, diagnostics);
        }
    }
}

fn key(subject: Subject<'_>, resource: &Resource, diagnostics: &mut Diagnostics) {
    let place = resource.place.child("key");
    identifier(
        subject.types,
        resource.ty,
        &resource.key,
        &place,
        (UNKNOWN_KEY_FIELD, BAD_KEY),
        diagnostics,
    );
}

fn external_key(subject: Subject<'_>, upsert: &Upsert, diagnostics: &mut Diagnostics) {
    // A key in the path need not be in the record.
    if upsert.key.is_none() {
        let place = upsert.place.child("by");
        let codes = (BAD_UPSERT, BAD_UPSERT);
        identifier(subject.types, upsert.record, &upsert.by, &place, codes, diagnostics);
    }
}

/// A field that identifies a record is there, always, and is text or a whole number.
fn identifier(
    types: &Types,
    record: TypeId,
    name: &str,
    place: &Place,
    (unknown, bad): (Code, Code),
    diagnostics: &mut Diagnostics,
) {
    let def = types.get(record);
    let what = describe(types, TypeUse { id: record, nullable: false });
    let Some(structure) = types.as_struct(record) else {
        let message = format!("the record is {what}, so it has no fields");
        diagnostics.push(Diagnostic::error(unknown, message).at(place, "").and(&def.place, ""));
        return;
    };
    let Some(field) = structure.field(name) else {
        let message = format!("there is no `{name}` in {what}");
        diagnostics.push(
            Diagnostic::error(unknown, message)
                .at(place, "")
                .and(&def.place, "the record")
                .nearest(name, structure.fields.iter().map(|f| f.wire.as_str())),
        );
        return;
    };
    let scalar = match &types.get(field.ty.id).kind {
        TypeKind::String(format) => *format == StringFormat::Plain,
        TypeKind::Integer { .. } => true,
        TypeKind::InString(inner) => matches!(types.get(*inner).kind, TypeKind::Integer { .. }),
        _ => false,
    };
    if !scalar {
        let is = describe(types, TypeUse { nullable: false, ..field.ty });
        diagnostics.push(
            Diagnostic::error(bad, format!("`{name}` is {is}, which cannot identify a record"))
                .at(place, "")
                .and(&field.place, "")
                .help(match types.get(field.ty.id).kind {
                    TypeKind::String(StringFormat::Uuid) => format!(
                        "take it for text: `refine: {{{name}: string}}` in the type, with a `because`"
                    ),
                    _ => "a key is text or a whole number".to_owned(),
                }),
        );
    } else if field.may_be_missing() {
        diagnostics.push(
            Diagnostic::error(bad, format!("`{name}` may be missing, so it cannot identify a record"))
                .at(place, "")
                .and(&field.place, "not required here")
                .help(format!(
                    "if it is always there, say so: `refine: {{{name}: string}}` in the type, with a `because`"
                )),
        );
    }
}

fn cursor(
    subject: Subject<'_>,
    resource: &Resource,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) {
    let types = subject.types;
    let place = changes.place.child("cursor");
    let path = changes.cursor.join(".");
    match walk(types, TypeUse { id: resource.ty, nullable: false }, &path) {
        Err(error) => diagnostics.push(error.diagnostic(UNKNOWN_CURSOR, &place, 0)),
        Ok(found) => {
            let time = matches!(
                types.get(found.ty.id).kind,
                TypeKind::String(StringFormat::DateTime | StringFormat::Date)
            );
            if time && found.optional {
                may_be_missing(&path, found.field.as_ref(), &place, diagnostics);
            }
            if !time {
                let is = describe(types, TypeUse { nullable: false, ..found.ty });
                let mut diagnostic = Diagnostic::error(
                    CURSOR_IS_NO_TIME,
                    format!("`{path}` is {is}, not a point in time"),
                )
                .at(&place, "");
                if let Some(field) = &found.field {
                    diagnostic = diagnostic.and(field, "");
                }
                diagnostics.push(
                    diagnostic.help("if it is a time in text, refine it to `timestamp` in the type, with a `because`"),
                );
            }
        }
    }
}

/// A record without the time of its change would never move the watermark.
fn may_be_missing(path: &str, field: Option<&Place>, place: &Place, diagnostics: &mut Diagnostics) {
    let message = format!("`{path}` may be missing, so it cannot tell which records changed");
    let mut diagnostic = Diagnostic::error(CURSOR_MAY_BE_MISSING, message).at(place, "");
    if let Some(field) = field {
        diagnostic = diagnostic.and(field, "not always there");
    }
    diagnostics.push(diagnostic.help(format!(
        "if it is always there, say so: `refine: {{{path}: timestamp}}` in the type, with a `because`"
    )));
}

/// A listing has pages, and its items are the resource's records.
fn listing(
    subject: Subject<'_>,
    resource: &Resource,
    operation: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let Some(operation) = subject.integration.operations.get(operation) else { return };
    let Some(pagination) = &operation.pagination else {
        let message = format!("`{}` does not say how its pages follow each other", operation.name);
        diagnostics.push(
            Diagnostic::error(NOT_PAGINATED, message)
                .at(place, "")
                .and(&operation.place.key(), "no `paginate` here")
                .help("even a listing in one page says where its items are"),
        );
        return;
    };
    let schema = &pagination.place.child("items");
    let given = Given { ty: pagination.item, answer: None, place, schema };
    same(subject, resource, given, diagnostics);
}

fn output(
    subject: Subject<'_>,
    resource: &Resource,
    operation: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let Some(operation) = subject.integration.operations.get(operation) else { return };
    match &operation.output {
        Output::Json { ty, place: schema } => {
            same(
                subject,
                resource,
                Given { ty: *ty, answer: Some(&[]), place, schema },
                diagnostics,
            );
        }
        _ => {
            let record = describe(subject.types, TypeUse { id: resource.ty, nullable: false });
            diagnostics.push(
                Diagnostic::error(
                    OTHER_RECORD,
                    format!("`{}` does not give {record}", operation.name),
                )
                .at(place, "")
                .and(&operation.defined, "the document has no JSON for a success here"),
            );
        }
    }
}

/// A part of an answer is the resource's record.
fn inside(subject: Subject<'_>, resource: &Resource, item: &Within, diagnostics: &mut Diagnostics) {
    let schema = &subject.types.get(item.ty.id).place;
    let given = Given { ty: item.ty, answer: Some(&item.path), place: &item.place, schema };
    same(subject, resource, given, diagnostics);
}

/// An operation that writes a record takes one.
fn body(
    subject: Subject<'_>,
    operation: &str,
    into: Option<&Within>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let Some(operation) = subject.integration.operations.get(operation) else { return };
    let body = operation.body.as_ref();
    let record = |ty: TypeUse| {
        let kind = &subject.types.get(ty.id).kind;
        matches!(kind, TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::Any { .. })
    };
    if body.is_some_and(|body| record(into.map_or(body.ty, |into| into.ty))) {
        return;
    }
    let message = match (body, into) {
        (None, _) => format!("`{}` sends no body, so it writes no record", operation.name),
        (Some(_), Some(into)) => {
            format!("this is {}, not a record", describe(subject.types, into.ty))
        }
        (Some(body), None) => {
            let is = describe(subject.types, body.ty);
            format!("the body of `{}` is {is}, not a record", operation.name)
        }
    };
    diagnostics.push(
        Diagnostic::error(NO_BODY, message)
            .at(into.map_or(place, |into| &into.place), "")
            .and(&operation.defined, "the operation"),
    );
}

/// What is given as a record.
struct Given<'g> {
    ty: TypeUse,
    /// Where in an answer; `None` for an element of a page.
    answer: Option<&'g [String]>,
    /// Where the spec says so.
    place: &'g Place,
    /// Where the document has it.
    schema: &'g Place,
}

fn same(
    subject: Subject<'_>,
    resource: &Resource,
    Given { ty, answer, place, schema }: Given<'_>,
    diagnostics: &mut Diagnostics,
) {
    if ty.id == resource.ty {
        return;
    }
    let types = subject.types;
    let inside = answer.and_then(|at| Some((at, member(types, ty, resource.ty)?)));
    let given = describe(types, TypeUse { nullable: false, ..ty });
    let wanted = describe(types, TypeUse { id: resource.ty, nullable: false });
    let finding = Diagnostic::error(
        OTHER_RECORD,
        format!("this gives {given}, but the resource has {wanted}"),
    )
    .at(place, "")
    .and(&resource.place.child("type"), "the resource's record")
    .and(schema, "what is given");
    diagnostics.push(match inside {
        Some((at, member)) => {
            let path: Vec<&str> = at.iter().map(String::as_str).chain([member.as_str()]).collect();
            let path = path.join(".");
            finding.help(format!("the record is inside: say where with `item: body.{path}`"))
        }
        None => finding
            .help("if both are the same record, list both schemas under `schemas` of one type"),
    });
}

/// Where a record is inside something, one or two members deep.
fn member(types: &Types, around: TypeUse, record: TypeId) -> Option<String> {
    let fields =
        |ty: TypeUse| types.as_struct(ty.id).map(|s| s.fields.as_slice()).unwrap_or_default();
    let of = |ty: TypeUse| fields(ty).iter().find(|field| field.ty.id == record);
    let here = of(around).map(|field| field.wire.clone());
    here.or_else(|| {
        fields(around).iter().find_map(|f| Some(format!("{}.{}", f.wire, of(f.ty)?.wire)))
    })
}
