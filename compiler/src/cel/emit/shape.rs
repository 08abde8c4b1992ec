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
    /// `jiff::SignedDuration`.
    Duration,
    /// `std::time::Duration`: a span that cannot be negative.
    Wait,
    /// `&str`.
    Str,
    /// `String`.
    String,
    /// `&[u8]`.
    Bytes,
    /// `Vec<u8>`.
    Buffer,
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
            Shape::Bytes => Shape::Buffer,
            Shape::Option(inner) => Shape::Option(Box::new(inner.owned())),
            Shape::Vec(inner) => Shape::Vec(Box::new(inner.owned())),
            other => other,
        }
    }

    /// The shape that both can be turned into.
    pub(super) fn common(types: &Types, a: &Shape, b: &Shape) -> Shape {
        match (a, b) {
            _ if a == b => a.clone(),
            (Shape::Null | Shape::None, other) | (other, Shape::Null | Shape::None) => {
                other.clone()
            }
            (Shape::Json(ty, _), other) | (other, Shape::Json(ty, _))
                if !matches!(ty, Ty::Dyn | Ty::Record(_) | Ty::List(_) | Ty::Map(_)) =>
            {
                let read = Shape::of(ty);
                match other {
                    Shape::Json(..) => read,
                    other => Shape::common(types, &read, other),
                }
            }
            (Shape::Str, Shape::String) | (Shape::String, Shape::Str) => Shape::String,
            (Shape::Bytes, Shape::Buffer) | (Shape::Buffer, Shape::Bytes) => Shape::Buffer,
            (Shape::Wait, Shape::Duration) | (Shape::Duration, Shape::Wait) => Shape::Duration,
            (Shape::Option(a), Shape::Option(b)) => Shape::common(types, a, b).optional(),
            _ => match (a.item(types), b.item(types), a.entry(types), b.entry(types)) {
                (Some(a), Some(b), ..) => Shape::Vec(Box::new(Shape::common(types, &a, &b))),
                (.., Some(a), Some(b)) => Shape::Table(Box::new(Shape::common(types, &a, &b))),
                _ => a.clone(),
            },
        }
    }

    /// What an element of a list is.
    pub(super) fn item(&self, types: &Types) -> Option<Shape> {
        match self {
            Shape::Items(item) => Some(Shape::of(&ty_of_use(types, *item))),
            Shape::Vec(item) => Some((**item).clone()),
            Shape::Json(Ty::List(item), _) => Some(Shape::of(item)),
            _ => None,
        }
    }

    /// What a value of a map is.
    fn entry(&self, types: &Types) -> Option<Shape> {
        match self {
            Shape::Entries(item) => Some(Shape::of(&ty_of_use(types, *item))),
            Shape::Table(item) => Some((**item).clone()),
            Shape::Json(Ty::Map(item), _) => Some(Shape::of(item)),
            _ => None,
        }
    }
}
