//! What a Rust expression evaluates to.

use super::super::types::ty_of_use;
use crate::ir::{Ty, TypeId, TypeUse, Types};

/// What a Rust expression evaluates to. Where nothing else is said, values are owned and `Copy`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Bool,
    Int,
    Uint,
    Double,
    Timestamp,
    Duration,
    /// `&str`.
    Str,
    /// `String`.
    String,
    /// `&[u8]`.
    Bytes,
    /// `null` itself.
    Null,
    /// `&T`.
    Record(TypeId),
    /// `&[T]` of a type of the arena.
    Items(TypeUse),
    /// `&BTreeMap<String, T>` of a type of the arena.
    Entries(TypeUse),
    /// `Vec` of that shape.
    Vec(Box<Shape>),
    /// `BTreeMap<String, _>` of that shape.
    Table(Box<Shape>),
    /// `&serde_json::Value` that holds such a value, perhaps a scalar in text.
    Json(Ty, bool),
    /// `&gusset::Response`, of which the headers are meant.
    Headers,
    /// `Option` of that shape.
    Option(Box<Shape>),
    /// `None`, of whatever type.
    None,
}

impl Shape {
    /// The shape of a value of a type, read from emitted structs.
    pub(super) fn of(ty: &Ty) -> Shape {
        match ty {
            Ty::Bool => Shape::Bool,
            Ty::Int => Shape::Int,
            Ty::Uint => Shape::Uint,
            Ty::Double => Shape::Double,
            Ty::String => Shape::Str,
            Ty::Bytes => Shape::Bytes,
            Ty::Timestamp => Shape::Timestamp,
            Ty::Duration => Shape::Duration,
            Ty::Null => Shape::Null,
            Ty::Dyn => Shape::Json(Ty::Dyn, false),
            Ty::List(item) => Shape::Vec(Box::new(Shape::of(item))),
            Ty::Map(item) => Shape::Table(Box::new(Shape::of(item))),
            Ty::Optional(inner) => Shape::of(inner).optional(),
            Ty::Record(id) => Shape::Record(*id),
        }
    }

    /// An option of it; options do not nest.
    pub(super) fn optional(self) -> Shape {
        match self {
            Shape::Option(_) => self,
            other => Shape::Option(Box::new(other)),
        }
    }

    /// Owned text in place of borrowed text.
    pub(super) fn owned(self) -> Shape {
        match self {
            Shape::Str => Shape::String,
            Shape::Option(inner) => Shape::Option(Box::new(inner.owned())),
            Shape::Vec(inner) => Shape::Vec(Box::new(inner.owned())),
            other => other,
        }
    }

    /// The shape that both can be turned into.
    pub(super) fn common(types: &Types, a: &Shape, b: &Shape) -> Shape {
        match (a, b) {
            (Shape::Null | Shape::None, other) | (other, Shape::Null | Shape::None) => {
                other.clone()
            }
            (Shape::Str, Shape::String) | (Shape::String, Shape::Str) => Shape::String,
            (Shape::Option(a), Shape::Option(b)) => Shape::common(types, a, b).optional(),
            (Shape::Vec(a), Shape::Vec(b)) => Shape::Vec(Box::new(Shape::common(types, a, b))),
            (Shape::Items(item), Shape::Vec(b)) | (Shape::Vec(b), Shape::Items(item)) => {
                let a = Shape::of(&ty_of_use(types, *item));
                Shape::Vec(Box::new(Shape::common(types, &a, b)))
            }
            (a, _) => a.clone(),
        }
    }
}
