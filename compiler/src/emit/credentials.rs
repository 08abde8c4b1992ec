//! Credentials: an enum with a variant for each way to authorise.

use super::paths::{ident, mentions};
use super::{Cx, docs, settings};
use crate::ir::{AuthKind, AuthScheme, ClientAuth, Combined, KeyIn, OAuth2, OAuthFlow};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The enum `Credentials` with its constructors and what the runtime makes of it.
pub(super) fn item(cx: &Cx) -> TokenStream {
    let single = cx.integration.auth.values().map(|scheme| way(cx, scheme));
    let combined = cx.integration.combined.iter().map(combined);
    let mut schemes: Vec<Way> = single.chain(combined).collect();
    let silent = schemes.is_empty();
    if silent {
        schemes.push(nothing("None: neither the document nor the spec asks for some."));
    } else if cx.integration.anonymous {
        schemes.push(nothing("None, for operations that are public."));
    }
    let variants = schemes.iter().map(Way::variant);
    let constructors = schemes.iter().map(Way::constructor);
    let arms: TokenStream = schemes.iter().map(Way::arm).collect();
    let exempt = exempt(cx);
    // Documents are often silent about what providers ask for all the same.
    let (other, make_other, into_other) = match silent {
        true => (
            quote! {
                /// What the provider asks for, if it does: `gusset::Auth::bearer(token)`.
                Other(gusset::Auth),
            },
            quote! {
                /// Makes [`Credentials::Other`].
                pub fn other(auth: gusset::Auth) -> Self {
                    Credentials::Other(auth)
                }
            },
            quote!(Credentials::Other(auth) => auth,),
        ),
        false => Default::default(),
    };
    let settings = if mentions(&arms, "settings") { quote!(settings) } else { quote!(_settings) };
    quote! {
        /// How a connection authorises.
        #[derive(Clone, Debug)]
        pub enum Credentials {
            #(#variants,)*
            #other
        }

        impl Credentials {
            #(#constructors)*

            #make_other

            #exempt

            fn into_auth(self, #settings: &Settings) -> gusset::Auth {
                match self {
                    #arms
                    #into_other
                }
            }
        }
    }
}

/// Entries of `limits` that hold for some ways to authorise only: their names and those ways.
fn partial<'c>(cx: &'c Cx) -> impl Iterator<Item = (&'c String, &'c Vec<String>)> {
    let limits = cx.integration.limits.iter().map(|(name, limit)| (name, &limit.auth));
    let unlimited = cx.integration.unlimited.iter().map(|(name, none)| (name, &none.auth));
    limits.chain(unlimited).filter(|(_, ways)| !ways.is_empty())
}

/// Whether some limit holds for some ways to authorise only.
pub(super) fn exempts(cx: &Cx) -> bool {
    partial(cx).next().is_some()
}

/// Which limits do not hold for which credentials.
fn exempt(cx: &Cx) -> Option<TokenStream> {
    if !exempts(cx) {
        return None;
    }
    let arms = cx.integration.auth.values().map(|scheme| {
        let variant = ident(&scheme.ident);
        let free =
            partial(cx).filter(|(_, ways)| !ways.contains(&scheme.name)).map(|(name, _)| name);
        quote!(Credentials::#variant { .. } => &[#(#free),*],)
    });
    Some(quote! {
        /// What `limits` of the spec says of other credentials only.
        fn exempt(&self) -> &'static [&'static str] {
            match self {
                #(#arms)*
            }
        }
    })
}

/// One way to authorise.
struct Way {
    doc: TokenStream,
    variant: Ident,
    constructor: Ident,
    fields: Vec<(Ident, bool, &'static str)>,
    auth: TokenStream,
}

/// Several ways at once. None of them gets tokens by itself.
fn combined(combined: &Combined) -> Way {
    let mut fields = Vec::new();
    let mut parts = Vec::new();
    for part in &combined.parts {
        let name = ident(&part.name);
        match &part.kind {
            AuthKind::ApiKey(place) => {
                parts.push(api_key(place, &name));
                fields.push((name, true, "The key."));
            }
            AuthKind::Basic => {
                let user = ident(&format!("{}_user", part.name));
                let password = ident(&format!("{}_password", part.name));
                parts.push(quote!(gusset::Auth::basic(#user, #password)));
                fields.push((user, false, "The user name."));
                fields.push((password, true, "The password."));
            }
            AuthKind::Bearer | AuthKind::OAuth2(_) => {
                parts.push(quote!(gusset::Auth::bearer(#name)));
                fields.push((name, true, "The token."));
            }
        }
    }
    let names: Vec<String> = combined.parts.iter().map(|part| docs::code(&part.name)).collect();
    Way {
        doc: docs::outer(&[format!("Several at once: {}.", names.join(", "))]),
        variant: ident(&combined.ident),
        constructor: ident(&combined.name),
        fields,
        auth: quote!(gusset::Auth::all([#(#parts),*])),
    }
}

/// Without credentials.
fn nothing(why: &str) -> Way {
    Way {
        doc: docs::outer(&[why.to_owned()]),
        variant: ident("None"),
        constructor: ident("none"),
        fields: Vec::new(),
        auth: quote!(gusset::Auth::none()),
    }
}

fn way(cx: &Cx, scheme: &AuthScheme) -> Way {
    let (fields, auth) = kind(cx, &scheme.kind);
    let fields = fields
        .into_iter()
        .map(|(name, secret, doc)| (Ident::new(name, Span::call_site()), secret, doc))
        .collect();
    // What it is, before what the document says of it: that is often the same of several ways.
    let mut doc = vec![format!("{} ({}).", what(&scheme.kind), docs::code(&scheme.name))];
    if let Some(said) = &scheme.doc {
        doc.push(String::new());
        doc.extend(docs::escape(said));
    }
    Way {
        doc: docs::outer(&doc),
        variant: ident(&scheme.ident),
        constructor: ident(&scheme.name),
        fields,
        auth,
    }
}

fn what(kind: &AuthKind) -> &'static str {
    match kind {
        AuthKind::ApiKey(_) => "An API key",
        AuthKind::Basic => "A user name and a password",
        AuthKind::Bearer => "A bearer token",
        AuthKind::OAuth2(oauth) => match oauth.flow {
            OAuthFlow::ClientCredentials => "OAuth 2.0 with the client's own credentials",
            OAuthFlow::RefreshToken => "OAuth 2.0 with a refresh token",
        },
    }
}

type Fields = Vec<(&'static str, bool, &'static str)>;

/// The fields (name, whether secret, documentation) and the runtime's value.
fn kind(cx: &Cx, kind: &AuthKind) -> (Fields, TokenStream) {
    match kind {
        AuthKind::ApiKey(place) => (vec![("key", true, "The key.")], api_key(place, &ident("key"))),
        AuthKind::Basic => (
            vec![("user", false, "The user name."), ("password", true, "The password.")],
            quote!(gusset::Auth::basic(user, password)),
        ),
        AuthKind::Bearer => {
            (vec![("token", true, "The token.")], quote!(gusset::Auth::bearer(token)))
        }
        AuthKind::OAuth2(oauth) => oauth2(cx, oauth),
    }
}

fn api_key(place: &KeyIn, key: &Ident) -> TokenStream {
    match place {
        KeyIn::Header { name, prefix } => {
            quote!(gusset::Auth::api_key_header(#name, #prefix, #key))
        }
        KeyIn::Query(name) => quote!(gusset::Auth::api_key_query(#name, #key)),
        KeyIn::Cookie(name) => quote!(gusset::Auth::api_key_cookie(#name, #key)),
    }
}

fn oauth2(cx: &Cx, oauth: &OAuth2) -> (Fields, TokenStream) {
    let token_url = settings::template(&oauth.token_url, &cx.integration.settings);
    let scopes = &oauth.scopes;
    let client = match oauth.client {
        ClientAuth::Basic => quote!(gusset::ClientAuth::Basic),
        ClientAuth::Body => quote!(gusset::ClientAuth::Body),
    };
    let oauth2 = quote!(gusset::OAuth::new(#token_url, &[#(#scopes),*], #client));
    let mut fields: Fields = vec![
        ("client_id", false, "The client's id."),
        ("client_secret", true, "The client's secret."),
    ];
    match oauth.flow {
        OAuthFlow::ClientCredentials => {
            (fields, quote!(gusset::Auth::client_credentials(#oauth2, client_id, client_secret)))
        }
        OAuthFlow::RefreshToken => {
            fields.push(("refresh_token", true, "The refresh token, obtained beforehand."));
            (
                fields,
                quote!(gusset::Auth::refresh_token(#oauth2, client_id, client_secret, refresh_token)),
            )
        }
    }
}

impl Way {
    fn variant(&self) -> TokenStream {
        let Way { doc, variant, .. } = self;
        if self.fields.is_empty() {
            return quote!(#doc #variant);
        }
        let fields = self.fields.iter().map(|(name, secret, doc)| {
            let doc = docs::outer(&[(*doc).to_owned()]);
            let ty = if *secret { quote!(gusset::Secret) } else { quote!(String) };
            quote!(#doc #name: #ty)
        });
        quote!(#doc #variant { #(#fields,)* })
    }

    fn constructor(&self) -> TokenStream {
        let Way { variant, constructor, .. } = self;
        let doc = docs::outer(&[format!("Makes [`Credentials::{variant}`].")]);
        if self.fields.is_empty() {
            return quote!(#doc pub fn #constructor() -> Self { Credentials::#variant });
        }
        let parameters = self.fields.iter().map(|(name, secret, _)| {
            let ty = if *secret { quote!(gusset::Secret) } else { quote!(String) };
            quote!(#name: impl Into<#ty>)
        });
        let names = self.fields.iter().map(|(name, ..)| name);
        quote! {
            #doc
            pub fn #constructor(#(#parameters),*) -> Self {
                Credentials::#variant { #(#names: #names.into()),* }
            }
        }
    }

    fn arm(&self) -> TokenStream {
        let Way { variant, auth, .. } = self;
        let names = self.fields.iter().map(|(name, ..)| name);
        match self.fields.is_empty() {
            true => quote!(Credentials::#variant => #auth,),
            false => quote!(Credentials::#variant { #(#names),* } => #auth,),
        }
    }
}
