//! Calls of hooks: functions of the user, by their declared signature.

use super::super::tree::{Node, Span};
use super::super::types::{convert, fits, optional, show, widen};
use super::{Checker, Typed};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::cel as codes;
use crate::ir::{Expr, ExprKind, HOOK, SyncHook, Ty};

impl Checker<'_> {
    pub(super) fn hook(&mut self, span: Span, name: &str, args: &[Node]) -> Option<Typed> {
        let hooks = self.env.hooks.as_ref()?;
        let Some(hook) = hooks.get(name) else {
            let message = match hooks.is_empty() {
                true => "the sync declares no hooks".to_owned(),
                false => format!("the sync declares no hook `{name}`"),
            };
            let diagnostic = self
                .error(codes::UNKNOWN_FUNCTION, span, message, "not in `hooks`")
                .nearest(name, hooks.keys().map(String::as_str));
            self.diagnostics.push(diagnostic);
            return None;
        };
        // What is wrong with the hook itself was reported where it is declared.
        let (hook, typed) = (hook.clone(), self.nodes(args));
        let (hook, typed) = (hook?, typed?);
        if args.len() != hook.takes.len() {
            let counted = match hook.takes.len() {
                1 => "1 value".to_owned(),
                many => format!("{many} values"),
            };
            let message = format!("`hook.{name}` takes {counted}, found {}", args.len());
            let diagnostic = self.error(codes::OPERANDS, span, message, "");
            self.diagnostics.push(diagnostic.and(&hook.place.child("takes"), "declared here"));
            return None;
        }
        let mut exprs = Vec::new();
        for ((node, typed), (parameter, wanted)) in args.iter().zip(typed).zip(&hook.takes) {
            match as_wanted(typed.expr, wanted) {
                Ok(expr) => exprs.push(expr),
                Err(found) => {
                    let message = format!(
                        "`hook.{name}` wants {} for `{parameter}`, found {}",
                        show(self.types, wanted),
                        show(self.types, &found)
                    );
                    let mut diagnostic = self.error(codes::OPERANDS, node.span, message, "");
                    if found == optional(wanted.clone()) {
                        diagnostic = self.may_be_absent(diagnostic, node, wanted);
                    }
                    let place = hook.place.child("takes").child(parameter);
                    self.diagnostics.push(diagnostic.and(&place, "declared here"));
                    return None;
                }
            }
        }
        if is_handed_on(&hook.gives) && self.whole != Some(span) {
            let diagnostic = self.not_the_whole(span, &hook);
            self.diagnostics.push(diagnostic);
            return None;
        }
        let kind = ExprKind::Call { function: format!("{HOOK}{name}"), args: exprs };
        Some(self.typed(kind, hook.gives.clone(), true, span))
    }

    fn not_the_whole(&self, span: Span, hook: &SyncHook) -> Diagnostic {
        let given = show(self.types, &hook.gives);
        let message = format!("a hook that gives {given} is the whole value of a field");
        self.error(codes::UNSUPPORTED, span, message, "")
            .help("do in the hook what is to be done with it")
    }
}

/// Records and JSON are made for a field as they are, and not looked into.
fn is_handed_on(ty: &Ty) -> bool {
    match ty {
        Ty::Dyn | Ty::Record(_) => true,
        Ty::Optional(inner) => is_handed_on(inner),
        _ => false,
    }
}

/// A value as a parameter takes it; its type, if it does not.
fn as_wanted(expr: Expr, wanted: &Ty) -> Result<Expr, Ty> {
    let expr = widen(expr, wanted);
    let empty = |ty: &Ty| match ty {
        Ty::Null => true,
        Ty::Optional(item) | Ty::List(item) => **item == Ty::Null,
        _ => false,
    };
    match wanted {
        _ if expr.ty == *wanted => Ok(expr),
        Ty::Optional(inner) if !matches!(expr.ty, Ty::Optional(_) | Ty::Null) => {
            let (place, fallible) = (expr.place.clone(), expr.fallible);
            let value = as_wanted(expr, inner)?;
            let fallible = fallible || value.fallible;
            let kind = ExprKind::Call { function: "optional.of".to_owned(), args: vec![value] };
            Ok(Expr { kind, ty: wanted.clone(), fallible, place })
        }
        _ if empty(&expr.ty) => Err(expr.ty),
        _ if fits(&expr.ty, wanted) => Ok(convert(expr, wanted)),
        _ => Err(expr.ty),
    }
}
