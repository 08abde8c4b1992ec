//! `limits:`.

use super::Context;
use super::message::{self, Root};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::BAD_LIMIT;
use crate::diagnostics::codes::spec::{BAD_VALUE, UNDECLARED};
use crate::ir::{Limit, LimitKind, Observe, ResetUnit, Scope};
use crate::source::Place;
use crate::spec::{quantity, syntax};
use indexmap::IndexMap;

/// Resolves all limits. `left_out` are operations that the document given instead does not have.
pub(super) fn resolve(context: &mut Context<'_>) -> IndexMap<String, Limit> {
    let mut limits = IndexMap::new();
    let section = context.place("limits");
    for (name, syntax) in &context.spec.syntax.limits {
        if let Some(limit) = limit(context, name, syntax, &section.child(name)) {
            limits.insert(name.clone(), limit);
        }
    }
    limits
}

fn limit(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Limit,
    place: &Place,
) -> Option<Limit> {
    let kind = kind(context, syntax, place);
    let operations = operations(context, syntax, place);
    let cost = cost(context, syntax, kind, place);
    let observe = syntax.observe.as_ref().map(|o| observe(context, o, &place.child("observe")));
    if operations.is_empty() && !syntax.operations.is_empty() {
        // All operations that it is about were left out; without any it would hold for all.
        return None;
    }
    Some(Limit {
        name: name.to_owned(),
        kind: kind?,
        scope: match syntax.scope {
            syntax::Scope::Connection => Scope::Connection,
            syntax::Scope::App => Scope::App,
        },
        operations,
        cost,
        observe: observe.unwrap_or_default(),
        place: place.clone(),
    })
}

fn kind(context: &mut Context<'_>, syntax: &syntax::Limit, place: &Place) -> Option<LimitKind> {
    match (&syntax.quota, syntax.concurrency) {
        (Some(quota), None) => match quantity::quota(quota) {
            Ok((calls, per)) => Some(LimitKind::Quota { calls, per }),
            Err(message) => {
                context.report(Diagnostic::error(BAD_VALUE, message).at(&place.child("quota"), ""));
                None
            }
        },
        (None, Some(0)) => {
            let message = "no call at a time lets nothing through";
            context
                .report(Diagnostic::error(BAD_LIMIT, message).at(&place.child("concurrency"), ""));
            None
        }
        (None, Some(most)) => Some(LimitKind::Concurrency(most)),
        (both, _) => {
            let message = match both {
                Some(_) => "a limit has a `quota` or a `concurrency`, not both",
                None => "a limit needs a `quota` or a `concurrency`",
            };
            context.report(
                Diagnostic::error(BAD_LIMIT, message)
                    .at(&place.key(), "")
                    .help("`quota: 100 per 10s` or `concurrency: 25`; two limits for both"),
            );
            None
        }
    }
}

fn operations(context: &mut Context<'_>, syntax: &syntax::Limit, place: &Place) -> Vec<String> {
    let mut found = Vec::new();
    let known = &context.spec.syntax.operations;
    for (index, name) in syntax.operations.iter().enumerate() {
        if !known.contains_key(name) {
            let message = format!("`operations` has no `{name}`");
            context.diagnostics.push(
                Diagnostic::error(UNDECLARED, message)
                    .at(&place.child("operations").child(index), "")
                    .nearest(name, known.keys().map(String::as_str)),
            );
        } else if context.operations.contains_key(name) {
            found.push(name.clone());
        }
    }
    found
}

/// What calls take of a quota: at least something, and no more than there is.
fn cost(
    context: &mut Context<'_>,
    syntax: &syntax::Limit,
    kind: Option<LimitKind>,
    limit: &Place,
) -> Vec<(String, u32)> {
    let section = limit.child("cost");
    if !syntax.cost.is_empty() && syntax.quota.is_none() {
        let message = "only a quota is used up by points";
        context.report(Diagnostic::error(BAD_LIMIT, message).at(&section.key(), ""));
        return Vec::new();
    }
    let most = match kind {
        Some(LimitKind::Quota { calls, .. }) => calls,
        _ => u32::MAX,
    };
    let mut costs = Vec::new();
    for (name, points) in &syntax.cost {
        let place = section.child(name);
        let known = &context.spec.syntax.operations;
        if !known.contains_key(name) {
            let finding = Diagnostic::error(UNDECLARED, format!("`operations` has no `{name}`"))
                .at(&place.key(), "")
                .nearest(name, known.keys().map(String::as_str));
            context.diagnostics.push(finding);
        } else if !syntax.operations.is_empty() && !syntax.operations.contains(name) {
            let message = format!("this limit is not about `{name}`");
            context.report(
                Diagnostic::error(BAD_LIMIT, message)
                    .at(&place.key(), "")
                    .and(&limit.child("operations").key(), "it holds for these alone"),
            );
        } else if *points == 0 || *points > most {
            let message = match points {
                0 => format!("a call of `{name}` that takes nothing is not limited"),
                _ => {
                    format!("a call of `{name}` takes more than there ever is: {points} of {most}")
                }
            };
            context.report(Diagnostic::error(BAD_LIMIT, message).at(&place, ""));
        } else if context.operations.contains_key(name) {
            costs.push((name.clone(), *points));
        }
    }
    costs
}

fn observe(context: &mut Context<'_>, syntax: &syntax::Observe, place: &Place) -> Observe {
    let mut observe = Observe::default();
    if let Some(path) = &syntax.remaining {
        observe.remaining = header(context, path, &place.child("remaining"));
    }
    if let Some(reset) = &syntax.reset {
        let unit = match reset.unit {
            syntax::ResetUnit::Seconds => ResetUnit::Seconds,
            syntax::ResetUnit::Ms => ResetUnit::Millis,
            syntax::ResetUnit::EpochS => ResetUnit::EpochSeconds,
            syntax::ResetUnit::EpochMs => ResetUnit::EpochMillis,
            syntax::ResetUnit::Date => ResetUnit::Date,
        };
        let from = header(context, &reset.from, &place.child("reset").child("from"));
        observe.reset = from.map(|name| (name, unit));
    }
    if let Some(usage) = &syntax.usage {
        let place = place.child("usage");
        let from = header(context, &usage.from, &place.child("from"));
        let whole = ["{used}", "{limit}"].iter().all(|p| usage.pattern.matches(p).count() == 1);
        if !whole {
            context.report(
                Diagnostic::error(
                    BAD_LIMIT,
                    "a usage pattern has `{used}` and `{limit}` in it, once each",
                )
                .at(&place.child("pattern"), ""),
            );
        }
        observe.usage = from.map(|name| (name, usage.pattern.clone()));
    }
    observe
}

fn header(context: &mut Context<'_>, path: &str, place: &Place) -> Option<String> {
    let path = message::read(path, &[Root::Header], place, context.diagnostics)?;
    message::header(path.rest, place, context.diagnostics)
}
