// src/operations.rs
//! Operations of Hard names: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Hard names: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub r#type: ResultType,
    pub r#ref: Option<StringType>,
    pub self_: Option<OptionType>,
    pub foo_bar: FooBar,
    pub foo_bar2: FooBar2,
    pub crate_: Option<SelfType>,
    pub 名前: Option<VecType>,
    pub v2fa: Option<T3d>,
    pub inline: Option<ThingInline2>,
    pub empty: Option<String>,
    pub rest: Option<Gusset>,
}
gusset::record!(Thing: read, write {
    r#type = "type", [r#ref = "ref", self_ = "self"], foo_bar = "foo-bar", foo_bar2 = "foo_bar",
    [crate_ = "crate", 名前, v2fa = "2fa", inline, empty = "", rest]
} new(r#type: ResultType, foo_bar: FooBar, foo_bar2: FooBar2));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultType {
    pub ok: Option<bool>,
}
gusset::record!(ResultType: read, write { [ok] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StringType {
    pub text: Option<String>,
}
gusset::record!(StringType: read, write { [text] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionType {
    pub some: Option<Vec<String>>,
}
gusset::record!(OptionType: read, write { [some] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FooBar {
    pub a: Option<String>,
}
gusset::record!(FooBar: read, write { [a] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FooBar2 {
    pub b: Option<String>,
}
gusset::record!(FooBar2: read, write { [b] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfType {
    pub r#box: Option<Box<BoxType>>,
}
gusset::record!(SelfType: read, write { [r#box = "Box"] });

gusset::open_enum! {
    pub enum VecType {
        String = "String", None = "None", Some = "Some", Ok = "Ok",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct T3d {
    pub default: Option<String>,
}
gusset::record!(T3d: read, write { [default = "Default"] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThingInline2 {
    pub x: Option<String>,
}
gusset::record!(ThingInline2: read, write { [x] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gusset {
    pub serde: Option<DefaultType>,
}
gusset::record!(Gusset: read, write { [serde] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxType {
    pub again: Option<Box<SelfType>>,
}
gusset::record!(BoxType: read, write { [again] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefaultType {
    pub inline: Option<Box<ThingInline>>,
}
gusset::record!(DefaultType: read, write { [inline] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThingInline {
    pub mine: Option<Box<DefaultType>>,
}
gusset::record!(ThingInline: read, write { [mine] });
