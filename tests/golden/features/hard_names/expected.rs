// src/operations.rs
//! Operations of Hard names: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
    pub body: types::Thing,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        SendThing { body }
    }
}

impl gusset::Operation for SendThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "send_thing",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Hard names: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `type`.
    pub r#type: ResultType,
    /// The document's `ref`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<StringType>,
    /// The document's `self`.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_: Option<OptionType>,
    /// The document's `foo-bar`.
    #[serde(rename = "foo-bar")]
    pub foo_bar: FooBar,
    /// The document's `foo_bar`.
    #[serde(rename = "foo_bar")]
    pub foo_bar2: FooBar2,
    /// The document's `crate`.
    #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
    pub crate_: Option<SelfType>,
    /// The document's `名前`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub 名前: Option<VecType>,
    /// The document's `2fa`.
    #[serde(rename = "2fa", skip_serializing_if = "Option::is_none")]
    pub v2fa: Option<T3d>,
    /// The document's `inline`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<ThingInline2>,
    /// The document's (empty).
    #[serde(rename = "", skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
    /// The document's `rest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<Gusset>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(r#type: ResultType, foo_bar: FooBar, foo_bar2: FooBar2) -> Self {
        Thing {
            r#type,
            r#ref: None,
            self_: None,
            foo_bar,
            foo_bar2,
            crate_: None,
            名前: None,
            v2fa: None,
            inline: None,
            empty: None,
            rest: None,
        }
    }
}

/// The document's `ResultType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct ResultType {
    /// The document's `ok`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ok: Option<bool>,
}

/// The document's `StringType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct StringType {
    /// The document's `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The document's `OptionType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct OptionType {
    /// The document's `some`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub some: Option<Vec<String>>,
}

/// The document's `FooBar`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct FooBar {
    /// The document's `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

/// The document's `FooBar2`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct FooBar2 {
    /// The document's `b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
}

/// The document's `SelfType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct SelfType {
    /// The document's `Box`.
    #[serde(rename = "Box", skip_serializing_if = "Option::is_none")]
    pub r#box: Option<Box<BoxType>>,
}

gusset::open_enum! {
    /// The document's `VecType`.
    pub enum VecType {
        String = "String",
        None = "None",
        Some = "Some",
        Ok = "Ok",
    }
}

/// The document's `T3d`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct T3d {
    /// The document's `Default`.
    #[serde(rename = "Default", skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// The document's `ThingInline2`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct ThingInline2 {
    /// The document's `x`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
}

/// The document's `Gusset`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Gusset {
    /// The document's `serde`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serde: Option<DefaultType>,
}

/// The document's `BoxType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct BoxType {
    /// The document's `again`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Box<SelfType>>,
}

/// The document's `DefaultType`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct DefaultType {
    /// The document's `inline`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<Box<ThingInline>>,
}

/// The document's `ThingInline`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct ThingInline {
    /// The document's `mine`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mine: Option<Box<DefaultType>>,
}
