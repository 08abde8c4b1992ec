// src/operations.rs
//! Operations of Choices that are one type: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}
gusset::operation!(Make: post "/things" as "make" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Choices that are one type: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    pub colour: Option<ThingColour>,
    pub size: gusset::Patch<ThingSize>,
    pub share: Option<gusset::serde_json::Number>,
    pub link: Option<String>,
    pub owner: gusset::Patch<Owner>,
    pub data: gusset::Patch<gusset::serde_json::Value>,
    pub by: Option<ThingBy>,
}
gusset::record!(Thing: read, write { [colour, size, share, link, owner, data, by] });

gusset::open_enum! {
    pub enum ThingColour {
        Red = "red", Blue = "blue",
    }
}

gusset::open_enum! {
    pub enum ThingSize {
        Small = "small", Large = "large",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owner {
    pub name: Option<String>,
}
gusset::record!(Owner: read, write { [name] });

#[derive(Clone, Debug, PartialEq)]
pub enum ThingBy {
    Owner(Owner),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingBy {
        Owner => Shape::OBJECT,
    }
}

impl From<Owner> for ThingBy {
    fn from(value: Owner) -> Self {
        ThingBy::Owner(value)
    }
}
