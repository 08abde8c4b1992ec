//! Functions and methods.

use super::super::duration::parse_duration;
use super::super::env::Backing;
use super::super::functions::{self, ELSEWHERE, NAMESPACES, NOT_HERE, OTHERS};
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{convert, is_scalar, optional, show, unify, widen};
use super::{Checker, Typed};
use crate::diagnostics::Applicability;
use crate::diagnostics::codes::cel as codes;
use crate::ir::{ExprKind, Literal, MacroKind, Ty};

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
            && root == "hook"
            && self.env.hooks.is_some()
            && !self.is_variable(root)
        {
            return self.hook(span, function, args.get(1..).unwrap_or_default());
        }
        if let (true, Some(Node { kind: NodeKind::Ident(root), .. })) = (method, args.first())
            && NAMESPACES.contains(&root.as_str())
            && !self.known_names().contains(root)
        {
            let function = format!("{root}.{function}");
            return self.named(span, &function, false, args.get(1..).unwrap_or_default());
        }
        self.named(span, function, method, args)
    }

    /// A function by its full name.
    fn named(&mut self, span: Span, function: &str, method: bool, args: &[Node]) -> Option<Typed> {
        match function {
            "retry_after" if !method && self.env.retry_after => {
                self.count(span, function, args, 0)?;
                let kind = ExprKind::Call { function: function.to_owned(), args: Vec::new() };
                Some(self.typed(kind, optional(Ty::Duration), false, span))
            }
            "optional.of" | "optional.none" | "optional.ofNonZeroValue" => {
                self.optional_of(span, function, args)
            }
            "math.greatest" | "math.least" => self.extreme(span, function, args),
            "format" if method => self.format(span, args),
            "sortBy" | "optMap" | "optFlatMap" | "all" | "exists" | "exists_one" | "map"
            | "filter" | "has" => self.macro_call(span, function, method, args),
            "orValue" | "or" | "hasValue" | "value" if method => {
                let typed = self.nodes(args)?;
                self.on_optional(span, function, args, typed)
            }
            "string" | "bytes" | "int" | "uint" | "double" | "bool" | "duration" | "timestamp"
                if !method =>
            {
                let typed = self.nodes(args)?;
                self.count(span, function, args, 1)?;
                self.conversion(span, function, args, typed)
            }
            "size" => {
                let typed = self.nodes(args)?;
                self.count(span, function, args, 1)?;
                self.size(span, args, typed)
            }
            _ if functions::named(function).next().is_some() => {
                self.library(span, function, method, args)
            }
            _ if OTHERS.contains(&function) => self.wrong_style(span, function, method),
            _ => self.unknown_function(span, function),
        }
    }

    /// What the parser expands if it is written as it should be comes here if it is not; some it does not know.
    fn macro_call(
        &mut self,
        span: Span,
        function: &str,
        method: bool,
        args: &[Node],
    ) -> Option<Typed> {
        let kind = match function {
            "sortBy" => Some(MacroKind::SortBy),
            "optMap" => Some(MacroKind::OptMap),
            "optFlatMap" => Some(MacroKind::OptFlatMap),
            _ => None,
        };
        if let (Some(kind), true, [over, variable, body]) = (kind, method, args)
            && let NodeKind::Ident(name) = &variable.kind
        {
            return self.comprehension(span, kind, over, name, body);
        }
        let right = match function {
            "has" => "has(x.field)".to_owned(),
            "map" | "sortBy" | "optMap" | "optFlatMap" => format!("x.{function}(name, value)"),
            _ => format!("x.{function}(name, condition)"),
        };
        self.fail(
            codes::UNKNOWN_FUNCTION,
            span,
            format!("`{function}` is called like this: `{right}`"),
        )
    }

    fn unknown_function<T>(&mut self, span: Span, function: &str) -> Option<T> {
        if let Some((_, why)) = NOT_HERE.iter().find(|(name, _)| *name == function) {
            let message = format!("`{function}()` has no meaning here");
            let diagnostic = self.error(codes::UNSUPPORTED, span, message, "").help(*why);
            self.diagnostics.push(diagnostic);
            return None;
        }
        let message = format!("there is no function `{function}`");
        let diagnostic = self.error(codes::UNKNOWN_FUNCTION, span, message, "unknown function");
        // `math.sqroot` means one of `math`.
        let bare = function.rsplit('.').next().unwrap_or(function);
        let elsewhere = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == bare);
        let diagnostic = match elsewhere {
            Some((_, here)) => diagnostic.mend(
                format!("it is called `{here}` here"),
                Applicability::MaybeIncorrect,
                function,
                *here,
            ),
            None => {
                let extra = self.env.retry_after.then_some("retry_after");
                let rows = functions::all().map(|f| f.name).chain(OTHERS.iter().copied());
                let mut known: Vec<&str> = rows.chain(extra).collect();
                known.dedup();
                diagnostic.nearest(function, known)
            }
        };
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn wrong_style<T>(&mut self, span: Span, function: &str, method: bool) -> Option<T> {
        let right = if method { format!("{function}(..)") } else { format!("x.{function}(..)") };
        self.fail(
            codes::UNKNOWN_FUNCTION,
            span,
            format!("`{function}` is called like this here: `{right}`"),
        )
    }

    pub(super) fn count(
        &mut self,
        span: Span,
        function: &str,
        args: &[Node],
        wanted: usize,
    ) -> Option<()> {
        if args.len() == wanted {
            return Some(());
        }
        let counted = if wanted == 1 { "1 value".to_owned() } else { format!("{wanted} values") };
        let message = format!("`{function}` takes {counted}, found {}", args.len());
        self.fail(codes::OPERANDS, span, message)
    }

    pub(super) fn does_not_take<T>(&mut self, node: &Node, function: &str, ty: &Ty) -> Option<T> {
        let message = format!("`{function}` does not take {}", show(self.types, ty));
        let mut diagnostic = self.error(codes::OPERANDS, node.span, message, "");
        if let Ty::Optional(inner) = ty {
            diagnostic = self.may_be_absent(diagnostic, node, inner);
        }
        self.diagnostics.push(diagnostic);
        None
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
            ("bytes", Ty::Bytes | Ty::String) => (Ty::Bytes, false),
            ("bytes", Ty::Dyn) => (Ty::Bytes, true),
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
                Ty::Duration => match parse_duration(text).map(from_nanos) {
                    Some(Some(duration)) => {
                        let literal = ExprKind::Literal(Literal::Duration(duration));
                        return Some(self.typed(literal, Ty::Duration, false, span));
                    }
                    // One that is negative is read when the expression runs.
                    Some(None) => None,
                    None => Some("a duration is written like `10s`, `1h30m`, `250ms`"),
                },
                Ty::Timestamp if !is_time(text) => {
                    Some("a timestamp is written like `2026-11-22T10:00:00Z`")
                }
                Ty::Int if text.parse::<i64>().is_err() => {
                    Some("a whole number is written like `42`")
                }
                Ty::Uint if text.parse::<u64>().is_err() => {
                    Some("a positive whole number is written like `42`")
                }
                Ty::Bool if !is_truth(text) => Some("a boolean is `true` or `false`"),
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
        if let Some(number) = out_of_range(&from, &to) {
            let message = format!("{number} is out of the range of {}", show(self.types, &to));
            return self.fail(codes::LITERAL, node.span, message);
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
                let instead = format!("{}.?{field}", self.source(record.span));
                let help = format!("use `{instead}`");
                diagnostic = self.instead(diagnostic, node.span, help, instead, true);
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
    fn optional_of(&mut self, span: Span, name: &str, args: &[Node]) -> Option<Typed> {
        if name == "optional.none" {
            self.count(span, name, args, 0)?;
            let kind = ExprKind::Call { function: name.to_owned(), args: Vec::new() };
            return Some(self.typed(kind, optional(Ty::Null), false, span));
        }
        self.count(span, name, args, 1)?;
        let node = args.first()?;
        let of = self.node(node)?;
        let ok = match of.ty() {
            Ty::Optional(_) | Ty::Null => false,
            Ty::Bool | Ty::Int | Ty::Uint | Ty::Double | Ty::String | Ty::Duration => true,
            Ty::List(item) if **item != Ty::Null => true,
            _ => name == "optional.of",
        };
        if !ok {
            return self.does_not_take(node, name, &of.ty().clone());
        }
        let ty = optional(of.ty().clone());
        let fallible = of.expr.fallible;
        let kind = ExprKind::Call { function: name.to_owned(), args: vec![of.expr] };
        let mut typed = self.typed(kind, ty, fallible, span);
        typed.backing = of.backing;
        Some(typed)
    }
}

fn is_truth(text: &str) -> bool {
    ["true", "True", "TRUE", "t", "1", "false", "False", "FALSE", "f", "0"].contains(&text)
}

/// RFC 3339, from the year 1 on.
fn is_time(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok_and(|time| time.as_second() >= -62_135_596_800)
}

/// A constant that its conversion cannot hold.
fn out_of_range(from: &crate::ir::Expr, to: &Ty) -> Option<String> {
    let ExprKind::Literal(literal) = &from.kind else { return None };
    let (number, shown) = match literal {
        Literal::Int(n) => (*n as f64, n.to_string()),
        Literal::Uint(n) => (*n as f64, n.to_string()),
        Literal::Double(n) => (n.trunc(), n.to_string()),
        _ => return None,
    };
    let fits = match (to, literal) {
        (Ty::Int, Literal::Uint(n)) => i64::try_from(*n).is_ok(),
        (Ty::Int, _) => {
            (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number)
        }
        (Ty::Uint, _) => (0.0..18_446_744_073_709_551_616.0).contains(&number),
        (Ty::Timestamp, _) => (-62_135_596_800.0..253_402_300_800.0).contains(&number),
        _ => true,
    };
    (!fits).then_some(shown)
}

/// A span that is not negative.
fn from_nanos(nanos: i128) -> Option<std::time::Duration> {
    let nanos = u128::try_from(nanos).ok()?;
    let seconds = u64::try_from(nanos / 1_000_000_000).ok()?;
    Some(std::time::Duration::new(seconds, u32::try_from(nanos % 1_000_000_000).ok()?))
}
