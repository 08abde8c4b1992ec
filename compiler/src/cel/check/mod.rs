//! Types every node, and proves that nothing is selected which may be missing.

mod calls;
mod collections;
mod constants;
mod enums;
mod guards;
mod hooks;
mod library;
mod macros;
mod members;
mod names;
mod operators;

pub(super) use self::collections::computed_keys;
pub(super) use self::library::{Verb, verbs};
use self::members::Reach;
use super::env::{Backing, Env};
use super::tree::{Node, NodeKind, Span};
use super::types::{convert, fits, optional, show, widen};
use crate::diagnostics::codes::cel as codes;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestion};
use crate::ir::{Expr, ExprKind, Literal, Ty, Types};
use crate::source::Place;

/// A typed expression, and whether its value is JSON of which nothing is guaranteed at run time.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) backing: Backing,
}

impl Typed {
    fn ty(&self) -> &Ty {
        &self.expr.ty
    }
}

/// The checker of one expression.
pub(super) struct Checker<'a> {
    pub(super) text: &'a str,
    pub(super) place: &'a Place,
    pub(super) env: &'a Env,
    pub(super) types: &'a Types,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Names bound by macros, innermost last.
    scope: Vec<(String, Ty, Backing)>,
    /// Paths that a guard has proven present, such as `source.email`.
    present: Vec<String>,
    /// All of the expression, where nothing is asked of its type.
    whole: Option<Span>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        text: &'a str,
        place: &'a Place,
        env: &'a Env,
        types: &'a Types,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let (scope, present) = (Vec::new(), Vec::new());
        Checker { text, place, env, types, diagnostics, scope, present, whole: None }
    }

    /// The whole expression, as `expected`.
    pub(super) fn root(&mut self, node: &Node, expected: Option<&Ty>) -> Option<Expr> {
        self.whole = expected.is_none().then_some(node.span);
        let typed = self.node(node)?;
        let Some(expected) = expected else { return Some(typed.expr) };
        let expr = widen(typed.expr, expected);
        if fits(&expr.ty, expected) {
            return Some(convert(expr, expected));
        }
        let message = format!(
            "expected {}, found {}",
            show(self.types, expected),
            show(self.types, &expr.ty)
        );
        let mut diagnostic = self.error(codes::RESULT, node.span, message, "");
        if expr.ty == optional(expected.clone()) {
            diagnostic = self.may_be_absent(diagnostic, node, expected);
        } else if let (Ty::Duration, Ty::Int) = (expected, &expr.ty) {
            diagnostic = self.in_seconds(diagnostic, node);
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// The bytes of a span.
    fn source(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn at(&self, span: Span) -> Place {
        self.place.within(span.start, span.end)
    }

    fn error(&self, code: Code, span: Span, message: impl Into<String>, label: &str) -> Diagnostic {
        Diagnostic::error(code, message).at(&self.at(span), label)
    }

    /// Says how a number becomes a span of time.
    fn in_seconds(&self, diagnostic: Diagnostic, node: &Node) -> Diagnostic {
        let shown = self.source(node.span);
        let instead = match shown.bytes().all(|byte| byte.is_ascii_digit()) {
            true => format!("duration(\"{shown}s\")"),
            false => format!("duration(string({shown}) + \"s\")"),
        };
        let help = format!("a number of seconds: `{instead}`");
        self.instead(diagnostic, node.span, help, instead, true)
    }

    /// Says what to do about a value that may be absent, where one of a type is wanted.
    fn may_be_absent(&self, diagnostic: Diagnostic, node: &Node, wanted: &Ty) -> Diagnostic {
        let shown = self.source(node.span);
        let value = match &node.kind {
            // Operators bind less than a call of a method.
            NodeKind::Call { function, .. } if !function.starts_with(char::is_alphabetic) => {
                format!("({shown})")
            }
            _ => shown.to_owned(),
        };
        let instead = format!("{value}.orValue({})", example(wanted));
        let help = format!("the value may be absent; say what holds then: `{instead}`");
        self.instead(diagnostic, node.span, help, instead, example(wanted) != "..")
    }

    /// Help, and the change that it speaks of if it can be made as it is written.
    fn instead(
        &self,
        diagnostic: Diagnostic,
        span: Span,
        help: String,
        new: String,
        complete: bool,
    ) -> Diagnostic {
        if !complete {
            return diagnostic.help(help);
        }
        let old = self.source(span).to_owned();
        diagnostic.help(help.clone()).suggest(Suggestion::maybe(
            help,
            Some(self.at(span)),
            old,
            new,
        ))
    }

    /// Reports, and gives nothing.
    fn fail<T>(&mut self, code: Code, span: Span, message: impl Into<String>) -> Option<T> {
        let diagnostic = self.error(code, span, message, "");
        self.diagnostics.push(diagnostic);
        None
    }

    fn typed(&self, kind: ExprKind, ty: Ty, fallible: bool, span: Span) -> Typed {
        let place = self.at(span);
        Typed { expr: Expr { kind, ty, fallible, place }, backing: Backing::Rust }
    }

    /// Types a node whose value is then used: not a header table, which can only be asked.
    fn node(&mut self, node: &Node) -> Option<Typed> {
        let typed = self.any(node)?;
        if typed.backing == Backing::Headers {
            return self.fail(
                codes::UNSUPPORTED,
                node.span,
                "headers can only be asked by name: `header[?\"Retry-After\"]`, `\"Retry-After\" in header`",
            );
        }
        Some(typed)
    }

    fn any(&mut self, node: &Node) -> Option<Typed> {
        let span = node.span;
        match &node.kind {
            NodeKind::Literal(literal) => {
                let ty = match literal {
                    Literal::Bool(_) => Ty::Bool,
                    Literal::Int(_) => Ty::Int,
                    Literal::Uint(_) => Ty::Uint,
                    Literal::Double(_) => Ty::Double,
                    Literal::String(_) => Ty::String,
                    Literal::Bytes(_) => Ty::Bytes,
                    Literal::Duration(_) => Ty::Duration,
                    Literal::Null => Ty::Null,
                };
                Some(self.typed(ExprKind::Literal(literal.clone()), ty, false, span))
            }
            NodeKind::Ident(name) => self.name(name, span),
            NodeKind::Select { of, field, name, optional } => {
                self.select(node, of, field, *name, *optional, Reach::Declared)
            }
            NodeKind::Index { of, index, optional } => self.index(node, of, index, *optional),
            NodeKind::Has { of, field, name } => self.has(span, of, field, *name),
            NodeKind::Call { function, method, args } => self.call(span, function, *method, args),
            NodeKind::List(items) => self.list(span, items),
            NodeKind::Map(entries) => self.map(span, entries),
            NodeKind::Macro { kind, over, variable, body } => {
                self.comprehension(span, *kind, over, variable, body)
            }
            NodeKind::Unsupported(what) => {
                self.fail(codes::UNSUPPORTED, span, format!("{what} is not supported"))
            }
        }
    }

    /// Types several nodes and reports the mistakes of all of them.
    fn nodes(&mut self, nodes: &[Node]) -> Option<Vec<Typed>> {
        let typed: Vec<Option<Typed>> = nodes.iter().map(|n| self.node(n)).collect();
        typed.into_iter().collect()
    }

    /// `[]`, `{}` and `optional.none()` take their type from what stands beside them; alone they have none.
    fn not_always_empty(&mut self, node: &Node, ty: &Ty) -> Option<()> {
        match ty {
            Ty::List(item) | Ty::Map(item) | Ty::Optional(item) if **item == Ty::Null => {
                self.fail(codes::OPERANDS, node.span, "this is always empty")
            }
            _ => Some(()),
        }
    }

    /// A typed node that must be a condition.
    fn condition(&mut self, node: &Node, typed: Typed) -> Option<Expr> {
        if fits(typed.ty(), &Ty::Bool) && *typed.ty() != Ty::Null {
            return Some(convert(typed.expr, &Ty::Bool));
        }
        let found = show(self.types, typed.ty());
        let mut diagnostic = self.error(
            codes::OPERANDS,
            node.span,
            format!("expected a condition (bool), found {found}"),
            "",
        );
        if *typed.ty() == optional(Ty::Bool) {
            diagnostic = self.may_be_absent(diagnostic, node, &Ty::Bool);
        }
        self.diagnostics.push(diagnostic);
        None
    }
}

/// A value of the type, for help texts.
pub(crate) fn example(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "false",
        Ty::Int => "0",
        Ty::Uint => "0u",
        Ty::Double => "0.0",
        Ty::String => "\"\"",
        Ty::Duration => "duration(\"10s\")",
        Ty::List(_) => "[]",
        _ => "..",
    }
}
