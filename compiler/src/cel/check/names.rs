//! What a name alone means: a variable of the place, or one that a macro binds.

use super::super::env::Backing;
use super::super::tree::Span;
use super::{Checker, Typed};
use crate::diagnostics::Applicability;
use crate::diagnostics::codes::cel as codes;
use crate::ir::ExprKind;

impl Checker<'_> {
    pub(super) fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        let bound = self.scope.iter().rev().find(|(bound, ..)| bound == name).cloned();
        let bound = bound.or_else(|| {
            let variable = self.env.variables.get(name)?;
            Some((name.to_owned(), variable.ty.clone(), variable.backing))
        });
        let Some((_, ty, backing)) = bound else {
            if matches!(name, "settings" | "lookup" | "hook") && self.has_namespace(name) {
                let message = match name {
                    "hook" => {
                        "`hook` alone is no value; call one of its functions: `hook.NAME(..)`"
                            .to_owned()
                    }
                    _ => format!(
                        "`{name}` alone is no value; select one of its members: `{name}.NAME`"
                    ),
                };
                return self.fail(codes::UNKNOWN_NAME, span, message);
            }
            let diagnostic = self
                .error(
                    codes::UNKNOWN_NAME,
                    span,
                    format!("nothing is called `{name}` here"),
                    "unknown name",
                )
                .nearest(name, self.known_names().iter().map(String::as_str));
            // YAML takes the quotes of `"HubSpot"` for its own, so that CEL sees a name.
            let text = name.starts_with(char::is_uppercase);
            let diagnostic = if text {
                diagnostic.mend(
                    format!("if it is text, quote it for YAML and for CEL: '\"{name}\"'"),
                    Applicability::MaybeIncorrect,
                    name,
                    format!("\"{name}\""),
                )
            } else {
                diagnostic
            };
            self.diagnostics.push(diagnostic);
            return None;
        };
        let fallible = backing == Backing::Json;
        let mut typed = self.typed(ExprKind::Variable(name.to_owned()), ty, fallible, span);
        typed.backing = backing;
        Some(typed)
    }

    /// Whether a name is that of a value here.
    pub(super) fn is_variable(&self, name: &str) -> bool {
        self.env.variables.contains_key(name) || self.scope.iter().any(|(bound, ..)| bound == name)
    }

    pub(super) fn has_namespace(&self, name: &str) -> bool {
        match name {
            "settings" => self.env.settings.is_some(),
            "hook" => self.env.hooks.as_ref().is_some_and(|hooks| !hooks.is_empty()),
            _ => self.env.lookups.is_some(),
        }
    }

    pub(super) fn known_names(&self) -> Vec<String> {
        let namespaces =
            ["settings", "lookup", "hook"].into_iter().filter(|n| self.has_namespace(n));
        let bound = self.scope.iter().map(|(name, ..)| name.clone());
        self.env
            .variables
            .keys()
            .cloned()
            .chain(bound)
            .chain(namespaces.map(str::to_owned))
            .collect()
    }
}
