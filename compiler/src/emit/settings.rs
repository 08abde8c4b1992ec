//! Settings: what a connection or a sync is configured with.

use super::docs;
use super::paths::ident;
use super::presets::duration;
use crate::ir::{Scalar, Setting, SettingKind, Template, TemplatePart};
use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The struct `Settings`: `Default` if every setting has one, else `new` with the others.
pub(super) fn item(settings: &IndexMap<String, Setting>, of: &str) -> TokenStream {
    let doc = docs::outer(&[format!("What {of} is configured with.")]);
    let fields = settings.values().map(|s| {
        let doc = docs::item(s.doc.as_deref(), &format!("The setting {}.", docs::code(&s.name)));
        let (name, ty) = (ident(&s.ident), kind(s.kind));
        match s.given {
            true => quote!(#doc pub #name: Option<#ty>),
            false => quote!(#doc pub #name: #ty),
        }
    });
    let needed: Vec<&Setting> =
        settings.values().filter(|s| s.default.is_none() && !s.given).collect();
    let default = settings.is_empty().then(|| quote!(, Default));
    let made = (!settings.is_empty()).then(|| made(settings, &needed));
    quote! {
        #doc
        #[derive(Clone, Debug #default)]
        pub struct Settings {
            #(#fields,)*
        }
        #made
    }
}

/// How the settings of a connection are read from one that is kept.
pub(super) fn from_connection(
    settings: &IndexMap<String, Setting>,
    integration: &str,
) -> TokenStream {
    let values = settings.values().map(|s| {
        let (field, name) = (ident(&s.ident), &s.name);
        match &s.default {
            _ if s.given => quote!(#field: connection.optional(#integration, #name)?),
            None => quote!(#field: connection.required(#integration, #name)?),
            Some(default) => {
                let default = scalar(default);
                let or = match s.kind {
                    SettingKind::String => quote!(unwrap_or_else(|| #default)),
                    _ => quote!(unwrap_or(#default)),
                };
                quote!(#field: connection.optional(#integration, #name)?.#or)
            }
        }
    });
    let body = match settings.is_empty() {
        true => quote!(connection.way_of(#integration).map(|_| Settings {})),
        false => quote!(Ok(Settings { #(#values),* })),
    };
    quote! {
        impl Settings {
            /// Those of a connection that is kept.
            ///
            /// # Errors
            /// [`gusset::Error::Config`] when it is of another integration, or something is missing or no such value.
            pub fn from_connection(connection: &gusset::Connection) -> Result<Self, gusset::Error> {
                #body
            }
        }
    }
}

fn made(settings: &IndexMap<String, Setting>, needed: &[&Setting]) -> TokenStream {
    let values = settings.values().map(|s| {
        let name = ident(&s.ident);
        match (&s.default, s.kind) {
            _ if s.given => quote!(#name: None),
            (Some(default), _) => {
                let default = scalar(default);
                quote!(#name: #default)
            }
            (None, SettingKind::String) => quote!(#name: #name.into()),
            (None, _) => quote!(#name),
        }
    });
    if needed.is_empty() {
        return quote! {
            impl Default for Settings {
                fn default() -> Self {
                    Settings { #(#values),* }
                }
            }
        };
    }
    let parameters = needed.iter().map(|s| {
        let (name, ty) = (ident(&s.ident), kind(s.kind));
        match s.kind {
            SettingKind::String => quote!(#name: impl Into<String>),
            _ => quote!(#name: #ty),
        }
    });
    let many = too_many(needed.len());
    quote! {
        impl Settings {
            /// With what has no default.
            #many
            pub fn new(#(#parameters),*) -> Self {
                Settings { #(#values),* }
            }
        }
    }
}

fn kind(kind: SettingKind) -> TokenStream {
    match kind {
        SettingKind::String => quote!(String),
        SettingKind::Integer => quote!(i64),
        SettingKind::Number => quote!(f64),
        SettingKind::Boolean => quote!(bool),
        SettingKind::Duration => quote!(std::time::Duration),
    }
}

fn scalar(scalar: &Scalar) -> TokenStream {
    match scalar {
        Scalar::String(text) => quote!(#text.to_owned()),
        Scalar::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Scalar::Number(number) if number.is_finite() => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        Scalar::Number(_) => quote!(f64::NAN),
        Scalar::Boolean(yes) => quote!(#yes),
        Scalar::Duration(span) => duration(*span),
    }
}

/// A text with settings in it, as a `String`; `settings` must be in reach if [`uses_settings`].
pub(super) fn template(template: &Template, settings: &IndexMap<String, Setting>) -> TokenStream {
    let text = text(template, settings);
    if uses_settings(template) { text } else { quote!(#text.to_owned()) }
}

/// A base URL: text, unless some of it comes with tokens.
pub(super) fn server(server: &Template, settings: &IndexMap<String, Setting>) -> TokenStream {
    let given = |name: &str| settings.get(name).filter(|setting| setting.given);
    let told = |part: &TemplatePart| match part {
        TemplatePart::Text(_) => false,
        TemplatePart::Setting(name) => given(name).is_some(),
    };
    if !server.parts.iter().any(told) {
        return template(server, settings);
    }
    let parts = server.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => quote!(.text(#text)),
        TemplatePart::Setting(name) => {
            let field = ident(settings.get(name).map_or(name, |s| &s.ident));
            match given(name) {
                Some(_) => quote!(.given(#name, settings.#field.clone())),
                None => quote!(.text(settings.#field.to_string())),
            }
        }
    });
    quote!(gusset::Server::default() #(#parts)*)
}

/// The same for what takes a literal, too.
pub(super) fn text(template: &Template, settings: &IndexMap<String, Setting>) -> TokenStream {
    if !uses_settings(template) {
        let text: String = template
            .parts
            .iter()
            .map(|p| match p {
                TemplatePart::Text(text) | TemplatePart::Setting(text) => text.as_str(),
            })
            .collect();
        return quote!(#text);
    }
    let mut format = String::new();
    let mut values = Vec::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text(text) => {
                format.push_str(&text.replace('{', "{{").replace('}', "}}"))
            }
            TemplatePart::Setting(name) => {
                let setting = settings.get(name);
                let field = ident(setting.map_or(name, |s| &s.ident));
                format.push_str(if setting.is_some_and(|s| s.kind == SettingKind::Duration) {
                    "{:?}"
                } else {
                    "{}"
                });
                values.push(quote!(settings.#field));
            }
        }
    }
    quote!(format!(#format, #(#values),*))
}

/// Whether a template has settings in it.
pub(super) fn uses_settings(template: &Template) -> bool {
    template.parts.iter().any(|p| matches!(p, TemplatePart::Setting(_)))
}

/// A constructor takes what is required, however much that is.
fn too_many(parameters: usize) -> Option<TokenStream> {
    (parameters > 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]),
    )
}
