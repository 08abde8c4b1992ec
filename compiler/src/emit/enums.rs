//! Enums of strings, open: a value that the document does not know is kept as it came.

use super::paths::ident;
use super::{docs, types};
use crate::ir::{Enum, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum and its conversions.
pub(super) fn item(def: &TypeDef, name: &str, body: &Enum) -> TokenStream {
    let doc = docs::item(def.doc.as_deref(), &format!("The document's {}.", docs::code(name)));
    let serde = types::derives(def);
    let from = def.received.then(|| quote!(from = "String",));
    let into = def.sent.then(|| quote!(into = "String",));
    let variants: Vec<_> = body.variants.iter().map(|v| ident(&v.ident)).collect();
    let wires: Vec<&str> = body.variants.iter().map(|v| v.wire.as_str()).collect();
    let variant_docs =
        body.variants.iter().map(|v| docs::outer(&[format!("{}.", docs::code(&v.wire))]));
    let name = ident(name);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash, #serde)]
        #[serde(crate = "gusset::serde", #from #into)]
        pub enum #name {
            #(#variant_docs #variants,)*
            /// A value that the document does not know.
            Other(String),
        }

        impl #name {
            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#name::#variants => #wires,)*
                    #name::Other(value) => value,
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                match value.as_str() {
                    #(#wires => #name::#variants,)*
                    _ => #name::Other(value),
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                #name::from(value.to_owned())
            }
        }

        impl From<#name> for String {
            fn from(value: #name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl gusset::Param for #name {
            fn text(&self) -> Option<std::borrow::Cow<'_, str>> {
                Some(self.as_str().into())
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}
