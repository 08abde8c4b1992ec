//! Where expressions stand in emitted code; what they become is the business of [`cel`](crate::cel).

use super::paths::{ident, mentions};
use crate::cel::{self, EmitCtx};
use crate::ir::{Expr, Field, Ir, Sync, Ty, TypeDef, Types};
use crate::source::{Place, Sources, locate};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Where the spec says something, for logs and errors: `bank/integration.yaml:12:9`, as it stands for what is assumed.
pub(super) fn place(sources: &Sources, place: &Place) -> String {
    let file = super::short(sources.path(place.file));
    match locate(sources, place) {
        Some((at, span)) => {
            let at = sources.position(at, span.start);
            format!("{file}:{}:{}", at.line, at.column)
        }
        None => file,
    }
}

/// A closure over a response.
pub(super) fn on_response(types: &Types, expr: &Expr) -> TokenStream {
    let ctx = EmitCtx::response(types);
    let value = match expr.ty {
        Ty::Duration => cel::emit_wait(expr, &ctx),
        _ => cel::emit(expr, &ctx),
    };
    closure("response", &value.tokens)
}

/// An optional closure over one result of an upsert.
pub(super) fn on_result(types: &Types, expr: Option<&Expr>) -> TokenStream {
    match expr {
        Some(expr) => {
            let closure = closure("result", &cel::emit(expr, &EmitCtx::result(types)).tokens);
            quote!(Some(#closure))
        }
        None => quote!(None),
    }
}

/// What can fail as a whole already is the result.
fn closure(argument: &str, value: &TokenStream) -> TokenStream {
    let result = match syn::parse2::<syn::Expr>(value.clone()) {
        Ok(syn::Expr::Try(tried)) => tried.expr.into_token_stream(),
        _ => quote!(Ok(#value)),
    };
    let argument = ident(if mentions(value, argument) { argument } else { "_" });
    quote!(|#argument| #result)
}

/// The expressions of a sync; their errors name their line.
#[derive(Clone, Copy)]
pub(super) struct InSync<'a> {
    pub(super) ir: &'a Ir,
    pub(super) sources: &'a Sources,
    pub(super) sync: &'a Sync,
}

impl InSync<'_> {
    /// A value: scalars by value, text borrowed.
    pub(super) fn value(self, expr: &Expr) -> TokenStream {
        cel::emit(expr, &self.cx()).at(&self.place(expr)).tokens
    }

    /// A text or an optional text, as `Option<&str>`.
    pub(super) fn optional_text(self, expr: &Expr) -> TokenStream {
        cel::emit_optional_text(expr, &self.cx()).at(&self.place(expr)).tokens
    }

    /// A value as a field of an emitted struct takes it.
    pub(super) fn field(self, expr: &Expr, record: &TypeDef, field: &Field) -> TokenStream {
        cel::emit_into(expr, record, field, &self.cx()).at(&self.place(expr)).tokens
    }

    fn cx(&self) -> EmitCtx<'_> {
        EmitCtx::sync(&self.ir.types, self.sync)
    }

    fn place(self, expr: &Expr) -> String {
        place(self.sources, &expr.place)
    }
}
