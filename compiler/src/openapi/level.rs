//! Reads one level of a document into the types of `openapiv3`.
//!
//! Those read depth first: a bad schema would take all that contain it along, in time exponential in its depth. So
//! they see only the keywords that matter, with references in place of the parts below, which are read on their own.

use super::{Node, ShapeError};
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
        let Value::Object(members) = self.value else {
            let message = "expected a mapping".to_owned();
            return Err(ShapeError { message, place: self.place.clone() });
        };
        let mut level = Map::new();
        for (key, keep) in T::KEYWORDS {
            let value = members.get(*key).filter(|value| !value.is_null());
            let kept = match (keep, value) {
                (Keep::Text(lacking), value) => {
                    value.and_then(Value::as_str).unwrap_or(lacking).into()
                }
                (Keep::Demanded, _) | (Keep::Child, Some(_)) => elsewhere(),
                (_, None) | (Keep::Names, Some(Value::Bool(_))) => continue,
                (Keep::Value | Keep::Names, Some(value)) => value.clone(),
                (Keep::ChildOrFlag, Some(value)) if value.is_boolean() => value.clone(),
                (Keep::ChildOrFlag, Some(_)) => elsewhere(),
                (Keep::Children, Some(Value::Object(parts))) => {
                    parts.keys().map(|name| (name.clone(), elsewhere())).collect()
                }
                (Keep::Children, Some(Value::Array(parts))) => {
                    parts.iter().map(|_| elsewhere()).collect()
                }
                (Keep::Children, Some(other)) => other.clone(),
            };
            level.insert((*key).to_owned(), kept);
        }
        Node { value: &Value::Object(level), place: self.place.clone() }.read()
    }
}

/// What stands for a part that is read on its own.
fn elsewhere() -> Value {
    json!({"$ref": ""})
}
