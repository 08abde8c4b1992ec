//! Seeds: `sandbox` speaks of fields that there are, with rules that the sandbox knows.

use super::Subject;
use crate::diagnostics::codes::resources::BAD_SEED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Resource, TypeKind, TypeUse};
use crate::resolve::paths;
use crate::source::Place;
use crate::spec::{LIKE, RULES};
use serde_json::Value;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    let section = subject.integration.place.child("sandbox");
    for (name, rules) in &subject.integration.sandbox {
        // What is no resource was reported when names were resolved.
        let Some(resource) = subject.integration.resources.get(name) else { continue };
        for (path, rule) in rules {
            let place = section.child(name).child(path);
            let found = match path.as_str() {
                "records" => count(rule, &place),
                _ => field(subject, resource, path, &place)
                    .and_then(|()| self::rule(subject, (resource, path), rule, &place)),
            };
            if let Err(found) = found {
                diagnostics.push(*found);
            }
        }
    }
}

type Checked = Result<(), Box<Diagnostic>>;

fn bad(message: impl Into<String>, place: &Place) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(BAD_SEED, message).at(place, ""))
}

fn count(rule: &Value, place: &Place) -> Checked {
    match rule.as_u64() {
        Some(_) => Ok(()),
        None => Err(bad("`records` is how many records there are at first: a whole number", place)),
    }
}

fn field(subject: Subject<'_>, resource: &Resource, path: &str, place: &Place) -> Checked {
    let record = TypeUse { id: resource.ty, nullable: false };
    match paths::walk(subject.types, record, path) {
        Ok(found) => match unlisted(subject, resource, path, &found) {
            Some(finding) => Err(Box::new(finding.at(&place.key(), ""))),
            None => Ok(()),
        },
        Err(error) => {
            let mut found = bad(error.message, &place.key());
            let known = error.known.iter().map(String::as_str);
            *found = found.nearest(&error.name, known);
            Err(found)
        }
    }
}

/// A member that a struct does not list, though it lists others, is a slip.
fn unlisted(
    subject: Subject<'_>,
    resource: &Resource,
    path: &str,
    found: &paths::Found,
) -> Option<Diagnostic> {
    found.unlisted.as_ref()?;
    let (parent, name) = path.rsplit_once('.')?;
    let record = TypeUse { id: resource.ty, nullable: false };
    let holder = paths::walk(subject.types, record, parent).ok()?;
    let fields = &subject.types.as_struct(holder.ty.id)?.fields;
    let known = fields.iter().map(|f| f.wire.as_str());
    (!fields.is_empty()).then(|| {
        let what = paths::describe(subject.types, holder.ty);
        Diagnostic::error(BAD_SEED, format!("{what} lists no field `{name}`")).nearest(name, known)
    })
}

/// A value is one that the field takes.
fn value(subject: Subject<'_>, resource: &Resource, path: &str, given: &Value) -> bool {
    let record = TypeUse { id: resource.ty, nullable: false };
    let Ok(found) = paths::walk(subject.types, record, path) else { return true };
    match (&subject.types.get(found.ty.id).kind, given) {
        (_, Value::Null) => found.optional,
        (TypeKind::Boolean, value) => value.is_boolean(),
        (TypeKind::Integer(width), Value::Number(number)) => width.holds(number),
        (TypeKind::Number, value) => value.is_number(),
        (TypeKind::String(format), Value::String(text)) => format.holds(text),
        (TypeKind::Enum(_), value) => value.is_string(),
        (TypeKind::Integer(_) | TypeKind::String(_), _) => false,
        _ => true,
    }
}

fn rule(
    subject: Subject<'_>,
    (resource, path): (&Resource, &str),
    rule: &Value,
    place: &Place,
) -> Checked {
    let one = rule.as_object().filter(|r| r.len() == 1).and_then(|r| r.iter().next());
    let Some((name, given)) = one else {
        let message =
            "a rule is one of `{value: ..}`, `{one_of: ..}`, `{between: [.., ..]}`, `{like: ..}`";
        return Err(bad(message, place));
    };
    let place = place.child(name);
    match name.as_str() {
        "value" if !value(subject, resource, path, given) => {
            Err(bad(format!("`{path}` cannot be `{given}`"), &place))
        }
        "value" => Ok(()),
        "one_of" => one_of(subject, (resource, path), given, &place),
        "between" => match given.as_array().map(Vec::as_slice) {
            Some([Value::Number(low), Value::Number(high)]) if low.as_f64() <= high.as_f64() => {
                Ok(())
            }
            _ => Err(bad("`between` takes two numbers, the smaller one first", &place)),
        },
        "like" => match given.as_str() {
            Some(kind) if LIKE.contains(&kind) => Ok(()),
            kind => {
                let kind = kind.unwrap_or_default();
                let message =
                    format!("the sandbox knows no `{kind}`; it knows {}", LIKE.join(", "));
                let mut found = bad(message, &place);
                *found = found.nearest(kind, LIKE.iter().copied());
                Err(found)
            }
        },
        other => {
            let mut found = bad(format!("the sandbox has no rule `{other}`"), &place.key());
            *found = found.nearest(other, RULES.iter().copied());
            Err(found)
        }
    }
}

/// A list of values, or `resource.field`.
fn one_of(
    subject: Subject<'_>,
    (resource, path): (&Resource, &str),
    given: &Value,
    place: &Place,
) -> Checked {
    match given {
        Value::Array(values) if !values.is_empty() => {
            match values.iter().find(|given| !value(subject, resource, path, given)) {
                Some(given) => Err(bad(format!("`{path}` cannot be `{given}`"), place)),
                None => Ok(()),
            }
        }
        Value::String(text) => {
            let Some((name, path)) = text.split_once('.') else {
                return Err(bad("`one_of` takes a list of values, or `resource.field`", place));
            };
            let resources = &subject.integration.resources;
            let Some(resource) = resources.get(name) else {
                let mut found = bad(format!("`resources` has no `{name}`"), place);
                *found = found.nearest(name, resources.keys().map(String::as_str));
                return Err(found);
            };
            field(subject, resource, path, place)
        }
        _ => Err(bad("`one_of` takes a list of values, or `resource.field`", place)),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Sources;
    use crate::{Input, check};

    const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: t, version: '1'}
servers: [{url: https://api.things.net}]
paths:
  /lines/{id}:
    get:
      operationId: getLine
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Line'}
components:
  schemas:
    Line: {type: object, required: [id], properties: {id: {type: string}, count: {type: integer}}}
";

    /// The message of the only finding about seeds with these rules; nothing if there is none.
    #[track_caller]
    fn finds(rules: &str, expected: &str) {
        let spec = format!(
            "gusset: 1\nintegration: a\ndocument: openapi.yaml\nlimits: {{all: {{quota: 9 per 1s}}}}\noperations:\n  get_line: {{id: getLine}}\n\
             types:\n  Line: {{schema: Line}}\nresources:\n  lines: {{type: Line, key: id, get: get_line}}\n\
             sandbox:\n  lines: {rules}\n"
        );
        let mut sources = Sources::new()
            .with_file("a/integration.yaml", spec)
            .with_file("a/openapi.yaml", DOCUMENT);
        let input = Input { specs: vec!["a/integration.yaml".into()], ..Input::default() };
        let found: Vec<String> =
            check(&input, &mut sources).diagnostics.into_iter().map(|d| d.message).collect();
        assert_eq!(found.join("\n"), expected);
    }

    #[test]
    fn rules_are_known_and_fields_there() {
        finds("{records: 3, count: {between: [1, 5]}, id: {like: email}}", "");
        finds("{count: {one_of: lines.count}, id: {one_of: [a, b]}}", "");
        finds("{coumt: {value: 1}}", "`Line` has no field `coumt`");
        finds("{count: {betwen: [1, 5]}}", "the sandbox has no rule `betwen`");
        finds("{count: {between: [5, 1]}}", "`between` takes two numbers, the smaller one first");
        finds("{count: {one_of: lines.cont}}", "`Line` has no field `cont`");
        finds("{count: {one_of: orders.count}}", "`resources` has no `orders`");
        finds(
            "{records: many}",
            "`records` is how many records there are at first: a whole number",
        );
        finds(
            "{id: {like: e-mail}}",
            "the sandbox knows no `e-mail`; it knows email, first_name, last_name, full_name, phone, company, job_title",
        );
        finds(
            "{count: 1}",
            "a rule is one of `{value: ..}`, `{one_of: ..}`, `{between: [.., ..]}`, `{like: ..}`",
        );
    }
}
