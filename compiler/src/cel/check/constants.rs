//! Arithmetic that never has a value: what overflows whatever the record holds, what is divided by the constant 0.

use super::super::tree::Span;
use super::Checker;
use crate::diagnostics::codes::cel as codes;
use crate::ir::{Expr, ExprKind, Literal, Ty};

impl Checker<'_> {
    /// Proves that `left function right`, of type `ty`, can have a value.
    pub(super) fn constant(
        &mut self,
        span: Span,
        function: &str,
        left: &Expr,
        right: &Expr,
        ty: &Ty,
    ) -> Option<()> {
        if !matches!(ty, Ty::Int | Ty::Uint) || right.ty != *ty {
            return Some(());
        }
        if matches!(function, "_/_" | "_%_") && known(right) == Some(0) {
            return self.fail(codes::LITERAL, span, "this divides by zero");
        }
        let (Some(left), Some(right)) = (known(left), known(right)) else { return Some(()) };
        match value(function, left, right) {
            Some(value) if fits(value, ty) => Some(()),
            _ => self.never(span, ty),
        }
    }

    /// Proves that `-of` can have a value.
    pub(super) fn constant_negated(&mut self, span: Span, of: &Expr) -> Option<()> {
        match known(of) {
            Some(value) if !fits(-value, &Ty::Int) => self.never(span, &Ty::Int),
            _ => Some(()),
        }
    }

    fn never(&mut self, span: Span, ty: &Ty) -> Option<()> {
        let message =
            format!("this is out of the range of {}, always", super::show(self.types, ty));
        self.fail(codes::LITERAL, span, message)
    }
}

fn fits(value: i128, ty: &Ty) -> bool {
    match ty {
        Ty::Uint => u64::try_from(value).is_ok(),
        _ => i64::try_from(value).is_ok(),
    }
}

/// The value of constant arithmetic. What was proven to fit does not overflow 128 bits with one step more.
fn known(expr: &Expr) -> Option<i128> {
    match &expr.kind {
        ExprKind::Literal(Literal::Int(n)) => Some(i128::from(*n)),
        ExprKind::Literal(Literal::Uint(n)) => Some(i128::from(*n)),
        ExprKind::Call { function, args } => match args.as_slice() {
            [of] if function == "-_" => Some(-known(of)?),
            [left, right] => value(function, known(left)?, known(right)?),
            _ => None,
        },
        _ => None,
    }
}

fn value(function: &str, left: i128, right: i128) -> Option<i128> {
    match function {
        "_+_" => left.checked_add(right),
        "_-_" => left.checked_sub(right),
        "_*_" => left.checked_mul(right),
        "_/_" => left.checked_div(right),
        "_%_" => left.checked_rem(right),
        _ => None,
    }
}
