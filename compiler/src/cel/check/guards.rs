//! What a condition proves about the presence of fields: after `has(source.email) &&`, or in the
//! branch of `source.email != null ? .. : ..`, the field may be selected plainly.

use super::super::tree::{Node, NodeKind};
use crate::ir::Literal;

/// The path that a plain chain of selections spells.
pub(super) fn path(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Ident(name) => Some(name.clone()),
        NodeKind::Select { of, field, optional: false, .. } => {
            Some(format!("{}.{field}", path(of)?))
        }
        _ => None,
    }
}

/// The selection that a comparison with `null` asks about.
pub(super) fn compared_with_null<'n>(function: &str, args: &'n [Node]) -> Option<&'n Node> {
    match (function, args) {
        ("_==_" | "_!=_", [x, Node { kind: NodeKind::Literal(Literal::Null), .. }])
        | ("_==_" | "_!=_", [Node { kind: NodeKind::Literal(Literal::Null), .. }, x]) => Some(x),
        _ => None,
    }
}

/// Paths that are present if the condition comes out as `holds`.
pub(super) fn proven(node: &Node, holds: bool) -> Vec<String> {
    match &node.kind {
        NodeKind::Has { of, field, .. } if holds => {
            path(of).map(|of| format!("{of}.{field}")).into_iter().collect()
        }
        NodeKind::Call { function, args, .. } => match (function.as_str(), holds) {
            ("!_", _) => args.first().map(|a| proven(a, !holds)).unwrap_or_default(),
            ("_&&_", true) | ("_||_", false) => {
                args.iter().flat_map(|a| proven(a, holds)).collect()
            }
            ("_!=_", true) | ("_==_", false) => {
                compared_with_null(function, args).and_then(path).into_iter().collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
