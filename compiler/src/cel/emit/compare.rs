//! Comparisons, `&&`, `||`, `!`, `?:`, `in`.

use super::Emitter;
use super::lists::elements_fail;
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
        let (c, y, n) = (&condition.tokens, &yes.tokens, &no.tokens);
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
        let (l, r) = (left.under(Prec::Sum), right.under(Prec::Sum));
        let val =
            Val::binary(quote!(#l #operator #r), Shape::Bool, Prec::Compare).failing_if(fails);
        if doubles && ordered {
            // What is no number is neither less nor greater, so the opposite is not the other operator.
            return val;
        }
        val.with_opposite(quote!(#l #opposite #r))
    }

    /// Text is compared as it is stored, unless both sides must be of one type.
    fn comparable(&self, left: Val, right: Val, ordered: bool) -> (Val, Val) {
        match (&left.shape, &right.shape) {
            (Shape::Str | Shape::String, Shape::Str | Shape::String) if ordered => {
                (text(&left), text(&right))
            }
            (Shape::Option(a), Shape::Option(b)) if a != b => {
                (left.optional_text(), right.optional_text())
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
                let (items, element) = self.elements(of, quote!(e));
                let element = element.settle();
                let fallible = element.fallible;
                let (l, r) = self.comparable(element, item.clone(), false);
                let (l, r) = (l.under(Prec::Sum), r.under(Prec::Sum));
                if fallible {
                    let tokens = quote!(gusset::cel::exists(#items, |e| Ok(#l == #r))?);
                    Val::atom(tokens, Shape::Bool).failing()
                } else {
                    Val::atom(quote!(#items.any(|e| #l == #r)), Shape::Bool)
                        .failing_if(elements_fail(&items))
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
