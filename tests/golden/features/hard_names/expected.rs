// src/operations.rs
//! Operations of Hard names: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
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
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "send_thing", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Hard names: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde", rename_all = "kebab-case")]
pub struct Thing {
    pub r#type: ResultType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<StringType>,
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_: Option<OptionType>,
    pub foo_bar: FooBar,
    #[serde(rename = "foo_bar")]
    pub foo_bar2: FooBar2,
    #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
    pub crate_: Option<SelfType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub 名前: Option<VecType>,
    #[serde(rename = "2fa", skip_serializing_if = "Option::is_none")]
    pub v2fa: Option<T3d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<ThingInline2>,
    #[serde(rename = "", skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
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

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ResultType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ok: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct StringType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct OptionType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub some: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct FooBar {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct FooBar2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde", rename_all = "PascalCase")]
pub struct SelfType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#box: Option<Box<BoxType>>,
}

gusset::open_enum! {
    pub enum VecType {
        String = "String",
        None = "None",
        Some = "Some",
        Ok = "Ok",
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde", rename_all = "PascalCase")]
pub struct T3d {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingInline2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Gusset {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serde: Option<DefaultType>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct BoxType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Box<SelfType>>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct DefaultType {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<Box<ThingInline>>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingInline {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mine: Option<Box<DefaultType>>,
}
