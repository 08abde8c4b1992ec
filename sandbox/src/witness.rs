//! What must be so for a condition to hold: read off its typed expression.
//!
//! A rule such as `status == 403 && body.exists(e, e.errorCode == "X")` says how the provider
//! answers when a limit is hit. The sandbox answers just so.

use gusset_compiler::ir::{Expr, ExprKind, Literal, MacroKind};
use serde_json::Value;

/// Functions whose value is their first argument, in another type or with a default.
const TRANSPARENT: &[&str] =
    &["@as", "orValue", "or", "value", "string", "int", "uint", "double", "bool", "dyn"];

/// Values that make a condition hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Witness {
    /// The status.
    pub(crate) status: Option<u16>,
    /// Headers.
    pub(crate) headers: Vec<(String, String)>,
    /// Body (or `result`) members by wire path; list elements by number.
    pub(crate) body: Vec<(Vec<String>, Value)>,
}

/// Values that make `condition` hold, as far as it compares with constants.
pub(crate) fn of(condition: &Expr) -> Witness {
    let mut witness = Witness::default();
    hold(condition, true, &mut Vec::new(), &mut witness);
    witness
}

/// Body members that make `condition` not hold for an answer with status 200.
pub(crate) fn against(condition: &Expr) -> Vec<(Vec<String>, Value)> {
    let mut parts = Vec::new();
    conjuncts(condition, &mut parts);
    if parts.iter().any(|part| of(part).status.is_some_and(|s| s != 200)) {
        return Vec::new();
    }
    let mut witness = Witness::default();
    for part in parts {
        hold(part, false, &mut Vec::new(), &mut witness);
    }
    witness.body.retain(|(_, value)| value.is_boolean());
    witness.body
}

/// Whether an expression calls a function, somewhere in it.
pub(crate) fn calls(expr: &Expr, name: &str) -> bool {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Variable(_)
        | ExprKind::Setting(..)
        | ExprKind::Lookup(_) => false,
        ExprKind::Select { of, .. } | ExprKind::Has { of, .. } => calls(of, name),
        ExprKind::Index { of, index, .. } => calls(of, name) || calls(index, name),
        ExprKind::Call { function, args } => {
            function == name || args.iter().any(|a| calls(a, name))
        }
        ExprKind::List(items) => items.iter().any(|i| calls(i, name)),
        ExprKind::Map(entries) => entries.iter().any(|(k, v)| calls(k, name) || calls(v, name)),
        ExprKind::Macro { over, body, .. } => calls(over, name) || calls(body, name),
    }
}

fn conjuncts<'e>(expr: &'e Expr, out: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Call { function, args } if function == "_&&_" => {
            args.iter().for_each(|a| conjuncts(a, out))
        }
        _ => out.push(expr),
    }
}

/// What a path in an expression means.
enum Target {
    Status,
    Header(String),
    Body(Vec<String>),
}

/// Names bound by macros, and the path of the element they stand for.
type Bound = Vec<(String, Vec<String>)>;

fn hold(expr: &Expr, wanted: bool, bound: &mut Bound, out: &mut Witness) {
    match &expr.kind {
        ExprKind::Call { function, args } => match (function.as_str(), args.as_slice()) {
            ("_&&_", args) if wanted => args.iter().for_each(|a| hold(a, true, bound, out)),
            ("_||_", args) if !wanted => args.iter().for_each(|a| hold(a, false, bound, out)),
            ("_&&_" | "_||_", [first, ..]) => hold(first, wanted, bound, out),
            ("!_", [inner]) => hold(inner, !wanted, bound, out),
            ("_==_", [a, b]) => compare(a, b, wanted, bound, out),
            ("_!=_", [a, b]) => compare(a, b, !wanted, bound, out),
            ("_>=_" | "_>_" | "_<=_" | "_<_", [a, b]) if wanted => {
                order(function, a, b, bound, out)
            }
            _ => assign(expr, Value::Bool(wanted), bound, out),
        },
        ExprKind::Macro {
            kind: MacroKind::Exists | MacroKind::ExistsOne,
            over,
            variable,
            body,
        } if wanted => {
            if let Some(Target::Body(mut path)) = target(over, bound) {
                path.push("0".to_owned());
                bound.push((variable.clone(), path));
                hold(body, true, bound, out);
                bound.pop();
            }
        }
        ExprKind::Select { .. } | ExprKind::Index { .. } => {
            assign(expr, Value::Bool(wanted), bound, out)
        }
        _ => {}
    }
}

fn compare(a: &Expr, b: &Expr, equal: bool, bound: &Bound, out: &mut Witness) {
    let (path, literal) = match (literal(a), literal(b)) {
        (None, Some(value)) => (a, value),
        (Some(value), None) => (b, value),
        _ => return,
    };
    match (literal, equal) {
        (value, true) => assign(path, value, bound, out),
        (Value::Bool(value), false) => assign(path, Value::Bool(!value), bound, out),
        _ => {}
    }
}

fn order(operator: &str, a: &Expr, b: &Expr, bound: &Bound, out: &mut Witness) {
    if let (Some(Target::Status), Some(number)) =
        (target(a, bound), literal(b).and_then(|v| v.as_i64()))
    {
        let number = match operator {
            "_>_" => number.saturating_add(1),
            "_<_" => number.saturating_sub(1),
            _ => number,
        };
        assign(a, Value::from(number), bound, out);
    }
}

fn assign(expr: &Expr, value: Value, bound: &Bound, out: &mut Witness) {
    match target(expr, bound) {
        Some(Target::Status) => {
            out.status = out.status.or(value.as_u64().and_then(|n| u16::try_from(n).ok()));
        }
        Some(Target::Header(name)) => {
            if let Value::String(text) = value {
                out.headers.push((name, text));
            }
        }
        Some(Target::Body(path)) if !path.is_empty() => out.body.push((path, value)),
        _ => {}
    }
}

fn target(expr: &Expr, bound: &Bound) -> Option<Target> {
    match &expr.kind {
        ExprKind::Variable(name) => match bound.iter().rev().find(|(n, _)| n == name) {
            Some((_, path)) => Some(Target::Body(path.clone())),
            None if name == "status" => Some(Target::Status),
            None if name == "header" => Some(Target::Header(String::new())),
            None => Some(Target::Body(Vec::new())),
        },
        ExprKind::Select { of, field, .. } => Some(step(target(of, bound)?, field.clone())),
        ExprKind::Index { of, index, .. } => {
            let key = match literal(index)? {
                Value::String(key) => key,
                other => other.to_string(),
            };
            Some(step(target(of, bound)?, key))
        }
        // Conversions and defaults do not change what is meant.
        ExprKind::Call { function, args } if TRANSPARENT.contains(&function.as_str()) => {
            target(args.first()?, bound)
        }
        _ => None,
    }
}

fn step(target: Target, key: String) -> Target {
    match target {
        Target::Status => Target::Status,
        Target::Header(_) => Target::Header(key),
        Target::Body(mut path) => {
            path.push(key);
            Target::Body(path)
        }
    }
}

fn literal(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Literal(Literal::Bool(b)) => Some(Value::Bool(*b)),
        ExprKind::Literal(Literal::Int(n)) => Some(Value::from(*n)),
        ExprKind::Literal(Literal::Uint(n)) => Some(Value::from(*n)),
        ExprKind::Literal(Literal::Double(n)) => Some(Value::from(*n)),
        ExprKind::Literal(Literal::String(text)) => Some(Value::String(text.clone())),
        ExprKind::Literal(Literal::Null) => Some(Value::Null),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use gusset_compiler::cel::{Env, compile};
    use gusset_compiler::diagnostics::Diagnostics;
    use gusset_compiler::ir::{Ty, Types};
    use gusset_compiler::source::{Place, Sources};
    use serde_json::json;

    fn expr(text: &str) -> Expr {
        let place = Place::root(Sources::new().with_file("a", "").read("a".as_ref()).unwrap());
        let env = Env::response(None).with("result", Ty::Dyn);
        let mut diagnostics = Diagnostics::new();
        let expr = compile(text, &place, &env, &Types::default(), None, &mut diagnostics);
        assert_eq!(diagnostics.finish().len(), 0);
        expr.unwrap()
    }

    #[track_caller]
    fn check(text: &str, status: Option<u16>, body: Value) {
        let found = of(&expr(text));
        let members = found.body.into_iter().map(|(path, value)| (path.join("."), value)).collect();
        assert_eq!((found.status, Value::Object(members)), (status, body));
    }

    #[test]
    fn constants_make_a_condition_hold() {
        check("status == 429", Some(429), json!({}));
        check("status >= 500", Some(500), json!({}));
        check("status == 503 || status == 500", Some(503), json!({}));
        check(
            "status == 403 && body.exists(e, e.errorCode == \"X\")",
            Some(403),
            json!({"0.errorCode": "X"}),
        );
        check(
            "status == 200 && !body.ok && body.?error.orValue(\"\") == \"slow\"",
            Some(200),
            json!({"ok": false, "error": "slow"}),
        );
        check("!(status != 429 || body.fine != false)", Some(429), json!({"fine": false}));
        check("body.policy[\"name\"] == \"DAILY\"", None, json!({"policy.name": "DAILY"}));
    }

    #[test]
    fn headers_and_what_a_condition_calls() {
        let found = of(&expr("status == 403 && header.?limit.orValue(\"\") == \"0\""));
        assert_eq!(found.headers, [("limit".to_owned(), "0".to_owned())]);
        assert!(calls(&expr("retry_after().orValue(duration(\"1s\"))"), "retry_after"));
        assert!(!calls(&expr("duration(\"1s\")"), "retry_after"));
    }

    #[test]
    fn success_is_what_no_rule_takes_for_an_error() {
        let ok = vec![(vec!["ok".to_owned()], Value::Bool(true))];
        assert_eq!(against(&expr("status == 200 && !body.ok && body.error == \"x\"")), ok);
        assert_eq!(against(&expr("!body.ok")), ok);
        assert_eq!(against(&expr("status == 403 && !body.ok")), []);
    }
}
