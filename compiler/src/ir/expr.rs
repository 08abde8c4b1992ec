//! Typed expressions: what CEL becomes.

use super::{SettingKind, TypeId};
use crate::source::Place;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// `bool`.
    Bool,
    /// `i64`.
    Int,
    /// `u64`.
    Uint,
    /// `f64`.
    Double,
    /// Text; also open enums of strings.
    String,
    /// Bytes.
    Bytes,
    /// A point in time.
    Timestamp,
    /// A span of time.
    Duration,
    /// `null`.
    Null,
    /// JSON whose type nobody declares.
    Dyn,
    /// A list.
    List(Box<Ty>),
    /// A map with text keys.
    Map(Box<Ty>),
    /// A value that may be absent.
    Optional(Box<Ty>),
    /// A struct of the type arena.
    Record(TypeId),
}

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Ty,
    /// Whether evaluating it can fail (overflow, division by zero, a conversion, a missing member).
    pub fallible: bool,
    /// Where it stands, down to the bytes of the expression.
    pub place: Place,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `true`, `1`, `"a"` ...
    Literal(Literal),
    /// A root or a name bound by a macro.
    Variable(String),
    /// A setting.
    Setting(String, SettingKind),
    /// `lookup.NAME`: an optional record.
    Lookup(String),
    /// A field of a record or a member of a map or of JSON. With `optional`, absent and null give none.
    Select {
        /// Of what.
        of: Box<Expr>,
        /// The wire name.
        field: String,
        /// `.?field`.
        optional: bool,
    },
    /// `list[i]`, `map[k]`.
    Index {
        /// Of what.
        of: Box<Expr>,
        /// The index or key.
        index: Box<Expr>,
        /// `[?i]`.
        optional: bool,
    },
    /// `has(a.b)`.
    Has {
        /// Of what.
        of: Box<Expr>,
        /// The wire name.
        field: String,
    },
    /// An operator or a function, by its CEL name (`_+_`, `size`, `orValue`), the receiver first.
    Call {
        /// The name.
        function: String,
        /// The arguments; a method's receiver is the first.
        args: Vec<Expr>,
    },
    /// A list.
    List(Vec<Expr>),
    /// A map with text keys.
    Map(Vec<(Expr, Expr)>),
    /// `all`, `exists`, `exists_one`, `map`, `filter`.
    Macro {
        /// Which.
        kind: MacroKind,
        /// Over which list (or the keys of a map).
        over: Box<Expr>,
        /// The bound name.
        variable: String,
        /// The condition or value.
        body: Box<Expr>,
    },
}

/// The macros of CEL that bind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MacroKind {
    /// Holds for all.
    All,
    /// Holds for at least one.
    Exists,
    /// Holds for exactly one.
    ExistsOne,
    /// The value for each.
    Map,
    /// Those for which it holds.
    Filter,
    /// In the order of a key.
    SortBy,
    /// Of an optional value: the value made of it.
    OptMap,
    /// Of an optional value: the optional value made of it.
    OptFlatMap,
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`.
    Bool(bool),
    /// `1`.
    Int(i64),
    /// `1u`.
    Uint(u64),
    /// `1.0`.
    Double(f64),
    /// `"a"`.
    String(String),
    /// `b"a"`.
    Bytes(Vec<u8>),
    /// `duration("10s")`, known at compile time.
    Duration(std::time::Duration),
    /// `null`.
    Null,
}
