//! Lists, maps, and the macros over them.

use super::super::check::computed_keys;
use super::shape::Shape;
use super::val::{Prec, Val};
use super::{Bound, Emitter, bound};
use crate::ir::{Expr, MacroKind, Ty};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

impl Emitter<'_, '_> {
    pub(super) fn list(&self, items: &[Expr]) -> Val {
        let items: Vec<Val> =
            items.iter().map(|e| self.deep_vec(self.settled(e)).borrowed()).collect();
        let item = items
            .iter()
            .fold(Shape::Null, |shape, item| Shape::common(self.ctx.types, &shape, &item.shape));
        let items: Vec<Val> = items.into_iter().map(|v| self.shaped(v, &item)).collect();
        let fails = items.iter().any(|v| v.fallible);
        let tokens: Vec<TokenStream> = items.iter().map(Val::argument).collect();
        let tokens =
            if tokens.is_empty() { quote!(Vec::new()) } else { quote!(vec![#(#tokens),*]) };
        Val::atom(tokens, Shape::Vec(Box::new(item))).failing_if(fails)
    }

    pub(super) fn map(&self, entries: &[(Expr, Expr)]) -> Val {
        let keys: Vec<Val> = entries.iter().map(|(k, _)| self.settled(k)).collect();
        let values: Vec<Val> =
            entries.iter().map(|(_, v)| self.deep_vec(self.settled(v)).borrowed()).collect();
        let value = values
            .iter()
            .fold(Shape::Null, |shape, v| Shape::common(self.ctx.types, &shape, &v.shape));
        let values: Vec<Val> = values.into_iter().map(|v| self.shaped(v, &value)).collect();
        let fails = keys.iter().chain(&values).any(|v| v.fallible);
        let pairs = keys.into_iter().zip(&values).map(|(key, value)| {
            let (key, value) =
                (self.shaped(key.borrowed(), &Shape::String).tokens, value.argument());
            quote!((#key, #value))
        });
        let tokens = if entries.is_empty() {
            quote!(std::collections::BTreeMap::new())
        } else if computed_keys(entries) {
            let tokens = quote!(gusset::cel::lists::table([#(#pairs),*])?);
            return Val::atom(tokens, Shape::Table(Box::new(value))).failing();
        } else {
            quote!(std::collections::BTreeMap::from([#(#pairs),*]))
        };
        Val::atom(tokens, Shape::Table(Box::new(value))).failing_if(fails)
    }

    /// An iterator over the elements of a list (or the names of a map), and one element, spoken of as `name`.
    pub(super) fn elements(&self, over: Val, name: TokenStream) -> (TokenStream, Val) {
        let receiver = over.receiver();
        let borrowed = over.clone().borrowed().tokens;
        match over.shape {
            Shape::Items(item) => (quote!(#receiver.iter()), self.behind(name, item)),
            Shape::Vec(item) => {
                let element = match *item {
                    Shape::String => Val::place(name, Shape::Str),
                    item => Val::cheap(name, item),
                };
                (quote!(#receiver.into_iter()), element)
            }
            Shape::Entries(_) => {
                (quote!(#receiver.keys()), Val::atom(quote!(#name.as_str()), Shape::Str))
            }
            Shape::Table(_) => (quote!(#receiver.into_keys()), Val::place(name, Shape::Str)),
            Shape::Json(Ty::Map(_), _) => {
                (quote!(gusset::cel::json::keys(#borrowed)?), Val::cheap(name, Shape::Str))
            }
            Shape::Json(ty, _) => {
                let item = match ty {
                    Ty::List(item) => *item,
                    _ => Ty::Dyn,
                };
                let items = quote!(gusset::cel::json::array(#borrowed)?.iter());
                (items, Val::cheap(name, Shape::Json(item, false)))
            }
            _ => {
                let unreachable = super::members::unreachable_tokens();
                (unreachable.tokens.clone(), unreachable)
            }
        }
    }

    pub(super) fn comprehension(
        &self,
        kind: MacroKind,
        over: &Expr,
        variable: &str,
        body: &Expr,
    ) -> Val {
        if matches!(kind, MacroKind::OptMap | MacroKind::OptFlatMap) {
            return self.of_optional(over, variable, body);
        }
        let over = self.node(over);
        let fails = over.fallible;
        let owned = matches!(over.shape, Shape::Vec(_) | Shape::Table(_));
        let ident = bound(variable);
        let (mut items, mut element) = self.elements(over, quote!(#ident));
        let fails = fails || elements_fail(&items);
        let keeps = matches!(kind, MacroKind::Filter | MacroKind::SortBy);
        if keeps && !element.place && ident != element.tokens.to_string() {
            // What is kept is what the condition sees: text, not a reference to a `String`.
            let seen = &element.tokens;
            items = quote!(#items.map(|#ident| #seen));
            element = Val::cheap(quote!(#ident), element.shape);
        }
        let kept = if element.place { Shape::String } else { element.shape.clone() };
        let scope = Bound { name: variable, val: element, outer: self.scope };
        let inner = Emitter { ctx: self.ctx, scope: Some(&scope) };
        let mut body = inner.settled(body).borrowed();
        if kind == MacroKind::Map && owned || kind == MacroKind::SortBy {
            // The element does not live on.
            let shape = body.shape.clone().owned();
            body = self.shaped(body, &shape);
        }
        let value = &body.argument();
        let pattern = if mentions(value, &ident.to_string()) { quote!(#ident) } else { quote!(_) };
        let bool_of = |name: TokenStream, plain: TokenStream| match body.fallible {
            true => quote!(gusset::cel::#name(#items, |#pattern| Ok(#value))?),
            false => quote!(#items.#plain(|#pattern| #value)),
        };
        let (tokens, shape, may_fail) = match kind {
            MacroKind::All => (bool_of(quote!(all), quote!(all)), Shape::Bool, body.fallible),
            MacroKind::Exists => (bool_of(quote!(exists), quote!(any)), Shape::Bool, body.fallible),
            MacroKind::ExistsOne => {
                (quote!(gusset::cel::exists_one(#items, |#pattern| Ok(#value))?), Shape::Bool, true)
            }
            MacroKind::Map => {
                let tokens = match body.fallible {
                    true => quote!(gusset::cel::map(#items, |#pattern| Ok(#value))?),
                    false => quote!(#items.map(|#pattern| #value).collect::<Vec<_>>()),
                };
                (tokens, Shape::Vec(Box::new(body.shape.clone())), body.fallible)
            }
            MacroKind::SortBy => {
                let tokens = quote!(gusset::cel::lists::sort_by(#items, |#pattern| Ok(#value))?);
                (tokens, Shape::Vec(Box::new(kept)), true)
            }
            MacroKind::OptMap | MacroKind::OptFlatMap => {
                return super::members::unreachable_tokens();
            }
            MacroKind::Filter => {
                let tokens = quote!(gusset::cel::filter(#items, |#pattern| Ok(#value))?);
                (tokens, Shape::Vec(Box::new(kept)), true)
            }
        };
        Val::atom(tokens, shape).failing_if(fails || may_fail)
    }

    /// `optional.optMap(x, value)` and `optional.optFlatMap(x, optional)`.
    fn of_optional(&self, over: &Expr, variable: &str, body: &Expr) -> Val {
        let over = self.settled(over);
        let Shape::Option(held) = over.shape.clone() else {
            return super::members::unreachable_tokens();
        };
        let ident = bound(variable);
        let owned =
            matches!(*held, Shape::String | Shape::Vec(_) | Shape::Table(_) | Shape::Buffer);
        let element = match *held {
            Shape::String => Val::place(quote!(#ident), Shape::Str),
            held => Val::cheap(quote!(#ident), held),
        };
        let scope = Bound { name: variable, val: element, outer: self.scope };
        let inner = Emitter { ctx: self.ctx, scope: Some(&scope) };
        let mut body = inner.settled(body).borrowed();
        if owned {
            // The value does not live on.
            let shape = body.shape.clone().owned();
            body = self.shaped(body, &shape);
        }
        let value = &body.argument();
        let pattern = if mentions(value, &ident.to_string()) { quote!(#ident) } else { quote!(_) };
        let flat = matches!(body.shape, Shape::Option(_));
        let shape = body.shape.clone().optional();
        if body.fallible {
            let of = &over.tokens;
            let some = if flat { quote!(#value) } else { quote!(Some(#value)) };
            let tokens = quote!(match #of { Some(#pattern) => #some, None => None });
            return Val::binary(tokens, shape, Prec::Block).failing();
        }
        let receiver = over.receiver();
        let method = if flat { quote!(and_then) } else { quote!(map) };
        Val::atom(quote!(#receiver.#method(|#pattern| #value)), shape).failing_if(over.fallible)
    }

    /// A value in another shape that it can be turned into.
    pub(super) fn shaped(&self, val: Val, shape: &Shape) -> Val {
        if val.shape == *shape {
            return val;
        }
        let fails = val.fallible;
        let receiver = val.receiver();
        let shaped = match (&val.shape, shape) {
            (Shape::Str, Shape::String) if val.place => {
                Val::atom(quote!(#receiver.clone()), Shape::String)
            }
            (Shape::Str, Shape::String) if val.prec == Prec::Block => {
                let tokens = &val.tokens;
                Val::atom(quote!(String::from(#tokens)), Shape::String)
            }
            (Shape::Str, Shape::String) => Val::atom(quote!(#receiver.to_owned()), Shape::String),
            (Shape::Json(..), _) if val.clone().settle().shape != val.shape => {
                self.shaped(val.clone().settle(), shape)
            }
            (Shape::Bytes, Shape::Buffer) => Val::atom(quote!(#receiver.to_vec()), Shape::Buffer),
            (Shape::Wait, Shape::Duration) => val.clone().signed(),
            (Shape::Null | Shape::None, shape) => Val::cheap(quote!(None), shape.clone()),
            (Shape::Option(from), Shape::Option(to)) => {
                let element = self.shaped(Val::cheap(quote!(v), (**from).clone()), to);
                let shape = element.shape.clone().optional();
                match (&**from, &**to) {
                    (Shape::None | Shape::Null, to) => {
                        Val { shape: to.clone().optional(), ..val.clone() }
                    }
                    (Shape::Str, Shape::String) => {
                        let owned = val.cloned.clone();
                        let owned = owned.unwrap_or_else(|| quote!(#receiver.map(str::to_owned)));
                        Val::atom(owned, shape)
                    }
                    _ => mapped_option(&receiver, &element, shape),
                }
            }
            (Shape::Vec(from), Shape::Vec(to)) if matches!(**from, Shape::Null | Shape::None) => {
                Val { shape: Shape::Vec(to.clone()), ..val.clone() }
            }
            (Shape::Items(_) | Shape::Vec(_) | Shape::Json(Ty::List(_), _), Shape::Vec(to)) => {
                let (items, element) = self.elements(val.clone(), quote!(v));
                let element = self.shaped(element.settle().borrowed(), to);
                collected(&items, &element, &quote!(v), Shape::Vec(to.clone()))
            }
            (Shape::Entries(_) | Shape::Table(_), Shape::Table(_)) => {
                self.table_of(&val, shape).unwrap_or_else(|| val.clone())
            }
            _ => val.clone(),
        };
        shaped.failing_if(fails)
    }

    /// A map in another shape.
    fn table_of(&self, val: &Val, shape: &Shape) -> Option<Val> {
        let Shape::Table(to) = shape else { return None };
        let receiver = val.receiver();
        let (pairs, key, value) = match &val.shape {
            Shape::Entries(item) => {
                (quote!(#receiver.iter()), quote!(k.clone()), self.behind(quote!(v), *item))
            }
            Shape::Table(item) if matches!(**item, Shape::Null | Shape::None) => {
                return Some(Val { shape: shape.clone(), ..val.clone() });
            }
            Shape::Table(item) => {
                (quote!(#receiver.into_iter()), quote!(k), Val::cheap(quote!(v), (**item).clone()))
            }
            _ => return None,
        };
        let value = self.shaped(value.settle().borrowed(), to);
        let tokens = &value.tokens;
        let table = quote!(std::collections::BTreeMap<_, _>);
        let tokens = match value.fallible {
            true => {
                quote!(gusset::cel::map(#pairs, |(k, v)| Ok((#key, #tokens)))?.into_iter().collect::<#table>())
            }
            false => quote!(#pairs.map(|(k, v)| (#key, #tokens)).collect::<#table>()),
        };
        Some(Val::atom(tokens, shape.clone()).failing_if(val.fallible || value.fallible))
    }

    /// A map as an owned map of what expressions work on.
    pub(super) fn to_table(&self, val: Val) -> Option<Val> {
        match &val.shape {
            Shape::Table(_) => Some(val),
            Shape::Entries(item) => {
                let value = self.behind(quote!(v), *item).settle().shape;
                self.table_of(&val, &Shape::Table(Box::new(value)))
            }
            Shape::Json(Ty::Map(item), text) => {
                let value = Val::cheap(quote!(v), Shape::Json((**item).clone(), *text)).settle();
                let (tokens, shape) = (&value.tokens, Shape::Table(Box::new(value.shape.clone())));
                let json = val.borrowed().tokens;
                let tokens = quote!(gusset::cel::json::table(#json, |v| Ok(#tokens))?);
                Some(Val::atom(tokens, shape).failing())
            }
            _ => None,
        }
    }

    /// A list as an owned list of what expressions work on, and its lists, too.
    pub(super) fn deep_vec(&self, val: Val) -> Val {
        let list = self.to_vec(val);
        let Shape::Vec(item) = list.shape.clone() else { return list };
        let wanted = self.deep_vec(Val::cheap(quote!(v), (*item).clone())).shape;
        if wanted == *item || !matches!(wanted, Shape::Vec(_)) {
            return list;
        }
        self.shaped(list, &Shape::Vec(Box::new(wanted)))
    }

    /// The elements of a list as an owned list of what expressions work on.
    pub(super) fn to_vec(&self, val: Val) -> Val {
        let item = match &val.shape {
            Shape::Vec(item) => Val::cheap(quote!(v), (**item).clone()).settle().shape,
            Shape::Items(item) => self.behind(quote!(v), *item).shape,
            Shape::Json(Ty::List(item), text) => {
                Val::cheap(quote!(v), Shape::Json((**item).clone(), *text)).settle().shape
            }
            _ => return val,
        };
        self.shaped(val, &Shape::Vec(Box::new(item)))
    }
}

fn mapped_option(receiver: &TokenStream, element: &Val, shape: Shape) -> Val {
    let tokens = &element.tokens;
    match element.fallible {
        true => {
            Val::atom(quote!(match #receiver { Some(v) => Some(#tokens), None => None }), shape)
                .failing()
        }
        false => Val::atom(quote!(#receiver.map(|v| #tokens)), shape),
    }
}

/// The elements, each turned into `element`, collected.
pub(super) fn collected(
    items: &TokenStream,
    element: &Val,
    name: &TokenStream,
    shape: Shape,
) -> Val {
    let tokens = &element.tokens;
    let val = if element.fallible {
        Val::atom(quote!(gusset::cel::map(#items, |#name| Ok(#tokens))?), shape).failing()
    } else if tokens.to_string() == name.to_string() {
        Val::atom(quote!(#items.collect::<Vec<_>>()), shape)
    } else {
        Val::atom(quote!(#items.map(|#name| #tokens).collect::<Vec<_>>()), shape)
    };
    Val { prec: Prec::Atom, ..val }
}

/// Whether the iterator itself holds `?`: JSON that should be an array.
pub(super) fn elements_fail(items: &TokenStream) -> bool {
    items.clone().into_iter().any(|tree| matches!(tree, TokenTree::Punct(p) if p.as_char() == '?'))
}

/// Whether tokens mention a name.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.to_token_stream().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}
