//! The syntax tree of an expression, every node with its bytes.

use crate::ir::{Literal, MacroKind};

/// Bytes `start..end` of the expression's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    /// The least span around both.
    pub(super) fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
}

/// What a node is. Macros are told apart here, so that they can be typed as what they are.
#[derive(Clone, Debug)]
pub(super) enum NodeKind {
    Literal(Literal),
    Ident(String),
    /// `of.field`, `of.?field`; `name` is where the field's name stands.
    Select {
        of: Box<Node>,
        field: String,
        name: Span,
        optional: bool,
    },
    /// `of[index]`, `of[?index]`.
    Index {
        of: Box<Node>,
        index: Box<Node>,
        optional: bool,
    },
    /// `has(of.field)`.
    Has {
        of: Box<Node>,
        field: String,
        name: Span,
    },
    /// An operator, a function, or a method with its receiver first.
    Call {
        function: String,
        method: bool,
        args: Vec<Node>,
    },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    Macro {
        kind: MacroKind,
        over: Box<Node>,
        variable: String,
        body: Box<Node>,
    },
    /// Valid CEL that this compiler does not take; says what.
    Unsupported(&'static str),
}
