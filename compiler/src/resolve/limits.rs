//! `limits:`.

use super::Context;
use super::documented;
use super::message::{self, Root};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::{BAD_LIMIT, NO_LIMIT};
use crate::diagnostics::codes::spec::BAD_VALUE;
use crate::ir::{
    Fact, Limit, LimitKind, Observe, Operation, ResetUnit, Scope, Sign, Standing, Unlimited,
};
use crate::source::Place;
use crate::spec::{quantity, syntax};
use indexmap::IndexMap;

/// Limits, and what is said to have none, by name.
type Resolved = (IndexMap<String, Limit>, IndexMap<String, Unlimited>);

/// Resolves all limits. What holds for operations alone that were left out is left out, too.
pub(super) fn resolve(context: &mut Context<'_>) -> Resolved {
    let (mut limits, mut unlimited) = Resolved::default();
    let section = context.place("limits");
    for (name, syntax) in &context.spec.syntax.limits {
        let place = section.child(name);
        if syntax.unlimited {
            unlimited.extend(none(context, name, syntax, &place).map(|none| (name.clone(), none)));
        } else {
            limits.extend(limit(context, name, syntax, &place).map(|limit| (name.clone(), limit)));
        }
    }
    (limits, unlimited)
}

fn limit(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Limit,
    place: &Place,
) -> Option<Limit> {
    let before = context.diagnostics.errors();
    let operations = context.listed_operations(&syntax.operations, &place.child("operations"));
    // All were left out: nothing is to be said of a limit of none.
    if operations.is_none() && context.diagnostics.errors() == before {
        return None;
    }
    let auth = ways(context, syntax, place);
    let kind = kind(context, syntax, place);
    let cost = cost(context, syntax, kind, place);
    let of = Subject { name, syntax, operations: operations.as_deref().unwrap_or_default() };
    let observe = syntax.observe.as_ref().map(|o| observe(context, o, of, &place.child("observe")));
    let (operations, kind, auth) = (operations?, kind?, auth?);
    let of = Subject { name, syntax, operations: &operations };
    told(context, of, kind, &cost, place);
    Some(Limit {
        name: name.to_owned(),
        kind,
        scope: match syntax.scope {
            syntax::Scope::Connection => Scope::Connection,
            syntax::Scope::App => Scope::App,
        },
        operations,
        auth,
        cost,
        observe: observe.unwrap_or_default(),
        place: place.clone(),
    })
}

/// What facts are about.
#[derive(Clone, Copy)]
struct Subject<'s> {
    name: &'s str,
    syntax: &'s syntax::Limit,
    operations: &'s [String],
}

impl Subject<'_> {
    /// What is refused once the limit is overrun.
    fn refused(&self) -> Sign {
        Sign::Refused { statuses: vec![429], operations: self.operations.to_vec() }
    }

    /// How a run sees that a fact is false: one that the limit is about, if it is not about all.
    fn tells(&self, fact: &mut Fact, sign: Sign) {
        fact.seen_by(sign).under((!self.syntax.auth.is_empty()).then_some(self.name));
    }

    fn is_of(&self, operation: &Operation) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation.name)
    }

    /// Where the document has its operations.
    fn defined(&self, context: &Context<'_>) -> Vec<Place> {
        let mine = context.operations.values().filter(|operation| self.is_of(operation));
        mine.map(|operation| operation.defined.clone()).collect()
    }
}

/// What a limit is and takes. No document has words for it, and a provider that refuses tells.
fn told(
    context: &mut Context<'_>,
    of: Subject<'_>,
    kind: LimitKind,
    cost: &[(String, u32)],
    place: &Place,
) {
    let usual = "documents have no words for limits";
    let Subject { name, syntax, operations } = of;
    let whom = match operations {
        [] => String::new(),
        some => format!(" of `{}`", some.join("`, `")),
    };
    let whom = match syntax.auth.as_slice() {
        [] => whom,
        ways => format!("{whom} by `{}`", ways.join("`, `")),
    };
    let each = match syntax.scope {
        syntax::Scope::Connection => "a connection",
        syntax::Scope::App => "all connections together",
    };
    let what = if cost.is_empty() { "calls" } else { "points" };
    let (key, much) = match kind {
        LimitKind::Quota { calls, .. } => {
            let quota = syntax.quota.as_deref().unwrap_or_default();
            let per = quota.split_once("per").map_or("", |(_, per)| per).trim();
            ("quota", format!("{calls} {what}{whom} in any {per}"))
        }
        LimitKind::Concurrency(most) => ("concurrency", format!("{most} calls{whom} at a time")),
    };
    let text = format!("`{name}` allows {each} {much}");
    of.tells(context.granted(text, None, usual, &place.child(key), None), of.refused());
    if matches!(kind, LimitKind::Quota { .. }) && syntax.observe.is_none() {
        // Nothing is wrong where answers have none of them, so no run sees that it is false.
        let text = format!(
            "what answers say in `RateLimit`, or in `RateLimit-Remaining` or `X-RateLimit-Remaining` beside its limit, is about `{name}`"
        );
        let usual = "the fields are standard, and the spec names no others";
        let fact = context.granted(text, None, usual, &place.child(key), None);
        fact.under((!syntax.auth.is_empty()).then_some(name));
    }
    for (operation, points) in cost {
        let text = format!("a call of `{operation}` takes {points} of `{name}`");
        let at = place.child("cost").child(operation);
        of.tells(context.granted(text, None, usual, &at, None), of.refused());
    }
}

/// That nothing limits operations is said, and why.
fn none(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Limit,
    place: &Place,
) -> Option<Unlimited> {
    let operations = context.listed_operations(&syntax.operations, &place.child("operations"));
    let auth = ways(context, syntax, place);
    if syntax.quota.is_some() || syntax.concurrency.is_some() || syntax.observe.is_some() {
        let message = format!("`{name}` is unlimited, and has a limit");
        context
            .report(Diagnostic::error(BAD_LIMIT, message).at(&place.child("unlimited").key(), ""));
    }
    let (operations, auth) = (operations?, auth?);
    let text = match operations.as_slice() {
        [] => "nothing limits how often operations are called".to_owned(),
        some => format!("nothing limits how often {} are called", some.join(", ")),
    };
    let text = match syntax.auth.as_slice() {
        [] => text,
        ways => format!("{text} by `{}`", ways.join("`, `")),
    };
    let at = place.child("unlimited");
    let of = Subject { name, syntax, operations: &operations };
    let fact = context.fact(Standing::Assumed, text, syntax.because.as_deref(), &at, None);
    of.tells(fact, of.refused());
    Some(Unlimited { operations, auth })
}

/// Every operation falls under a limit, or is said to have none, whichever way it is authorised.
pub(super) fn cover(
    context: &mut Context<'_>,
    limits: &IndexMap<String, Limit>,
    unlimited: &IndexMap<String, Unlimited>,
) {
    if context.spec.alone || context.partial {
        return;
    }
    // Without declared ways there is one, which limits cannot name.
    let declared = context.spec.syntax.auth.keys().map(String::as_str);
    let ways: Vec<&str> =
        declared.chain(context.spec.syntax.auth.is_empty().then_some("")).collect();
    let covered = |operation: &Operation| {
        let limits = operation.limits.iter().filter_map(|name| limits.get(name));
        let limited = |way: &str| limits.clone().any(|limit| limit.holds_for(way));
        let free = |way: &str| {
            unlimited.values().any(|none| none.is_of(&operation.name) && none.holds_for(way))
        };
        ways.iter().all(|way| limited(way) || free(way))
    };
    let open = context.operations.values().filter(|operation| !covered(operation));
    let open: Vec<String> = open.map(|operation| operation.name.clone()).collect();
    let Some(first) = open.first().and_then(|name| context.operations.get(name)) else { return };
    let message = match open.as_slice() {
        [only] => format!("no limit holds for `{only}`"),
        [a, b] => format!("no limit holds for `{a}` and `{b}`"),
        [a, rest @ ..] => format!("no limit holds for `{a}` and {} other operations", rest.len()),
        [] => return,
    };
    let selected = first.place.file == context.spec.place.file;
    let at = if selected { first.place.key() } else { context.place("integration") };
    context.report(
        Diagnostic::warning(NO_LIMIT, message).at(&at, "").help(
            "give it one, such as `quota: 10 per 1s`; if there is none: `unlimited: true`, with a `because`",
        ),
    );
}

fn kind(context: &mut Context<'_>, syntax: &syntax::Limit, place: &Place) -> Option<LimitKind> {
    match (&syntax.quota, syntax.concurrency) {
        (Some(quota), None) => match quantity::quota(quota) {
            Ok((calls, per)) => Some(LimitKind::Quota { calls, per }),
            Err(wrong) => {
                context.report(wrong.at(BAD_VALUE, &place.child("quota")));
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

/// The ways to authorise that a limit holds for; nothing if one is not declared.
fn ways(context: &mut Context<'_>, syntax: &syntax::Limit, place: &Place) -> Option<Vec<String>> {
    let declared = &context.spec.syntax.auth;
    let mut right = true;
    for (index, name) in syntax.auth.iter().enumerate() {
        if !declared.contains_key(name) {
            let at = place.child("auth").child(index);
            context.undeclared("auth", name, &at, declared.keys());
            right = false;
        }
    }
    if right && !syntax.auth.is_empty() && syntax.auth.len() == declared.len() {
        let finding = Diagnostic::warning(BAD_LIMIT, "the limit holds for every way to authorise");
        context.report(finding.at(&place.child("auth"), "").help("leave `auth` out"));
    }
    right.then(|| syntax.auth.clone())
}

/// What calls take of a quota: at least something, and no more than there is.
fn cost(
    context: &mut Context<'_>,
    syntax: &syntax::Limit,
    kind: Option<LimitKind>,
    limit: &Place,
) -> Vec<(String, u32)> {
    let section = limit.child("cost");
    if !syntax.cost.is_empty() && syntax.quota.is_none() && syntax.concurrency.is_none() {
        // That it is no limit was said.
        return Vec::new();
    }
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
        if !known.contains_key(name) && !context.operations.contains_key(name) {
            context.undeclared("operations", name, &place.key(), known.keys());
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

fn observe(
    context: &mut Context<'_>,
    syntax: &syntax::Observe,
    of: Subject<'_>,
    place: &Place,
) -> Observe {
    let mut observe = Observe::default();
    let headers = [
        ("remaining", &syntax.remaining),
        ("reset", &syntax.reset.as_ref().map(|reset| reset.from.clone())),
        ("usage", &syntax.usage.as_ref().map(|usage| usage.from.clone())),
    ];
    for (key, path) in headers {
        if let Some(name) = path.as_deref().and_then(|path| path.strip_prefix("header.")) {
            listed(context, name, of, syntax.because.as_deref(), &place.child(key));
        }
    }
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
        if let Some(name) = &from {
            let how = match unit {
                ResetUnit::Seconds => "seconds from now",
                ResetUnit::Millis => "milliseconds from now",
                ResetUnit::EpochSeconds => "seconds since 1970",
                ResetUnit::EpochMillis => "milliseconds since 1970",
                ResetUnit::Date => "a date",
            };
            let text = format!("`{name}` says by {how} when the window ends");
            reads(context, name, text, (of, syntax), &place.child("reset").child("unit"));
            means(context, name, unit, of, &place.child("reset").child("unit"));
        }
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
        if let (Some(name), true) = (&from, whole) {
            let text = format!("`{name}` reads like `{}`", usage.pattern);
            reads(context, name, text, (of, syntax), &place.child("pattern"));
        }
        observe.usage = from.map(|name| (name, usage.pattern.clone()));
    }
    observe
}

/// What a header means, which only the spec knows.
fn reads(
    context: &mut Context<'_>,
    name: &str,
    text: String,
    (of, syntax): (Subject<'_>, &syntax::Observe),
    place: &Place,
) {
    let sign = Sign::Reads { name: name.to_owned() };
    let because = syntax.because.as_deref();
    of.tells(context.granted(text, because, "only the spec knows", place, None), sign);
}

/// A header is there if the document lists it with an answer of an operation that the limit is for.
fn listed(
    context: &mut Context<'_>,
    name: &str,
    of: Subject<'_>,
    because: Option<&str>,
    place: &Place,
) {
    let found = of
        .defined(context)
        .into_iter()
        .find(|at| documented::lists_header(context.documents, at, name));
    let standing = if found.is_some() { Standing::Proven } else { Standing::Assumed };
    let text = format!("answers have the header `{name}`");
    let sign = Sign::Header { name: name.to_owned(), operations: of.operations.to_vec() };
    of.tells(context.fact(standing, text, because, place, found.as_ref()), sign);
}

/// The unit of a reset is the one that the document's header has, as far as its schema and its example tell.
fn means(context: &mut Context<'_>, name: &str, unit: ResetUnit, of: Subject<'_>, place: &Place) {
    let headers = documented::headers(context.documents, &of.defined(context));
    let Some((_, header)) = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
    else {
        return;
    };
    let Some(said) = documented::values(context.documents, header) else { return };
    let text = said.example.as_ref().map(|v| v.as_str().map_or(v.to_string(), str::to_owned));
    let number = text.as_deref().and_then(|text| text.trim().parse::<f64>().ok());
    let wrong = match (number, unit) {
        _ if said.format.as_deref() == Some("date-time") && unit != ResetUnit::Date => "is a date",
        _ if matches!(said.kind.as_deref(), Some("integer" | "number"))
            && unit == ResetUnit::Date =>
        {
            "is a number, no date"
        }
        (Some(_), ResetUnit::Date) => "is a number, no date",
        (None, unit) if text.is_some() && unit != ResetUnit::Date => "is no number",
        // A moment of our time in seconds has ten digits, one in milliseconds thirteen; spans have fewer.
        (Some(n), ResetUnit::Seconds | ResetUnit::Millis) if n >= 1e9 => {
            "is a moment, not a span of time"
        }
        (Some(n), ResetUnit::EpochSeconds) if n >= 1e11 => "is in milliseconds",
        (Some(n), ResetUnit::EpochMillis) if (1e9..1e11).contains(&n) => "is in seconds",
        (Some(n), ResetUnit::EpochSeconds | ResetUnit::EpochMillis) if n < 1e9 => {
            "is a span of time, not a moment"
        }
        _ => return,
    };
    let message = format!("`{name}` {wrong}, by what the document says");
    context.report(
        Diagnostic::error(BAD_LIMIT, message).at(place, "").and(header, "the header is here"),
    );
}

fn header(context: &mut Context<'_>, path: &str, place: &Place) -> Option<String> {
    let path = message::read(path, &[Root::Header], place, context.diagnostics)?;
    message::header(path.rest, place, context.diagnostics)
}
