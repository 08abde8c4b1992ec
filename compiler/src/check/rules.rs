//! Error rules: each applies to some answer, and none to every success.

use super::Subject;
use crate::diagnostics::codes::connection::{BAD_RULE, DEAD_RULE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Action, ErrorRule, Expr, ExprKind, Literal};
use crate::resolve::sync::visit;
use crate::spec::quantity::A_YEAR;
use std::ops::RangeInclusive;

/// The statuses of HTTP.
const STATUSES: RangeInclusive<i64> = 100..=599;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    let rules = &subject.integration.errors.rules;
    // What follows from a rule that is wrong is not said again.
    let mut before: Vec<&ErrorRule> = Vec::new();
    for rule in rules {
        if let Some(finding) = dead(rule, &before) {
            diagnostics.push(finding);
            wait(rule, diagnostics);
            continue;
        }
        // A hook may leave an answer to the rules below.
        if !matches!(rule.action, Action::Hook(_)) {
            before.push(rule);
        }
        if let Some(finding) = unfit(rule) {
            diagnostics.push(finding);
        }
        wait(rule, diagnostics);
    }
}

/// A rule without effect, or with one on every success.
fn dead(rule: &ErrorRule, before: &[&ErrorRule]) -> Option<Diagnostic> {
    let place = rule.place.child("when");
    let finding = |message: &str| Diagnostic::error(DEAD_RULE, message).at(&place, "");
    let mut met = STATUSES.filter(|status| holds(&rule.when, *status) != Some(false)).peekable();
    if met.peek().is_none() {
        return Some(finding("no answer meets this condition").help("statuses are 100 to 599"));
    }
    if let Some(part) = constant(&rule.when) {
        return Some(
            Diagnostic::error(DEAD_RULE, "this is the same for every status")
                .at(&part.place, "")
                .help("statuses are 100 to 599"),
        );
    }
    let conditions = conjuncts(&rule.when);
    let same =
        |earlier: &&&ErrorRule| conjuncts(&earlier.when).iter().all(|c| conditions.contains(c));
    let decides = |earlier: &&&ErrorRule, status| holds(&earlier.when, status) == Some(true);
    let decided = |status| before.iter().find(|earlier| decides(earlier, status)).copied();
    let earlier = match before.iter().find(same).copied() {
        Some(earlier) => Some(earlier),
        None => {
            let deciders: Option<Vec<&ErrorRule>> = met.map(decided).collect();
            deciders.and_then(|deciders| deciders.first().copied())
        }
    };
    if let Some(earlier) = earlier {
        return Some(
            finding("what meets this condition was decided by a rule before")
                .and(&earlier.place.child("when"), "this one comes first")
                .help("the first match wins: put the narrower rule first, or leave this one out"),
        );
    }
    // Others may mean that something is not ready yet.
    let success = [200, 201].into_iter().find(|status| holds(&rule.when, *status) == Some(true));
    let success = success.filter(|_| !matches!(rule.action, Action::Accept | Action::Hook(_)))?;
    let all = (200..=299).all(|status| holds(&rule.when, status) == Some(true));
    let what = if all { "success".to_owned() } else { format!("answer with status {success}") };
    Some(
        finding(&format!("every {what} meets this condition, and would be an error"))
            .help("say which answers are meant, such as `status >= 500` or `status == 200 && has(body.error)`"),
    )
}

/// A comparison of the status that comes out the same for all.
fn constant(condition: &Expr) -> Option<&Expr> {
    let mut found = None;
    visit(condition, &mut |part| {
        let ExprKind::Call { args, .. } = &part.kind else { return };
        let status = |arg: &Expr| matches!(&arg.kind, ExprKind::Variable(name) if name == "status");
        let mut values = STATUSES.map(|status| holds(part, status));
        let Some(Some(first)) = values.next() else { return };
        if args.iter().any(status) && values.all(|value| value == Some(first)) {
            found.get_or_insert(part);
        }
    });
    found
}

/// An action that cannot help against any status that the rule is for.
fn unfit(rule: &ErrorRule) -> Option<Diagnostic> {
    let possible = |status: &i64| holds(&rule.when, *status) != Some(false);
    let mut statuses = STATUSES.filter(possible);
    let faults = statuses.all(|status| status >= 500);
    let message = match rule.action {
        Action::Refresh if faults => "new credentials do not mend a fault of the provider",
        Action::Accept if faults => "a fault of the provider is no success",
        _ => return None,
    };
    Some(
        Diagnostic::error(BAD_RULE, message)
            .at(&rule.place.child("action"), "")
            .and(&rule.place.child("when"), "statuses of 500 and above only"),
    )
}

/// A wait takes some time, and not for ever.
fn wait(rule: &ErrorRule, diagnostics: &mut Diagnostics) {
    let Some(wait) = &rule.wait else { return };
    visit(wait, &mut |part| {
        let ExprKind::Literal(Literal::Duration(span)) = &part.kind else { return };
        let message = match span {
            span if span.is_zero() => "a wait of no time meets the same limit again",
            span if *span > A_YEAR => "a wait of more than a year",
            _ => return,
        };
        diagnostics.push(Diagnostic::error(BAD_RULE, message).at(&part.place, ""));
    });
}

/// Whether a condition holds for a status; nothing where more than the status decides.
fn holds(condition: &Expr, status: i64) -> Option<bool> {
    match &condition.kind {
        ExprKind::Literal(Literal::Bool(value)) => Some(*value),
        ExprKind::Call { function, args } => match (function.as_str(), args.as_slice()) {
            ("!_", [of]) => holds(of, status).map(|value| !value),
            ("_&&_", [a, b]) => match (holds(a, status), holds(b, status)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            ("_||_", [a, b]) => match (holds(a, status), holds(b, status)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            ("@in" | "_in_", [of, list]) => {
                let ExprKind::List(items) = &list.kind else { return None };
                let of = number(of, status)?;
                let items: Option<Vec<i64>> = items.iter().map(|i| number(i, status)).collect();
                Some(items?.contains(&of))
            }
            (operator, [a, b]) => {
                let (a, b) = (number(a, status)?, number(b, status)?);
                match operator {
                    "_==_" => Some(a == b),
                    "_!=_" => Some(a != b),
                    "_<_" => Some(a < b),
                    "_<=_" => Some(a <= b),
                    "_>_" => Some(a > b),
                    "_>=_" => Some(a >= b),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}

fn number(expr: &Expr, status: i64) -> Option<i64> {
    match &expr.kind {
        ExprKind::Literal(Literal::Int(number)) => Some(*number),
        ExprKind::Variable(name) if name == "status" => Some(status),
        _ => None,
    }
}

/// The conditions that must all hold, each in a form that does not depend on where it stands.
fn conjuncts(condition: &Expr) -> Vec<String> {
    match &condition.kind {
        ExprKind::Call { function, args } if function == "_&&_" => {
            args.iter().flat_map(conjuncts).collect()
        }
        _ => vec![shape(condition)],
    }
}

/// An expression without its places.
fn shape(expr: &Expr) -> String {
    let list = |parts: &[Expr]| parts.iter().map(shape).collect::<Vec<_>>().join(",");
    match &expr.kind {
        ExprKind::Literal(literal) => format!("{literal:?}"),
        ExprKind::Variable(name) => name.clone(),
        ExprKind::Setting(name, _) => format!("settings.{name}"),
        ExprKind::Lookup(name) => format!("lookup.{name}"),
        ExprKind::Select { of, field, optional } => format!("{}.{optional}{field:?}", shape(of)),
        ExprKind::Index { of, index, optional } => {
            format!("{}[{optional}{}]", shape(of), shape(index))
        }
        ExprKind::Has { of, field } => format!("has({}.{field:?})", shape(of)),
        ExprKind::Call { function, args } => format!("{function}({})", list(args)),
        ExprKind::List(items) => format!("[{}]", list(items)),
        ExprKind::Map(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}:{}", shape(key), shape(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        ExprKind::Macro { kind, over, variable, body } => {
            format!("{kind:?}({},{variable},{})", shape(over), shape(body))
        }
    }
}
