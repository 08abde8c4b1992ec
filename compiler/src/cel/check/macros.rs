//! Macros that bind a name: `map`, `filter`, `all`, `optMap` and their kin.

use super::super::env::Backing;
use super::super::tree::{Node, Span};
use super::super::types::{is_scalar, optional, show};
use super::members::article;
use super::{Checker, Typed};
use crate::diagnostics::codes::cel as codes;
use crate::ir::{ExprKind, MacroKind, Ty};

impl Checker<'_> {
    pub(super) fn comprehension(
        &mut self,
        span: Span,
        kind: MacroKind,
        over: &Node,
        variable: &str,
        body: &Node,
    ) -> Option<Typed> {
        let over_typed = self.node(over)?;
        self.not_always_empty(over, over_typed.ty())?;
        let item = match (kind, over_typed.ty()) {
            (MacroKind::OptMap | MacroKind::OptFlatMap, Ty::Optional(inner)) => (**inner).clone(),
            (MacroKind::OptMap | MacroKind::OptFlatMap, other) => {
                let message = format!(
                    "expected an optional value, found {}",
                    article(&show(self.types, other))
                );
                return self.fail(codes::OPERANDS, over.span, message);
            }
            (_, Ty::List(item)) => (**item).clone(),
            (_, Ty::Map(_)) => Ty::String,
            (_, Ty::Dyn) => Ty::Dyn,
            (_, Ty::Optional(_)) => {
                let found = show(self.types, over_typed.ty());
                let message = format!("expected a list or a map, found {found}");
                let diagnostic = self.error(codes::OPERANDS, over.span, message, "");
                let wanted = Ty::List(Box::new(Ty::Null));
                let diagnostic = self.may_be_absent(diagnostic, over, &wanted);
                self.diagnostics.push(diagnostic);
                return None;
            }
            (_, other) => {
                let message =
                    format!("expected a list or a map, found {}", show(self.types, other));
                return self.fail(codes::OPERANDS, over.span, message);
            }
        };
        if self.known_names().iter().any(|known| known == variable) {
            return self.fail(
                codes::UNKNOWN_NAME,
                span,
                format!("`{variable}` already means something here; bind another name"),
            );
        }
        self.scope.push((variable.to_owned(), item.clone(), over_typed.backing));
        let body_typed = self.node(body);
        self.scope.pop();
        let body_typed = body_typed?;
        let (body_expr, ty, backing) = match kind {
            MacroKind::Map => {
                let ty = body_typed.ty().clone();
                self.storable(body.span, &ty, "list")?;
                (body_typed.expr, Ty::List(Box::new(ty)), Backing::Rust)
            }
            MacroKind::Filter => {
                let condition = self.condition(body, body_typed)?;
                (condition, Ty::List(Box::new(item)), over_typed.backing)
            }
            MacroKind::SortBy => {
                if !is_scalar(body_typed.ty()) {
                    return self.does_not_take(body, "sortBy", &body_typed.ty().clone());
                }
                (body_typed.expr, Ty::List(Box::new(item)), over_typed.backing)
            }
            MacroKind::OptMap | MacroKind::OptFlatMap => {
                let ty = body_typed.ty().clone();
                self.not_always_empty(body, &ty)?;
                let is_optional = matches!(ty, Ty::Optional(_));
                if ty == Ty::Null || is_optional != (kind == MacroKind::OptFlatMap) {
                    let (function, wanted) = match kind {
                        MacroKind::OptMap => {
                            ("optMap", "a value; for an optional one there is `optFlatMap`")
                        }
                        _ => ("optFlatMap", "an optional value; for another there is `optMap`"),
                    };
                    let message =
                        format!("`{function}` takes {wanted}, found {}", show(self.types, &ty));
                    return self.fail(codes::OPERANDS, body.span, message);
                }
                (body_typed.expr, optional(ty), body_typed.backing)
            }
            MacroKind::All | MacroKind::Exists | MacroKind::ExistsOne => {
                (self.condition(body, body_typed)?, Ty::Bool, Backing::Rust)
            }
        };
        // These are emitted as calls of functions that may fail.
        let checked = matches!(kind, MacroKind::ExistsOne | MacroKind::Filter | MacroKind::SortBy);
        let inner = over_typed.expr.fallible || body_expr.fallible;
        let fallible = checked || inner || over_typed.backing == Backing::Json;
        let kind = ExprKind::Macro {
            kind,
            over: Box::new(over_typed.expr),
            variable: variable.to_owned(),
            body: Box::new(body_expr),
        };
        let mut typed = self.typed(kind, ty, fallible, span);
        typed.backing = backing;
        Some(typed)
    }
}
