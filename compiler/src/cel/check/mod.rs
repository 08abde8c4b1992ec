//! Types every node, and proves that nothing is selected which may be missing.

mod calls;
mod constants;
mod enums;
mod guards;
mod library;
mod members;
mod operators;

pub(super) use self::library::{Verb, verbs};
use self::members::{Reach, article};
use super::env::{Backing, Env};
use super::tree::{Node, NodeKind, Span};
use super::types::{convert, fits, is_scalar, optional, show, unify, widen};
use crate::diagnostics::codes::cel as codes;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Expr, ExprKind, Literal, MacroKind, Ty, Types};
use crate::source::Place;

/// A typed expression, and whether its value is JSON of which nothing is guaranteed at run time.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) backing: Backing,
}

impl Typed {
    fn ty(&self) -> &Ty {
        &self.expr.ty
    }
}

/// The checker of one expression.
pub(super) struct Checker<'a> {
    pub(super) text: &'a str,
    pub(super) place: &'a Place,
    pub(super) env: &'a Env,
    pub(super) types: &'a Types,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Names bound by macros, innermost last.
    scope: Vec<(String, Ty, Backing)>,
    /// Paths that a guard has proven present, such as `source.email`.
    present: Vec<String>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        text: &'a str,
        place: &'a Place,
        env: &'a Env,
        types: &'a Types,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Checker { text, place, env, types, diagnostics, scope: Vec::new(), present: Vec::new() }
    }

    /// The whole expression, as `expected`.
    pub(super) fn root(&mut self, node: &Node, expected: Option<&Ty>) -> Option<Expr> {
        let typed = self.node(node)?;
        let Some(expected) = expected else { return Some(typed.expr) };
        let expr = widen(typed.expr, expected);
        if fits(&expr.ty, expected) {
            return Some(convert(expr, expected));
        }
        let message = format!(
            "expected {}, found {}",
            show(self.types, expected),
            show(self.types, &expr.ty)
        );
        let mut diagnostic = self.error(codes::RESULT, node.span, message, "");
        if expr.ty == optional(expected.clone()) {
            diagnostic = diagnostic.help(format!(
                "the value may be absent; say what holds then: `{}.orValue({})`",
                self.source(node.span),
                example(expected)
            ));
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// The bytes of a span.
    fn source(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn at(&self, span: Span) -> Place {
        self.place.within(span.start, span.end)
    }

    fn error(&self, code: Code, span: Span, message: impl Into<String>, label: &str) -> Diagnostic {
        Diagnostic::error(code, message).at(&self.at(span), label)
    }

    /// Reports, and gives nothing.
    fn fail<T>(&mut self, code: Code, span: Span, message: impl Into<String>) -> Option<T> {
        let diagnostic = self.error(code, span, message, "");
        self.diagnostics.push(diagnostic);
        None
    }

    fn typed(&self, kind: ExprKind, ty: Ty, fallible: bool, span: Span) -> Typed {
        let place = self.at(span);
        Typed { expr: Expr { kind, ty, fallible, place }, backing: Backing::Rust }
    }

    /// Types a node whose value is then used: not a header table, which can only be asked.
    fn node(&mut self, node: &Node) -> Option<Typed> {
        let typed = self.any(node)?;
        if typed.backing == Backing::Headers {
            return self.fail(
                codes::UNSUPPORTED,
                node.span,
                "headers can only be asked by name: `header[?\"Retry-After\"]`, `\"Retry-After\" in header`",
            );
        }
        Some(typed)
    }

    fn any(&mut self, node: &Node) -> Option<Typed> {
        let span = node.span;
        match &node.kind {
            NodeKind::Literal(literal) => {
                let ty = match literal {
                    Literal::Bool(_) => Ty::Bool,
                    Literal::Int(_) => Ty::Int,
                    Literal::Uint(_) => Ty::Uint,
                    Literal::Double(_) => Ty::Double,
                    Literal::String(_) => Ty::String,
                    Literal::Bytes(_) => Ty::Bytes,
                    Literal::Duration(_) => Ty::Duration,
                    Literal::Null => Ty::Null,
                };
                Some(self.typed(ExprKind::Literal(literal.clone()), ty, false, span))
            }
            NodeKind::Ident(name) => self.name(name, span),
            NodeKind::Select { of, field, name, optional } => {
                self.select(node, of, field, *name, *optional, Reach::Declared)
            }
            NodeKind::Index { of, index, optional } => self.index(node, of, index, *optional),
            NodeKind::Has { of, field, name } => self.has(span, of, field, *name),
            NodeKind::Call { function, method, args } => self.call(span, function, *method, args),
            NodeKind::List(items) => self.list(span, items),
            NodeKind::Map(entries) => self.map(span, entries),
            NodeKind::Macro { kind, over, variable, body } => {
                self.comprehension(span, *kind, over, variable, body)
            }
            NodeKind::Unsupported(what) => {
                self.fail(codes::UNSUPPORTED, span, format!("{what} is not supported"))
            }
        }
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        let bound = self.scope.iter().rev().find(|(bound, ..)| bound == name).cloned();
        let bound = bound.or_else(|| {
            let variable = self.env.variables.get(name)?;
            Some((name.to_owned(), variable.ty.clone(), variable.backing))
        });
        let Some((_, ty, backing)) = bound else {
            if matches!(name, "settings" | "lookup") && self.has_namespace(name) {
                return self.fail(
                    codes::UNKNOWN_NAME,
                    span,
                    format!("`{name}` alone is no value; select one of its members: `{name}.NAME`"),
                );
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
                diagnostic
                    .help(format!("if it is text, quote it for YAML and for CEL: '\"{name}\"'"))
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

    fn has_namespace(&self, name: &str) -> bool {
        match name {
            "settings" => self.env.settings.is_some(),
            _ => self.env.lookups.is_some(),
        }
    }

    fn known_names(&self) -> Vec<String> {
        let namespaces = ["settings", "lookup"].into_iter().filter(|n| self.has_namespace(n));
        let bound = self.scope.iter().map(|(name, ..)| name.clone());
        self.env
            .variables
            .keys()
            .cloned()
            .chain(bound)
            .chain(namespaces.map(str::to_owned))
            .collect()
    }

    /// Types several nodes and reports the mistakes of all of them.
    fn nodes(&mut self, nodes: &[Node]) -> Option<Vec<Typed>> {
        let typed: Vec<Option<Typed>> = nodes.iter().map(|n| self.node(n)).collect();
        typed.into_iter().collect()
    }

    /// The common type of elements, to which all of them are converted.
    fn common(
        &mut self,
        nodes: &[&Node],
        mut typed: Vec<Typed>,
        what: &str,
    ) -> Option<(Vec<Expr>, Ty)> {
        let mut common = Ty::Null;
        let double = typed.iter().any(|t| *t.ty() == Ty::Double);
        for (typed, node) in typed.iter_mut().zip(nodes) {
            if double {
                typed.expr = widen(typed.expr.clone(), &Ty::Double);
            }
            let Some(both) = unify(&common, typed.ty()) else {
                let message = format!(
                    "{what} must have one type, but here are {} and {}",
                    show(self.types, &common),
                    show(self.types, typed.ty())
                );
                return self.fail(codes::OPERANDS, node.span, message);
            };
            common = both;
        }
        let exprs = typed.into_iter().map(|t| convert(t.expr, &common)).collect();
        Some((exprs, common))
    }

    fn list(&mut self, span: Span, items: &[Node]) -> Option<Typed> {
        let typed = self.nodes(items)?;
        let nodes: Vec<&Node> = items.iter().collect();
        let backing = typed.first().map_or(Backing::Rust, |t| t.backing);
        let (items, item) = self.common(&nodes, typed, "the elements of a list")?;
        self.storable(span, &item, "list")?;
        let fallible = items.iter().any(|e| e.fallible);
        let mut list = self.typed(ExprKind::List(items), Ty::List(Box::new(item)), fallible, span);
        list.backing = backing;
        Some(list)
    }

    fn map(&mut self, span: Span, entries: &[(Node, Node)]) -> Option<Typed> {
        let (key_nodes, value_nodes): (Vec<&Node>, Vec<&Node>) =
            entries.iter().map(|(k, v)| (k, v)).unzip();
        self.twice(&key_nodes)?;
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for (key, value) in key_nodes.iter().zip(&value_nodes) {
            let key_typed = self.node(key);
            let value_typed = self.node(value);
            let key_typed = key_typed?;
            if *key_typed.ty() != Ty::String {
                let message = format!(
                    "the keys of a map must be text, found {}",
                    show(self.types, key_typed.ty())
                );
                return self.fail(codes::OPERANDS, key.span, message);
            }
            keys.push(key_typed.expr);
            values.push(value_typed?);
        }
        let (values, value) = self.common(&value_nodes, values, "the values of a map")?;
        self.storable(span, &value, "map")?;
        let entries: Vec<(Expr, Expr)> = keys.into_iter().zip(values).collect();
        let fallible =
            computed_keys(&entries) || entries.iter().any(|(k, v)| k.fallible || v.fallible);
        Some(self.typed(ExprKind::Map(entries), Ty::Map(Box::new(value)), fallible, span))
    }

    /// A map has each key once.
    fn twice(&mut self, keys: &[&Node]) -> Option<()> {
        let mut seen = Vec::new();
        for key in keys {
            let NodeKind::Literal(Literal::String(text)) = &key.kind else { continue };
            if seen.contains(&text) {
                let message = format!("the map has the key `{text}` twice");
                return self.fail(codes::LITERAL, key.span, message);
            }
            seen.push(text);
        }
        Some(())
    }

    /// Lists and maps that an expression makes hold scalars, optional scalars, and lists of such; more has no use yet.
    fn storable(&mut self, span: Span, item: &Ty, what: &str) -> Option<()> {
        let mut held = item;
        while let Ty::List(inner) = held {
            held = inner;
        }
        let scalar = match held {
            Ty::Optional(inner) => is_scalar(inner) || **inner == Ty::Null,
            other => is_scalar(other) || *other == Ty::Null,
        };
        if scalar {
            return Some(());
        }
        let message = format!(
            "a {what} of {} is not supported in an expression (yet)",
            show(self.types, item)
        );
        self.fail(codes::UNSUPPORTED, span, message)
    }

    fn comprehension(
        &mut self,
        span: Span,
        kind: MacroKind,
        over: &Node,
        variable: &str,
        body: &Node,
    ) -> Option<Typed> {
        let over_typed = self.node(over)?;
        self.not_always_empty(over, over_typed.ty())?;
        let item = match (kind, over_typed.ty()) {
            (MacroKind::OptMap | MacroKind::OptFlatMap, Ty::Optional(inner)) => (**inner).clone(),
            (MacroKind::OptMap | MacroKind::OptFlatMap, other) => {
                let message = format!(
                    "expected an optional value, found {}",
                    article(&show(self.types, other))
                );
                return self.fail(codes::OPERANDS, over.span, message);
            }
            (_, Ty::List(item)) => (**item).clone(),
            (_, Ty::Map(_)) => Ty::String,
            (_, Ty::Dyn) => Ty::Dyn,
            (_, Ty::Optional(_)) => {
                let found = show(self.types, over_typed.ty());
                let diagnostic = self
                    .error(
                        codes::OPERANDS,
                        over.span,
                        format!("expected a list or a map, found {found}"),
                        "",
                    )
                    .help(format!(
                        "say what holds if it is absent: `{}.orValue([])`",
                        self.source(over.span)
                    ));
                self.diagnostics.push(diagnostic);
                return None;
            }
            (_, other) => {
                let message =
                    format!("expected a list or a map, found {}", show(self.types, other));
                return self.fail(codes::OPERANDS, over.span, message);
            }
        };
        if self.known_names().iter().any(|known| known == variable) {
            return self.fail(
                codes::UNKNOWN_NAME,
                span,
                format!("`{variable}` already means something here; bind another name"),
            );
        }
        self.scope.push((variable.to_owned(), item.clone(), over_typed.backing));
        let body_typed = self.node(body);
        self.scope.pop();
        let body_typed = body_typed?;
        let (body_expr, ty, backing) = match kind {
            MacroKind::Map => {
                let ty = body_typed.ty().clone();
                self.storable(body.span, &ty, "list")?;
                (body_typed.expr, Ty::List(Box::new(ty)), Backing::Rust)
            }
            MacroKind::Filter => {
                let condition = self.condition(body, body_typed)?;
                (condition, Ty::List(Box::new(item)), over_typed.backing)
            }
            MacroKind::SortBy => {
                if !is_scalar(body_typed.ty()) {
                    return self.does_not_take(body, "sortBy", &body_typed.ty().clone());
                }
                (body_typed.expr, Ty::List(Box::new(item)), over_typed.backing)
            }
            MacroKind::OptMap | MacroKind::OptFlatMap => {
                let ty = body_typed.ty().clone();
                self.not_always_empty(body, &ty)?;
                let is_optional = matches!(ty, Ty::Optional(_));
                if ty == Ty::Null || is_optional != (kind == MacroKind::OptFlatMap) {
                    let (function, wanted) = match kind {
                        MacroKind::OptMap => {
                            ("optMap", "a value; for an optional one there is `optFlatMap`")
                        }
                        _ => ("optFlatMap", "an optional value; for another there is `optMap`"),
                    };
                    let message =
                        format!("`{function}` takes {wanted}, found {}", show(self.types, &ty));
                    return self.fail(codes::OPERANDS, body.span, message);
                }
                (body_typed.expr, optional(ty), body_typed.backing)
            }
            MacroKind::All | MacroKind::Exists | MacroKind::ExistsOne => {
                (self.condition(body, body_typed)?, Ty::Bool, Backing::Rust)
            }
        };
        // These are emitted as calls of functions that may fail.
        let checked = matches!(kind, MacroKind::ExistsOne | MacroKind::Filter | MacroKind::SortBy);
        let inner = over_typed.expr.fallible || body_expr.fallible;
        let fallible = checked || inner || over_typed.backing == Backing::Json;
        let kind = ExprKind::Macro {
            kind,
            over: Box::new(over_typed.expr),
            variable: variable.to_owned(),
            body: Box::new(body_expr),
        };
        let mut typed = self.typed(kind, ty, fallible, span);
        typed.backing = backing;
        Some(typed)
    }

    /// `[]`, `{}` and `optional.none()` take their type from what stands beside them; alone they have none.
    fn not_always_empty(&mut self, node: &Node, ty: &Ty) -> Option<()> {
        match ty {
            Ty::List(item) | Ty::Map(item) | Ty::Optional(item) if **item == Ty::Null => {
                self.fail(codes::OPERANDS, node.span, "this is always empty")
            }
            _ => Some(()),
        }
    }

    /// A typed node that must be a condition.
    fn condition(&mut self, node: &Node, typed: Typed) -> Option<Expr> {
        if fits(typed.ty(), &Ty::Bool) && *typed.ty() != Ty::Null {
            return Some(convert(typed.expr, &Ty::Bool));
        }
        let found = show(self.types, typed.ty());
        let mut diagnostic = self.error(
            codes::OPERANDS,
            node.span,
            format!("expected a condition (bool), found {found}"),
            "",
        );
        if *typed.ty() == optional(Ty::Bool) {
            diagnostic = diagnostic.help(format!(
                "say what holds if it is absent: `{}.orValue(false)`",
                self.source(node.span)
            ));
        }
        self.diagnostics.push(diagnostic);
        None
    }
}

/// Whether only the run can show that no key stands there twice.
pub(super) fn computed_keys(entries: &[(Expr, Expr)]) -> bool {
    let literal = |(key, _): &(Expr, Expr)| matches!(key.kind, ExprKind::Literal(_));
    entries.len() > 1 && !entries.iter().all(literal)
}

/// A value of the type, for help texts.
pub(crate) fn example(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "false",
        Ty::Int => "0",
        Ty::Uint => "0u",
        Ty::Double => "0.0",
        Ty::String => "\"\"",
        Ty::Duration => "duration(\"10s\")",
        Ty::List(_) => "[]",
        _ => "..",
    }
}
