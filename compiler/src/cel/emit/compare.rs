//! Comparisons, `&&`, `||`, `!`, `?:`, `in`.

use super::Emitter;
use super::lists::{elements_fail, mentions};
use super::shape::Shape;
use super::val::{Prec, Val};
use crate::ir::{Expr, ExprKind, Ty};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn logical(&self, function: &str, left: &Expr, right: &Expr) -> Val {
        let (left, right) = (self.settled(left), self.settled(right));
        let or = function == "_||_";
        if left.fallible {
            // The right side may decide alone; see `gusset::cel::and`.
            let (l, r) = (&left.tokens, &right.tokens);
            let name = if or { quote!(or) } else { quote!(and) };
            return Val::atom(quote!(gusset::cel::#name(|| Ok(#l), || Ok(#r))?), Shape::Bool)
                .failing();
        }
        let prec = if or { Prec::Or } else { Prec::And };
        let (l, r) = (left.under(prec), right.under(prec));
        let tokens = if or { quote!(#l || #r) } else { quote!(#l && #r) };
        Val::binary(tokens, Shape::Bool, prec).failing_if(right.fallible)
    }

    pub(super) fn not(&self, arg: &Expr) -> Val {
        let arg = self.settled(arg);
        let fails = arg.fallible;
        let val = match &arg.opposite {
            Some(opposite) => {
                // The opposite of a comparison is one, that of a call is a call.
                let prec = if arg.prec == Prec::Compare { Prec::Compare } else { Prec::Atom };
                Val::binary(opposite.clone(), Shape::Bool, prec).with_opposite(arg.tokens)
            }
            None => {
                let operand = arg.under(Prec::Unary);
                Val::binary(quote!(!#operand), Shape::Bool, Prec::Unary)
            }
        };
        val.failing_if(fails)
    }

    pub(super) fn conditional(&self, condition: &Expr, yes: &Expr, no: &Expr) -> Val {
        let condition = self.settled(condition);
        let (yes, no) = self.alike(self.settled(yes), self.settled(no));
        let fails = condition.fallible || yes.fallible || no.fallible;
        // Of two literals, one says which kind of number they are.
        let (c, y, n) = (&condition.tokens, yes.argument(), &no.tokens);
        Val::binary(quote!(if #c { #y } else { #n }), yes.shape.clone(), Prec::Block)
            .failing_if(fails)
    }

    /// Two values in their common shape.
    pub(super) fn alike(&self, a: Val, b: Val) -> (Val, Val) {
        let (a, b) = (a.borrowed(), b.borrowed());
        let common = Shape::common(self.ctx.types, &a.shape, &b.shape);
        (self.shaped(a, &common), self.shaped(b, &common))
    }

    pub(super) fn comparison(&self, function: &str, left: &Expr, right: &Expr) -> Val {
        let (left, right) = (self.settled(left), self.settled(right));
        let fails = left.fallible || right.fallible;
        let (operator, opposite, name, opposite_name) = match function {
            "_==_" => (quote!(==), quote!(!=), quote!(eq), quote!(ne)),
            "_!=_" => (quote!(!=), quote!(==), quote!(ne), quote!(eq)),
            "_<_" => (quote!(<), quote!(>=), quote!(lt), quote!(ge)),
            "_<=_" => (quote!(<=), quote!(>), quote!(le), quote!(gt)),
            "_>_" => (quote!(>), quote!(<=), quote!(gt), quote!(le)),
            _ => (quote!(>=), quote!(<), quote!(ge), quote!(lt)),
        };
        if let Some(full) = beside_empty(&left, &right) {
            let full = self.to_vec(full.clone());
            let full = self.to_table(full.clone()).unwrap_or(full);
            let receiver = full.receiver();
            let fails = fails || full.fallible;
            let (empty, full) = (quote!(#receiver.is_empty()), quote!(!#receiver.is_empty()));
            let val = match function {
                "_==_" => Val::atom(empty, Shape::Bool).with_opposite(full),
                _ => Val::binary(full, Shape::Bool, Prec::Unary),
            };
            return val.failing_if(fails);
        }
        if let Some((left, right)) = self.aggregates(&left, &right) {
            let (l, r) = (left.under(Prec::Sum), right.under(Prec::Sum));
            return Val::binary(quote!(#l #operator #r), Shape::Bool, Prec::Compare)
                .failing_if(left.fallible || right.fallible)
                .with_opposite(quote!(#l #opposite #r));
        }
        if let Some(equal) = json_equality(&left, &right) {
            let different = quote!(!#equal);
            let val = match function {
                "_==_" => Val::atom(equal, Shape::Bool).with_opposite(different),
                _ => Val::binary(different, Shape::Bool, Prec::Unary),
            };
            return val.failing_if(fails);
        }
        if is_number(&left.shape) && is_number(&right.shape) && left.shape != right.shape {
            let (l, r) = (left.argument(), right.argument());
            return Val::atom(quote!(gusset::cel::#name(#l, #r)), Shape::Bool)
                .with_opposite(quote!(gusset::cel::#opposite_name(#l, #r)))
                .failing_if(fails);
        }
        let ordered = !matches!(function, "_==_" | "_!=_");
        let doubles = left.shape == Shape::Double;
        let (left, right) = self.comparable(left, right, ordered);
        let fails = left.fallible || right.fallible;
        let (l, r) = (left.under(Prec::Sum), right.under(Prec::Sum));
        let val =
            Val::binary(quote!(#l #operator #r), Shape::Bool, Prec::Compare).failing_if(fails);
        if doubles && ordered {
            // What is no number is neither less nor greater, so the opposite is not the other operator.
            return val;
        }
        val.with_opposite(quote!(#l #opposite #r))
    }

    /// Lists or maps as owned lists or maps of the same.
    fn aggregates(&self, left: &Val, right: &Val) -> Option<(Val, Val)> {
        let types = self.ctx.types;
        if left.shape.item(types).is_some() && right.shape.item(types).is_some() {
            return Some(self.alike(self.deep_vec(left.clone()), self.deep_vec(right.clone())));
        }
        let (left, right) = (self.to_table(left.clone())?, self.to_table(right.clone())?);
        Some(self.alike(left, right))
    }

    /// Text is compared as it is stored, unless both sides must be of one type.
    fn comparable(&self, left: Val, right: Val, ordered: bool) -> (Val, Val) {
        match (&left.shape, &right.shape) {
            (Shape::Str | Shape::String, Shape::Str | Shape::String) if ordered => {
                (text(&left), text(&right))
            }
            (Shape::Option(a), Shape::Option(b)) if a != b => match **a {
                Shape::Str | Shape::String => (left.optional_text(), right.optional_text()),
                _ => self.alike(left, right),
            },
            (Shape::Wait, Shape::Duration) | (Shape::Duration, Shape::Wait) => {
                (left.signed(), right.signed())
            }
            (Shape::Bytes | Shape::Buffer, Shape::Bytes | Shape::Buffer) => {
                (bytes(&left), bytes(&right))
            }
            _ => (left, right),
        }
    }

    pub(super) fn membership(&self, item: &Expr, of: &Expr) -> Val {
        let item = self.settled(item);
        if let ExprKind::List(values) = &of.kind
            && !values.is_empty()
            && !matches!(of.ty, Ty::List(ref element) if **element == Ty::Dyn)
        {
            return self.in_literal(&item, values);
        }
        let of = self.node(of);
        let fails = item.fallible || of.fallible;
        let borrowed = of.clone().borrowed().tokens;
        let receiver = of.receiver();
        let text = matches!(item.shape, Shape::Str | Shape::String).then(|| item.text());
        let val = match of.shape.clone() {
            Shape::Json(..) => {
                let item = text.unwrap_or_else(|| item.argument());
                Val::atom(quote!(gusset::cel::json::contains(#borrowed, #item)?), Shape::Bool)
                    .failing()
            }
            Shape::Headers => {
                let name = text.unwrap_or_default();
                Val::atom(quote!(response.header(#name).is_some()), Shape::Bool)
                    .with_opposite(quote!(response.header(#name).is_none()))
            }
            Shape::Entries(_) | Shape::Table(_) => {
                let name = text.unwrap_or_default();
                Val::atom(quote!(#receiver.contains_key(#name)), Shape::Bool)
            }
            _ => {
                // A name that the condition has bound must not be taken for the element.
                let clash = !item.fallible && mentions(&item.tokens, "e");
                let e = if clash { quote!(bound_e) } else { quote!(e) };
                let (items, element) = self.elements(of, e.clone());
                let element = element.settle();
                let fallible = element.fallible;
                // What is looked for is found out first, and fails even where there is nothing to compare it with.
                let (hoisted, item) = match item.fallible {
                    true => {
                        let sought = item.clone().borrowed().tokens;
                        let name = Val {
                            tokens: quote!(sought),
                            ..Val::cheap(quote!(), item.shape.clone())
                        };
                        (Some(sought), name)
                    }
                    false => (None, item.clone()),
                };
                let (l, r) = self.comparable(element, item, false);
                let (l, r) = (l.under(Prec::Sum), r.under(Prec::Sum));
                let found = match fallible {
                    true => quote!(gusset::cel::exists(#items, |#e| Ok(#l == #r))?),
                    false => quote!(#items.any(|#e| #l == #r)),
                };
                let fails = fallible || elements_fail(&items);
                match hoisted {
                    Some(sought) => {
                        let tokens = quote!({ let sought = #sought; #found });
                        Val::binary(tokens, Shape::Bool, Prec::Block).failing()
                    }
                    None => Val::atom(found, Shape::Bool).failing_if(fails),
                }
            }
        };
        val.failing_if(fails)
    }

    /// `x in [a, b]`.
    fn in_literal(&self, item: &Val, values: &[Expr]) -> Val {
        let values: Vec<Val> = values.iter().map(|v| self.settled(v)).collect();
        let fails = item.fallible || values.iter().any(|v| v.fallible);
        let textual = matches!(item.shape, Shape::Str | Shape::String);
        let list: Vec<TokenStream> =
            values.iter().map(|v| if textual { v.text() } else { v.tokens.clone() }).collect();
        let item = if textual {
            let text = item.text();
            quote!(&#text)
        } else {
            let operand = item.under(Prec::Unary);
            quote!(&#operand)
        };
        Val::atom(quote!([#(#list),*].contains(#item)), Shape::Bool).failing_if(fails)
    }
}

/// What is compared with an empty list or map, of which Rust would not know what it could hold.
fn beside_empty<'v>(left: &'v Val, right: &'v Val) -> Option<&'v Val> {
    let empty = |val: &Val| match &val.shape {
        Shape::Vec(item) | Shape::Table(item) => matches!(**item, Shape::Null | Shape::None),
        _ => false,
    };
    match (empty(left), empty(right)) {
        (true, _) => Some(right),
        (_, true) => Some(left),
        _ => None,
    }
}

fn bytes(val: &Val) -> Val {
    Val { prec: Prec::Unary, shape: Shape::Bytes, tokens: val.bytes(), ..val.clone() }
}

fn text(val: &Val) -> Val {
    let prec = if val.shape == Shape::String || val.place { Prec::Atom } else { val.prec };
    Val { prec, shape: Shape::Str, place: false, tokens: val.text(), ..val.clone() }
}

fn is_number(shape: &Shape) -> bool {
    matches!(shape, Shape::Int | Shape::Uint | Shape::Double)
}

/// `json == scalar`, in whatever order.
fn json_equality(left: &Val, right: &Val) -> Option<TokenStream> {
    let (json, scalar) = match (&left.shape, &right.shape) {
        (Shape::Json(..), _) => (left, right),
        (_, Shape::Json(..)) => (right, left),
        _ => return None,
    };
    let json = json.clone().borrowed().tokens;
    let scalar = match scalar.shape {
        Shape::Str | Shape::String => scalar.text(),
        _ => scalar.argument(),
    };
    Some(quote!(gusset::cel::json::equals(#json, #scalar)))
}
