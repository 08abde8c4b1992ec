//! How names and types are spelled in Rust: the one place that knows where they live.

use crate::ir::{Form, StringFormat, TypeId, TypeKind, TypeUse, Types, Width};
use crate::resolve::names::KEYWORDS;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// A Rust identifier: what the resolver chose, raw where it is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None if name == "_" => Ident::new(name, Span::call_site()),
        None if matches!(name, "self" | "Self" | "super" | "crate") => {
            Ident::new(&format!("{name}_"), Span::call_site())
        }
        None if is_word(name) && !KEYWORDS.contains(&name) => Ident::new(name, Span::call_site()),
        None => match syn::parse_str::<Ident>(name) {
            Ok(ident) => ident,
            Err(_) if is_word(name) => Ident::new_raw(name, Span::call_site()),
            Err(_) => Ident::new(&worded(name), Span::call_site()),
        },
    }
}

fn is_word(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A word made of anything; the resolver gives words, this keeps emission total.
fn worded(name: &str) -> String {
    let word: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("x{word}")
}

/// Whether some tokens mention an identifier: decides about imports and bindings, so that none is unused.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// Whether some tokens read a variable: no member, module or field of that name.
pub(super) fn reads(tokens: &TokenStream, variable: &str) -> bool {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_sign = |at: Option<usize>, signs: &[char]| match at.and_then(|at| trees.get(at)) {
        Some(TokenTree::Punct(punct)) => signs.contains(&punct.as_char()),
        _ => false,
    };
    trees.iter().enumerate().any(|(at, tree)| match tree {
        TokenTree::Ident(ident) => {
            let (before, after) = (at.checked_sub(1), Some(at + 1));
            ident == variable && !is_sign(before, &['.', ':']) && !is_sign(after, &[':'])
        }
        TokenTree::Group(group) => reads(&group.stream(), variable),
        _ => false,
    })
}

/// Where a type is named from.
#[derive(Clone, Copy)]
pub(super) enum From<'a> {
    /// The integration's module of types.
    Types,
    /// Its other modules.
    Integration,
    /// A sync that uses the integration.
    Sync(&'a str),
}

/// Spells types of the arena.
#[derive(Clone, Copy)]
pub(super) struct Spell<'a> {
    /// The arena.
    pub(super) types: &'a Types,
    /// Where they are named from.
    pub(super) from: From<'a>,
}

impl Spell<'_> {
    /// A type that may be null.
    pub(super) fn of(self, ty: TypeUse) -> TokenStream {
        let plain = self.plain(ty.id);
        if ty.nullable { quote!(Option<#plain>) } else { plain }
    }

    /// A type without null.
    pub(super) fn plain(self, id: TypeId) -> TokenStream {
        let def = self.types.get(id);
        match &def.kind {
            TypeKind::Boolean => quote!(bool),
            TypeKind::Integer(Width::I32) => quote!(i32),
            TypeKind::Integer(Width::I64) => quote!(i64),
            TypeKind::Integer(Width::U32) => quote!(u32),
            TypeKind::Integer(Width::U64) => quote!(u64),
            TypeKind::Integer(Width::Any) => quote!(gusset::serde_json::Number),
            TypeKind::Number => quote!(f64),
            TypeKind::String(format) => match format {
                StringFormat::Plain | StringFormat::Binary => quote!(String),
                StringFormat::DateTime => quote!(gusset::DateTime),
                StringFormat::Date => quote!(gusset::Date),
                StringFormat::Time => quote!(gusset::Time),
                StringFormat::Duration => quote!(gusset::Duration),
                StringFormat::Uuid => quote!(gusset::Uuid),
                StringFormat::Base64 => quote!(gusset::Base64),
                StringFormat::Part => quote!(gusset::Part),
                StringFormat::Secret => quote!(gusset::Secret),
            },
            TypeKind::InString(inner) => self.plain(*inner),
            TypeKind::List(item) => {
                let item = self.of(*item);
                quote!(Vec<#item>)
            }
            TypeKind::Tuple(items) => {
                let items = items.iter().map(|item| self.of(*item));
                quote!((#(#items,)*))
            }
            TypeKind::Map(value) => {
                let value = self.of(*value);
                quote!(std::collections::BTreeMap<String, #value>)
            }
            TypeKind::Any { .. } => quote!(gusset::serde_json::Value),
            TypeKind::Enum(e) if e.variants.is_empty() => quote!(String),
            TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_) => match &def.name {
                Some(name) => self.named(name),
                None => quote!(gusset::serde_json::Value),
            },
        }
    }

    fn named(self, name: &str) -> TokenStream {
        let name = ident(name);
        match self.from {
            From::Types => quote!(#name),
            From::Integration => quote!(types::#name),
            From::Sync(integration) => {
                let integration = ident(integration);
                quote!(#integration::types::#name)
            }
        }
    }

    /// A field of a struct.
    pub(super) fn field(self, form: Form, ty: TypeId, boxed: bool) -> TokenStream {
        let plain = self.plain(ty);
        let plain = if boxed { quote!(Box<#plain>) } else { plain };
        match form {
            Form::Plain => plain,
            Form::Option => quote!(Option<#plain>),
            Form::Patch => quote!(gusset::Patch<#plain>),
        }
    }

    /// Whether a value is a `String`.
    pub(super) fn is_text(self, id: TypeId) -> bool {
        matches!(self.types.get(id).kind, TypeKind::String(format) if format.is_text())
    }

    /// Whether a constructor takes the value with `impl Into<..>`: text as `&str`, moments as they come.
    pub(super) fn is_given_into(self, id: TypeId) -> bool {
        use StringFormat::{Base64, Binary, Date, DateTime, Part, Plain, Secret, Uuid};
        let into = [Plain, Binary, DateTime, Date, Uuid, Base64, Part, Secret];
        matches!(&self.types.get(id).kind, TypeKind::String(format) if into.contains(format))
    }
}
