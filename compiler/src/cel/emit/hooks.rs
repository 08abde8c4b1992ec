//! Calls of hooks: each value as the method takes it.

use super::Emitter;
use super::shape::Shape;
use super::val::Val;
use crate::ir::{Expr, Ty};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn hook(&self, name: &str, gives: &Ty, args: &[Expr]) -> Val {
        let tokens = args.iter().map(|arg| self.handed(arg));
        let method = crate::emit::ident(name);
        // By the trait: other traits may have a method of that name (`into`, `fmt`).
        let call = quote!(gusset::cel::hook(#name, Hooks::#method(hooks, #(#tokens),*))?);
        let shape = Shape::of(gives).owned();
        let val = match gives {
            // What is handed on is borrowed by whoever takes it, and made its own there.
            Ty::Optional(inner) if matches!(**inner, Ty::Dyn | Ty::Record(_)) => {
                Val::atom(quote!(#call.as_ref()), shape)
            }
            Ty::Dyn | Ty::Record(_) => Val::place(call, shape),
            _ => Val::atom(call, shape),
        };
        val.failing()
    }

    /// A value, borrowed as far as it is no number.
    fn handed(&self, arg: &Expr) -> TokenStream {
        let val = self.settled(arg);
        match &arg.ty {
            Ty::String => val.text(),
            Ty::Bytes => val.bytes(),
            Ty::Duration => val.signed().argument(),
            Ty::List(item) => {
                let owned = Shape::Vec(Box::new(Shape::of(item).owned()));
                let list = self.shaped(val, &owned);
                let tokens = list.receiver();
                quote!(&#tokens)
            }
            Ty::Optional(inner) if **inner == Ty::String => {
                let text = val.optional_text();
                text.tokens
            }
            Ty::Optional(inner) if **inner == Ty::Bytes => match &val.shape {
                Shape::Option(held) if **held == Shape::Buffer => {
                    let receiver = val.receiver();
                    quote!(#receiver.as_deref())
                }
                _ => val.tokens,
            },
            Ty::Optional(inner) => self.shaped(val, &Shape::of(inner).optional()).tokens,
            _ => val.argument(),
        }
    }
}
