//! `a.b`, `a.?b`, `a[b]`, `has(a.b)`.

use super::shape::Shape;
use super::val::{Prec, Val};
use super::{Emitter, word};
use crate::ir::{Expr, ExprKind, Field, Form, Literal, Ty, TypeId, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn select(&self, expr: &Expr, of: &Expr, name: &str, optional: bool) -> Val {
        let of = self.node(of);
        self.member(of, name, optional, &expr.ty)
    }

    /// `of.name` or `of.?name`, of type `ty`.
    fn member(&self, of: Val, name: &str, optional: bool, ty: &Ty) -> Val {
        let fails = of.fallible;
        match of.shape.clone() {
            Shape::Record(id) => {
                let member = self.field(&of, id, name);
                wanted(member, name, optional).failing_if(fails)
            }
            Shape::Entries(item) => {
                let receiver = of.receiver();
                let member = self.option_ref(quote!(#receiver.get(#name)), item, false);
                wanted(member, name, optional).failing_if(fails)
            }
            Shape::Headers => {
                let member = Val::atom(quote!(response.header(#name)), Shape::Str.optional());
                wanted(member, name, optional)
            }
            Shape::Table(item) => {
                let receiver = of.receiver();
                let member = Val::atom(quote!(#receiver.get(#name).cloned()), item.optional());
                wanted(member, name, optional).failing_if(fails)
            }
            Shape::Json(of_ty, _) => {
                let (inner, text) = (inner_ty(ty), self.travels_in_text(&of_ty, name));
                let of = of.borrowed().tokens;
                if optional {
                    let shape = Shape::Json(inner, text).optional();
                    Val::atom(quote!(gusset::cel::json::optional(#of, #name)), shape)
                        .failing_if(fails)
                } else {
                    let shape = Shape::Json(ty.clone(), text);
                    Val::atom(quote!(gusset::cel::json::member(#of, #name)?), shape).failing()
                }
            }
            Shape::Option(inner) => {
                let bound = Val::cheap(quote!(v), *inner);
                // A field that is always there is no option of its own inside the chain.
                let optional = optional && !self.is_plain(&bound.shape, name);
                let member = self.member(bound, name, optional, &inner_ty(ty));
                chain(of, member)
            }
            _ => unreachable_tokens(),
        }
    }

    /// A field of a record, or one of its other members: plain, or an option where it may be missing.
    fn field(&self, of: &Val, id: TypeId, name: &str) -> Val {
        let def = self.ctx.types.get(id);
        let receiver = of.receiver();
        let TypeKind::Struct(body) = &def.kind else { return unreachable_tokens() };
        if let Some(field) = body.field(name) {
            let place = place(&receiver, field);
            return match def.form(field) {
                Form::Plain => self.plain(place, field.ty.id, field.boxed),
                Form::Option => self.option(place, field.ty.id, field.boxed, false),
                Form::Patch => {
                    let used = crate::ir::TypeUse { nullable: false, ..field.ty };
                    self.option_ref(quote!(#place.value()), used, field.boxed)
                }
            };
        }
        match body.rest {
            Some(rest) => self.option_ref(quote!(#receiver.rest.get(#name)), rest, false),
            None => unreachable_tokens(),
        }
    }

    /// Whether a member is a field of a record that is always there.
    fn is_plain(&self, shape: &Shape, name: &str) -> bool {
        let Shape::Record(id) = shape else { return false };
        let def = self.ctx.types.get(*id);
        let TypeKind::Struct(body) = &def.kind else { return false };
        body.field(name).is_some_and(|field| def.form(field) == Form::Plain)
    }

    /// Whether a member of JSON is a scalar that travels in text.
    fn travels_in_text(&self, of: &Ty, name: &str) -> bool {
        let Ty::Record(id) = inner_ty(of) else { return false };
        let field = self.ctx.types.as_struct(id).and_then(|s| s.field(name));
        field.is_some_and(|f| matches!(self.ctx.types.get(f.ty.id).kind, TypeKind::InString(_)))
    }

    pub(super) fn has(&self, of: &Expr, name: &str) -> Val {
        let of = self.node(of);
        let fails = of.fallible;
        let member = match of.shape.clone() {
            Shape::Record(id) => self.presence(&of, id, name),
            Shape::Option(inner) => match &*inner {
                Shape::Record(id) => {
                    let bound = Val::cheap(quote!(v), (*inner).clone());
                    let (receiver, holds) = (of.receiver(), self.presence(&bound, *id, name).0);
                    return Val::atom(quote!(#receiver.is_some_and(|v| #holds)), Shape::Bool)
                        .failing_if(fails);
                }
                _ => {
                    option_presence(&self.member(of, name, true, &Ty::Optional(Box::new(Ty::Dyn))))
                }
            },
            _ => option_presence(&self.member(of, name, true, &Ty::Optional(Box::new(Ty::Dyn)))),
        };
        Val::atom(member.0, Shape::Bool).with_opposite(member.1).failing_if(fails)
    }

    /// Whether a field is there, and the opposite.
    fn presence(&self, of: &Val, id: TypeId, name: &str) -> (TokenStream, TokenStream) {
        let def = self.ctx.types.get(id);
        let receiver = of.receiver();
        let field = self.ctx.types.as_struct(id).and_then(|s| s.field(name));
        match field.map(|f| (def.form(f), place(&receiver, f))) {
            Some((Form::Plain, _)) => (quote!(true), quote!(false)),
            Some((Form::Option, place)) => (quote!(#place.is_some()), quote!(#place.is_none())),
            Some((Form::Patch, place)) => {
                (quote!(#place.value().is_some()), quote!(#place.value().is_none()))
            }
            None => option_presence(&self.field(of, id, name)),
        }
    }

    pub(super) fn index(&self, expr: &Expr, of: &Expr, index: &Expr, optional: bool) -> Val {
        let of = self.node(of);
        if let ExprKind::Literal(Literal::String(name)) = &index.kind {
            return self.member(of, name, optional, &expr.ty);
        }
        let index = self.settled(index);
        let fails = of.fallible || index.fallible;
        let at = index.clone().borrowed().tokens;
        match of.shape.clone() {
            Shape::Option(inner) => {
                let element =
                    self.element(Val::cheap(quote!(v), *inner), &index, optional, &expr.ty);
                chain(of, element).failing_if(fails)
            }
            Shape::Headers => {
                let text = index.text();
                let member = Val::atom(quote!(response.header(#text)), Shape::Str.optional());
                let member = if optional {
                    member
                } else {
                    Val::atom(
                        quote!(gusset::cel::present(response.header(#text), #at)?),
                        Shape::Str,
                    )
                    .failing()
                };
                member.failing_if(fails)
            }
            _ => self.element(of, &index, optional, &expr.ty).failing_if(fails),
        }
    }

    /// An element of a list by number, or of a map by a computed name.
    fn element(&self, of: Val, index: &Val, optional: bool, ty: &Ty) -> Val {
        let by_name = matches!(index.shape, Shape::Str | Shape::String);
        let (at, name) = (index.argument(), index.text());
        let borrowed = of.clone().borrowed().tokens;
        match of.shape.clone() {
            Shape::Items(item) if optional => {
                self.option_ref(quote!(gusset::cel::get(#borrowed, #at)), item, false)
            }
            Shape::Items(item) => {
                self.behind(quote!(gusset::cel::index(#borrowed, #at)?), item).failing()
            }
            Shape::Entries(item) if optional => {
                let receiver = of.receiver();
                self.option_ref(quote!(#receiver.get(#name)), item, false)
            }
            Shape::Entries(item) => {
                self.behind(quote!(gusset::cel::key(#borrowed, #name)?), item).failing()
            }
            Shape::Vec(item) if optional => {
                Val::atom(quote!(gusset::cel::get(&#borrowed, #at).cloned()), item.optional())
            }
            Shape::Vec(item) => taken(&quote!(gusset::cel::index(&#borrowed, #at)?), *item),
            Shape::Table(item) if optional => {
                let receiver = of.receiver();
                Val::atom(quote!(#receiver.get(#name).cloned()), item.optional())
            }
            Shape::Table(item) => taken(&quote!(gusset::cel::key(&#borrowed, #name)?), *item),
            Shape::Json(..) if optional => {
                let shape = Shape::Json(inner_ty(ty), false).optional();
                let tokens = match by_name {
                    true => quote!(gusset::cel::json::optional(#borrowed, #name)),
                    false => quote!(gusset::cel::json::get(#borrowed, #at)),
                };
                Val::atom(tokens, shape)
            }
            Shape::Json(..) => {
                let shape = Shape::Json(ty.clone(), false);
                let tokens = match by_name {
                    true => quote!(gusset::cel::json::member(#borrowed, #name)?),
                    false => quote!(gusset::cel::json::index(#borrowed, #at)?),
                };
                Val::atom(tokens, shape).failing()
            }
            _ => unreachable_tokens(),
        }
    }
}

/// What stands behind a reference into something that does not live on.
fn taken(reference: &TokenStream, shape: Shape) -> Val {
    let owned = matches!(
        shape,
        Shape::String | Shape::Buffer | Shape::Vec(_) | Shape::Table(_) | Shape::Option(_)
    );
    let val = match owned {
        true => Val::atom(quote!(#reference.clone()), shape),
        false => Val::binary(quote!(*#reference), shape, Prec::Unary),
    };
    val.failing()
}

fn place(receiver: &TokenStream, field: &Field) -> TokenStream {
    let ident = word(&field.ident);
    quote!(#receiver.#ident)
}

fn option_presence(option: &Val) -> (TokenStream, TokenStream) {
    let receiver = option.receiver();
    (quote!(#receiver.is_some()), quote!(#receiver.is_none()))
}

/// A member as it was asked for: `.?` wants an option, `.` insists.
fn wanted(member: Val, name: &str, optional: bool) -> Val {
    match (&member.shape, optional) {
        (Shape::Option(_), true) => member,
        (Shape::Option(inner), false) => {
            let (tokens, shape) = (&member.tokens, (**inner).clone());
            Val::atom(quote!(gusset::cel::present(#tokens, #name)?), shape).failing()
        }
        (_, false) => member,
        (_, true) => {
            let fails = member.fallible;
            let member = member.borrowed();
            let tokens = &member.tokens;
            Val::atom(quote!(Some(#tokens)), member.shape.optional()).failing_if(fails)
        }
    }
}

/// What an option holds, selected on: `member` speaks of it as `v`.
fn chain(of: Val, member: Val) -> Val {
    let fails = of.fallible || member.fallible;
    let receiver = of.receiver();
    let is_option = matches!(member.shape, Shape::Option(_));
    let method = if is_option { quote!(and_then) } else { quote!(map) };
    let cloned = match (&member.cloned, member.place && member.shape == Shape::Str) {
        (_, true) => {
            let text = &member.tokens;
            Some(quote!(#receiver.map(|v| #text.clone())))
        }
        (Some(cloned), _) => Some(quote!(#receiver.and_then(|v| #cloned))),
        (None, _) => None,
    };
    let member = member.borrowed();
    let tokens = &member.tokens;
    let shape = member.shape.clone().optional();
    if member.fallible {
        let of = &of.tokens;
        let some = if is_option { quote!(#tokens) } else { quote!(Some(#tokens)) };
        let tokens = quote!(match #of { Some(v) => #some, None => None });
        return Val::atom(tokens, shape).failing();
    }
    Val::atom(quote!(#receiver.#method(|v| #tokens)), shape).failing_if(fails).with_cloned(cloned)
}

fn inner_ty(ty: &Ty) -> Ty {
    match ty {
        Ty::Optional(inner) => (**inner).clone(),
        other => other.clone(),
    }
}

/// What the checker lets through is emitted; should it ever let through more, the emitted crate says so.
pub(super) fn unreachable_tokens() -> Val {
    Val::atom(quote!(compile_error!("gusset: this expression has no translation")), Shape::None)
}
