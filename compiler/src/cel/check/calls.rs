//! Functions and methods.

use super::super::duration::parse_duration;
use super::super::env::Backing;
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{convert, fits, is_scalar, optional, show, unify, widen};
use super::{Checker, Typed, example};
use crate::diagnostics::codes::cel as codes;
use crate::ir::{ExprKind, Literal, Ty};

/// Every function, for the nearest name. What CEL has and this compiler does not is told apart below.
const FUNCTIONS: &[&str] = &[
    "size",
    "contains",
    "startsWith",
    "endsWith",
    "string",
    "int",
    "uint",
    "double",
    "bool",
    "duration",
    "timestamp",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
    "has",
    "orValue",
    "or",
    "hasValue",
    "value",
    "optional.of",
    "optional.none",
    "optional.ofNonZeroValue",
    "lower",
    "upper",
    "trim",
    "split",
    "replace",
    "join",
];

/// Functions of CEL and its extensions that are not compiled (yet).
const NOT_YET: &[&str] = &[
    "matches",
    "type",
    "dyn",
    "bytes",
    "getFullYear",
    "getMonth",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getHours",
    "getMinutes",
    "getSeconds",
    "getMilliseconds",
    "optMap",
    "optFlatMap",
    "charAt",
    "indexOf",
    "lastIndexOf",
    "substring",
    "format",
    "quote",
    "reverse",
    "sort",
    "distinct",
    "flatten",
    "slice",
];

/// What functions are called elsewhere, and here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("toLowerCase", "lower"),
    ("lowerAscii", "lower"),
    ("toUpperCase", "upper"),
    ("upperAscii", "upper"),
    ("strip", "trim"),
    ("length", "size"),
    ("len", "size"),
    ("count", "size"),
    ("includes", "contains"),
    ("any", "exists"),
    ("orElse", "orValue"),
    ("default", "orValue"),
    ("isPresent", "hasValue"),
    ("toString", "string"),
    ("str", "string"),
    ("float", "double"),
];

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        span: Span,
        function: &str,
        method: bool,
        args: &[Node],
    ) -> Option<Typed> {
        if let Some(found) = self.operator(span, function, args) {
            return found;
        }
        if let (true, Some(Node { kind: NodeKind::Ident(root), .. })) = (method, args.first())
            && root == "optional"
            && !self.known_names().iter().any(|n| n == "optional")
        {
            return self.optional_namespace(span, function, args.get(1..).unwrap_or_default());
        }
        if function == "retry_after" && !method && self.env.retry_after {
            self.count(span, function, args, 0)?;
            let kind = ExprKind::Call { function: function.to_owned(), args: Vec::new() };
            return Some(self.typed(kind, optional(Ty::Duration), false, span));
        }
        if !FUNCTIONS.contains(&function) || function.starts_with("optional.") {
            return self.unknown_function(span, function);
        }
        let typed = self.nodes(args)?;
        match function {
            "orValue" | "or" | "hasValue" | "value" if method => {
                self.on_optional(span, function, args, typed)
            }
            "string" | "int" | "uint" | "double" | "bool" | "duration" | "timestamp" if !method => {
                self.count(span, function, args, 1)?;
                self.conversion(span, function, args, typed)
            }
            "size" => {
                self.count(span, function, args, 1)?;
                self.size(span, args, typed)
            }
            "contains" | "startsWith" | "endsWith" if method => {
                self.text(span, function, args, typed, &[Ty::String, Ty::String], Ty::Bool)
            }
            "lower" | "upper" | "trim" => {
                self.text(span, function, args, typed, &[Ty::String], Ty::String)
            }
            "replace" => self.text(
                span,
                function,
                args,
                typed,
                &[Ty::String, Ty::String, Ty::String],
                Ty::String,
            ),
            "split" => self.text(
                span,
                function,
                args,
                typed,
                &[Ty::String, Ty::String],
                Ty::List(Box::new(Ty::String)),
            ),
            "join" => {
                let list = Ty::List(Box::new(Ty::String));
                let parameters = if args.len() == 1 { vec![list] } else { vec![list, Ty::String] };
                self.text(span, function, args, typed, &parameters, Ty::String)
            }
            _ => self.wrong_style(span, function, method),
        }
    }

    fn unknown_function<T>(&mut self, span: Span, function: &str) -> Option<T> {
        if NOT_YET.contains(&function) {
            return self.fail(
                codes::UNSUPPORTED,
                span,
                format!("`{function}()` is not supported (yet)"),
            );
        }
        let message = format!("there is no function `{function}`");
        let diagnostic = self.error(codes::UNKNOWN_FUNCTION, span, message, "unknown function");
        let diagnostic = match ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == function) {
            Some((_, here)) => diagnostic.help(format!("it is called `{here}` here")),
            None => {
                let extra = self.env.retry_after.then_some("retry_after");
                diagnostic.nearest(function, FUNCTIONS.iter().copied().chain(extra))
            }
        };
        self.diagnostics.push(diagnostic);
        None
    }

    fn wrong_style<T>(&mut self, span: Span, function: &str, method: bool) -> Option<T> {
        let right = if method { format!("{function}(..)") } else { format!("x.{function}(..)") };
        self.fail(
            codes::UNKNOWN_FUNCTION,
            span,
            format!("`{function}` is called like this here: `{right}`"),
        )
    }

    fn count(&mut self, span: Span, function: &str, args: &[Node], wanted: usize) -> Option<()> {
        if args.len() == wanted {
            return Some(());
        }
        let counted = if wanted == 1 { "1 value".to_owned() } else { format!("{wanted} values") };
        let message = format!("`{function}` takes {counted}, found {}", args.len());
        self.fail(codes::OPERANDS, span, message)
    }

    fn does_not_take<T>(&mut self, node: &Node, function: &str, ty: &Ty) -> Option<T> {
        let message = format!("`{function}` does not take {}", show(self.types, ty));
        let mut diagnostic = self.error(codes::OPERANDS, node.span, message, "");
        if let Ty::Optional(inner) = ty {
            diagnostic = diagnostic.help(format!(
                "the value may be absent; say what holds then: `{}.orValue({})`",
                self.source(node.span),
                example(inner)
            ));
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// A function with fixed parameter types.
    fn text(
        &mut self,
        span: Span,
        function: &str,
        args: &[Node],
        typed: Vec<Typed>,
        parameters: &[Ty],
        result: Ty,
    ) -> Option<Typed> {
        self.count(span, function, args, parameters.len())?;
        let mut exprs = Vec::new();
        for ((node, typed), parameter) in args.iter().zip(typed).zip(parameters) {
            if !fits(typed.ty(), parameter) || *typed.ty() == Ty::Null {
                return self.does_not_take(node, function, &typed.ty().clone());
            }
            exprs.push(convert(typed.expr, parameter));
        }
        let fallible = exprs.iter().any(|e| e.fallible);
        let kind = ExprKind::Call { function: function.to_owned(), args: exprs };
        Some(self.typed(kind, result, fallible, span))
    }

    fn size(&mut self, span: Span, args: &[Node], mut typed: Vec<Typed>) -> Option<Typed> {
        let of = typed.pop()?;
        self.not_always_empty(args.first()?, of.ty())?;
        if !matches!(of.ty(), Ty::String | Ty::Bytes | Ty::List(_) | Ty::Map(_) | Ty::Dyn) {
            return self.does_not_take(args.first()?, "size", &of.ty().clone());
        }
        let fallible = of.expr.fallible || of.backing == Backing::Json || *of.ty() == Ty::Dyn;
        let kind = ExprKind::Call { function: "size".to_owned(), args: vec![of.expr] };
        Some(self.typed(kind, Ty::Int, fallible, span))
    }

    fn conversion(
        &mut self,
        span: Span,
        function: &str,
        args: &[Node],
        mut typed: Vec<Typed>,
    ) -> Option<Typed> {
        let node = args.first()?;
        let from = typed.pop()?.expr;
        let (to, fails) = match (function, &from.ty) {
            ("string", Ty::Bytes | Ty::Dyn) => (Ty::String, true),
            ("string", ty) if is_scalar(ty) => (Ty::String, false),
            ("int", Ty::Int | Ty::Timestamp) => (Ty::Int, false),
            ("int", Ty::Uint | Ty::Double | Ty::String | Ty::Dyn) => (Ty::Int, true),
            ("uint", Ty::Uint) => (Ty::Uint, false),
            ("uint", Ty::Int | Ty::Double | Ty::String | Ty::Dyn) => (Ty::Uint, true),
            ("double", Ty::Double | Ty::Int | Ty::Uint) => (Ty::Double, false),
            ("double", Ty::String | Ty::Dyn) => (Ty::Double, true),
            ("bool", Ty::Bool) => (Ty::Bool, false),
            ("bool", Ty::String | Ty::Dyn) => (Ty::Bool, true),
            ("duration", Ty::Duration) => (Ty::Duration, false),
            ("duration", Ty::String | Ty::Dyn) => (Ty::Duration, true),
            ("timestamp", Ty::Timestamp) => (Ty::Timestamp, false),
            ("timestamp", Ty::Int | Ty::String | Ty::Dyn) => (Ty::Timestamp, true),
            (_, ty) => return self.does_not_take(node, function, &ty.clone()),
        };
        if let ExprKind::Literal(Literal::String(text)) = &from.kind {
            let problem = match to {
                Ty::Duration => match parse_duration(text) {
                    Some(duration) => {
                        let literal = ExprKind::Literal(Literal::Duration(duration));
                        return Some(self.typed(literal, Ty::Duration, false, span));
                    }
                    None => Some("a duration is written like `10s`, `1h30m`, `250ms`"),
                },
                Ty::Timestamp if text.parse::<jiff::Timestamp>().is_err() => {
                    Some("a timestamp is written like `2026-11-22T10:00:00Z`")
                }
                Ty::Int if text.parse::<i64>().is_err() => {
                    Some("a whole number is written like `42`")
                }
                Ty::Uint if text.parse::<u64>().is_err() => {
                    Some("a positive whole number is written like `42`")
                }
                Ty::Double if text.parse::<f64>().is_err() => {
                    Some("a number is written like `4.2`")
                }
                _ => None,
            };
            if let Some(help) = problem {
                let message = format!("`{text}` is no {function}");
                let diagnostic = self.error(codes::LITERAL, node.span, message, "").help(help);
                self.diagnostics.push(diagnostic);
                return None;
            }
        }
        if from.ty == to {
            return Some(Typed { expr: from, backing: Backing::Rust });
        }
        let fallible = fails || from.fallible;
        let kind = ExprKind::Call { function: function.to_owned(), args: vec![from] };
        Some(self.typed(kind, to, fallible, span))
    }

    /// `orValue`, `or`, `hasValue`, `value`.
    fn on_optional(
        &mut self,
        span: Span,
        function: &str,
        args: &[Node],
        typed: Vec<Typed>,
    ) -> Option<Typed> {
        let wanted = if matches!(function, "orValue" | "or") { 2 } else { 1 };
        let node = args.first()?;
        if args.len() != wanted {
            self.count(span, function, args.get(1..).unwrap_or_default(), wanted - 1)?;
        }
        let mut typed = typed.into_iter();
        let of = typed.next()?;
        self.not_always_empty(node, of.ty())?;
        let Ty::Optional(inner) = of.ty().clone() else {
            let message = format!(
                "`{function}` is for optional values; this {} is none",
                show(self.types, of.ty())
            );
            let mut diagnostic = self.error(codes::OPERANDS, node.span, message, "");
            if let (NodeKind::Select { of: record, field, .. }, Backing::Json) =
                (&node.kind, of.backing)
            {
                diagnostic =
                    diagnostic.help(format!("use `{}.?{field}`", self.source(record.span)));
            }
            self.diagnostics.push(diagnostic);
            return None;
        };
        let mut inner = *inner;
        let mut of_expr = of.expr;
        let mut args_out = Vec::new();
        let mut ty = match function {
            "hasValue" => Ty::Bool,
            "or" => optional(inner.clone()),
            _ => inner.clone(),
        };
        if let Some(default) = typed.next() {
            let wrapped = function == "or";
            let default_expr = widen(default.expr, &inner);
            let default_inner = match (&default_expr.ty, wrapped) {
                (Ty::Optional(default), true) => (**default).clone(),
                (other, false) => other.clone(),
                (other, true) => {
                    let message = format!(
                        "`or` takes another optional value, found {}",
                        show(self.types, other)
                    );
                    return self.fail(codes::OPERANDS, args.get(1)?.span, message);
                }
            };
            let Some(both) =
                unify(&inner, &default_inner).filter(|_| wrapped || default_inner != Ty::Null)
            else {
                let message = format!(
                    "the value is {}, but the default is {}",
                    show(self.types, &inner),
                    show(self.types, &default_inner)
                );
                return self.fail(codes::OPERANDS, args.get(1)?.span, message);
            };
            inner = both;
            ty = if wrapped { optional(inner.clone()) } else { inner.clone() };
            of_expr = convert(of_expr, &optional(inner));
            args_out.push(convert(default_expr, &ty));
        }
        args_out.insert(0, of_expr);
        let fallible = function == "value" || args_out.iter().any(|e| e.fallible);
        let kind = ExprKind::Call { function: function.to_owned(), args: args_out };
        let mut result = self.typed(kind, ty, fallible, span);
        if function != "hasValue" {
            result.backing = of.backing;
        }
        Some(result)
    }

    /// `optional.of(x)`, `optional.ofNonZeroValue(x)`, `optional.none()`.
    fn optional_namespace(&mut self, span: Span, function: &str, args: &[Node]) -> Option<Typed> {
        let name = format!("optional.{function}");
        if function == "none" {
            self.count(span, &name, args, 0)?;
            let kind = ExprKind::Call { function: name, args: Vec::new() };
            return Some(self.typed(kind, optional(Ty::Null), false, span));
        }
        if !matches!(function, "of" | "ofNonZeroValue") {
            return self.unknown_function(span, &name);
        }
        self.count(span, &name, args, 1)?;
        let node = args.first()?;
        let of = self.node(node)?;
        let ok = match (function, of.ty()) {
            (_, Ty::Optional(_) | Ty::Null) => false,
            (
                "ofNonZeroValue",
                Ty::Bool | Ty::Int | Ty::Uint | Ty::Double | Ty::String | Ty::Duration,
            ) => true,
            (function, _) => function == "of",
        };
        if !ok {
            return self.does_not_take(node, &name, &of.ty().clone());
        }
        let ty = optional(of.ty().clone());
        let fallible = of.expr.fallible;
        let kind = ExprKind::Call { function: name, args: vec![of.expr] };
        let mut typed = self.typed(kind, ty, fallible, span);
        typed.backing = of.backing;
        Some(typed)
    }
}
