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
    /// A list of names. Many schemas have OpenAPI's flag of parameters there, which means nothing.
    Names,
    /// That there is a part.
    Child,
    /// The same, demanded by OpenAPI though documents leave it out.
    Demanded,
    /// That there is a part, or a flag.
    ChildOrFlag,
    /// The names of parts, or how many there are.
    Children,
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
        ("required", Keep::Value),
        ("explode", Keep::Value),
        ("schema", Keep::Demanded),
    ];
}

impl Level for openapiv3::RequestBody {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[("required", Keep::Value)];
}

impl Level for openapiv3::SchemaData {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[
        ("nullable", Keep::Value),
        ("readOnly", Keep::Value),
        ("writeOnly", Keep::Value),
        ("description", Keep::Value),
    ];
}

/// Without `type`, which 3.1 allows to be a list.
impl Level for openapiv3::AnySchema {
    const KEYWORDS: &'static [(&'static str, Keep)] = &[
        ("format", Keep::Value),
        ("enum", Keep::Value),
        ("required", Keep::Names),
        ("properties", Keep::Children),
        ("additionalProperties", Keep::ChildOrFlag),
        ("items", Keep::Child),
        ("allOf", Keep::Children),
        ("oneOf", Keep::Children),
        ("anyOf", Keep::Children),
    ];
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
                (Keep::Demanded, _) | (Keep::Child, Some(_)) => elsewhere(),
                (_, None) | (Keep::Names, Some(Json::Bool(_))) => continue,
                (Keep::Value | Keep::Names, Some(value)) => value.to_value(),
                (Keep::ChildOrFlag, Some(Json::Bool(flag))) => (*flag).into(),
                (Keep::ChildOrFlag, Some(_)) => elsewhere(),
                (Keep::Children, Some(Json::Object(parts))) => {
                    parts.keys().map(|name| (name.to_owned(), elsewhere())).collect()
                }
                (Keep::Children, Some(Json::Array(parts))) => {
                    parts.iter().map(|_| elsewhere()).collect()
                }
                (Keep::Children, Some(other)) => other.to_value(),
            };
            level.insert((*key).to_owned(), kept);
        }
        node::read(Value::Object(level), &self.place)
    }
}

/// Reads a schema without the detour by `serde`, which is most of what reading a document costs. `None` if something
/// in it is not as it should be: then the long way says what, and decides whether that matters.
pub(super) fn schema(members: &Members) -> Option<(SchemaData, AnySchema)> {
    let mut data = SchemaData::default();
    let mut shape = AnySchema::default();
    for (key, value) in members.iter() {
        if value.is_null() {
            continue;
        }
        match key {
            "nullable" => data.nullable = value.as_bool()?,
            "readOnly" => data.read_only = value.as_bool()?,
            "writeOnly" => data.write_only = value.as_bool()?,
            "description" => data.description = Some(value.as_str()?.to_owned()),
            "format" => shape.format = Some(value.as_str()?.to_owned()),
            "enum" => shape.enumeration = value.as_array()?.iter().map(Json::to_value).collect(),
            "required" if value.is_boolean() => {}
            "required" => {
                let names = value.as_array()?.iter();
                shape.required =
                    names.map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()?;
            }
            "properties" => {
                let names = value.as_object()?.keys().map(str::to_owned);
                shape.properties = names.map(|name| (name, reference())).collect();
            }
            "additionalProperties" => {
                shape.additional_properties = Some(match value.as_bool() {
                    Some(any) => AdditionalProperties::Any(any),
                    None => AdditionalProperties::Schema(Box::new(reference())),
                });
            }
            "items" => shape.items = Some(reference()),
            "allOf" => shape.all_of = parts(value)?,
            "oneOf" => shape.one_of = parts(value)?,
            "anyOf" => shape.any_of = parts(value)?,
            _ => {}
        }
    }
    Some((data, shape))
}

fn parts(list: &Json) -> Option<Vec<ReferenceOr<openapiv3::Schema>>> {
    Some(list.as_array()?.iter().map(|_| reference()).collect())
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
    use crate::source::{FileId, Place};

    /// What both ways read of a schema.
    #[track_caller]
    fn check(schema_: &Value) {
        let tree = Json::from(schema_.clone());
        let node = Node { value: &tree, place: Place::root(FileId(0)) };
        let (data, shape) = schema(tree.as_object().unwrap()).unwrap();
        assert_eq!(node.level::<SchemaData>().unwrap(), data);
        assert_eq!(node.level::<AnySchema>().unwrap(), shape);
    }

    #[test]
    fn the_short_way_reads_what_the_long_way_reads() {
        let part = json!({"type": "string"});
        for children in [json!([part, part]), json!([])] {
            check(&json!({
                "nullable": true, "readOnly": true, "writeOnly": false, "description": "d",
                "type": "object", "format": "f", "enum": ["a", 1, null], "required": ["a"],
                "properties": {"a": part, "b": {"$ref": "#/x"}}, "additionalProperties": part,
                "items": part, "allOf": children, "oneOf": children, "anyOf": children,
            }));
        }
        check(&json!({"required": true, "additionalProperties": false, "format": null}));
        check(&json!({}));
        let known = AnySchema::KEYWORDS.iter().chain(SchemaData::KEYWORDS).map(|(key, _)| *key);
        for key in known.filter(|key| !["items", "additionalProperties"].contains(key)) {
            assert!(
                schema(Json::from(json!({key: 1})).as_object().unwrap()).is_none(),
                "`{key}` is read"
            );
        }
    }
}
