//! Reads one level of a document into the types of `openapiv3`.
//!
//! Those read depth first: a bad schema would take all that contain it along, in time exponential in its depth. So
//! they see only the keywords that matter, with references in place of the parts below, which are read on their own.

use super::{Node, ShapeError, node};
use crate::source::{Json, Members};
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, SchemaData};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A type that reads one level.
pub trait Level: DeserializeOwned {
    /// The keywords that it reads. What is wrong elsewhere costs nothing.
    const KEYWORDS: &'static [(&'static str, Keep)];
}

/// What is read of a keyword. One that is null says nothing.
#[derive(Clone, Copy, Debug)]
pub enum Keep {
    /// Its value.
    Value,
    /// Its text; this, where documents leave out what OpenAPI demands.
    Text(&'static str),
    /// True or false, which some documents write as text.
    Flag,
    /// That there is a part, demanded by OpenAPI though documents leave it out.
    Demanded,
}

impl Level for openapiv3::Server {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[("url", Keep::Value)];
}

impl Level for openapiv3::ServerVariable {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[("default", Keep::Value)];
}

impl Level for openapiv3::SecurityScheme {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[
        ("type", Keep::Value),
        ("in", Keep::Text("header")),
        ("name", Keep::Text("")),
        ("scheme", Keep::Text("")),
        ("openIdConnectUrl", Keep::Text("")),
        ("flows", Keep::Demanded),
    ];
}

impl Level for openapiv3::Operation {
    const KEYWORDS: &'static [(&'static str, Keep)] =
        &[("summary", Keep::Value), ("description", Keep::Value), ("responses", Keep::Demanded)];
}

/// Without `style`, which counts only where it is one that is known.
impl Level for openapiv3::Parameter {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[
        ("in", Keep::Value),
        ("name", Keep::Value),
        ("description", Keep::Value),
        ("required", Keep::Flag),
        ("explode", Keep::Flag),
        ("schema", Keep::Demanded),
    ];
}

impl Level for openapiv3::RequestBody {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[("required", Keep::Flag)];
}

impl Node<'_> {
    /// Reads this one level of the document.
    ///
    /// # Errors
    /// What is not as OpenAPI says, and where.
    pub fn level<T: Level>(&self) -> Result<T, ShapeError> {
        let Json::Object(members) = self.value else {
            let message = "expected a mapping".to_owned();
            return Err(ShapeError { message, place: self.place.clone() });
        };
        let mut level = Map::new();
        for (key, keep) in T::KEYWORDS {
            let value = members.get(key).filter(|value| !value.is_null());
            let kept = match (keep, value) {
                (Keep::Text(lacking), value) => {
                    value.and_then(Json::as_str).unwrap_or(lacking).into()
                }
                (Keep::Demanded, _) => elsewhere(),
                (_, None) => continue,
                (Keep::Flag, Some(value)) => {
                    flag(value).map_or_else(|| value.to_value(), Value::Bool)
                }
                (Keep::Value, Some(value)) => value.to_value(),
            };
            level.insert((*key).to_owned(), kept);
        }
        node::read(Value::Object(level), &self.place)
    }
}

/// Reads a schema without the detour by `serde`, which would be most of what reading a document costs. A keyword that
/// is not as OpenAPI says costs itself: `fault` is told which, and why.
pub(super) fn schema(
    members: &Members,
    mut fault: impl FnMut(&str, String),
) -> (SchemaData, AnySchema) {
    let mut data = SchemaData::default();
    let mut shape = AnySchema::default();
    for (key, value) in members.iter() {
        if !value.is_null()
            && let Some(wanted) = keyword(&mut data, &mut shape, key, value)
        {
            fault(key, format!("expected {wanted}"));
        }
    }
    (data, shape)
}

/// Reads one keyword of a schema; what it should have been, if it is not.
fn keyword(
    data: &mut SchemaData,
    shape: &mut AnySchema,
    key: &str,
    value: &Json,
) -> Option<&'static str> {
    const FLAG: &str = "true or false";
    const LIST: &str = "a list";
    match key {
        "nullable" => flag(value).map(|flag| data.nullable = flag).is_none().then_some(FLAG),
        "readOnly" => flag(value).map(|flag| data.read_only = flag).is_none().then_some(FLAG),
        "writeOnly" => flag(value).map(|flag| data.write_only = flag).is_none().then_some(FLAG),
        "description" => {
            data.description = value.as_str().map(str::to_owned);
            data.description.is_none().then_some("text")
        }
        "format" => {
            shape.format = value.as_str().map(str::to_owned);
            shape.format.is_none().then_some("text")
        }
        "enum" => {
            let values = value.as_array();
            shape.enumeration = values.into_iter().flatten().map(Json::to_value).collect();
            values.is_none().then_some(LIST)
        }
        // Many schemas have OpenAPI's flag of parameters there, which means nothing.
        "required" if flag(value).is_some() => None,
        "required" => {
            let names = value.as_array();
            let texts = || names.into_iter().flatten().filter_map(Json::as_str);
            shape.required = texts().map(str::to_owned).collect();
            let whole = names.is_some_and(|names| names.len() == shape.required.len());
            (!whole).then_some("a list of names")
        }
        "properties" => {
            let names = value.as_object();
            let parts = names.into_iter().flat_map(Members::keys);
            shape.properties = parts.map(|name| (name.to_owned(), reference())).collect();
            names.is_none().then_some("a mapping")
        }
        "additionalProperties" => {
            shape.additional_properties = Some(match value.as_bool() {
                Some(any) => AdditionalProperties::Any(any),
                None => AdditionalProperties::Schema(Box::new(reference())),
            });
            None
        }
        "items" => {
            shape.items = Some(reference());
            None
        }
        "allOf" | "oneOf" | "anyOf" => {
            let parts = value.as_array();
            let list = match key {
                "allOf" => &mut shape.all_of,
                "oneOf" => &mut shape.one_of,
                _ => &mut shape.any_of,
            };
            *list = parts.into_iter().flatten().map(|_| reference()).collect();
            parts.is_none().then_some(LIST)
        }
        _ => None,
    }
}

/// A flag; some documents write it as text.
fn flag(value: &Json) -> Option<bool> {
    match value.as_str() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => value.as_bool(),
    }
}

fn reference<T>() -> ReferenceOr<T> {
    ReferenceOr::Reference { reference: String::new() }
}

/// What stands for a part that is read on its own.
fn elsewhere() -> Value {
    json!({"$ref": ""})
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What is read of a schema, and which of its keywords are not.
    #[track_caller]
    fn check(written: &Value, faults: &[&str]) -> (SchemaData, AnySchema) {
        let tree = Json::from(written.clone());
        let mut found = Vec::new();
        let read = schema(tree.as_object().unwrap(), |key, _| found.push(key.to_owned()));
        assert_eq!(found, faults);
        read
    }

    #[test]
    fn every_keyword_is_read() {
        let part = json!({"type": "string"});
        let (data, shape) = check(
            &json!({
                "nullable": true, "readOnly": "true", "writeOnly": false, "description": "d",
                "type": "object", "format": "f", "enum": ["a", 1, null], "required": ["a"],
                "properties": {"a": part, "b": {"$ref": "#/x"}}, "additionalProperties": part,
                "items": part, "allOf": [part], "oneOf": [part, part], "anyOf": [],
            }),
            &[],
        );
        assert!(data.nullable && data.read_only && !data.write_only);
        assert_eq!((data.description.as_deref(), shape.format.as_deref()), (Some("d"), Some("f")));
        assert_eq!(
            (shape.enumeration.len(), shape.required.as_slice()),
            (3, &["a".to_owned()][..])
        );
        assert_eq!(shape.properties.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(shape.additional_properties.is_some() && shape.items.is_some());
        assert_eq!((shape.all_of.len(), shape.one_of.len(), shape.any_of.len()), (1, 2, 0));
    }

    #[test]
    fn what_is_wrong_with_a_keyword_costs_that_keyword() {
        let keywords = [
            "nullable",
            "readOnly",
            "writeOnly",
            "description",
            "format",
            "enum",
            "properties",
            "allOf",
            "oneOf",
            "anyOf",
        ];
        for key in keywords {
            check(&json!({key: 1}), &[key]);
            check(&json!({key: null}), &[]);
        }
        let (_, shape) =
            check(&json!({"required": ["a", 4, null], "format": 1}), &["required", "format"]);
        assert_eq!(shape.required, ["a"]);
        check(&json!({"required": true, "additionalProperties": false}), &[]);
    }
}
