//! Functions, methods and arithmetic.

use super::super::functions::row;
use super::super::types::AS;
use super::Emitter;
use super::lists::collected;
use super::shape::Shape;
use super::val::{Prec, Val};
use crate::ir::{Expr, ExprKind, HOOK, Literal, Ty};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn call(&self, expr: &Expr, function: &str, args: &[Expr]) -> Val {
        match (function, args) {
            (AS, [arg]) => self.converted(arg, &expr.ty),
            ("_&&_" | "_||_", [left, right]) => self.logical(function, left, right),
            ("!_", [arg]) => self.not(arg),
            ("_?_:_", [condition, yes, no]) => self.conditional(condition, yes, no),
            ("_==_" | "_!=_" | "_<_" | "_<=_" | "_>_" | "_>=_", [left, right]) => {
                self.comparison(function, left, right)
            }
            ("@in", [item, of]) => self.membership(item, of),
            ("_+_", [_, _]) if expr.ty == Ty::String => self.concatenation(expr),
            ("-_", [arg]) => self.negation(arg),
            ("_+_" | "_-_" | "_*_" | "_/_" | "_%_", [left, right]) => {
                self.arithmetic(function, left, right)
            }
            ("retry_after", []) => {
                Val::atom(quote!(response.retry_after()), Shape::Wait.optional())
            }
            ("optional.none", []) => Val::literal(quote!(None), Shape::None.optional()),
            ("optional.of", [arg]) => {
                let val = self.settled(arg).borrowed();
                let tokens = val.argument();
                Val::atom(quote!(Some(#tokens)), val.shape.clone().optional())
                    .failing_if(val.fallible)
            }
            ("optional.ofNonZeroValue", [arg]) => self.non_zero(arg),
            ("hasValue", [arg]) => self.has_value(arg),
            ("value", [arg]) => {
                let val = self.settled(arg);
                let (tokens, shape) = (&val.tokens, held(&val.shape));
                Val::atom(quote!(gusset::cel::value(#tokens)?), shape).failing()
            }
            ("orValue", [of, default]) => self.or_value(of, default),
            ("or", [of, other]) => self.or(of, other),
            ("size", [arg]) => self.size(arg),
            (
                "string" | "bytes" | "int" | "uint" | "double" | "bool" | "duration" | "timestamp",
                [arg],
            ) => self.conversion(function, arg),
            ("math.greatest" | "math.least", args) => self.extreme(function, args),
            ("format", [template, values @ ..]) => self.format(template, values),
            _ if function.starts_with(HOOK) => {
                let name = function.strip_prefix(HOOK).unwrap_or(function);
                self.hook(name, &expr.ty, args)
            }
            _ => match row(function, args.len()) {
                Some(row) if function.contains("::") => self.library(row, args),
                _ => self.text_function(function, args),
            },
        }
    }

    /// What the checker lets stand for another type: JSON for what it should hold, nothing for anything.
    fn converted(&self, arg: &Expr, ty: &Ty) -> Val {
        let val = self.node(arg);
        let shape = match (&val.shape, ty) {
            (Shape::Json(_, text), ty) => Shape::Json(ty.clone(), *text),
            (Shape::Option(inner), Ty::Optional(ty)) => match &**inner {
                Shape::Json(_, text) => Shape::Json((**ty).clone(), *text).optional(),
                other => other.clone().optional(),
            },
            (list, Ty::List(item))
                if list.item(self.ctx.types) == Some(Shape::Json(Ty::Dyn, false))
                    && **item != Ty::Dyn =>
            {
                // Elements of no type are read as what they should be.
                let (items, element) = self.elements(val, quote!(v));
                let element =
                    Val { shape: Shape::Json((**item).clone(), false), ..element }.settle();
                let shape = Shape::Vec(Box::new(element.shape.clone()));
                return collected(&items, &element, &quote!(v), shape);
            }
            (other, _) => other.clone(),
        };
        Val { shape, ..val }
    }

    fn concatenation(&self, expr: &Expr) -> Val {
        let mut parts = Vec::new();
        summands(expr, &mut parts);
        let mut format = String::new();
        let mut values: Vec<TokenStream> = Vec::new();
        let mut fails = false;
        for part in parts {
            if let ExprKind::Literal(Literal::String(text)) = &part.kind {
                format.push_str(&text.replace('{', "{{").replace('}', "}}"));
            } else {
                let val = self.shown(part);
                fails |= val.fallible;
                values.push(val.tokens);
                format.push_str("{}");
            }
        }
        if values.is_empty() {
            let text = format.replace("{{", "{").replace("}}", "}");
            return Val::literal(quote!(#text), Shape::Str);
        }
        Val::atom(quote!(format!(#format, #(#values),*)), Shape::String).failing_if(fails)
    }

    /// A part of a text: `string(x)` is shown as `x` is.
    fn shown(&self, part: &Expr) -> Val {
        if let ExprKind::Call { function, args, .. } = &part.kind
            && let ("string", [of]) = (function.as_str(), args.as_slice())
        {
            let val = self.settled(of);
            // The others have a text of their own in CEL, or none.
            if matches!(
                val.shape,
                Shape::Bool
                    | Shape::Int
                    | Shape::Uint
                    | Shape::Double
                    | Shape::Timestamp
                    | Shape::Str
                    | Shape::String
            ) {
                return val;
            }
        }
        self.settled(part)
    }

    fn negation(&self, arg: &Expr) -> Val {
        let val = self.settled(arg);
        match val.shape {
            Shape::Int => {
                let argument = val.argument();
                Val::atom(quote!(gusset::cel::negate(#argument)?), Shape::Int).failing()
            }
            _ => {
                let operand = val.under(Prec::Atom);
                Val::binary(quote!(-#operand), Shape::Double, Prec::Unary).failing_if(val.fallible)
            }
        }
    }

    fn arithmetic(&self, function: &str, left: &Expr, right: &Expr) -> Val {
        let (left, right) = (self.settled(left).signed(), self.settled(right).signed());
        let fails = left.fallible || right.fallible;
        let (l, r) = (left.argument(), right.argument());
        let shape = left.shape.clone();
        match (function, &left.shape, &right.shape) {
            (_, Shape::Double, _) => {
                let (prec, operator) = match function {
                    "_+_" => (Prec::Sum, quote!(+)),
                    "_-_" => (Prec::Sum, quote!(-)),
                    "_*_" => (Prec::Product, quote!(*)),
                    _ => (Prec::Product, quote!(/)),
                };
                // What stands right of `-` and `/` binds tighter.
                let tighter = if prec == Prec::Sum { Prec::Product } else { Prec::Unary };
                let (l, r) = (left.under(prec), right.under(tighter));
                Val::binary(quote!(#l #operator #r), shape, prec).failing_if(fails)
            }
            ("_+_", Shape::Bytes | Shape::Buffer, _) => {
                let (l, r) = (left.bytes(), right.bytes());
                Val::atom(quote!([#l, #r].concat()), Shape::Buffer).failing_if(fails)
            }
            ("_+_", Shape::Timestamp, _) => {
                Val::atom(quote!(gusset::cel::later(#l, #r)?), shape).failing()
            }
            ("_+_", _, Shape::Timestamp) => {
                Val::atom(quote!(gusset::cel::later(#r, #l)?), Shape::Timestamp).failing()
            }
            ("_-_", Shape::Timestamp, Shape::Timestamp) => {
                Val::atom(quote!(gusset::cel::elapsed(#l, #r)), Shape::Duration).failing_if(fails)
            }
            ("_-_", Shape::Timestamp, _) => {
                Val::atom(quote!(gusset::cel::earlier(#l, #r)?), shape).failing()
            }
            ("_+_", Shape::Duration, _) => {
                Val::atom(quote!(gusset::cel::longer(#l, #r)?), shape).failing()
            }
            ("_-_", Shape::Duration, _) => {
                Val::atom(quote!(gusset::cel::shorter(#l, #r)?), shape).failing()
            }
            ("_+_", Shape::Items(_) | Shape::Vec(_) | Shape::Json(..), _) => {
                let (left, right) = self.alike(self.deep_vec(left), self.deep_vec(right));
                let (receiver, other) = (left.receiver(), &right.tokens);
                let tokens = quote!(#receiver.into_iter().chain(#other).collect::<Vec<_>>());
                Val::atom(tokens, left.shape.clone())
                    .failing_if(fails || left.fallible || right.fallible)
            }
            _ => {
                let name = match function {
                    "_+_" => quote!(add),
                    "_-_" => quote!(subtract),
                    "_*_" => quote!(multiply),
                    "_/_" => quote!(divide),
                    _ => quote!(remainder),
                };
                Val::atom(quote!(gusset::cel::#name(#l, #r)?), shape).failing()
            }
        }
    }

    fn non_zero(&self, arg: &Expr) -> Val {
        let val = self.settled(arg).borrowed();
        let tokens = val.argument();
        let condition = match val.shape {
            Shape::Str | Shape::String | Shape::Items(_) | Shape::Vec(_) => quote!(!v.is_empty()),
            Shape::Json(..) => quote!(gusset::cel::json::size(v).is_ok_and(|n| n > 0)),
            Shape::Bool => quote!(*v),
            Shape::Double => quote!(*v != 0.0),
            Shape::Duration | Shape::Wait => quote!(!v.is_zero()),
            _ => quote!(*v != 0),
        };
        Val::atom(quote!(Some(#tokens).filter(|v| #condition)), val.shape.clone().optional())
            .failing_if(val.fallible)
    }

    fn has_value(&self, arg: &Expr) -> Val {
        let val = self.node(arg);
        let receiver = val.receiver();
        match val.shape {
            Shape::Option(_) => Val::atom(quote!(#receiver.is_some()), Shape::Bool)
                .with_opposite(quote!(#receiver.is_none())),
            _ => Val::binary(quote!(!#receiver.is_null()), Shape::Bool, Prec::Unary)
                .with_opposite(quote!(#receiver.is_null())),
        }
        .failing_if(val.fallible)
    }

    fn or_value(&self, of: &Expr, default: &Expr) -> Val {
        let (of, default) = (self.settled(of), self.settled(default).borrowed());
        let fails = of.fallible || default.fallible;
        let empty = matches!(&default.shape, Shape::Vec(item) if **item == Shape::Null);
        if empty && matches!(held(&of.shape), Shape::Items(_) | Shape::Vec(_)) {
            let (receiver, shape) = (of.receiver(), held(&of.shape));
            return Val::atom(quote!(#receiver.unwrap_or_default()), shape).failing_if(fails);
        }
        let shape = Shape::common(self.ctx.types, &held(&of.shape), &default.shape);
        if matches!(shape, Shape::Items(_))
            && default.tokens.to_string() == quote!(Vec::new()).to_string()
        {
            let receiver = of.receiver();
            return Val::atom(quote!(#receiver.unwrap_or_default()), shape).failing_if(fails);
        }
        if matches!(shape, Shape::Json(..)) && matches!(default.shape, Shape::Vec(_)) {
            // JSON that may be absent, or an empty list: read it as a list first.
            let of = Val { shape: held(&of.shape).optional(), ..of };
            let receiver = of.receiver();
            let list = self.to_vec(Val::cheap(quote!(v), shape));
            let tokens = &list.tokens;
            let (receiver, shape) =
                (quote!(match #receiver { Some(v) => #tokens, None => Vec::new() }), list.shape);
            return Val::binary(receiver, shape, Prec::Block).failing();
        }
        let of = self.shaped(of, &shape.clone().optional());
        let default = self.shaped(default, &shape);
        let fails = of.fallible || default.fallible;
        let (receiver, tokens) = (of.receiver(), &default.tokens);
        let tokens = if default.fallible {
            let of = &of.tokens;
            return Val::binary(
                quote!(match #of { Some(v) => v, None => #tokens }),
                shape,
                Prec::Block,
            )
            .failing();
        } else if default.cheap {
            quote!(#receiver.unwrap_or(#tokens))
        } else {
            quote!(#receiver.unwrap_or_else(|| #tokens))
        };
        Val::atom(tokens, shape).failing_if(fails)
    }

    fn or(&self, of: &Expr, other: &Expr) -> Val {
        let (of, other) = self.alike(self.settled(of), self.settled(other));
        let fails = of.fallible || other.fallible;
        let (receiver, tokens, shape) = (of.receiver(), &other.tokens, of.shape.clone());
        if other.fallible {
            let of = &of.tokens;
            let tokens = quote!(match #of { Some(v) => Some(v), None => #tokens });
            return Val::binary(tokens, shape, Prec::Block).failing();
        }
        let tokens = match other.cheap {
            true => quote!(#receiver.or(#tokens)),
            false => quote!(#receiver.or_else(|| #tokens)),
        };
        Val::atom(tokens, shape).failing_if(fails)
    }

    fn size(&self, arg: &Expr) -> Val {
        let val = match &arg.ty {
            Ty::String => self.settled(arg),
            _ => self.node(arg),
        };
        let (receiver, borrowed) = (val.receiver(), val.clone().borrowed().tokens);
        match val.shape {
            Shape::Json(..) => {
                Val::atom(quote!(gusset::cel::json::size(#borrowed)?), Shape::Int).failing()
            }
            Shape::Str | Shape::String => {
                Val::atom(quote!(gusset::cel::length(#receiver.chars().count())), Shape::Int)
                    .failing_if(val.fallible)
            }
            _ => Val::atom(quote!(gusset::cel::length(#receiver.len())), Shape::Int)
                .failing_if(val.fallible),
        }
    }

    fn conversion(&self, function: &str, arg: &Expr) -> Val {
        let val = self.settled(arg);
        let (receiver, argument) = (val.receiver(), val.argument());
        let cel = quote!(gusset::cel);
        let call = |tokens: TokenStream, shape| Val::atom(tokens, shape).failing_if(val.fallible);
        let fallible = |tokens: TokenStream, shape| Val::atom(quote!(#tokens?), shape).failing();
        let text = val.text();
        match (function, &val.shape) {
            ("string", Shape::Json(..)) => {
                fallible(quote!(#cel::json::text(#argument)), Shape::String)
            }
            ("string", Shape::Bytes) => {
                fallible(quote!(#cel::text_of_bytes(#argument)), Shape::String)
            }
            ("string", Shape::Buffer) => {
                let bytes = val.bytes();
                fallible(quote!(#cel::text_of_bytes(#bytes)), Shape::String)
            }
            ("bytes", Shape::String) => call(quote!(#receiver.into_bytes()), Shape::Buffer),
            ("bytes", Shape::Json(..)) => {
                fallible(quote!(#cel::json::string(#argument).map(str::as_bytes)), Shape::Bytes)
            }
            ("bytes", _) => call(quote!(#receiver.as_bytes()), Shape::Bytes),
            ("string", Shape::Duration | Shape::Wait) => {
                call(quote!(#cel::to_text(#argument)), Shape::String)
            }
            ("string", _) => call(quote!(#receiver.to_string()), Shape::String),
            ("int", Shape::Timestamp) => call(quote!(#cel::seconds_of(#argument)), Shape::Int),
            ("int", Shape::Json(..)) => fallible(quote!(#cel::json::to_int(#argument)), Shape::Int),
            ("int", Shape::Str | Shape::String) => {
                fallible(quote!(#cel::to_int(#text)), Shape::Int)
            }
            ("int", _) => fallible(quote!(#cel::to_int(#argument)), Shape::Int),
            ("uint", Shape::Json(..)) => {
                fallible(quote!(#cel::json::to_uint(#argument)), Shape::Uint)
            }
            ("uint", Shape::Str | Shape::String) => {
                fallible(quote!(#cel::to_uint(#text)), Shape::Uint)
            }
            ("uint", _) => fallible(quote!(#cel::to_uint(#argument)), Shape::Uint),
            ("double", Shape::Json(..)) => {
                fallible(quote!(#cel::json::to_double(#argument)), Shape::Double)
            }
            ("double", Shape::Str | Shape::String) => {
                fallible(quote!(#cel::parse_double(#text)), Shape::Double)
            }
            ("double", _) => call(quote!(#cel::widen(#argument)), Shape::Double),
            ("bool", Shape::Json(..)) => {
                fallible(quote!(#cel::json::to_bool(#argument)), Shape::Bool)
            }
            ("bool", _) => fallible(quote!(#cel::parse_bool(#text)), Shape::Bool),
            ("duration", Shape::Json(..)) => {
                fallible(quote!(#cel::json::duration(#argument)), Shape::Duration)
            }
            ("duration", _) => fallible(quote!(#cel::duration(#text)), Shape::Duration),
            (_, Shape::Json(..)) => {
                fallible(quote!(#cel::json::to_timestamp(#argument)), Shape::Timestamp)
            }
            (_, Shape::Int) => fallible(quote!(#cel::timestamp_of(#argument)), Shape::Timestamp),
            _ => fallible(quote!(#cel::timestamp(#text)), Shape::Timestamp),
        }
    }

    fn text_function(&self, function: &str, args: &[Expr]) -> Val {
        let vals: Vec<Val> = args.iter().map(|a| self.settled(a)).collect();
        let fails = vals.iter().any(|v| v.fallible);
        let Some(of) = vals.first() else { return super::members::unreachable_tokens() };
        let receiver = of.receiver();
        let rest: Vec<TokenStream> = vals.iter().skip(1).map(Val::text).collect();
        let val = match (function, rest.as_slice()) {
            ("contains", [part]) => Val::atom(quote!(#receiver.contains(#part)), Shape::Bool),
            ("matches", [pattern]) => self.matches(of, pattern, args.get(1)),
            ("startsWith", [part]) => Val::atom(quote!(#receiver.starts_with(#part)), Shape::Bool),
            ("endsWith", [part]) => Val::atom(quote!(#receiver.ends_with(#part)), Shape::Bool),
            ("lower", []) => Val::atom(quote!(#receiver.to_lowercase()), Shape::String),
            ("upper", []) => Val::atom(quote!(#receiver.to_uppercase()), Shape::String),
            ("trim", []) if of.shape == Shape::String => {
                Val::atom(quote!(#receiver.trim().to_owned()), Shape::String)
            }
            ("trim", []) => Val::atom(quote!(#receiver.trim()), Shape::Str),
            ("replace", [from, to]) => {
                Val::atom(quote!(#receiver.replace(#from, #to)), Shape::String)
            }
            ("split", [separator]) => split(of, separator),
            ("join", separators) => {
                let separator = separators.first().cloned().unwrap_or_else(|| quote!(""));
                let list = self.to_vec(of.clone());
                let (tokens, list_fails) = (&list.tokens, list.fallible);
                Val::atom(quote!(gusset::cel::join(#tokens, #separator)), Shape::String)
                    .failing_if(list_fails)
            }
            _ => super::members::unreachable_tokens(),
        };
        val.failing_if(fails)
    }
}

/// The parts borrow from the text, which must therefore live on; else they are owned.
fn split(of: &Val, separator: &TokenStream) -> Val {
    let text = of.text();
    let parts = quote!(gusset::cel::split(#text, #separator));
    if of.shape == Shape::String {
        let tokens = quote!(#parts.into_iter().map(str::to_owned).collect::<Vec<_>>());
        return Val::atom(tokens, Shape::Vec(Box::new(Shape::String)));
    }
    Val::atom(parts, Shape::Vec(Box::new(Shape::Str)))
}

/// What an option holds.
fn held(shape: &Shape) -> Shape {
    match shape {
        Shape::Option(inner) => (**inner).clone(),
        other => other.clone(),
    }
}

/// The operands of a chain of `+` over text.
fn summands<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Call { function, args } if function == "_+_" => {
            for arg in args {
                summands(arg, parts);
            }
        }
        _ => parts.push(expr),
    }
}
