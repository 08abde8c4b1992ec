//! Scopes: those that the operations need, and no more.

use super::Context;
use super::oauth::tokens;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SCOPES;
use crate::ir::Standing;
use crate::source::Place;
use crate::spec::syntax;
use indexmap::{IndexMap, IndexSet};

/// What an operation needs to be authorised.
pub(super) struct Need {
    pub(super) operation: String,
    /// Whether the spec names it; others are included by a pattern.
    pub(super) selected: bool,
    pub(super) place: Place,
    /// Sets of schemes with their scopes, one of which is enough.
    pub(super) sets: Vec<IndexMap<String, Vec<String>>>,
    pub(super) defined: Place,
}

/// Holds the scopes of each way to authorise against what the operations need.
pub(super) fn check(context: &mut Context<'_>) {
    if context.spec.alone || context.partial {
        return;
    }
    let needs = std::mem::take(&mut context.needs);
    let section = context.place("auth");
    for (name, auth) in &context.spec.syntax.auth {
        let doubtful = context.doubtful_auth.contains(name);
        let Some(scheme) = auth.scheme.as_ref().filter(|_| !doubtful) else { continue };
        if auth.kind != syntax::AuthKind::Oauth2 {
            continue;
        }
        let place = section.child(name);
        // The one that is missing may be the one that is mistyped.
        if context.unknown_scopes.contains(name) {
            continue;
        }
        covered(context, (name, auth), scheme, &needs, &place);
        no_more(context, (name, auth), scheme, &needs, &place);
        let needed: Vec<&Place> = needs
            .iter()
            .filter(|need| alternatives(need, scheme).any(|scopes| !scopes.is_empty()))
            .map(|need| &need.defined)
            .collect();
        if let (Some(first), false) = (needed.first(), auth.scopes.is_empty()) {
            let scopes = auth.scopes.join("`, `");
            let text = format!("`{name}` asks for what operations need: `{scopes}`");
            let first = (*first).clone();
            context.proven(text, &place.child("scopes"), Some(&first));
        }
    }
}

/// The scopes of a scheme that would each do for an operation.
fn alternatives<'n>(need: &'n Need, scheme: &'n str) -> impl Iterator<Item = &'n Vec<String>> {
    need.sets.iter().filter(|set| set.len() == 1).filter_map(move |set| set.get(scheme))
}

fn covered(
    context: &mut Context<'_>,
    (name, auth): (&str, &syntax::Auth),
    scheme: &str,
    needs: &[Need],
    place: &Place,
) {
    // One scope that is missing is one mistake, of however many operations.
    let mut missing: IndexMap<String, Vec<&Need>> = IndexMap::new();
    for need in needs.iter().filter(|need| need.selected) {
        let lacks = |scopes: &Vec<String>| -> Vec<String> {
            scopes.iter().filter(|scope| !auth.scopes.contains(scope)).cloned().collect()
        };
        let least = alternatives(need, scheme).map(lacks).min_by_key(Vec::len);
        for scope in least.unwrap_or_default() {
            missing.entry(scope).or_default().push(need);
        }
    }
    let Some((scope, of)) = missing.first() else { return };
    let scopes: Vec<String> = missing.keys().map(|scope| format!("`{scope}`")).collect();
    let message = match of.first() {
        Some(need) if missing.len() == 1 => {
            format!(
                "`{}` needs the scope `{scope}`, and `{name}` does not ask for it",
                need.operation
            )
        }
        _ => format!(
            "operations need the scopes {}, and `{name}` does not ask for them",
            scopes.join(", ")
        ),
    };
    let at = if auth.scopes.is_empty() { place.key() } else { place.child("scopes") };
    let mut finding = Diagnostic::error(SCOPES, message).at(&at, "");
    for need in missing.values().filter_map(|of| of.first()) {
        finding = finding.and(&need.defined, "needed here").and(&need.place, "used here");
    }
    context.report(finding.help(format!("add {} to `scopes`", scopes.join(" and "))));
}

fn no_more(
    context: &mut Context<'_>,
    (name, auth): (&str, &syntax::Auth),
    scheme: &str,
    needs: &[Need],
    place: &Place,
) {
    let needed: IndexSet<&String> =
        needs.iter().flat_map(|need| alternatives(need, scheme).flatten()).collect();
    if needed.is_empty() {
        return;
    }
    let known: Vec<&str> = needed.iter().map(|scope| scope.as_str()).collect();
    for (index, scope) in auth.scopes.iter().enumerate() {
        if needed.contains(scope) {
            continue;
        }
        let at = place.child("scopes").child(index);
        if let Some(because) = &auth.because {
            let text = format!("`{name}` asks for `{scope}`, which no operation needs");
            context
                .fact(Standing::Assumed, text, Some(because), &at, None)
                .seen_by(tokens(auth.flow));
            continue;
        }
        context.report(
            Diagnostic::warning(SCOPES, format!("no selected operation needs the scope `{scope}`"))
                .at(&at, "")
                .nearest(scope, known.iter().copied())
                .help("leave it out; if it is needed all the same, say why in a `because`"),
        );
    }
}
