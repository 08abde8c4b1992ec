//! What the types of `openapiv3` lack: schemas that say what 3.1 allows.

use super::{Node, level};
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{Json, Place};
use openapiv3::{AnySchema, SchemaData};
use serde::Deserialize;

/// A part that is not what OpenAPI says it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
}

impl ShapeError {
    /// The finding; `what` is left out or weakened because of it.
    #[must_use]
    pub fn diagnostic(&self, severity: Severity, what: &str) -> Diagnostic {
        let finding = Diagnostic::warning(BAD_PART, what).at(&self.place, self.message.clone());
        Diagnostic { severity, ..finding }
    }
}

/// A schema, one level of it. The schemas below are children of the node; here they are references without a target.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The types it allows; empty if it does not say.
    pub types: Vec<SchemaType>,
    /// What it says about values of any type.
    pub data: SchemaData,
    /// What it says about their shape. `const` is an `enum` of one.
    pub shape: AnySchema,
    /// Keywords that are not as OpenAPI says, and were left out.
    pub faults: Vec<ShapeError>,
}

impl Schema {
    /// Reads a schema; `true` (3.1) allows everything.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(node: &Node<'_>) -> Result<Schema, ShapeError> {
        if node.value.as_bool().is_some() {
            return Ok(Schema::default());
        }
        let Json::Object(members) = node.value else {
            let message = "expected a mapping".to_owned();
            return Err(ShapeError { message, place: node.place.clone() });
        };
        let mut faults = Vec::new();
        let (mut data, mut shape) = level::schema(members, |key, message| {
            faults.push(ShapeError { message, place: node.place.child(key) });
        });
        if shape.enumeration.is_empty() {
            shape.enumeration.extend(node.value.get("const").map(Json::to_value));
        }
        let types = types(node, &mut faults)?;
        // 3.1 says in other words what the formats of 3.0 say.
        if shape.format.is_none() {
            shape.format = encoded(node).map(str::to_owned);
        }
        data.nullable |= node.flag("x-nullable");
        Ok(Schema { types, data, shape, faults })
    }

    /// Whether null is allowed, in the way of 3.0 or of 3.1.
    #[must_use]
    pub fn allows_null(&self) -> bool {
        self.data.nullable || self.types.contains(&SchemaType::Null)
    }

    /// Whether it says anything about the members of an object.
    #[must_use]
    pub fn has_members(&self) -> bool {
        !self.shape.properties.is_empty() || self.shape.additional_properties.is_some()
    }
}

/// The format of 3.0 for text that is bytes.
fn encoded(node: &Node<'_>) -> Option<&'static str> {
    match (node.str("contentEncoding"), node.str("contentMediaType")) {
        (Some("base64"), _) => Some("byte"),
        (None | Some("binary"), Some("application/octet-stream")) => Some("binary"),
        _ => None,
    }
}

/// The types that a schema says. Of a list, those that are known.
fn types(node: &Node<'_>, faults: &mut Vec<ShapeError>) -> Result<Vec<SchemaType>, ShapeError> {
    if let Some(one) = node.str("type").and_then(SchemaType::of) {
        return Ok(vec![one]);
    }
    let Some(said) = node.get("type") else { return Ok(Vec::new()) };
    let one = |said: &Node<'_>| match said.value {
        // `type: null` in YAML, which means the type of that name.
        Json::Null => Ok(SchemaType::Null),
        _ => said.read(),
    };
    if said.value.as_array().is_none() {
        return Ok(vec![one(&said)?]);
    }
    let mut types = Vec::new();
    let mut unknown = Vec::new();
    for said in said.items() {
        match one(&said) {
            Ok(ty) => types.push(ty),
            Err(error) => unknown.push(error),
        }
    }
    match unknown.first() {
        Some(error) if types.is_empty() => Err(error.clone()),
        _ => {
            faults.append(&mut unknown);
            Ok(types)
        }
    }
}

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SchemaType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An object.
    Object,
    /// A list.
    Array,
    /// Null (3.1).
    Null,
}

impl SchemaType {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            // Bytes, in the words of Swagger 2.0.
            "string" | "file" => SchemaType::String,
            "integer" => SchemaType::Integer,
            "number" => SchemaType::Number,
            "boolean" => SchemaType::Boolean,
            "object" => SchemaType::Object,
            "array" => SchemaType::Array,
            "null" => SchemaType::Null,
            _ => return None,
        })
    }
}
