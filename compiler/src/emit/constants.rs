//! Constants as values of emitted types, for constructors that want a value that the runtime sends by itself.

use super::paths::Spell;
use super::types::needed;
use crate::ir::{Field, Form, StringFormat, TypeDef, TypeId, TypeKind, Width};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// A constant as an argument of its struct's constructor.
///
/// Scalars and structs come as they are. Lists, maps and times come empty, which always compiles: the runtime puts
/// the constants over the record before it is sent.
pub(super) fn argument(spell: Spell, def: &TypeDef, field: &Field, value: &Value) -> TokenStream {
    if def.form(field) != Form::Plain {
        return quote!(None);
    }
    let value = match value {
        Value::String(text) if spell.is_text(field.ty.id) && !field.boxed => return quote!(#text),
        value => of(spell, field.ty.id, value),
    };
    if field.boxed { quote!(Box::new(#value)) } else { value }
}

fn of(spell: Spell, id: TypeId, value: &Value) -> TokenStream {
    let def = spell.types.get(id);
    match &def.kind {
        TypeKind::Boolean => {
            let value = value.as_bool().unwrap_or_default();
            quote!(#value)
        }
        TypeKind::Integer(width) => {
            let value = match (value.as_i64(), value.as_u64()) {
                (Some(value), _) => Literal::i64_unsuffixed(value),
                (None, value) => Literal::u64_unsuffixed(value.unwrap_or_default()),
            };
            match width {
                Width::Any => quote!(#value.into()),
                _ => quote!(#value),
            }
        }
        TypeKind::Number => {
            let value = value.as_f64().filter(|v| v.is_finite()).unwrap_or_default();
            let value = Literal::f64_unsuffixed(value);
            quote!(#value)
        }
        TypeKind::String(StringFormat::DateTime) => quote!(gusset::DateTime::default()),
        TypeKind::String(StringFormat::Date) => quote!(gusset::Date::default()),
        TypeKind::String(StringFormat::Uuid) => quote!(gusset::Uuid::default()),
        TypeKind::String(StringFormat::Time) => {
            quote!(gusset::jiff::civil::Time::default().into())
        }
        TypeKind::String(StringFormat::Duration) => quote!(gusset::jiff::Span::default().into()),
        TypeKind::String(StringFormat::Part) => quote!(gusset::Part::default()),
        TypeKind::String(StringFormat::Base64) => quote!(gusset::Base64::default()),
        TypeKind::String(StringFormat::Plain | StringFormat::Binary) => text(value),
        TypeKind::String(StringFormat::Secret) => {
            let text = value.as_str().unwrap_or_default();
            quote!(gusset::Secret::from(#text))
        }
        TypeKind::Enum(known) if known.variants.is_empty() => text(value),
        TypeKind::Enum(_) => {
            let (name, text) = (spell.plain(id), value.as_str().unwrap_or_default());
            quote!(#name::from(#text))
        }
        TypeKind::InString(inner) => of(spell, *inner, &Value::Null),
        TypeKind::List(_) => quote!(Vec::new()),
        TypeKind::Tuple(items) => {
            let items = items.iter().enumerate().map(|(i, item)| match item.nullable {
                true => quote!(None),
                false => of(spell, item.id, value.get(i).unwrap_or(&Value::Null)),
            });
            quote!((#(#items,)*))
        }
        TypeKind::Map(_) => quote!(std::collections::BTreeMap::new()),
        TypeKind::Any { .. } => quote!(gusset::serde_json::Value::Null),
        TypeKind::Union(_) => {
            let name = spell.plain(id);
            quote!(#name::Other(gusset::serde_json::Value::Null))
        }
        TypeKind::Struct(body) => {
            let name = spell.plain(id);
            let needed: Vec<&Field> = body.fields.iter().filter(|f| needed(def, f)).collect();
            if needed.is_empty() {
                return quote!(#name::default());
            }
            // What is required in a constant is in it: that was checked, and ends the recursion.
            let arguments = needed.iter().map(|f| match value.get(&f.wire) {
                Some(value) => argument(spell, def, f, value),
                None => quote!(Default::default()),
            });
            quote!(#name::new(#(#arguments),*))
        }
    }
}

fn text(value: &Value) -> TokenStream {
    let text = value.as_str().unwrap_or_default();
    if text.is_empty() { quote!(String::new()) } else { quote!(#text.to_owned()) }
}
