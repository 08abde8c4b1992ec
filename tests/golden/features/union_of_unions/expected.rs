// src/operations.rs
//! Operations of Choices inside choices: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Things,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Things) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Things;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Choices inside choices: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Things {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extended: Option<Extended>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub both: Option<Both>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossed: Option<Crossed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deep: Option<Deep>,
}

/// All of a choice, one of which is a choice by a discriminator of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Extended {
    /// `cat`.
    Cat(ExtendedCat),
    /// `dog`.
    Dog(ExtendedDog),
    Car(ExtendedCar),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Extended by "kind" {
        Cat => Shape::tagged(&["cat"]),
        Dog => Shape::tagged(&["dog"]),
        Car => Shape::OBJECT.required(&["wheels"]),
    }
}

impl From<ExtendedCat> for Extended {
    fn from(value: ExtendedCat) -> Self {
        Extended::Cat(value)
    }
}

impl From<ExtendedDog> for Extended {
    fn from(value: ExtendedDog) -> Self {
        Extended::Dog(value)
    }
}

impl From<ExtendedCar> for Extended {
    fn from(value: ExtendedCar) -> Self {
        Extended::Car(value)
    }
}

/// All of two choices.
#[derive(Clone, Debug, PartialEq)]
pub enum Both {
    MailNow(BothMailNow),
    MailLater(BothMailLater),
    PhoneNow(BothPhoneNow),
    PhoneLater(BothPhoneLater),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Both {
        MailNow => Shape::OBJECT.required(&["mail", "now"]),
        MailLater => Shape::OBJECT.required(&["mail", "at"]),
        PhoneNow => Shape::OBJECT.required(&["phone", "now"]),
        PhoneLater => Shape::OBJECT.required(&["phone", "at"]),
    }
}

impl From<BothMailNow> for Both {
    fn from(value: BothMailNow) -> Self {
        Both::MailNow(value)
    }
}

impl From<BothMailLater> for Both {
    fn from(value: BothMailLater) -> Self {
        Both::MailLater(value)
    }
}

impl From<BothPhoneNow> for Both {
    fn from(value: BothPhoneNow) -> Self {
        Both::PhoneNow(value)
    }
}

impl From<BothPhoneLater> for Both {
    fn from(value: BothPhoneLater) -> Self {
        Both::PhoneLater(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Crossed {
    /// `cat`.
    CatCar(CrossedCatCar),
    /// `cat`.
    CatBoat(CrossedCatBoat),
    /// `dog`.
    DogCar(CrossedDogCar),
    /// `dog`.
    DogBoat(CrossedDogBoat),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Crossed by "kind" {
        CatCar => Shape::tagged(&["cat"]).required(&["wheels"]).optional(&["lives"]),
        CatBoat => Shape::tagged(&["cat"]).required(&["sails"]).optional(&["lives"]),
        DogCar => Shape::tagged(&["dog"]).required(&["wheels"]).optional(&["bark"]),
        DogBoat => Shape::tagged(&["dog"]).required(&["sails"]).optional(&["bark"]),
    }
}

impl From<CrossedCatCar> for Crossed {
    fn from(value: CrossedCatCar) -> Self {
        Crossed::CatCar(value)
    }
}

impl From<CrossedCatBoat> for Crossed {
    fn from(value: CrossedCatBoat) -> Self {
        Crossed::CatBoat(value)
    }
}

impl From<CrossedDogCar> for Crossed {
    fn from(value: CrossedDogCar) -> Self {
        Crossed::DogCar(value)
    }
}

impl From<CrossedDogBoat> for Crossed {
    fn from(value: CrossedDogBoat) -> Self {
        Crossed::DogBoat(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Deep {
    Ab(DeepAb),
    Ac(DeepAc),
    D(DeepD),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Deep {
        Ab => Shape::OBJECT.required(&["a", "b"]),
        Ac => Shape::OBJECT.required(&["a", "c"]),
        D => Shape::OBJECT.required(&["d"]),
    }
}

impl From<DeepAb> for Deep {
    fn from(value: DeepAb) -> Self {
        Deep::Ab(value)
    }
}

impl From<DeepAc> for Deep {
    fn from(value: DeepAc) -> Self {
        Deep::Ac(value)
    }
}

impl From<DeepD> for Deep {
    fn from(value: DeepD) -> Self {
        Deep::D(value)
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ExtendedCat {
    pub id: i64,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

impl ExtendedCat {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, kind: impl Into<String>) -> Self {
        ExtendedCat { id, kind: kind.into(), lives: None }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ExtendedDog {
    pub id: i64,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bark: Option<String>,
}

impl ExtendedDog {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, kind: impl Into<String>) -> Self {
        ExtendedDog { id, kind: kind.into(), bark: None }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ExtendedCar {
    pub id: i64,
    pub wheels: i64,
}

impl ExtendedCar {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, wheels: i64) -> Self {
        ExtendedCar { id, wheels }
    }
}

/// Now
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct BothMailNow {
    pub mail: String,
    pub now: bool,
}

impl BothMailNow {
    /// With what is required; the rest is left out.
    pub fn new(mail: impl Into<String>, now: bool) -> Self {
        BothMailNow { mail: mail.into(), now }
    }
}

/// Later
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct BothMailLater {
    pub mail: String,
    pub at: gusset::DateTime,
}

impl BothMailLater {
    /// With what is required; the rest is left out.
    pub fn new(mail: impl Into<String>, at: impl Into<gusset::DateTime>) -> Self {
        BothMailLater { mail: mail.into(), at: at.into() }
    }
}

/// Now
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct BothPhoneNow {
    pub phone: String,
    pub now: bool,
}

impl BothPhoneNow {
    /// With what is required; the rest is left out.
    pub fn new(phone: impl Into<String>, now: bool) -> Self {
        BothPhoneNow { phone: phone.into(), now }
    }
}

/// Later
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct BothPhoneLater {
    pub phone: String,
    pub at: gusset::DateTime,
}

impl BothPhoneLater {
    /// With what is required; the rest is left out.
    pub fn new(phone: impl Into<String>, at: impl Into<gusset::DateTime>) -> Self {
        BothPhoneLater { phone: phone.into(), at: at.into() }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct CrossedCatCar {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
    pub wheels: i64,
}

impl CrossedCatCar {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>, wheels: i64) -> Self {
        CrossedCatCar { kind: kind.into(), lives: None, wheels }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct CrossedCatBoat {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
    pub sails: i64,
}

impl CrossedCatBoat {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>, sails: i64) -> Self {
        CrossedCatBoat { kind: kind.into(), lives: None, sails }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct CrossedDogCar {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bark: Option<String>,
    pub wheels: i64,
}

impl CrossedDogCar {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>, wheels: i64) -> Self {
        CrossedDogCar { kind: kind.into(), bark: None, wheels }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct CrossedDogBoat {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bark: Option<String>,
    pub sails: i64,
}

impl CrossedDogBoat {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>, sails: i64) -> Self {
        CrossedDogBoat { kind: kind.into(), bark: None, sails }
    }
}

/// AB
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct DeepAb {
    pub name: String,
    pub a: i64,
    pub b: String,
}

impl DeepAb {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>, a: i64, b: impl Into<String>) -> Self {
        DeepAb { name: name.into(), a, b: b.into() }
    }
}

/// AC
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct DeepAc {
    pub name: String,
    pub a: i64,
    pub c: String,
}

impl DeepAc {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>, a: i64, c: impl Into<String>) -> Self {
        DeepAc { name: name.into(), a, c: c.into() }
    }
}

/// D
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct DeepD {
    pub name: String,
    pub d: String,
}

impl DeepD {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>, d: impl Into<String>) -> Self {
        DeepD { name: name.into(), d: d.into() }
    }
}
