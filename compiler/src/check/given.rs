//! Requests: whoever uses an operation gives everything that it requires.

use super::Subject;
use super::writes::{reads_not, removes_nothing};
use crate::diagnostics::codes::resources::{GIVEN_TWICE, NOT_GIVEN, NOT_JSON};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{
    Feed, Field, Media, Next, Operation, Pagination, Parameter, ParameterIn, Preset, Repeat,
    Resource, Slot, TypeId, TypeKind, Types, Upsert, Verify, Within,
};
use crate::resolve::paths::{MOST_ELEMENTS, spelled};
use crate::source::Place;
use crate::source::pointer::escape;
use serde_json::Value;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        for used in uses(subject, resource) {
            if let Some(operation) = subject.integration.operations.get(used.operation) {
                check_use(subject, &used, operation, diagnostics);
            }
        }
        if let Some(upsert) = &resource.upsert {
            each(subject, upsert, diagnostics);
        }
    }
    let verify = subject.integration.verify.as_ref().filter(|verify| verify.said);
    let tried = verify.and_then(|v| Some((v, subject.integration.operations.get(&v.operation)?)));
    // What one that may change something lacks is no concern: another is meant.
    if let Some((verify, operation)) = tried.filter(|(_, one)| one.repeat == Repeat::Safe) {
        let Verify { operation: name, preset, place, .. } = verify;
        let used = Use { operation: name, preset, slots: vec![], record: false, place };
        // What a verification sends is a first page; nothing reads on.
        let alone = Operation { pagination: first(operation), ..operation.clone() };
        check_use(subject, &used, &alone, diagnostics);
    }
}

/// How a first page is asked for, without what leads to others.
fn first(operation: &Operation) -> Option<Pagination> {
    operation.pagination.clone().map(|pagination| match pagination.next {
        Next::Continue { .. } | Next::Url { .. } => Pagination { next: Next::Single, ..pagination },
        _ => pagination,
    })
}

/// What every record is sent with is whole: nothing else gives a part of it.
fn each(subject: Subject<'_>, upsert: &Upsert, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(constants)) = &upsert.each else { return };
    let Some(record) = subject.types.as_struct(upsert.record) else { return };
    let place = upsert.place.child("batch").child("each");
    let operation = subject.integration.operations.get(&upsert.operation);
    let body = operation.and_then(|operation| Some(operation.body.as_ref()?.ty.id));
    let pointer = format!("{}/0", upsert.records.as_deref().unwrap_or_default());
    for (name, value) in constants {
        let Some(field) = record.field(name) else { continue };
        let mut missing = Vec::new();
        let mut members = Members { types: subject.types, body, given: &[], missing: &mut missing };
        members.check(field.ty.id, Some(value), &format!("{pointer}/{}", escape(name)));
        report(missing, &place.child(name), diagnostics);
    }
}

/// How a resource uses an operation.
struct Use<'u> {
    operation: &'u str,
    preset: &'u Preset,
    /// Slots that are given besides the constants.
    slots: Vec<Slot>,
    /// Whether a record is sent as body.
    record: bool,
    place: &'u Place,
}

fn uses<'u>(subject: Subject<'_>, resource: &'u Resource) -> Vec<Use<'u>> {
    let mut uses = Vec::new();
    let operations = &subject.integration.operations;
    // What goes to the wrong place is said where it goes; what is missing there follows from that.
    let whole = |into: Option<&Within>| {
        let record = |into: &Within| {
            let kind = &subject.types.get(into.ty.id).kind;
            matches!(kind, TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::Any { .. })
        };
        into.is_none_or(|into| !record(into))
    };
    // A listing without pages is said to be one; what it gives by them is not known.
    let paged = |name: &str| operations.get(name).is_none_or(|o| o.pagination.is_some());
    if let Some(u) = resource.list.as_ref().filter(|u| paged(&u.operation)) {
        uses.push(Use {
            operation: &u.operation,
            preset: &u.preset,
            slots: vec![],
            record: false,
            place: &u.place,
        });
    }
    if let Some(u) = resource.changes.as_ref().filter(|u| paged(&u.operation)) {
        uses.push(Use {
            operation: &u.operation,
            preset: &u.preset,
            slots: vec![u.since.clone()],
            record: false,
            place: &u.place,
        });
    }
    if let Some(Feed { changes: u, .. }) = &resource.feed {
        uses.push(Use {
            operation: &u.operation,
            preset: &u.preset,
            slots: vec![u.since.clone()],
            record: false,
            place: &u.place,
        });
    }
    // What a change of records lacks to read or to remove some is not missing.
    let delete = resource.delete.as_ref().filter(|_| removes_nothing(subject, resource).is_none());
    let get = resource.get.as_ref().filter(|_| reads_not(subject, resource).is_none());
    let update = resource.update.as_ref();
    for (one, record) in [(get, false), (update, true), (delete, false)] {
        if let Some(u) = one {
            uses.push(Use {
                operation: &u.operation,
                preset: &u.preset,
                slots: [u.key.clone()].into_iter().chain(within(u.into.as_ref())).collect(),
                record: record && whole(u.into.as_ref()),
                place: &u.place,
            });
        }
    }
    if let Some(u) = &resource.create {
        uses.push(Use {
            operation: &u.operation,
            preset: &u.preset,
            slots: within(u.into.as_ref()).collect(),
            record: whole(u.into.as_ref()),
            place: &u.place,
        });
    }
    if let Some(u) = &resource.upsert {
        let records = u.records.clone().map(Slot::Body);
        uses.push(Use {
            operation: &u.operation,
            preset: &u.preset,
            record: records.is_none() && whole(u.into.as_ref()),
            slots: u
                .key
                .clone()
                .into_iter()
                .chain(records)
                .chain(within(u.into.as_ref()))
                .collect(),
            place: &u.place,
        });
    }
    uses
}

/// The place in a body that a record goes into.
fn within(into: Option<&Within>) -> impl Iterator<Item = Slot> {
    into.map(|into| Slot::Body(into.path.iter().map(|s| format!("/{}", escape(s))).collect()))
        .into_iter()
}

fn check_use(
    subject: Subject<'_>,
    used: &Use<'_>,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) {
    let mut given: Vec<&Slot> = used.slots.iter().collect();
    given.extend(used.preset.values.iter().map(|(slot, _)| slot));
    if let Some(pagination) = &operation.pagination {
        given.extend(pagination.size.iter().filter_map(|size| size.into.as_ref()));
        // An offset and a page number are sent with the first request, a cursor is not. In a text, what stands around
        // them is still to be given.
        if let Next::Offset { into, template: None, .. } | Next::Page { into, .. } =
            &pagination.next
        {
            given.push(into);
        }
    }
    json(used, operation, &given, diagnostics);
    twice(subject, used, operation, diagnostics);
    let mut missing = Vec::new();
    for parameter in operation.parameters.iter().filter(|p| p.required) {
        if !given.iter().any(|slot| is(slot, parameter)) {
            let path = format!("{}.{}", root(parameter.location), parameter.wire);
            missing.push((path, parameter.place.clone()));
        }
    }
    if !used.record {
        body(subject, used, operation, &given, &mut missing);
    }
    let known =
        |slot: &Slot| missing.iter().any(|(known, _)| *known == path(subject, operation, slot));
    queried(subject, used, operation, known, diagnostics);
    report(missing, used.place, diagnostics);
    read_on(subject, used, operation, diagnostics);
}

/// What is written into a request is no constant besides. (A cursor may be: the first page has none.)
fn twice(
    subject: Subject<'_>,
    used: &Use<'_>,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) {
    let pagination = operation.pagination.as_ref();
    let size = pagination.and_then(|p| p.size.as_ref()).and_then(|size| size.into.as_ref());
    let counter = pagination.and_then(|p| match &p.next {
        // A template has the constant in it.
        Next::Offset { into, template: None, .. } | Next::Page { into, .. } => Some(into),
        _ => None,
    });
    let written = size.map(|slot| (slot, "the page size"));
    let written = written.into_iter().chain(counter.map(|slot| (slot, "the number of the page")));
    let slots = used.slots.iter().map(|slot| (slot, "a value of this use"));
    for (slot, what) in written.chain(slots) {
        if is_constant(used, slot) {
            let path = path(subject, operation, slot);
            let message = format!("`{path}` is {what}, and a constant of `with`");
            let help = "leave the constant out: the other value is written there";
            let finding = Diagnostic::error(GIVEN_TWICE, message).at(&used.place.child("with"), "");
            diagnostics.push(finding.help(help));
        }
    }
}

/// Whether a constant is written there.
fn is_constant(used: &Use<'_>, slot: &Slot) -> bool {
    match slot {
        Slot::Body(pointer) => used.preset.body.as_ref().is_some_and(|body| {
            body.pointer(pointer).is_some_and(|value| !value.is_object() && !value.is_array())
        }),
        _ => used.preset.values.iter().any(|(given, _)| given == slot),
    }
}

/// The text that pages are asked for in, where the template takes one and none is given. It is said once for all uses.
fn queried(
    subject: Subject<'_>,
    used: &Use<'_>,
    operation: &Operation,
    known: impl Fn(&Slot) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let Some(pagination) = &operation.pagination else { return };
    let Next::Offset { into, template: Some(template), .. } = &pagination.next else { return };
    if !template.contains("{value}") || is_constant(used, into) || known(into) {
        return;
    }
    let path = path(subject, operation, into);
    let message = format!("nothing gives `{path}`, which `{{value}}` stands for");
    diagnostics.push(
        Diagnostic::error(NOT_GIVEN, message)
            .at(&pagination.place.child("offset").child("as"), "")
            .help(format!("give it where the operation is used: `with: {{{path}: ...}}`")),
    );
}

/// A slot as specs write it.
fn path(subject: Subject<'_>, operation: &Operation, slot: &Slot) -> String {
    match slot {
        Slot::Query(name) => format!("query.{name}"),
        Slot::Header(name) => format!("header.{name}"),
        Slot::Path(name) => format!("path.{name}"),
        Slot::Body(pointer) => {
            let body = operation.body.as_ref().map(|body| body.ty.id);
            spelled(subject.types, body, pointer)
        }
    }
}

/// What one use does not give is one finding.
fn report(missing: Vec<(String, Place)>, at: &Place, diagnostics: &mut Diagnostics) {
    if missing.is_empty() {
        return;
    }
    let list = |text: &dyn Fn(&str) -> String| -> Vec<String> {
        missing.iter().map(|(path, _)| text(path)).collect()
    };
    let is = if missing.len() == 1 { "which is" } else { "which are" };
    let names = list(&|path| format!("`{path}`")).join(", ");
    let constants = list(&|path| format!("{path}: ...")).join(", ");
    let mut finding =
        Diagnostic::error(NOT_GIVEN, format!("nothing gives {names}, {is} required")).at(at, "");
    for (_, place) in &missing {
        finding = finding.and(place, "required here");
    }
    let what = if missing.len() == 1 { "it a constant" } else { "them constants" };
    diagnostics.push(finding.help(format!("give {what}: `with: {{{constants}}}`")));
}

/// The operation that reads on is given the cursor alone; one that a URL is of, what stands in the URL.
fn read_on(
    subject: Subject<'_>,
    used: &Use<'_>,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) {
    let (name, into) = match operation.pagination.as_ref().map(|p| &p.next) {
        Some(Next::Continue { operation, into, .. }) => (operation, Some(into)),
        Some(Next::Url { operation: Some(operation), .. }) => (operation, None),
        _ => return,
    };
    let Some(next) = subject.integration.operations.get(name) else { return };
    // Its own pagination is not followed from here.
    let next = Operation { pagination: None, ..next.clone() };
    let slots = match into {
        Some(into) => vec![into.clone()],
        // Headers of the list go along.
        None => {
            let constants = used.preset.values.iter().map(|(slot, _)| slot.clone());
            let headers = constants.filter(|slot| matches!(slot, Slot::Header(_)));
            next.parameters.iter().filter_map(in_url).chain(headers).collect()
        }
    };
    let alone = Use {
        operation: name,
        preset: &Preset::default(),
        slots,
        record: false,
        place: used.place,
    };
    check_use(subject, &alone, &next, diagnostics);
}

/// Where a parameter stands in a URL, if it does.
fn in_url(parameter: &Parameter) -> Option<Slot> {
    match parameter.location {
        ParameterIn::Path => Some(Slot::Path(parameter.wire.clone())),
        ParameterIn::Query => Some(Slot::Query(parameter.wire.clone())),
        ParameterIn::Header | ParameterIn::Cookie => None,
    }
}

/// What is written into a body is JSON.
fn json(used: &Use<'_>, operation: &Operation, given: &[&Slot], diagnostics: &mut Diagnostics) {
    let Some(body) = &operation.body else { return };
    let kind = match &body.media {
        Media::Json(_) => return,
        Media::Form => "a form",
        Media::Multipart(media)
        | Media::Parts(media)
        | Media::Lines(media)
        | Media::Text(media)
        | Media::Bytes(media)
        | Media::AnyBytes(media) => media,
    };
    let cursor = operation.pagination.as_ref().and_then(|p| match &p.next {
        Next::Cursor { into, .. } | Next::After { into, .. } => Some(into),
        _ => None,
    });
    let slots = given.iter().copied().chain(cursor);
    let in_body = |slot: &Slot| matches!(slot, Slot::Body(_));
    if used.record || used.preset.body.is_some() || slots.into_iter().any(in_body) {
        let message =
            format!("the body of `{}` is {kind}, and a resource sends JSON only", operation.name);
        diagnostics.push(
            Diagnostic::error(NOT_JSON, message)
                .at(used.place, "")
                .and(&body.place, "the document says so")
                .help("call the operation by itself, or leave its body out of this resource"),
        );
    }
}

/// The members that a body requires.
fn body(
    subject: Subject<'_>,
    used: &Use<'_>,
    operation: &Operation,
    given: &[&Slot],
    missing: &mut Vec<(String, Place)>,
) {
    let Some(body) = &operation.body else { return };
    let nothing =
        used.preset.body.is_none() && !given.iter().any(|slot| matches!(slot, Slot::Body(_)));
    if nothing && !body.required {
        return;
    }
    let mut members = Members { types: subject.types, body: Some(body.ty.id), given, missing };
    members.check(body.ty.id, used.preset.body.as_ref(), "");
}

/// Members of a body that must be given.
struct Members<'m> {
    types: &'m Types,
    /// The type of the whole body.
    body: Option<TypeId>,
    given: &'m [&'m Slot],
    /// What nobody gives, and where it is required.
    missing: &'m mut Vec<(String, Place)>,
}

impl Members<'_> {
    /// Goes as deep as something is given: what is given as a whole by a slot is not looked into.
    fn check(&mut self, ty: TypeId, constant: Option<&Value>, pointer: &str) {
        match (&self.types.get(ty).kind, constant) {
            (TypeKind::Struct(structure), _) => {
                for field in &structure.fields {
                    self.field(field, constant.and_then(|c| c.get(&field.wire)), pointer);
                }
            }
            (TypeKind::List(item), constant) => {
                let values = constant.and_then(Value::as_array).map_or(0, Vec::len);
                for index in 0..values.max(self.elements(pointer)) {
                    let here = format!("{pointer}/{index}");
                    if self
                        .given
                        .iter()
                        .any(|slot| matches!(slot, Slot::Body(slot) if *slot == here))
                    {
                        continue;
                    }
                    let value = constant.and_then(|c| c.get(index));
                    self.check(item.id, value, &here);
                }
            }
            (TypeKind::Map(item), Some(Value::Object(members))) => {
                for (name, value) in members {
                    self.check(item.id, Some(value), &format!("{pointer}/{}", escape(name)));
                }
            }
            _ => {}
        }
    }

    /// How many elements of a list slots lead into.
    fn elements(&self, pointer: &str) -> usize {
        let below = format!("{pointer}/");
        let index = |slot: &&Slot| match slot {
            Slot::Body(slot) => slot.strip_prefix(&below)?.split('/').next()?.parse::<usize>().ok(),
            _ => None,
        };
        // Lists are short: a spec writes each of their elements.
        self.given
            .iter()
            .filter_map(index)
            .filter(|index| *index < MOST_ELEMENTS)
            .max()
            .map_or(0, |n| n + 1)
    }

    fn field(&mut self, field: &Field, constant: Option<&Value>, pointer: &str) {
        let here = format!("{pointer}/{}", escape(&field.wire));
        let below = format!("{here}/");
        let (mut exact, mut inside) = (false, false);
        for slot in self.given {
            if let Slot::Body(slot) = slot {
                exact |= *slot == here;
                inside |= slot.starts_with(&below);
            }
        }
        if exact || constant.is_some_and(Value::is_null) {
            return;
        }
        if constant.is_some() || inside {
            return self.check(field.ty.id, constant, &here);
        }
        if field.required && !field.read_only {
            self.missing.push((spelled(self.types, self.body, &here), field.place.clone()));
        }
    }
}

fn is(slot: &Slot, parameter: &Parameter) -> bool {
    match (slot, parameter.location) {
        (Slot::Query(name), ParameterIn::Query) | (Slot::Path(name), ParameterIn::Path) => {
            *name == parameter.wire
        }
        (Slot::Header(name), ParameterIn::Header) => name.eq_ignore_ascii_case(&parameter.wire),
        _ => false,
    }
}

fn root(location: ParameterIn) -> &'static str {
    match location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    }
}
