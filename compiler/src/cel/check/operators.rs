//! Operators: `+ - * / %`, comparisons, `!`, `&&`, `||`, `?:`, `in`.

use super::super::env::Backing;
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{convert, is_number, is_scalar, show, unify, widen};
use super::{Checker, Typed, guards, members::article};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::cel as codes;
use crate::ir::{Expr, ExprKind, Literal, Ty, TypeKind};

impl Checker<'_> {
    /// An operator, or nothing if the function is none.
    pub(super) fn operator(
        &mut self,
        span: Span,
        function: &str,
        args: &[Node],
    ) -> Option<Option<Typed>> {
        match (function, args) {
            ("_&&_" | "_||_", [left, right]) => Some(self.logical(span, function, left, right)),
            ("!_", [arg]) => Some(self.not(span, arg)),
            ("-_", [arg]) => Some(self.negate(span, arg)),
            ("_?_:_", [condition, yes, no]) => Some(self.conditional(span, condition, yes, no)),
            ("_==_" | "_!=_", _) if guards::compared_with_null(function, args).is_some() => {
                let asked = guards::compared_with_null(function, args)?;
                Some(self.null_test(span, function, asked))
            }
            ("_==_" | "_!=_" | "_<_" | "_<=_" | "_>_" | "_>=_", [left, right]) => {
                Some(self.comparison(span, function, left, right))
            }
            ("_+_" | "_-_" | "_*_" | "_/_" | "_%_", [left, right]) => {
                Some(self.arithmetic(span, function, left, right))
            }
            ("@in", [item, of]) => Some(self.membership(span, item, of)),
            _ => None,
        }
    }

    fn call_expr(&self, span: Span, function: &str, args: Vec<Expr>, ty: Ty, fails: bool) -> Typed {
        let fallible = fails || args.iter().any(|a| a.fallible);
        self.typed(ExprKind::Call { function: function.to_owned(), args }, ty, fallible, span)
    }

    fn logical(&mut self, span: Span, function: &str, left: &Node, right: &Node) -> Option<Typed> {
        let left_typed = self.node(left).and_then(|typed| self.condition(left, typed));
        let right_typed = self.guarded(left, function == "_&&_", right);
        let right_typed = right_typed.and_then(|typed| self.condition(right, typed));
        Some(self.call_expr(span, function, vec![left_typed?, right_typed?], Ty::Bool, false))
    }

    /// Types a node that is evaluated only if the guard came out as `holds`.
    fn guarded(&mut self, guard: &Node, holds: bool, node: &Node) -> Option<Typed> {
        let known = self.present.len();
        self.present.extend(guards::proven(guard, holds));
        let typed = self.node(node);
        self.present.truncate(known);
        typed
    }

    fn not(&mut self, span: Span, arg: &Node) -> Option<Typed> {
        let typed = self.node(arg)?;
        let condition = self.condition(arg, typed)?;
        Some(self.call_expr(span, "!_", vec![condition], Ty::Bool, false))
    }

    fn negate(&mut self, span: Span, arg: &Node) -> Option<Typed> {
        let typed = self.node(arg)?;
        match typed.ty().clone() {
            Ty::Int => {
                self.constant_negated(span, &typed.expr)?;
                Some(self.call_expr(span, "-_", vec![typed.expr], Ty::Int, true))
            }
            Ty::Double => Some(self.call_expr(span, "-_", vec![typed.expr], Ty::Double, false)),
            other => {
                let message = format!("cannot negate {}", article(&show(self.types, &other)));
                self.fail(codes::OPERANDS, span, message)
            }
        }
    }

    fn conditional(
        &mut self,
        span: Span,
        condition: &Node,
        yes: &Node,
        no: &Node,
    ) -> Option<Typed> {
        let condition_typed =
            self.node(condition).and_then(|typed| self.condition(condition, typed));
        let yes_typed = self.guarded(condition, true, yes);
        let no_typed = self.guarded(condition, false, no);
        let (condition_expr, yes_typed, no_typed) = (condition_typed?, yes_typed?, no_typed?);
        if *yes_typed.ty() == Ty::Null || *no_typed.ty() == Ty::Null {
            let at = if *yes_typed.ty() == Ty::Null { yes.span } else { no.span };
            let diagnostic = self
                .error(codes::OPERANDS, at, "a branch cannot be null", "")
                .help("write `optional.none()` here and `optional.of(..)` around the other branch");
            self.diagnostics.push(diagnostic);
            return None;
        }
        let backing = yes_typed.backing;
        let (mut branches, ty) =
            self.common(&[yes, no], vec![yes_typed, no_typed], "both branches")?;
        let mut args = vec![condition_expr];
        args.append(&mut branches);
        let mut typed = self.call_expr(span, "_?_:_", args, ty, false);
        typed.backing = backing;
        Some(typed)
    }

    fn comparison(
        &mut self,
        span: Span,
        function: &str,
        left: &Node,
        right: &Node,
    ) -> Option<Typed> {
        let left_typed = self.node(left);
        let right_typed = self.node(right);
        let (mut left_expr, mut right_expr) = (left_typed?.expr, right_typed?.expr);
        self.known_value(&left_expr, &right_expr, right.span);
        self.known_value(&right_expr, &left_expr, left.span);
        left_expr = widen(left_expr, &right_expr.ty);
        right_expr = widen(right_expr, &left_expr.ty);
        let equality = matches!(function, "_==_" | "_!=_");
        let dynamic = |a: &Ty, b: &Ty| *a == Ty::Dyn && is_scalar(b);
        let (l, r) = (left_expr.ty.clone(), right_expr.ty.clone());
        if equality
            && let Some(both) =
                unify(&l, &r).filter(|both| matches!(both, Ty::List(_) | Ty::Map(_)))
            && is_plain(&both)
        {
            self.not_always_empty(left, &both)?;
            let args = vec![convert(left_expr, &both), convert(right_expr, &both)];
            return Some(self.call_expr(span, function, args, Ty::Bool, true));
        }
        let comparable = if equality {
            same_scalar(&l, &r)
                || l == Ty::Dyn && r == Ty::Dyn
                || dynamic(&l, &r)
                || dynamic(&r, &l)
                || matches!((&l, &r), (Ty::Optional(l), Ty::Optional(r)) if l == r && is_scalar(l))
        } else {
            same_scalar(&l, &r) || dynamic(&l, &r) || dynamic(&r, &l)
        };
        if comparable {
            if !equality {
                left_expr = if l == Ty::Dyn { convert(left_expr, &r) } else { left_expr };
                right_expr = if r == Ty::Dyn { convert(right_expr, &l) } else { right_expr };
            }
            return Some(self.call_expr(
                span,
                function,
                vec![left_expr, right_expr],
                Ty::Bool,
                false,
            ));
        }
        let message =
            format!("cannot compare {} with {}", show(self.types, &l), show(self.types, &r));
        let mut diagnostic = self.error(codes::OPERANDS, span, message, "");
        for (one, other, node) in [(&l, &r, left), (&r, &l, right)] {
            if let Ty::Optional(inner) = one
                && (unify(inner, other).is_some() || is_number(inner) && is_number(other))
            {
                diagnostic = self.may_be_absent(diagnostic, node, inner);
            }
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// A text that is compared with an enum's field should be one of its values. The set is open at run
    /// time, so it is a warning.
    pub(super) fn known_value(&mut self, of: &Expr, literal: &Expr, span: Span) {
        let ExprKind::Literal(Literal::String(text)) = &literal.kind else { return };
        let ExprKind::Select { of: record, field, .. } = &of.kind else { return };
        let record = match &record.ty {
            Ty::Optional(inner) => &**inner,
            other => other,
        };
        let Ty::Record(id) = record else { return };
        let Some(field) = self.types.as_struct(*id).and_then(|s| s.field(field)) else { return };
        let def = self.types.get(field.ty.id);
        let TypeKind::Enum(known) = &def.kind else { return };
        if known.variants.iter().any(|v| v.wire == *text) {
            return;
        }
        let diagnostic = Diagnostic::warning(
            codes::UNKNOWN_VALUE,
            format!("`{}` never is `{text}`, as far as the document says", field.wire),
        )
        .at(&self.at(span), "not a known value")
        .and(&def.place, "its values are declared here")
        .nearest(text, known.variants.iter().map(|v| v.wire.as_str()));
        self.diagnostics.push(diagnostic);
    }

    fn arithmetic(
        &mut self,
        span: Span,
        function: &str,
        left: &Node,
        right: &Node,
    ) -> Option<Typed> {
        let left_typed = self.node(left);
        let right_typed = self.node(right);
        let (left_expr, right_expr) = (left_typed?.expr, right_typed?.expr);
        let right_ty = right_expr.ty.clone();
        let left_expr = widen(left_expr, &right_ty);
        let right_expr = widen(right_expr, &left_expr.ty);
        let (l, r) = (left_expr.ty.clone(), right_expr.ty.clone());
        if let Some(both) = unify(&l, &r)
            && function == "_+_"
            && matches!(&both, Ty::List(_))
            && is_plain(&both)
        {
            self.not_always_empty(left, &both)?;
            let args = vec![convert(left_expr, &both), convert(right_expr, &both)];
            return Some(self.call_expr(span, function, args, both, true));
        }
        self.constant(span, function, &left_expr, &right_expr, &l)?;
        let result = match (function, &l, &r) {
            ("_%_", Ty::Int, Ty::Int) | ("_%_", Ty::Uint, Ty::Uint) => Some((l.clone(), true)),
            ("_%_", ..) => None,
            (_, Ty::Int, Ty::Int) | (_, Ty::Uint, Ty::Uint) => Some((l.clone(), true)),
            (_, Ty::Double, Ty::Double) | ("_+_", Ty::String, Ty::String) => {
                Some((l.clone(), false))
            }
            ("_+_", Ty::Bytes, Ty::Bytes) => Some((Ty::Bytes, false)),
            ("_-_", Ty::Timestamp, Ty::Timestamp) => Some((Ty::Duration, false)),
            ("_+_" | "_-_", Ty::Duration, Ty::Duration) => Some((Ty::Duration, true)),
            ("_+_" | "_-_", Ty::Timestamp, Ty::Duration) | ("_+_", Ty::Duration, Ty::Timestamp) => {
                Some((Ty::Timestamp, true))
            }
            _ => None,
        };
        if let Some((ty, fails)) = result {
            return Some(self.call_expr(span, function, vec![left_expr, right_expr], ty, fails));
        }
        let symbol = function.trim_matches('_');
        let message = format!(
            "`{symbol}` does not take {} and {}",
            show(self.types, &l),
            show(self.types, &r)
        );
        let mut diagnostic = self.error(codes::OPERANDS, span, message, "");
        if is_number(&l) && is_number(&r) && l != r {
            diagnostic = diagnostic.help("convert one side: `double(..)`, `int(..)`, `uint(..)`");
        } else if function == "_+_" && (l == Ty::String || r == Ty::String) {
            diagnostic = diagnostic.help("convert to text first: `string(..)`, `.orValue(\"\")`");
        } else if l == Ty::Dyn || r == Ty::Dyn {
            diagnostic = diagnostic.help(
                "the document gives no type here; convert: `int(..)`, `double(..)`, `string(..)`",
            );
        }
        self.diagnostics.push(diagnostic);
        None
    }

    fn membership(&mut self, span: Span, item: &Node, of: &Node) -> Option<Typed> {
        let item_typed = self.node(item);
        let of_typed = self.any(of);
        let (item_typed, of_typed) = (item_typed?, of_typed?);
        self.not_always_empty(of, of_typed.ty())?;
        let mut item_expr = item_typed.expr;
        let of_ty = of_typed.ty().clone();
        let ok = match &of_ty {
            Ty::List(element) => {
                item_expr = widen(item_expr, element);
                if let (ExprKind::List(values), NodeKind::List(nodes)) =
                    (&of_typed.expr.kind, &of.kind)
                {
                    for (value, node) in values.iter().zip(nodes) {
                        self.known_value(&item_expr, value, node.span);
                    }
                }
                is_scalar(&item_expr.ty) && (**element == item_expr.ty || **element == Ty::Dyn)
            }
            Ty::Map(_) => item_expr.ty == Ty::String,
            Ty::Dyn => is_scalar(&item_expr.ty),
            _ => false,
        };
        let fails = of_typed.backing == Backing::Json;
        if ok {
            return Some(self.call_expr(
                span,
                "@in",
                vec![item_expr, of_typed.expr],
                Ty::Bool,
                fails,
            ));
        }
        let (item_ty, of_ty) = (show(self.types, &item_expr.ty), show(self.types, &of_ty));
        let mut diagnostic = self.error(
            codes::OPERANDS,
            span,
            format!("`in` does not take {item_ty} and {of_ty}"),
            "",
        );
        if matches!(item_expr.ty, Ty::Optional(_)) {
            diagnostic = diagnostic.help("say what holds if it is absent: `.orValue(..)`");
        }
        self.diagnostics.push(diagnostic);
        None
    }
}

/// A list or map that holds nothing but scalars, however deep.
fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::List(item) | Ty::Map(item) => is_plain(item),
        Ty::Optional(item) => is_scalar(item),
        Ty::Null => true,
        scalar => is_scalar(scalar),
    }
}

/// Two scalars of one kind; numbers of different kinds compare by value.
fn same_scalar(a: &Ty, b: &Ty) -> bool {
    is_scalar(a) && a == b || is_number(a) && is_number(b)
}
