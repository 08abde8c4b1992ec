// src/operations.rs
//! Operations of Both: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /contacts`.
#[derive(Clone, Debug)]
pub struct AddContact {
    pub body: types::Contact,
}
gusset::operation!(AddContact: post "/contacts" as "add_contact" -> types::Contact {
    json body
} new(body: types::Contact));

/// Calls `PUT /contacts`.
#[derive(Clone, Debug)]
pub struct PutOwned {
    pub body: types::Owned,
}
gusset::operation!(PutOwned: put "/contacts" as "put_owned" -> types::Owned {
    json body
} new(body: types::Owned));

// src/types.rs
//! Types of Both: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// A value may be of both, as `anyOf` says.
#[derive(Clone, Debug, PartialEq)]
pub enum Contact {
    Person(Person),
    Company(Company),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Contact {
        Person => Shape::OBJECT.required(&["name"]).optional(&["born"]).joint(),
        Company => Shape::OBJECT.required(&["vat"]).optional(&["name"]).joint(),
    }
}

impl From<Person> for Contact {
    fn from(value: Person) -> Self {
        Contact::Person(value)
    }
}

impl From<Company> for Contact {
    fn from(value: Company) -> Self {
        Contact::Company(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub name: String,
    pub born: Option<String>,
}
gusset::record!(Person: read, write { name, [born] } new(name: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    pub vat: String,
    pub name: Option<String>,
}
gusset::record!(Company: read, write { vat, [name] } new(vat: impl Into<String>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owned {
    pub holder: Option<Holder>,
}
gusset::record!(Owned: read, write { [holder] });

/// Only one of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    Person(Person),
    Company(Company),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Holder {
        Person => Shape::OBJECT.required(&["name"]).optional(&["born"]),
        Company => Shape::OBJECT.required(&["vat"]).optional(&["name"]),
    }
}

impl From<Person> for Holder {
    fn from(value: Person) -> Self {
        Holder::Person(value)
    }
}

impl From<Company> for Holder {
    fn from(value: Company) -> Self {
        Holder::Company(value)
    }
}
