//! Functions that have a row in the table: calls of the runtime, with each value as its parameter takes it.

use super::super::check::{Verb, verbs};
use super::super::functions::{Function, Kind};
use super::Emitter;
use super::shape::Shape;
use super::val::Val;
use crate::ir::{Expr, ExprKind, Literal};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn library(&self, row: &Function, args: &[Expr]) -> Val {
        let mut open = None;
        let mut fails = false;
        let mut tokens = Vec::new();
        let zone = match (row.parameters.first(), row.parameters.last(), args.last()) {
            (Some(Kind::Moment), Some(Kind::Zone), Some(zone)) => Some(self.settled(zone)),
            _ => None,
        };
        for (kind, arg) in row.parameters.iter().zip(args) {
            let val = match kind {
                Kind::List(Kind::List(_)) => self.deep_vec(self.settled(arg)),
                Kind::List(_) => self.to_vec(self.settled(arg)),
                Kind::Span => self.settled(arg).signed(),
                _ => self.settled(arg).borrowed(),
            };
            fails |= val.fallible;
            if kind.is_open() {
                open = Some(held(*kind, &val.shape));
            }
            tokens.push(match kind {
                Kind::Moment => {
                    let moment = val.argument();
                    match &zone {
                        Some(zone) => {
                            let zone = zone.text();
                            quote!(&gusset::cel::calendar::in_zone(#moment, #zone)?)
                        }
                        None => quote!(&gusset::cel::calendar::in_utc(#moment)),
                    }
                }
                Kind::Zone if zone.is_some() => continue,
                Kind::Bytes => val.bytes(),
                Kind::Text
                | Kind::Zone
                | Kind::Pattern
                | Kind::Printed
                | Kind::Read
                | Kind::Namespace
                | Kind::Calling => val.text(),
                _ => val.argument(),
            });
        }
        tokens.extend(row.with.map(|text| quote!(#text)));
        let path: TokenStream = row.rust.parse().unwrap_or_default();
        let call = quote!(gusset::cel::#path(#(#tokens),*));
        // With a zone, getting at the calendar fails, not asking it.
        let own = row.fails && !row.only_by_zone;
        let call = if own { quote!(#call?) } else { call };
        let shape = given(row.result, open.as_ref());
        let nested = matches!((row.result, &open), (Kind::Optional(_), Some(Shape::Option(_))));
        let call = if nested { quote!(#call.flatten()) } else { call };
        Val::atom(call, shape).failing_if(row.fails || fails)
    }

    /// `text.matches(pattern)`: a constant pattern is compiled once.
    pub(super) fn matches(&self, text: &Val, pattern: &TokenStream, arg: Option<&Expr>) -> Val {
        let text = text.text();
        let constant = matches!(arg.map(|a| &a.kind), Some(ExprKind::Literal(Literal::String(_))));
        let tokens = match constant {
            true => quote!({
                static PATTERN: gusset::cel::formats::Pattern = gusset::cel::formats::Pattern::new(#pattern);
                PATTERN.matches(#text)?
            }),
            false => quote!(gusset::cel::formats::matches(#text, #pattern)?),
        };
        let prec = if constant { super::val::Prec::Block } else { super::val::Prec::Atom };
        Val::binary(tokens, Shape::Bool, prec).failing()
    }

    /// `math.greatest(..)`, `math.least(..)`.
    pub(super) fn extreme(&self, function: &str, args: &[Expr]) -> Val {
        let name = if function == "math.least" { quote!(least) } else { quote!(greatest) };
        let vals: Vec<Val> = args.iter().map(|a| self.settled(a)).collect();
        if let [list] = vals.as_slice()
            && list.shape.item(self.ctx.types).is_some()
        {
            let list = self.to_vec(list.clone());
            let (tokens, shape) =
                (&list.tokens, list.shape.item(self.ctx.types).unwrap_or(Shape::Int));
            return Val::atom(quote!(gusset::cel::math::#name(#tokens)?), shape).failing();
        }
        let shape = vals.first().map_or(Shape::Int, |v| v.shape.clone());
        let tokens = vals.iter().map(Val::argument);
        Val::atom(quote!(gusset::cel::math::#name([#(#tokens),*])?), shape).failing()
    }

    /// `"%s is %d".format([name, age])`.
    pub(super) fn format(&self, template: &Expr, values: &[Expr]) -> Val {
        let ExprKind::Literal(Literal::String(form)) = &template.kind else {
            return super::members::unreachable_tokens();
        };
        let mut spelled = String::new();
        let mut tokens = Vec::new();
        let mut fails = false;
        let mut values = values.iter();
        for verb in verbs(form).unwrap_or_default() {
            if let Verb::Text(text) = &verb {
                spelled.push_str(&text.replace('{', "{{").replace('}', "}}"));
                continue;
            }
            let Some(value) = values.next() else { continue };
            let val = self.settled(value);
            fails |= val.fallible;
            let argument = val.argument();
            spelled.push_str("{}");
            tokens.push(match (verb, &val.shape) {
                (Verb::Fixed(places), _) => quote!(gusset::cel::strings::fixed(#argument, #places)),
                (_, Shape::Json(..)) => {
                    fails = true;
                    quote!(gusset::cel::json::text(#argument)?)
                }
                (_, Shape::Duration | Shape::Wait) => quote!(gusset::cel::to_text(#argument)),
                _ => val.tokens,
            });
        }
        if tokens.is_empty() {
            let text = spelled.replace("{{", "{").replace("}}", "}");
            return Val::literal(quote!(#text), Shape::Str);
        }
        Val::atom(quote!(format!(#spelled, #(#tokens),*)), Shape::String).failing_if(fails)
    }
}

/// What the open part of a parameter is, where the whole has this shape.
fn held(kind: Kind, shape: &Shape) -> Shape {
    match (kind, shape) {
        (Kind::List(item), Shape::Vec(inner)) => held(*item, inner),
        (Kind::Optional(item), Shape::Option(inner)) => held(*item, inner),
        (_, shape) => shape.clone(),
    }
}

fn given(kind: Kind, open: Option<&Shape>) -> Shape {
    match kind {
        Kind::List(item) => Shape::Vec(Box::new(given(*item, open))),
        Kind::Optional(item) => given(*item, open).optional(),
        Kind::Bool => Shape::Bool,
        Kind::Int => Shape::Int,
        Kind::Double => Shape::Double,
        Kind::Bytes => Shape::Buffer,
        Kind::Time | Kind::Moment => Shape::Timestamp,
        Kind::Span => Shape::Duration,
        kind if kind.is_open() => open.cloned().unwrap_or(Shape::None),
        _ => Shape::String,
    }
}
