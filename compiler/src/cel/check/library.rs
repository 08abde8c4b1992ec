//! Functions that have a row in the table, and those that take any number of values.

use super::super::env::Backing;
use super::super::functions::{self, Function, Kind, Style, problem};
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{convert, fits, is_number, is_scalar, optional, unify, widen};
use super::{Checker, Typed};
use crate::diagnostics::codes::cel as codes;
use crate::ir::{ExprKind, Literal, Ty};

impl Checker<'_> {
    pub(super) fn library(
        &mut self,
        span: Span,
        name: &str,
        method: bool,
        args: &[Node],
    ) -> Option<Typed> {
        let typed = self.nodes(args)?;
        let styled = |row: &&Function| match row.style {
            Style::Both => true,
            style => (style == Style::Method) == method,
        };
        if !functions::named(name).any(|row| styled(&row)) {
            return self.wrong_style(span, name, method);
        }
        let rows: Vec<&Function> = functions::named(name)
            .filter(|row| styled(row) && row.parameters.len() == args.len())
            .collect();
        if rows.is_empty() {
            return self.wrong_count(span, name, method, args.len());
        }
        let row = match rows.as_slice() {
            [row] => *row,
            rows => {
                let first = typed.first()?.ty();
                let takes = |row: &&&Function| {
                    row.parameters
                        .first()
                        .is_some_and(|kind| bind(*kind, first, &mut None).is_some())
                };
                match rows.iter().find(takes) {
                    Some(row) => row,
                    None => return self.does_not_take(args.first()?, name, &first.clone()),
                }
            }
        };
        self.row(span, row, args, typed)
    }

    fn row(
        &mut self,
        span: Span,
        row: &Function,
        args: &[Node],
        typed: Vec<Typed>,
    ) -> Option<Typed> {
        let mut open = None;
        let mut exprs = Vec::new();
        let mut backing = Backing::Rust;
        for ((node, typed), kind) in args.iter().zip(typed).zip(row.parameters) {
            self.not_always_empty(node, typed.ty())?;
            if kind.is_open() {
                backing = typed.backing;
            }
            let expr = match kind {
                Kind::Double => widen(typed.expr, &Ty::Double),
                _ => typed.expr,
            };
            let Some(parameter) = bind(*kind, &expr.ty, &mut open) else {
                return self.does_not_take(node, row.name, &expr.ty);
            };
            if let ExprKind::Literal(Literal::String(text)) = &expr.kind
                && let Some((message, help)) = problem(*kind, text)
            {
                let diagnostic = self.error(codes::LITERAL, node.span, message, "").help(help);
                self.diagnostics.push(diagnostic);
                return None;
            }
            exprs.push(convert(expr, &parameter));
        }
        let result = result(row.result, open.as_ref());
        // Elements of a list of JSON are read when they are used.
        let read =
            backing == Backing::Json || row.parameters.iter().any(|k| matches!(k, Kind::List(_)));
        let fallible = row.fails || read || exprs.iter().any(|e| e.fallible);
        let kind = ExprKind::Call { function: row.rust.to_owned(), args: exprs };
        let mut typed = self.typed(kind, result, fallible, span);
        if row.result.is_open() {
            typed.backing = backing;
        }
        Some(typed)
    }

    fn wrong_count<T>(&mut self, span: Span, name: &str, method: bool, found: usize) -> Option<T> {
        // Of a method, what stands before the dot is not counted.
        let besides = usize::from(method);
        let mut counts: Vec<usize> = functions::named(name)
            .map(|row| row.parameters.len().saturating_sub(besides))
            .collect();
        counts.sort_unstable();
        counts.dedup();
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        let values = if counts == ["1"] { "value" } else { "values" };
        let message = format!(
            "`{name}` takes {} {values}, found {}",
            counts.join(" or "),
            found.saturating_sub(besides)
        );
        self.fail(codes::OPERANDS, span, message)
    }

    /// `math.greatest(..)`, `math.least(..)`: of numbers of one kind, or of a list of them.
    pub(super) fn extreme(&mut self, span: Span, name: &str, args: &[Node]) -> Option<Typed> {
        if args.is_empty() {
            return self.fail(codes::OPERANDS, span, format!("`{name}` takes at least 1 value"));
        }
        let typed = self.nodes(args)?;
        let call = |args| ExprKind::Call { function: name.to_owned(), args };
        if let ([node], Some(Ty::List(item))) = (args, typed.first().map(Typed::ty)) {
            let item = (**item).clone();
            self.not_always_empty(node, &Ty::List(Box::new(item.clone())))?;
            if !is_number(&item) {
                return self.does_not_take(node, name, &Ty::List(Box::new(item)));
            }
            let exprs = typed.into_iter().map(|t| t.expr).collect();
            return Some(self.typed(call(exprs), item, true, span));
        }
        let nodes: Vec<&Node> = args.iter().collect();
        let (exprs, ty) = self.common(&nodes, typed, "what is compared")?;
        if !is_number(&ty) {
            return self.does_not_take(args.first()?, name, &ty);
        }
        Some(self.typed(call(exprs), ty, true, span))
    }

    /// `"%s is %d".format([name, age])`: read now, so that nothing is left to go wrong at run time.
    pub(super) fn format(&mut self, span: Span, args: &[Node]) -> Option<Typed> {
        let [template, Node { kind: NodeKind::List(values), .. }] = args else {
            let right = "`format` is called like this: `\"%s is %d\".format([name, age])`";
            return self.fail(codes::UNKNOWN_FUNCTION, span, right);
        };
        let NodeKind::Literal(Literal::String(text)) = &template.kind else {
            return self.fail(
                codes::UNSUPPORTED,
                template.span,
                "the form must be a text that is written out here",
            );
        };
        let verbs = match verbs(text) {
            Ok(verbs) => verbs,
            Err(found) => {
                let message = format!("`{found}` is not one of `%s`, `%d`, `%f`, `%.2f`, `%%`");
                return self.fail(codes::LITERAL, template.span, message);
            }
        };
        let wanted: Vec<Verb> = verbs.into_iter().filter(|v| !matches!(v, Verb::Text(_))).collect();
        if wanted.len() != values.len() {
            let message = format!(
                "the form has {} places, but here are {} values",
                wanted.len(),
                values.len()
            );
            return self.fail(codes::OPERANDS, span, message);
        }
        let mut exprs = vec![self.node(template)?.expr];
        for (verb, (node, typed)) in wanted.iter().zip(values.iter().zip(self.nodes(values)?)) {
            let (expr, ok) = match verb {
                Verb::Whole => (typed.expr.clone(), matches!(typed.ty(), Ty::Int | Ty::Uint)),
                Verb::Fixed(_) => {
                    let expr = widen(typed.expr, &Ty::Double);
                    let ok = expr.ty == Ty::Double;
                    (expr, ok)
                }
                _ => (typed.expr.clone(), is_scalar(typed.ty()) && *typed.ty() != Ty::Bytes),
            };
            if !ok {
                return self.does_not_take(node, verb.name(), &expr.ty.clone());
            }
            exprs.push(expr);
        }
        let fallible = exprs.iter().any(|e| e.fallible);
        let kind = ExprKind::Call { function: "format".to_owned(), args: exprs };
        Some(self.typed(kind, Ty::String, fallible, span))
    }
}

/// A part of the form of `format`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cel) enum Verb {
    Text(String),
    /// `%s`
    Any,
    /// `%d`
    Whole,
    /// `%f`, `%.2f`
    Fixed(usize),
}

impl Verb {
    fn name(&self) -> &'static str {
        match self {
            Verb::Whole => "%d",
            Verb::Fixed(_) => "%f",
            _ => "%s",
        }
    }
}

/// The parts of a form; what is no part, otherwise.
pub(in crate::cel) fn verbs(form: &str) -> Result<Vec<Verb>, String> {
    let mut verbs = vec![Verb::Text(String::new())];
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('%') {
        push_text(&mut verbs, before);
        let end = after.find(|c: char| c != '.' && !c.is_ascii_digit());
        let end = end.ok_or_else(|| format!("%{after}"))?;
        let verb = after[end..].chars().next().unwrap_or_default();
        let places = match after[..end].strip_prefix('.') {
            Some(places) => places.parse().ok().filter(|n| *n <= 100),
            None => Some(6).filter(|_| end == 0),
        };
        match (verb, end, places) {
            ('%', 0, _) => push_text(&mut verbs, "%"),
            ('s', 0, _) => verbs.push(Verb::Any),
            ('d', 0, _) => verbs.push(Verb::Whole),
            ('f', _, Some(places)) => verbs.push(Verb::Fixed(places)),
            _ => return Err(format!("%{}", &after[..end + verb.len_utf8()])),
        }
        rest = &after[end + verb.len_utf8()..];
    }
    push_text(&mut verbs, rest);
    Ok(verbs)
}

fn push_text(verbs: &mut Vec<Verb>, text: &str) {
    match verbs.last_mut() {
        Some(Verb::Text(last)) => last.push_str(text),
        _ => verbs.push(Verb::Text(text.to_owned())),
    }
}

/// The type that a value of type `ty` has as such a parameter, if it may stand there.
fn bind(kind: Kind, ty: &Ty, open: &mut Option<Ty>) -> Option<Ty> {
    let fixed = match kind {
        Kind::List(item) => {
            let Ty::List(found) = ty else { return None };
            return Some(Ty::List(Box::new(bind(*item, found, open)?)));
        }
        Kind::Optional(item) => {
            let Ty::Optional(found) = ty else { return None };
            return Some(optional(bind(*item, found, open)?));
        }
        Kind::Any | Kind::Scalar | Kind::Ordered | Kind::Number => {
            let fits = match kind {
                Kind::Any => *ty != Ty::Null,
                Kind::Number => is_number(ty),
                _ => is_scalar(ty),
            };
            let both = match open.as_ref() {
                Some(bound) => unify(bound, ty)?,
                None => ty.clone(),
            };
            *open = Some(both.clone());
            return fits.then_some(both);
        }
        fixed => of(fixed),
    };
    (fits(ty, &fixed) && *ty != Ty::Null).then_some(fixed)
}

fn result(kind: Kind, open: Option<&Ty>) -> Ty {
    match kind {
        Kind::List(item) => Ty::List(Box::new(result(*item, open))),
        Kind::Optional(item) => optional(result(*item, open)),
        kind if kind.is_open() => open.cloned().unwrap_or(Ty::Null),
        kind => of(kind),
    }
}

fn of(kind: Kind) -> Ty {
    match kind {
        Kind::Bool => Ty::Bool,
        Kind::Int => Ty::Int,
        Kind::Double => Ty::Double,
        Kind::Bytes => Ty::Bytes,
        Kind::Time | Kind::Moment => Ty::Timestamp,
        Kind::Span => Ty::Duration,
        _ => Ty::String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read() {
        let parts =
            [Verb::Text("a".to_owned()), Verb::Any, Verb::Text("%".to_owned()), Verb::Fixed(2)];
        assert_eq!(
            verbs("a%s%%%.2f").map(|v| v
                .into_iter()
                .filter(|v| *v != Verb::Text(String::new()))
                .collect::<Vec<_>>()),
            Ok(parts.to_vec())
        );
        for form in ["%", "%q", "%2d", "%.f", "%.999f", "%5f", "%é"] {
            assert!(verbs(form).is_err(), "{form}");
        }
    }
}
