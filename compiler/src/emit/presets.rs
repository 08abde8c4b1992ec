//! Constants that go into requests, and where they go.

use super::Cx;
use crate::ir::{ParameterIn, Preset, Resource, Slot, TypeKind, TypeUse, Types};
use crate::resolve::slots::{Plain, plain};
use crate::source::pointer;
use proc_macro2::TokenStream;
use quote::quote;
use std::time::Duration;

/// A place in a request.
pub(super) fn slot(slot: &Slot) -> TokenStream {
    match slot {
        Slot::Query(name) => quote!(gusset::Slot::Query(#name)),
        Slot::Header(name) => quote!(gusset::Slot::Header(#name)),
        Slot::Path(name) => quote!(gusset::Slot::Path(#name)),
        Slot::Body(pointer) => quote!(gusset::Slot::Body(#pointer)),
    }
}

/// A place in the request of an operation for a value that the runtime has as text: JSON wants numbers as numbers.
pub(super) fn typed_slot(cx: &Cx, operation: &str, place: &Slot) -> TokenStream {
    let body = cx.integration.operations.get(operation).and_then(|o| o.body.as_ref());
    match (place, body) {
        (Slot::Body(pointer), Some(body)) if is_number(&cx.ir.types, body.ty, pointer) => {
            quote!(gusset::Slot::Number(#pointer))
        }
        _ => slot(place),
    }
}

/// A place for the key of a record. One that takes whole numbers is told so where keys are text.
pub(super) fn key_slot(cx: &Cx, resource: &Resource, operation: &str, place: &Slot) -> TokenStream {
    let types = &cx.ir.types;
    let field = types.as_struct(resource.ty).and_then(|record| record.field(&resource.key));
    let is_text = field.is_some_and(|field| plain(types, field.ty) == Plain::Text);
    let parameters = cx.integration.operations.get(operation).map(|o| o.parameters.as_slice());
    let takes_integer = |name: &String| {
        let mut known = parameters.unwrap_or_default().iter();
        known.any(|parameter| {
            parameter.location == ParameterIn::Path
                && parameter.wire == *name
                && plain(types, parameter.ty) == Plain::Integer
        })
    };
    match place {
        Slot::Path(name) if is_text && takes_integer(name) => quote!(gusset::Slot::Digits(#name)),
        _ => typed_slot(cx, operation, place),
    }
}

fn is_number(types: &Types, body: TypeUse, pointer: &str) -> bool {
    let mut id = body.id;
    for token in pointer.split('/').skip(1) {
        let wire = pointer::unescape(token);
        id = match &types.get(id).kind {
            TypeKind::Struct(it) => match it.field(&wire) {
                Some(field) => field.ty.id,
                None => return false,
            },
            TypeKind::List(item) | TypeKind::Map(item) => item.id,
            _ => return false,
        };
    }
    matches!(types.get(id).kind, TypeKind::Integer { .. } | TypeKind::Number)
}

/// What a use of an operation always sends.
pub(super) fn preset(preset: &Preset) -> TokenStream {
    if preset.values.is_empty() && preset.body.is_none() {
        return quote!(gusset::Preset::NOTHING);
    }
    let values = preset.values.iter().map(|(place, value)| {
        let place = slot(place);
        quote!((#place, #value))
    });
    let body = text(preset.body.as_ref().map(ToString::to_string).as_deref());
    quote!(gusset::Preset { values: &[#(#values),*], body: #body })
}

/// `Option<&'static str>`.
pub(super) fn text(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

/// A span of time, in the largest unit that holds it.
pub(super) fn duration(span: Duration) -> TokenStream {
    let (seconds, nanos) = (span.as_secs(), span.subsec_nanos());
    let whole = |n: u128| proc_macro2::Literal::u128_unsuffixed(n);
    if span.is_zero() {
        quote!(std::time::Duration::ZERO)
    } else if nanos == 0 {
        let seconds = whole(seconds.into());
        quote!(std::time::Duration::from_secs(#seconds))
    } else if nanos % 1_000_000 == 0 {
        let millis = whole(span.as_millis());
        quote!(std::time::Duration::from_millis(#millis))
    } else {
        let (seconds, nanos) = (whole(seconds.into()), whole(nanos.into()));
        quote!(std::time::Duration::new(#seconds, #nanos))
    }
}

/// The same for people, in the largest unit that it is a whole number of.
pub(super) fn span(span: Duration) -> String {
    let units = [("day", 24 * 60 * 60 * 1000), ("hour", 60 * 60 * 1000), ("minute", 60 * 1000)];
    let units = units.into_iter().chain([("second", 1000), ("millisecond", 1)]);
    let millis = span.as_millis();
    let whole = units.map(|(unit, length)| (unit, millis / length, millis % length));
    let mut fits = whole.filter(|(_, count, rest)| *count > 0 && *rest == 0);
    let (unit, count, _) = fits.next().unwrap_or(("millisecond", millis, 0));
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_their_largest_unit() {
        for (millis, told) in [
            (30 * 86_400_000, "30 days"),
            (86_400_000, "1 day"),
            (25 * 3_600_000, "25 hours"),
            (90 * 60_000, "90 minutes"),
            (1_000, "1 second"),
            (1_500, "1500 milliseconds"),
            (0, "0 milliseconds"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), told);
        }
    }
}
