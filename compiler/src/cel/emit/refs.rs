//! Values of emitted types: a field, an element behind a reference, what an option holds.

use super::Emitter;
use super::shape::Shape;
use super::val::{Prec, Val};
use crate::ir::{StringFormat, Ty, TypeId, TypeKind, TypeUse, Width};
use proc_macro2::TokenStream;
use quote::quote;

/// How values of a type are turned into what expressions work on.
enum Kind {
    /// `Copy`, and used as it is.
    Copy(Shape),
    /// A moment, of which expressions see the instant.
    Moment,
    /// `i32`, `u32`.
    Short,
    /// `serde_json::Number`.
    Big,
    /// `String`.
    Text,
    /// What holds its text and is not a `String`: an enum, base64.
    Enum,
    /// What expressions see as the text that it is written as: a date, a UUID.
    Shown,
    /// `gusset::Secret`: read as its text.
    Secret,
    /// Used by reference.
    Ref(Shape),
    /// `serde_json::Value`.
    Json,
}

impl Emitter<'_, '_> {
    fn kind(&self, id: TypeId) -> Kind {
        match &self.ctx.types.get(id).kind {
            TypeKind::Boolean => Kind::Copy(Shape::Bool),
            TypeKind::Integer(Width::I32 | Width::U32) => Kind::Short,
            TypeKind::Integer(Width::I64) => Kind::Copy(Shape::Int),
            TypeKind::Integer(Width::U64) => Kind::Copy(Shape::Uint),
            TypeKind::Integer(Width::Any) => Kind::Big,
            TypeKind::Number => Kind::Copy(Shape::Double),
            TypeKind::String(format) => match format {
                StringFormat::Plain | StringFormat::Binary => Kind::Text,
                StringFormat::DateTime => Kind::Moment,
                StringFormat::Date | StringFormat::Uuid => Kind::Shown,
                StringFormat::Time
                | StringFormat::Duration
                | StringFormat::Base64
                | StringFormat::Part => Kind::Enum,
                StringFormat::Secret => Kind::Secret,
            },
            TypeKind::Enum(e) if !e.variants.is_empty() => Kind::Enum,
            TypeKind::Enum(_) => Kind::Text,
            TypeKind::InString(inner) => self.kind(*inner),
            TypeKind::List(item) => Kind::Ref(Shape::Items(*item)),
            TypeKind::Map(item) => Kind::Ref(Shape::Entries(*item)),
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_) => {
                Kind::Ref(Shape::Record(id))
            }
            TypeKind::Any { .. } => Kind::Json,
        }
    }

    /// A place of type `T`: a field that is always there.
    pub(super) fn plain(&self, place: TokenStream, id: TypeId, boxed: bool) -> Val {
        match self.kind(id) {
            Kind::Copy(shape) => Val::cheap(place, shape),
            Kind::Short => Val::atom(quote!(i64::from(#place)), Shape::Int),
            Kind::Text => Val::place(place, Shape::Str),
            Kind::Enum => Val::atom(quote!(#place.as_str()), Shape::Str),
            Kind::Secret => Val::atom(quote!(#place.expose()), Shape::Str),
            Kind::Moment => Val::atom(quote!(#place.timestamp()), Shape::Timestamp),
            Kind::Big => Val::atom(quote!(gusset::cel::double_of(&#place)), Shape::Double),
            Kind::Shown => Val::atom(quote!(#place.to_string()), Shape::String),
            Kind::Ref(shape) if boxed => Val::atom(quote!(#place.as_ref()), shape),
            Kind::Ref(shape) => Val::place(place, shape),
            Kind::Json => Val::place(place, Shape::Json(Ty::Dyn, false)),
        }
    }

    /// A place of type `Option<T>`, as an option of what expressions work on. Behind a reference, `Copy` values
    /// are copied with `*`.
    pub(super) fn option(&self, place: TokenStream, id: TypeId, boxed: bool, behind: bool) -> Val {
        let copied = if behind { quote!((*#place)) } else { place.clone() };
        match self.kind(id) {
            Kind::Copy(shape) if behind => {
                Val { prec: Prec::Unary, ..Val::atom(quote!(*#place), shape.optional()) }
            }
            Kind::Copy(shape) => Val::cheap(place, shape.optional()),
            Kind::Short => Val::atom(quote!(#copied.map(i64::from)), Shape::Int.optional()),
            Kind::Text => Val::atom(quote!(#place.as_deref()), Shape::Str.optional())
                .with_cloned(Some(quote!(#place.clone()))),
            Kind::Enum => {
                Val::atom(quote!(#place.as_ref().map(|v| v.as_str())), Shape::Str.optional())
            }
            Kind::Secret => {
                let text = quote!(#place.as_ref().map(gusset::Secret::expose));
                Val::atom(text, Shape::Str.optional())
            }
            Kind::Moment => {
                let moment = quote!(#place.as_ref().map(gusset::DateTime::timestamp));
                Val::atom(moment, Shape::Timestamp.optional())
            }
            Kind::Big => {
                let double = quote!(#place.as_ref().map(gusset::cel::double_of));
                Val::atom(double, Shape::Double.optional())
            }
            Kind::Shown => {
                Val::atom(quote!(#place.as_ref().map(|v| v.to_string())), Shape::String.optional())
            }
            Kind::Ref(shape @ Shape::Items(_)) => {
                Val::atom(quote!(#place.as_deref()), shape.optional())
            }
            Kind::Ref(shape) if boxed => Val::atom(quote!(#place.as_deref()), shape.optional()),
            Kind::Ref(shape) => Val::atom(quote!(#place.as_ref()), shape.optional()),
            Kind::Json => {
                let shape = Shape::Json(Ty::Dyn, false).optional();
                Val::atom(quote!(#place.as_ref().filter(|v| !v.is_null())), shape)
            }
        }
    }

    /// An expression of type `Option<&T>`, where `T` may itself be an option.
    pub(super) fn option_ref(&self, option: TokenStream, used: TypeUse, boxed: bool) -> Val {
        if used.nullable {
            let inner = self.option(quote!(v), used.id, boxed, true);
            let cloned = inner.cloned.map(|cloned| quote!(#option.and_then(|v| #cloned)));
            let tokens = inner.tokens;
            return Val::atom(quote!(#option.and_then(|v| #tokens)), inner.shape)
                .with_cloned(cloned);
        }
        match self.kind(used.id) {
            Kind::Copy(shape) => Val::atom(quote!(#option.copied()), shape.optional()),
            Kind::Short => Val::atom(quote!(#option.map(|v| i64::from(*v))), Shape::Int.optional()),
            Kind::Text => Val::atom(quote!(#option.map(String::as_str)), Shape::Str.optional())
                .with_cloned(Some(quote!(#option.cloned()))),
            Kind::Enum => Val::atom(quote!(#option.map(|v| v.as_str())), Shape::Str.optional()),
            Kind::Secret => {
                let text = quote!(#option.map(gusset::Secret::expose));
                Val::atom(text, Shape::Str.optional())
            }
            Kind::Moment => {
                let moment = quote!(#option.map(gusset::DateTime::timestamp));
                Val::atom(moment, Shape::Timestamp.optional())
            }
            Kind::Big => {
                let double = quote!(#option.map(gusset::cel::double_of));
                Val::atom(double, Shape::Double.optional())
            }
            Kind::Shown => {
                Val::atom(quote!(#option.map(|v| v.to_string())), Shape::String.optional())
            }
            Kind::Ref(shape @ Shape::Items(_)) => {
                Val::atom(quote!(#option.map(Vec::as_slice)), shape.optional())
            }
            Kind::Ref(shape) if boxed => Val::atom(quote!(#option.map(|v| &**v)), shape.optional()),
            Kind::Ref(shape) => Val::atom(option, shape.optional()),
            Kind::Json => {
                let shape = Shape::Json(Ty::Dyn, false).optional();
                Val::atom(quote!(#option.filter(|v| !v.is_null())), shape)
            }
        }
    }

    /// An expression of type `&T`, where `T` may itself be an option.
    pub(super) fn behind(&self, reference: TokenStream, used: TypeUse) -> Val {
        if used.nullable {
            return self.option(reference, used.id, false, true);
        }
        match self.kind(used.id) {
            Kind::Copy(shape) => {
                Val { prec: Prec::Unary, cheap: true, ..Val::atom(quote!(*#reference), shape) }
            }
            Kind::Short => Val::atom(quote!(i64::from(*#reference)), Shape::Int),
            Kind::Text | Kind::Enum => Val::atom(quote!(#reference.as_str()), Shape::Str),
            Kind::Secret => Val::atom(quote!(#reference.expose()), Shape::Str),
            Kind::Moment => Val::atom(quote!(#reference.timestamp()), Shape::Timestamp),
            Kind::Big => Val::atom(quote!(gusset::cel::double_of(#reference)), Shape::Double),
            Kind::Shown => Val::atom(quote!(#reference.to_string()), Shape::String),
            Kind::Ref(shape) => Val::cheap(reference, shape),
            Kind::Json => Val::cheap(reference, Shape::Json(Ty::Dyn, false)),
        }
    }
}
