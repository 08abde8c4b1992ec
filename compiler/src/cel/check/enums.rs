//! Maps that translate the values of an enum: `{"open": 1, "closed": 2}[source.status]`.

use super::super::tree::{Node, NodeKind};
use super::Checker;
use crate::diagnostics::codes::cel as codes;
use crate::ir::{Enum, Expr, ExprKind, Literal, Ty, TypeDef, TypeKind};

impl Checker<'_> {
    /// Warns of keys that the enum does not have, and refuses a map that lacks one which it has: a record with that
    /// value would not be mapped.
    pub(super) fn every_value(
        &mut self,
        node: &Node,
        of: &Node,
        map: &Expr,
        index: &Expr,
        is_optional: bool,
    ) -> Option<()> {
        let (ExprKind::Map(entries), NodeKind::Map(nodes)) = (&map.kind, &of.kind) else {
            return Some(());
        };
        let Some(asked) = asked(index) else { return Some(()) };
        for ((key, _), (node, _)) in entries.iter().zip(nodes) {
            self.known_value(asked, key, node.span);
        }
        let Some((def, listed)) = self.enum_of(asked) else { return Some(()) };
        let mut keys = Vec::new();
        for (key, _) in entries {
            let ExprKind::Literal(Literal::String(key)) = &key.kind else { return Some(()) };
            keys.push(key.as_str());
        }
        let wires = listed.variants.iter().map(|v| v.wire.as_str());
        let missing: Vec<String> =
            wires.filter(|wire| !keys.contains(wire)).map(|wire| format!("`{wire}`")).collect();
        if is_optional || missing.is_empty() {
            return Some(());
        }
        let place = def.place.clone();
        let (shown, default) = (
            self.source(of.span),
            entries.first().map_or("..", |(_, value)| super::example(&value.ty)),
        );
        let within = self
            .source(node.span)
            .strip_prefix(shown)
            .and_then(|rest| rest.trim().strip_prefix('['))
            .unwrap_or("..]");
        let diagnostic = self
            .error(codes::NOT_EXHAUSTIVE, of.span, format!("the map has no entry for {}", missing.join(", ")), "")
            .and(&place, "the values are declared here")
            .help(format!("add entries, or say what holds for the others: `{shown}[?{within}.orValue({default})`"));
        self.diagnostics.push(diagnostic);
        None
    }

    /// The enum of a field.
    fn enum_of(&self, field: &Expr) -> Option<(&TypeDef, &Enum)> {
        let ExprKind::Select { of, field, .. } = &field.kind else { return None };
        let record = match &of.ty {
            Ty::Optional(inner) => inner,
            other => other,
        };
        let Ty::Record(id) = record else { return None };
        let def = self.types.get(self.types.as_struct(*id)?.field(field)?.ty.id);
        match &def.kind {
            TypeKind::Enum(listed) if !listed.variants.is_empty() => Some((def, listed)),
            _ => None,
        }
    }
}

/// The field that is asked, also where it has a default.
fn asked(index: &Expr) -> Option<&Expr> {
    match &index.kind {
        ExprKind::Select { .. } => Some(index),
        ExprKind::Call { function, args } if function == "orValue" => asked(args.first()?),
        _ => None,
    }
}
