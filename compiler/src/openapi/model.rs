//! One level of a document's parts. What is below a level stays in the tree until it is read itself.
//!
//! These are not the types of the `openapiv3` crate on purpose: those read depth first, so a bad schema takes all
//! that contain it along (in time exponential in its depth), and they refuse what real documents do, such as a
//! response without a description or a bound that is not a whole number.

use super::Node;
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Place;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

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

/// A schema, one level of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Schema {
    /// The types it allows; empty if it does not say.
    #[serde(rename = "type")]
    pub types: Types,
    /// The format.
    pub format: Option<String>,
    /// The values it allows.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Value>>,
    /// The one value it allows (3.1).
    #[serde(rename = "const")]
    pub constant: Option<Value>,
    /// Whether null is allowed (3.0).
    pub nullable: bool,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// What it means.
    pub description: Option<String>,
    /// A title.
    pub title: Option<String>,
    /// The names of the members; their schemas are children of the node.
    pub properties: IndexMap<String, IgnoredAny>,
    /// Members that are always there.
    pub required: Required,
    /// What other members may be.
    pub additional_properties: Option<Additional>,
    /// Whether there is a schema of elements.
    pub items: Option<IgnoredAny>,
    /// How many schemas hold at once.
    pub all_of: Option<Vec<IgnoredAny>>,
    /// How many schemas there are to choose one from.
    pub one_of: Option<Vec<IgnoredAny>>,
    /// How many schemas there are to choose from.
    pub any_of: Option<Vec<IgnoredAny>>,
}

impl Schema {
    /// Reads a schema; `true` (3.1) allows everything.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(node: &Node<'_>) -> Result<Schema, ShapeError> {
        match node.value {
            Value::Bool(_) => Ok(Schema::default()),
            Value::Object(_) => node.read(),
            _ => Err(ShapeError {
                message: "expected a schema, which is a mapping".to_owned(),
                place: node.place.clone(),
            }),
        }
    }

    /// Whether null is allowed, in the way of 3.0 or of 3.1.
    #[must_use]
    pub fn allows_null(&self) -> bool {
        self.nullable || self.types.0.contains(&SchemaType::Null)
    }

    /// Whether it says anything about the members of an object.
    #[must_use]
    pub fn has_members(&self) -> bool {
        !self.properties.is_empty() || self.additional_properties.is_some()
    }
}

/// The types that a schema allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrManyTypes")]
pub struct Types(pub Vec<SchemaType>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrManyTypes {
    One(SchemaType),
    Many(Vec<SchemaType>),
    /// `type: null` in YAML, which means the type of that name.
    Nothing(()),
}

impl From<OneOrManyTypes> for Types {
    fn from(types: OneOrManyTypes) -> Self {
        Types(match types {
            OneOrManyTypes::One(one) => vec![one],
            OneOrManyTypes::Many(many) => many,
            OneOrManyTypes::Nothing(()) => vec![SchemaType::Null],
        })
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

/// `required` of a schema. Many documents put OpenAPI's flag of parameters there, which means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Required {
    /// Names of members.
    Names(Vec<String>),
    /// No meaning.
    Flag(bool),
}

impl Default for Required {
    fn default() -> Self {
        Required::Flag(false)
    }
}

impl Required {
    /// Whether a member is always there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        matches!(self, Required::Names(names) if names.iter().any(|n| n == name))
    }
}

/// `additionalProperties`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
pub enum Additional {
    /// Allowed or not.
    Flag(bool),
    /// Allowed, with a schema, which is a child of the node.
    Schema(IgnoredAny),
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter, one level of it.
#[derive(Clone, Debug, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it travels.
    #[serde(rename = "in")]
    pub location: ParameterLocation,
    /// What it means.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether it must be sent.
    #[serde(default)]
    pub required: bool,
    /// How lists are written.
    #[serde(default)]
    pub style: Option<String>,
    /// Whether elements of lists are written apart.
    #[serde(default)]
    pub explode: Option<bool>,
}
