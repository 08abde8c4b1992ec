//! Pagination: the plan as a constant, and where a page says what comes next.

use super::Cx;
use super::paths::ident;
use super::presets::{slot, text, typed_slot};
use super::walk::Walk;
use crate::ir::{More, Next, Operation, Output, Pagination, TypeUse};
use crate::source::pointer;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `impl Paginated`.
pub(super) fn item(cx: &Cx, operation: &Operation, plan: &Pagination) -> Option<TokenStream> {
    let Output::Json { ty: page, .. } = operation.output else { return None };
    let name = ident(&operation.ident);
    let item = cx.spell().of(plan.item);
    let rule = rule(cx, &operation.name, plan);
    let items = Walk::take(&cx.ir.types, &quote!(page), page, &plan.items).list();
    let has_items = match plan.absent_is_empty {
        true => None,
        false => has_items(cx, plan, page),
    };
    let hints = hints(cx, plan, page);
    let argument = if hints.is_some() { quote!(page) } else { quote!(_page) };
    let hints = hints.unwrap_or_else(|| quote!(gusset::PageHints::default()));
    Some(quote! {
        impl gusset::Paginated for #name {
            type Item = #item;
            const PLAN: &'static gusset::Pagination = &#rule;

            fn hints(#argument: &Self::Output) -> gusset::PageHints<'_> {
                #hints
            }

            #has_items

            fn items(page: Self::Output) -> Vec<Self::Item> {
                #items
            }
        }
    })
}

/// `has_items`, if the array of items may be missing. An answer without a body has no items.
fn has_items(cx: &Cx, plan: &Pagination, page: TypeUse) -> Option<TokenStream> {
    let some = TypeUse { nullable: false, ..page };
    let there = |page: TokenStream| Walk::borrow(&cx.ir.types, &page, some, &plan.items).presence();
    let there = if page.nullable {
        let there = there(quote!(v))?;
        quote!(page.as_ref().is_none_or(|v| #there))
    } else {
        there(quote!(page))?
    };
    Some(quote! {
        fn has_items(page: &Self::Output) -> bool {
            #there
        }
    })
}

fn rule(cx: &Cx, own: &str, plan: &Pagination) -> TokenStream {
    let items = pointer(&plan.items);
    let exclusive = plan.exclusive;
    let size = match &plan.size {
        None => quote!(None),
        Some(size) => {
            let into = match &size.into {
                Some(into) => {
                    let into = slot(into);
                    quote!(Some(#into))
                }
                None => quote!(None),
            };
            let value = Literal::u64_unsuffixed(u64::try_from(size.value).unwrap_or_default());
            quote!(Some(gusset::PageSize { into: #into, value: #value }))
        }
    };
    let next = next(cx, own, &plan.next);
    quote! {
        gusset::Pagination { items: #items, next: gusset::Next::#next, size: #size, exclusive: #exclusive }
    }
}

fn next(cx: &Cx, own: &str, next: &Next) -> TokenStream {
    match next {
        Next::Cursor { into, .. } => {
            let into = typed_slot(cx, own, into);
            quote!(Cursor { into: #into })
        }
        Next::After { of, into, .. } => {
            let (into, of) = (typed_slot(cx, own, into), pointer(of));
            quote!(After { into: #into, of: #of })
        }
        Next::Url { operation: None, .. } => quote!(Url { operation: None }),
        Next::Url { operation: Some(operation), .. } => {
            let meta = meta_of(cx, operation);
            quote!(Url { operation: Some(#meta) })
        }
        Next::Link => quote!(Link),
        Next::Single => quote!(Single),
        Next::Offset { into, first, template, .. } => {
            let (into, template) = (slot(into), text(template.as_deref()));
            let first = Literal::u64_unsuffixed(*first);
            quote!(Offset { into: #into, first: #first, template: #template })
        }
        Next::Page { into, first, .. } => {
            let into = slot(into);
            let first = Literal::u64_unsuffixed(u64::try_from(*first).unwrap_or_default());
            quote!(Page { into: #into, first: #first })
        }
        Next::Continue { operation, into, .. } => {
            let into = typed_slot(cx, operation, into);
            let meta = meta_of(cx, operation);
            quote!(Continue { operation: #meta, into: #into })
        }
    }
}

/// What describes another operation.
fn meta_of(cx: &Cx, operation: &str) -> TokenStream {
    let ident = ident(cx.integration.operations.get(operation).map_or(operation, |o| &o.ident));
    quote!(<#ident as gusset::Operation>::META)
}

/// `PageHints`, if the page says anything.
fn hints(cx: &Cx, plan: &Pagination, page: TypeUse) -> Option<TokenStream> {
    let walk = |path: &[String]| Walk::borrow(&cx.ir.types, &quote!(page), page, path);
    let (from, more, total) = match &plan.next {
        Next::Cursor { from, more, .. } | Next::Url { from, more, .. } => {
            (Some(from), more.as_ref(), None)
        }
        Next::After { more, .. } => (None, more.as_ref(), None),
        Next::Link | Next::Single => (None, None, None),
        Next::Offset { total, more, .. } | Next::Page { total, more, .. } => {
            (None, more.as_ref(), total.as_ref())
        }
        Next::Continue { from, more, .. } => (Some(from), Some(more), None),
    };
    let next = match &plan.next {
        Next::After { of, .. } => Some(walk(&plan.items).last(plan.item, of)),
        _ => from.map(|path| walk(path)),
    };
    let next = next.map(|walk| {
        let value = walk.text();
        quote!(next: #value)
    });
    let more = more.map(|More { from, inverted }| {
        let value = walk(from).flag(*inverted);
        quote!(more: #value)
    });
    let total = total.map(|path| {
        let value = walk(path).count();
        quote!(total: #value)
    });
    let fields: Vec<TokenStream> = [next, more, total].into_iter().flatten().collect();
    match fields.len() {
        0 => None,
        3 => Some(quote!(gusset::PageHints { #(#fields),* })),
        _ => Some(quote!(gusset::PageHints { #(#fields,)* ..gusset::PageHints::default() })),
    }
}

/// A JSON pointer of wire names.
pub(super) fn pointer(path: &[String]) -> String {
    path.iter().map(|name| format!("/{}", pointer::escape(name))).collect()
}
