//! The types of expressions: from the arena, for people, and what fits where.

use crate::ir::{Expr, ExprKind, Literal, Ty, TypeId, TypeKind, TypeUse, Types, Width};

/// How deep lists of lists are followed; only an alias of itself goes deeper.
const MAX_NESTING: usize = 16;

/// The type of the values of an arena type. Enums and dates are text.
#[must_use]
pub fn ty_of(types: &Types, id: TypeId) -> Ty {
    nested_ty(types, id, 0)
}

/// The type of a use: where null is allowed, an optional.
#[must_use]
pub fn ty_of_use(types: &Types, used: TypeUse) -> Ty {
    nested_use(types, used, 0)
}

fn nested_use(types: &Types, used: TypeUse, depth: usize) -> Ty {
    let ty = nested_ty(types, used.id, depth);
    if used.nullable { optional(ty) } else { ty }
}

fn nested_ty(types: &Types, id: TypeId, depth: usize) -> Ty {
    if depth > MAX_NESTING {
        return Ty::Dyn;
    }
    match &types.get(id).kind {
        TypeKind::Boolean => Ty::Bool,
        TypeKind::Integer(Width::U64) => Ty::Uint,
        TypeKind::Integer(Width::Any) => Ty::Double,
        TypeKind::Integer(_) => Ty::Int,
        TypeKind::Number => Ty::Double,
        TypeKind::String(crate::ir::StringFormat::DateTime) => Ty::Timestamp,
        TypeKind::String(_) | TypeKind::Enum(_) => Ty::String,
        TypeKind::InString(inner) => nested_ty(types, *inner, depth + 1),
        TypeKind::List(item) => Ty::List(Box::new(nested_use(types, *item, depth + 1))),
        TypeKind::Map(item) => Ty::Map(Box::new(nested_use(types, *item, depth + 1))),
        // A union or a tuple is a record whose fields nobody knows: it can be handed on, not looked into.
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_) => Ty::Record(id),
        TypeKind::Any { .. } => Ty::Dyn,
    }
}

/// An optional of that type; optionals do not nest.
#[must_use]
pub fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Optional(_) => ty,
        ty => Ty::Optional(Box::new(ty)),
    }
}

/// The type as people write it.
#[must_use]
pub fn show(types: &Types, ty: &Ty) -> String {
    match ty {
        Ty::Bool => "bool".to_owned(),
        Ty::Int => "int".to_owned(),
        Ty::Uint => "uint".to_owned(),
        Ty::Double => "double".to_owned(),
        Ty::String => "string".to_owned(),
        Ty::Bytes => "bytes".to_owned(),
        Ty::Timestamp => "timestamp".to_owned(),
        Ty::Duration => "duration".to_owned(),
        Ty::Null => "null".to_owned(),
        Ty::Dyn => "JSON".to_owned(),
        Ty::List(item) => format!("list({})", show(types, item)),
        Ty::Map(item) => format!("map(string, {})", show(types, item)),
        Ty::Optional(inner) => format!("optional({})", show(types, inner)),
        Ty::Record(id) => types.get(*id).name.clone().unwrap_or_else(|| "record".to_owned()),
    }
}

/// A value that is written as one JSON scalar.
pub(super) fn is_scalar(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Bool
            | Ty::Int
            | Ty::Uint
            | Ty::Double
            | Ty::String
            | Ty::Bytes
            | Ty::Timestamp
            | Ty::Duration
    )
}

pub(super) fn is_number(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Uint | Ty::Double)
}

/// The type that both can be, if there is one: of the branches of a condition, the elements of a list.
/// `optional.none()` and `[]` have no element type of their own (null) and fit every other.
pub(super) fn unify(a: &Ty, b: &Ty) -> Option<Ty> {
    match (a, b) {
        _ if a == b => Some(a.clone()),
        (Ty::Null, other) | (other, Ty::Null) => Some(other.clone()),
        (Ty::Dyn, other) | (other, Ty::Dyn) if is_scalar(other) => Some(other.clone()),
        (Ty::Optional(x), Ty::Optional(y)) => Some(optional(unify(x, y)?)),
        (Ty::List(x), Ty::List(y)) => Some(Ty::List(Box::new(unify(x, y)?))),
        (Ty::Map(x), Ty::Map(y)) if **x == Ty::Null || **y == Ty::Null => {
            Some(Ty::Map(Box::new(unify(x, y)?)))
        }
        _ => None,
    }
}

/// Whether a value may stand where `to` is wanted, given [`convert`].
pub(super) fn fits(from: &Ty, to: &Ty) -> bool {
    match (from, to) {
        _ if from == to => true,
        (Ty::Null, Ty::Optional(_)) | (Ty::Optional(_), Ty::Null) => false,
        (Ty::Dyn, to) => is_scalar(to),
        (Ty::Null, _) => true,
        (Ty::Optional(from), Ty::Optional(to)) | (Ty::List(from), Ty::List(to)) => fits(from, to),
        (Ty::Map(from), Ty::Map(_)) => **from == Ty::Null,
        _ => false,
    }
}

/// The name of the conversion that [`convert`] inserts.
pub(super) const AS: &str = "@as";

/// The expression as a `to`, which it [`fits`].
pub(super) fn convert(expr: Expr, to: &Ty) -> Expr {
    if &expr.ty == to {
        return expr;
    }
    let place = expr.place.clone();
    Expr {
        kind: ExprKind::Call { function: AS.to_owned(), args: vec![expr] },
        ty: to.clone(),
        fallible: true,
        place,
    }
}

/// A whole number that is written where a double is wanted becomes one.
pub(super) fn widen(expr: Expr, to: &Ty) -> Expr {
    match (&expr.kind, to) {
        (ExprKind::Literal(Literal::Int(n)), Ty::Double) if n.unsigned_abs() <= 1 << 53 => Expr {
            // Exact: a double holds every integer of up to 53 bits.
            kind: ExprKind::Literal(Literal::Double(*n as f64)),
            ty: Ty::Double,
            ..expr
        },
        _ => expr,
    }
}

/// Why a value cannot be assigned to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The value may be absent, the field may not.
    Optional,
    /// The types differ.
    Type,
}

/// Whether a value of type `from` can be assigned to a field of type `to`.
///
/// An optional fits where the field need not be sent; whole numbers fit numbers; text fits enums and
/// dates; anything but a record fits JSON.
///
/// # Errors
/// Why not.
pub fn assignable(types: &Types, from: &Ty, to: TypeUse, required: bool) -> Result<(), Mismatch> {
    let inner = match from {
        Ty::Optional(_) if required && !to.nullable => return Err(Mismatch::Optional),
        Ty::Optional(inner) => inner,
        Ty::Null if to.nullable => return Ok(()),
        Ty::Null => return Err(Mismatch::Optional),
        other => other,
    };
    if value_fits(types, inner, to.id, 0) { Ok(()) } else { Err(Mismatch::Type) }
}

fn value_fits(types: &Types, from: &Ty, to: TypeId, depth: usize) -> bool {
    if depth > MAX_NESTING {
        return false;
    }
    match &types.get(to).kind {
        TypeKind::Any { .. } => !matches!(from, Ty::Record(_) | Ty::Bytes) && plain(from),
        TypeKind::InString(inner) => value_fits(types, from, *inner, depth + 1),
        TypeKind::Number => matches!(from, Ty::Double | Ty::Int | Ty::Uint | Ty::Dyn | Ty::Null),
        TypeKind::Integer { .. } => matches!(from, Ty::Int | Ty::Uint | Ty::Dyn | Ty::Null),
        TypeKind::List(item) => match from {
            Ty::List(element) => element_fits(types, element, *item, depth),
            _ => false,
        },
        TypeKind::Map(item) => match from {
            Ty::Map(element) => element_fits(types, element, *item, depth),
            _ => false,
        },
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_) => {
            *from == Ty::Record(to) || *from == Ty::Null
        }
        TypeKind::Boolean | TypeKind::String(_) | TypeKind::Enum(_) => {
            let to = ty_of(types, to);
            *from == to || matches!(from, Ty::Dyn | Ty::Null)
        }
    }
}

fn element_fits(types: &Types, element: &Ty, item: TypeUse, depth: usize) -> bool {
    match element {
        Ty::Optional(inner) => item.nullable && value_fits(types, inner, item.id, depth + 1),
        other => value_fits(types, other, item.id, depth + 1),
    }
}

/// JSON can be made of it without a record's serialisation.
fn plain(ty: &Ty) -> bool {
    match ty {
        Ty::Record(_) | Ty::Bytes => false,
        Ty::List(item) | Ty::Map(item) | Ty::Optional(item) => plain(item),
        _ => true,
    }
}
