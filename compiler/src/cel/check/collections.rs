//! Lists and maps that an expression makes: their elements have one type.

use super::super::env::Backing;
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{convert, is_scalar, show, unify, widen};
use super::{Checker, Typed};
use crate::diagnostics::codes::cel as codes;
use crate::ir::{Expr, ExprKind, Literal, Ty};

impl Checker<'_> {
    /// The common type of elements, to which all of them are converted.
    pub(super) fn common(
        &mut self,
        nodes: &[&Node],
        mut typed: Vec<Typed>,
        what: &str,
    ) -> Option<(Vec<Expr>, Ty)> {
        let mut common = Ty::Null;
        let double = typed.iter().any(|t| *t.ty() == Ty::Double);
        for (typed, node) in typed.iter_mut().zip(nodes) {
            if double {
                typed.expr = widen(typed.expr.clone(), &Ty::Double);
            }
            let Some(both) = unify(&common, typed.ty()) else {
                let message = format!(
                    "{what} must have one type, but here are {} and {}",
                    show(self.types, &common),
                    show(self.types, typed.ty())
                );
                return self.fail(codes::OPERANDS, node.span, message);
            };
            common = both;
        }
        let exprs = typed.into_iter().map(|t| convert(t.expr, &common)).collect();
        Some((exprs, common))
    }

    pub(super) fn list(&mut self, span: Span, items: &[Node]) -> Option<Typed> {
        let typed = self.nodes(items)?;
        let nodes: Vec<&Node> = items.iter().collect();
        let backing = typed.first().map_or(Backing::Rust, |t| t.backing);
        let (items, item) = self.common(&nodes, typed, "the elements of a list")?;
        self.storable(span, &item, "list")?;
        let fallible = items.iter().any(|e| e.fallible);
        let mut list = self.typed(ExprKind::List(items), Ty::List(Box::new(item)), fallible, span);
        list.backing = backing;
        Some(list)
    }

    pub(super) fn map(&mut self, span: Span, entries: &[(Node, Node)]) -> Option<Typed> {
        let (key_nodes, value_nodes): (Vec<&Node>, Vec<&Node>) =
            entries.iter().map(|(k, v)| (k, v)).unzip();
        self.twice(&key_nodes)?;
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for (key, value) in key_nodes.iter().zip(&value_nodes) {
            let key_typed = self.node(key);
            let value_typed = self.node(value);
            let key_typed = key_typed?;
            if *key_typed.ty() != Ty::String {
                let message = format!(
                    "the keys of a map must be text, found {}",
                    show(self.types, key_typed.ty())
                );
                return self.fail(codes::OPERANDS, key.span, message);
            }
            keys.push(key_typed.expr);
            values.push(value_typed?);
        }
        let (values, value) = self.common(&value_nodes, values, "the values of a map")?;
        self.storable(span, &value, "map")?;
        let entries: Vec<(Expr, Expr)> = keys.into_iter().zip(values).collect();
        let fallible =
            computed_keys(&entries) || entries.iter().any(|(k, v)| k.fallible || v.fallible);
        Some(self.typed(ExprKind::Map(entries), Ty::Map(Box::new(value)), fallible, span))
    }

    /// A map has each key once.
    fn twice(&mut self, keys: &[&Node]) -> Option<()> {
        let mut seen = Vec::new();
        for key in keys {
            let NodeKind::Literal(Literal::String(text)) = &key.kind else { continue };
            if seen.contains(&text) {
                let message = format!("the map has the key `{text}` twice");
                return self.fail(codes::LITERAL, key.span, message);
            }
            seen.push(text);
        }
        Some(())
    }

    /// Lists and maps that an expression makes hold scalars, optional scalars, and lists of such; more has no use yet.
    pub(super) fn storable(&mut self, span: Span, item: &Ty, what: &str) -> Option<()> {
        let mut held = item;
        while let Ty::List(inner) = held {
            held = inner;
        }
        let scalar = match held {
            Ty::Optional(inner) => is_scalar(inner) || **inner == Ty::Null,
            other => is_scalar(other) || *other == Ty::Null,
        };
        if scalar {
            return Some(());
        }
        let message = format!(
            "a {what} of {} is not supported in an expression (yet)",
            show(self.types, item)
        );
        self.fail(codes::UNSUPPORTED, span, message)
    }
}

/// Whether only the run can show that no key stands there twice.
pub(in crate::cel) fn computed_keys(entries: &[(Expr, Expr)]) -> bool {
    let literal = |(key, _): &(Expr, Expr)| matches!(key.kind, ExprKind::Literal(_));
    entries.len() > 1 && !entries.iter().all(literal)
}
