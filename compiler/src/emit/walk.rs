//! Walks a checked path through emitted types: to a reference, or to the value itself.

use super::paths::ident;
use crate::ir::{
    Field, Form, StringFormat, Struct, TypeDef, TypeId, TypeKind, TypeUse, Types, Width,
};
use proc_macro2::TokenStream;
use quote::quote;

/// What a path came to so far: `option.map(|v| place)`, or just `place` while nothing on the way can be missing.
pub(super) struct Walk<'a> {
    types: &'a Types,
    /// Whether values are moved out instead of borrowed.
    owned: bool,
    option: Option<TokenStream>,
    place: TokenStream,
    /// The place is `v` itself, a reference.
    reference: bool,
    /// The type at the place; `None` inside untyped JSON.
    at: Option<TypeId>,
    /// Whether the value at the place is in a box.
    boxed: bool,
    /// The option as one of `&str`, where the last step led to text that may be missing.
    text: Option<TokenStream>,
}

impl<'a> Walk<'a> {
    /// Borrows along a path from a variable that holds `start`.
    pub(super) fn borrow(
        types: &'a Types,
        variable: &TokenStream,
        start: TypeUse,
        path: &[String],
    ) -> Self {
        Walk::along(types, false, variable, start, path)
    }

    /// Moves along a path.
    pub(super) fn take(
        types: &'a Types,
        variable: &TokenStream,
        start: TypeUse,
        path: &[String],
    ) -> Self {
        Walk::along(types, true, variable, start, path)
    }

    fn along(
        types: &'a Types,
        owned: bool,
        variable: &TokenStream,
        start: TypeUse,
        path: &[String],
    ) -> Self {
        let place = variable.clone();
        let mut walk = Walk {
            types,
            owned,
            option: None,
            place,
            reference: false,
            boxed: false,
            text: None,
            at: Some(start.id),
        };
        if start.nullable {
            let place = walk.place.clone();
            walk.go_on(&if owned { place } else { quote!(#place.as_ref()) }, !owned);
        }
        for (i, name) in path.iter().enumerate() {
            walk.step(name, i + 1 == path.len());
        }
        walk
    }

    /// On to the last element of a list, and along a path from there.
    pub(super) fn last(mut self, item: TypeUse, path: &[String]) -> Self {
        let place = self.place.clone();
        self.found(&quote!(#place.last()), item);
        for (i, name) in path.iter().enumerate() {
            self.step(name, i + 1 == path.len());
        }
        self
    }

    fn step(&mut self, name: &str, last: bool) {
        self.boxed = false;
        let Some(at) = self.at else { return self.json(name) };
        let types = self.types;
        let def = types.get(at);
        match &def.kind {
            TypeKind::Struct(body) => match body.field(name) {
                Some(field) => self.field(def, field, last),
                None => self.rest(body, name),
            },
            TypeKind::Map(value) => {
                let place = self.place.clone();
                self.entry(&place, &quote!(#name), *value);
            }
            TypeKind::List(item) => {
                let index = name.parse::<usize>().unwrap_or_default();
                let place = self.place.clone();
                let found = if self.owned {
                    quote!(#place.into_iter().nth(#index))
                } else {
                    quote!(#place.get(#index))
                };
                self.found(&found, *item);
            }
            _ => self.json(name),
        }
    }

    fn field(&mut self, def: &TypeDef, field: &Field, last: bool) {
        self.boxed = field.boxed;
        let (place, name) = (&self.place, ident(&field.ident));
        let copied = last && is_copy(self.types, field.ty.id);
        let (found, reference) = match def.form(field) {
            Form::Plain => {
                self.place = quote!(#place.#name);
                self.reference = false;
                self.text = None;
                self.at = Some(field.ty.id);
                return;
            }
            Form::Option if self.owned || copied => (quote!(#place.#name), false),
            Form::Option => (quote!(#place.#name.as_ref()), true),
            Form::Patch if self.owned => (quote!(#place.#name.into_value()), false),
            Form::Patch => (quote!(#place.#name.value()), true),
        };
        let text = matches!(self.types.get(field.ty.id).kind, TypeKind::String(format) if format.is_text());
        let text = (text && def.form(field) == Form::Option && !self.owned)
            .then(|| self.chained(&quote!(#place.#name.as_deref())));
        self.go_on(&found, reference);
        self.at = Some(field.ty.id);
        self.text = text;
    }

    fn rest(&mut self, body: &Struct, name: &str) {
        let place = self.place.clone();
        if let Some(value) = body.rest {
            self.entry(&quote!(#place.rest), &quote!(#name), value);
        }
    }

    fn entry(&mut self, map: &TokenStream, key: &TokenStream, value: TypeUse) {
        let found = if self.owned { quote!({ #map }.remove(#key)) } else { quote!(#map.get(#key)) };
        self.found(&found, value);
    }

    fn found(&mut self, found: &TokenStream, value: TypeUse) {
        let found = match (value.nullable, self.owned) {
            (false, _) => found.clone(),
            (true, true) => quote!(#found.flatten()),
            (true, false) => quote!(#found.and_then(Option::as_ref)),
        };
        self.go_on(&found, !self.owned);
        self.at = Some(value.id);
    }

    fn json(&mut self, name: &str) {
        let place = self.place.clone();
        let found = match name.parse::<usize>() {
            Ok(index) => quote!(#place.get(#index)),
            Err(_) => quote!(#place.get(#name)),
        };
        self.go_on(&found, true);
        self.at = None;
    }

    fn go_on(&mut self, found: &TokenStream, reference: bool) {
        self.option = Some(self.chained(found));
        self.place = quote!(v);
        self.text = None;
        self.reference = reference;
    }

    fn chained(&self, found: &TokenStream) -> TokenStream {
        match &self.option {
            Some(option) => quote!(#option.and_then(|v| #found)),
            None => found.clone(),
        }
    }

    /// `Option<Cow<str>>`: a cursor or a URL.
    pub(super) fn text(self) -> TokenStream {
        let place = self.place.clone();
        match self.kind() {
            Some(TypeKind::String(format)) if has_text(*format) => {
                self.map(&quote!(#place.as_str().into()))
            }
            Some(TypeKind::Enum(_)) => self.map(&quote!(#place.as_str().into())),
            Some(TypeKind::String(StringFormat::Secret)) => {
                self.map(&quote!(#place.expose().into()))
            }
            None | Some(TypeKind::Any { .. }) => {
                self.and_then(&quote!(#place.as_str().map(Into::into)))
            }
            Some(_) => self.map(&quote!(#place.to_string().into())),
        }
    }

    /// `Option<bool>`, or its opposite.
    pub(super) fn flag(self, inverted: bool) -> TokenStream {
        let json = matches!(self.kind(), None | Some(TypeKind::Any { .. }));
        let place = self.place.clone();
        match (json, inverted) {
            (true, false) => self.and_then(&quote!(#place.as_bool())),
            (true, true) => self.and_then(&quote!(#place.as_bool().map(|v| !v))),
            (false, true) => self.map(&quote!(!#place)),
            (false, false) => self.value(),
        }
    }

    /// `Option<u64>`.
    pub(super) fn count(self) -> TokenStream {
        let place = self.value_place();
        match self.kind() {
            None | Some(TypeKind::Any { .. }) => self.and_then(&quote!(#place.as_u64())),
            Some(TypeKind::Number) => self.map(&quote!(#place as u64)),
            Some(TypeKind::Integer(Width::Any)) => self.and_then(&quote!(#place.as_u64())),
            Some(_) => self.and_then(&quote!(u64::try_from(#place).ok())),
        }
    }

    /// `Option<Timestamp>`.
    pub(super) fn timestamp(self) -> TokenStream {
        let place = self.place.clone();
        match self.kind() {
            Some(TypeKind::String(StringFormat::DateTime)) => self.map(&quote!(#place.timestamp())),
            Some(TypeKind::String(StringFormat::Date)) => {
                self.and_then(&quote!(gusset::start_of_day(#place.date())))
            }
            Some(TypeKind::String(format)) if format.is_text() => {
                self.and_then(&quote!(#place.parse().ok()))
            }
            None | Some(TypeKind::Any { .. }) => {
                self.and_then(&quote!(#place.as_str().and_then(|v| v.parse().ok())))
            }
            Some(_) => quote!(None),
        }
    }

    /// `String`: a key, empty if missing.
    pub(super) fn key(self) -> TokenStream {
        let place = self.place.clone();
        match &self.option {
            None => quote!(#place.to_string()),
            Some(option) => quote!(#option.map(|v| #place.to_string()).unwrap_or_default()),
        }
    }

    /// `Option<&str>`.
    pub(super) fn borrowed_text(self) -> TokenStream {
        let place = self.place.clone();
        self.text.clone().unwrap_or_else(|| self.map(&quote!(#place.as_str())))
    }

    /// Whether the place is there: a `bool`; `None` if it always is.
    pub(super) fn presence(self) -> Option<TokenStream> {
        self.option.map(|option| quote!(#option.is_some()))
    }

    /// The value itself, taken, and whether it may be missing, so that it is an option.
    pub(super) fn record(self) -> (TokenStream, bool) {
        let place = &self.place;
        let value = if self.boxed { quote!(*#place) } else { place.clone() };
        match &self.option {
            None => (value, false),
            Some(option) if value.to_string() == "v" => (option.clone(), true),
            Some(option) => (quote!(#option.map(|v| #value)), true),
        }
    }

    /// The list itself, empty if missing.
    pub(super) fn list(self) -> TokenStream {
        let place = &self.place;
        let identity = self.option.is_some() && place.to_string() == "v";
        match &self.option {
            None => place.clone(),
            Some(option) if identity => quote!(#option.unwrap_or_default()),
            Some(option) => quote!(#option.map(|v| #place).unwrap_or_default()),
        }
    }

    fn kind(&self) -> Option<&'a TypeKind> {
        let kind = |id: TypeId| &self.types.get(id).kind;
        self.at.map(|at| match kind(at) {
            TypeKind::InString(inner) => kind(*inner),
            other => other,
        })
    }

    /// The place as a value of a type that is `Copy`.
    fn value_place(&self) -> TokenStream {
        let place = &self.place;
        if self.reference { quote!(*#place) } else { place.clone() }
    }

    /// `Option` of a value that is `Copy`.
    fn value(self) -> TokenStream {
        let place = &self.place;
        match &self.option {
            None => quote!(Some(#place)),
            Some(option) if self.reference => quote!(#option.copied()),
            Some(option) if place.to_string() == "v" => option.clone(),
            Some(option) => quote!(#option.map(|v| #place)),
        }
    }

    fn map(self, value: &TokenStream) -> TokenStream {
        match self.option {
            None => quote!(Some(#value)),
            Some(option) => quote!(#option.map(|v| #value)),
        }
    }

    fn and_then(self, value: &TokenStream) -> TokenStream {
        match self.option {
            None => value.clone(),
            Some(option) => quote!(#option.and_then(|v| #value)),
        }
    }
}

/// Whether a value of a format holds its text.
fn has_text(format: StringFormat) -> bool {
    use StringFormat::{Base64, Binary, Duration, Plain, Time};
    matches!(format, Plain | Binary | Base64 | Time | Duration)
}

fn is_copy(types: &Types, id: TypeId) -> bool {
    match &types.get(id).kind {
        TypeKind::Integer(width) => *width != Width::Any,
        TypeKind::Boolean | TypeKind::Number => true,
        TypeKind::InString(inner) => is_copy(types, *inner),
        _ => false,
    }
}
