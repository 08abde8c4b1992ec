// src/operations.rs
//! Operations of Choices inside choices: values that a client sends.
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
//! Types of Choices inside choices: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Things {
    pub extended: Option<Extended>,
    pub both: Option<Both>,
    pub crossed: Option<Crossed>,
    pub deep: Option<Deep>,
    pub ride: Option<Child>,
}
gusset::record!(Things: read, write { [extended, both, crossed, deep, ride] });

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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Child {
    pub with: Option<ChildWith>,
    pub pet: Option<ChildPet>,
}
gusset::record!(Child: read, write { [with, pet] });

#[derive(Clone, Debug, PartialEq)]
pub enum ChildWith {
    Car(ChildWithCar),
    Boat(ChildWithBoat),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ChildWith {
        Car => Shape::OBJECT.required(&["wheels"]),
        Boat => Shape::OBJECT.required(&["sails"]),
    }
}

impl From<ChildWithCar> for ChildWith {
    fn from(value: ChildWithCar) -> Self {
        ChildWith::Car(value)
    }
}

impl From<ChildWithBoat> for ChildWith {
    fn from(value: ChildWithBoat) -> Self {
        ChildWith::Boat(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ChildPet {
    /// `cat`.
    CatCar(ChildPetCatCar),
    /// `cat`.
    CatBoat(ChildPetCatBoat),
    /// `dog`.
    DogCar(ChildPetDogCar),
    /// `dog`.
    DogBoat(ChildPetDogBoat),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ChildPet by "kind" {
        CatCar => Shape::tagged(&["cat"]).required(&["wheels"]).optional(&["lives"]),
        CatBoat => Shape::tagged(&["cat"]).required(&["sails"]).optional(&["lives"]),
        DogCar => Shape::tagged(&["dog"]).required(&["wheels"]).optional(&["bark"]),
        DogBoat => Shape::tagged(&["dog"]).required(&["sails"]).optional(&["bark"]),
    }
}

impl From<ChildPetCatCar> for ChildPet {
    fn from(value: ChildPetCatCar) -> Self {
        ChildPet::CatCar(value)
    }
}

impl From<ChildPetCatBoat> for ChildPet {
    fn from(value: ChildPetCatBoat) -> Self {
        ChildPet::CatBoat(value)
    }
}

impl From<ChildPetDogCar> for ChildPet {
    fn from(value: ChildPetDogCar) -> Self {
        ChildPet::DogCar(value)
    }
}

impl From<ChildPetDogBoat> for ChildPet {
    fn from(value: ChildPetDogBoat) -> Self {
        ChildPet::DogBoat(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExtendedCat {
    pub id: i64,
    pub kind: String,
    pub lives: Option<i64>,
}
gusset::record!(ExtendedCat: read, write {
    id, kind, [lives]
} new(id: i64, kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct ExtendedDog {
    pub id: i64,
    pub kind: String,
    pub bark: Option<String>,
}
gusset::record!(ExtendedDog: read, write {
    id, kind, [bark]
} new(id: i64, kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct ExtendedCar {
    pub id: i64,
    pub wheels: i64,
}
gusset::record!(ExtendedCar: read, write { id, wheels } new(id: i64, wheels: i64));

/// Now
#[derive(Clone, Debug, PartialEq)]
pub struct BothMailNow {
    pub mail: String,
    pub now: bool,
}
gusset::record!(BothMailNow: read, write { mail, now } new(mail: impl Into<String>, now: bool));

/// Later
#[derive(Clone, Debug, PartialEq)]
pub struct BothMailLater {
    pub mail: String,
    pub at: gusset::DateTime,
}
gusset::record!(BothMailLater: read, write {
    mail, at
} new(mail: impl Into<String>, at: impl Into<gusset::DateTime>));

/// Now
#[derive(Clone, Debug, PartialEq)]
pub struct BothPhoneNow {
    pub phone: String,
    pub now: bool,
}
gusset::record!(BothPhoneNow: read, write { phone, now } new(phone: impl Into<String>, now: bool));

/// Later
#[derive(Clone, Debug, PartialEq)]
pub struct BothPhoneLater {
    pub phone: String,
    pub at: gusset::DateTime,
}
gusset::record!(BothPhoneLater: read, write {
    phone, at
} new(phone: impl Into<String>, at: impl Into<gusset::DateTime>));

#[derive(Clone, Debug, PartialEq)]
pub struct CrossedCatCar {
    pub kind: String,
    pub lives: Option<i64>,
    pub wheels: i64,
}
gusset::record!(CrossedCatCar: read, write {
    kind, [lives], wheels
} new(kind: impl Into<String>, wheels: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct CrossedCatBoat {
    pub kind: String,
    pub lives: Option<i64>,
    pub sails: i64,
}
gusset::record!(CrossedCatBoat: read, write {
    kind, [lives], sails
} new(kind: impl Into<String>, sails: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct CrossedDogCar {
    pub kind: String,
    pub bark: Option<String>,
    pub wheels: i64,
}
gusset::record!(CrossedDogCar: read, write {
    kind, [bark], wheels
} new(kind: impl Into<String>, wheels: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct CrossedDogBoat {
    pub kind: String,
    pub bark: Option<String>,
    pub sails: i64,
}
gusset::record!(CrossedDogBoat: read, write {
    kind, [bark], sails
} new(kind: impl Into<String>, sails: i64));

/// AB
#[derive(Clone, Debug, PartialEq)]
pub struct DeepAb {
    pub name: String,
    pub a: i64,
    pub b: String,
}
gusset::record!(DeepAb: read, write {
    name, a, b
} new(name: impl Into<String>, a: i64, b: impl Into<String>));

/// AC
#[derive(Clone, Debug, PartialEq)]
pub struct DeepAc {
    pub name: String,
    pub a: i64,
    pub c: String,
}
gusset::record!(DeepAc: read, write {
    name, a, c
} new(name: impl Into<String>, a: i64, c: impl Into<String>));

/// D
#[derive(Clone, Debug, PartialEq)]
pub struct DeepD {
    pub name: String,
    pub d: String,
}
gusset::record!(DeepD: read, write { name, d } new(name: impl Into<String>, d: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildWithCar {
    pub seats: Option<i64>,
    pub name: String,
    pub wheels: i64,
}
gusset::record!(ChildWithCar: read, write {
    [seats], name, wheels
} new(name: impl Into<String>, wheels: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildWithBoat {
    pub seats: Option<i64>,
    pub name: String,
    pub sails: i64,
}
gusset::record!(ChildWithBoat: read, write {
    [seats], name, sails
} new(name: impl Into<String>, sails: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildPetCatCar {
    pub kind: String,
    pub lives: Option<i64>,
    pub wheels: i64,
}
gusset::record!(ChildPetCatCar: read, write {
    kind, [lives], wheels
} new(kind: impl Into<String>, wheels: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildPetCatBoat {
    pub kind: String,
    pub lives: Option<i64>,
    pub sails: i64,
}
gusset::record!(ChildPetCatBoat: read, write {
    kind, [lives], sails
} new(kind: impl Into<String>, sails: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildPetDogCar {
    pub kind: String,
    pub bark: Option<String>,
    pub wheels: i64,
}
gusset::record!(ChildPetDogCar: read, write {
    kind, [bark], wheels
} new(kind: impl Into<String>, wheels: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct ChildPetDogBoat {
    pub kind: String,
    pub bark: Option<String>,
    pub sails: i64,
}
gusset::record!(ChildPetDogBoat: read, write {
    kind, [bark], sails
} new(kind: impl Into<String>, sails: i64));
