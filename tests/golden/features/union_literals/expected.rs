// src/operations.rs
//! Operations of Values of several kinds that read alike: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Things,
}
gusset::operation!(Make: post "/things" as "make" -> types::Things {
    json body
} new(body: types::Things));

// src/types.rs
//! Types of Values of several kinds that read alike: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Things {
    pub flagged: Option<ThingsFlagged>,
    pub numbered: Option<ThingsNumbered>,
    pub mapped: Option<ThingsMapped>,
    pub added: Option<ThingsAdded>,
}
gusset::record!(Things: read, write { [flagged, numbered, mapped, added] });

#[derive(Clone, Debug, PartialEq)]
pub enum ThingsFlagged {
    /// `true`.
    True(ThingsFlaggedTrue),
    /// `"true"`.
    True2(ThingsFlaggedTrue2),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingsFlagged by "on" {
        True => Shape::tagged(&["true"]),
        True2 => Shape::tagged(&["\"true\""]),
    }
}

impl From<ThingsFlaggedTrue> for ThingsFlagged {
    fn from(value: ThingsFlaggedTrue) -> Self {
        ThingsFlagged::True(value)
    }
}

impl From<ThingsFlaggedTrue2> for ThingsFlagged {
    fn from(value: ThingsFlaggedTrue2) -> Self {
        ThingsFlagged::True2(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingsNumbered {
    /// `1`.
    V1(ThingsNumberedV1),
    /// `"1"`.
    V1_2(ThingsNumberedV1_2),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingsNumbered by "v" {
        V1 => Shape::tagged(&["1"]),
        V1_2 => Shape::tagged(&["\"1\""]),
    }
}

impl From<ThingsNumberedV1> for ThingsNumbered {
    fn from(value: ThingsNumberedV1) -> Self {
        ThingsNumbered::V1(value)
    }
}

impl From<ThingsNumberedV1_2> for ThingsNumbered {
    fn from(value: ThingsNumberedV1_2) -> Self {
        ThingsNumbered::V1_2(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingsMapped {
    /// `1`.
    First(First),
    /// `2`.
    Second(Second),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingsMapped by "version" {
        First => Shape::tagged(&["1"]),
        Second => Shape::tagged(&["2"]),
    }
}

impl From<First> for ThingsMapped {
    fn from(value: First) -> Self {
        ThingsMapped::First(value)
    }
}

impl From<Second> for ThingsMapped {
    fn from(value: Second) -> Self {
        ThingsMapped::Second(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingsAdded {
    /// `"1"`.
    Plain(Plain),
    /// `007`.
    Other2(Other),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingsAdded by "code" {
        Plain writes "\"1\"" => Shape::tagged(&["\"1\""]),
        Other2 writes "007" => Shape::tagged(&["007"]),
    }
}

impl From<Plain> for ThingsAdded {
    fn from(value: Plain) -> Self {
        ThingsAdded::Plain(value)
    }
}

impl From<Other> for ThingsAdded {
    fn from(value: Other) -> Self {
        ThingsAdded::Other2(value)
    }
}

/// Flag
#[derive(Clone, Debug, PartialEq)]
pub struct ThingsFlaggedTrue {
    /// Always `true`.
    pub on: bool,
    pub a: Option<String>,
}
gusset::record!(ThingsFlaggedTrue: read, write { on, [a] } new(on: bool));

/// Word
#[derive(Clone, Debug, PartialEq)]
pub struct ThingsFlaggedTrue2 {
    pub on: ThingsFlaggedTrue2On,
    pub a: Option<String>,
}
gusset::record!(ThingsFlaggedTrue2: read, write { on, [a] } new(on: ThingsFlaggedTrue2On));

gusset::open_enum! {
    pub enum ThingsFlaggedTrue2On {
        True = "true",
    }
}

/// Number
#[derive(Clone, Debug, PartialEq)]
pub struct ThingsNumberedV1 {
    /// Always `1`.
    pub v: i64,
}
gusset::record!(ThingsNumberedV1: read, write { v } new(v: i64));

/// Text
#[derive(Clone, Debug, PartialEq)]
pub struct ThingsNumberedV1_2 {
    pub v: ThingsNumberedV1_2V,
}
gusset::record!(ThingsNumberedV1_2: read, write { v } new(v: ThingsNumberedV1_2V));

gusset::open_enum! {
    pub enum ThingsNumberedV1_2V {
        V1 = "1",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct First {
    pub version: i64,
}
gusset::record!(First: read, write { version } new(version: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    pub version: i64,
}
gusset::record!(Second: read, write { version } new(version: i64));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plain {
    pub name: Option<String>,
}
gusset::record!(Plain: read, write { [name] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Other {
    pub name: Option<String>,
}
gusset::record!(Other: read, write { [name] });
