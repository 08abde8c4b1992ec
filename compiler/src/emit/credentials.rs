//! Credentials: an enum with a variant for each way to authorise.

use super::paths::{ident, mentions};
use super::{Cx, docs, settings};
use crate::ir::{
    AuthKind, AuthScheme, ClientAuth, Combined, CredentialField, GivenBy, KeyIn, OAuth2, OAuthFlow,
    Signing, Template,
};
use proc_macro2::{Ident, TokenStream};
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
    let consents = consents(cx);
    let kept = from_connection(cx, &schemes);
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
            #kept
            #(#consents)*

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

/// How credentials are read from a connection that is kept.
fn from_connection(cx: &Cx, schemes: &[Way]) -> TokenStream {
    let integration = &cx.integration.name;
    let arms = schemes.iter().map(|way| {
        let Way { variant, name, .. } = way;
        if way.fields.is_empty() {
            return quote!(#name => Ok(Credentials::#variant),);
        }
        let fields = way.fields.iter().map(|field| {
            let (name, wire) = (ident(&field.name), &field.name);
            match field.secret {
                true => quote!(#name: connection.secret(#wire)?),
                false => quote!(#name: connection.secret(#wire)?.expose().to_owned()),
            }
        });
        quote!(#name => Ok(Credentials::#variant { #(#fields),* }),)
    });
    let names = schemes.iter().map(|way| &way.name);
    let method = reader(schemes.iter().map(|way| &way.name));
    quote! {
        /// Those of a connection that is kept, by the names of the spec.
        ///
        /// # Errors
        /// [`gusset::Error::Config`] when it is of another integration, has another way, or lacks something.
        pub fn #method(connection: &gusset::Connection) -> Result<Self, gusset::Error> {
            match connection.way_of(#integration)? {
                #(#arms)*
                _ => Err(connection.unknown_way(&[#(#names),*])),
            }
        }
    }
}

/// The method that reads credentials from a connection: a way of that name has the constructor.
fn reader<'n>(ways: impl Iterator<Item = &'n String> + Clone) -> Ident {
    let mut name = "from_connection".to_owned();
    while ways.clone().any(|way| *way == name) {
        name.push('_');
    }
    ident(&name)
}

/// The same for who calls it.
pub(super) fn read_by(cx: &Cx) -> Ident {
    let combined = cx.integration.combined.iter().map(|combined| &combined.name);
    reader(cx.integration.auth.keys().chain(combined))
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
    /// In the spec.
    name: String,
    doc: TokenStream,
    variant: Ident,
    constructor: Ident,
    fields: Vec<CredentialField>,
    auth: TokenStream,
}

/// Several ways at once. None of them gets tokens by itself.
fn combined(combined: &Combined) -> Way {
    let part = |part: &AuthScheme| {
        let name = ident(&part.name);
        match &part.kind {
            AuthKind::ApiKey(place) => api_key(place, &name),
            AuthKind::Basic => {
                let user = ident(&format!("{}_user", part.name));
                let password = ident(&format!("{}_password", part.name));
                quote!(gusset::Auth::basic(#user, #password))
            }
            AuthKind::Bearer | AuthKind::OAuth2(_) | AuthKind::OAuth1 { .. } => {
                quote!(gusset::Auth::bearer(#name))
            }
        }
    };
    let parts = combined.parts.iter().map(part);
    let auth = quote!(gusset::Auth::all([#(#parts),*]));
    let names: Vec<String> = combined.parts.iter().map(|part| docs::code(&part.name)).collect();
    Way {
        name: combined.name.clone(),
        doc: docs::outer(&[format!("Several at once: {}.", names.join(", "))]),
        variant: ident(&combined.ident),
        constructor: ident(&combined.name),
        fields: combined.fields(),
        auth,
    }
}

/// Without credentials.
fn nothing(why: &str) -> Way {
    Way {
        name: "none".to_owned(),
        doc: docs::outer(&[why.to_owned()]),
        variant: ident("None"),
        constructor: ident("none"),
        fields: Vec::new(),
        auth: quote!(gusset::Auth::none()),
    }
}

fn way(cx: &Cx, scheme: &AuthScheme) -> Way {
    // What it is, before what the document says of it: that is often the same of several ways.
    let mut doc = vec![format!("{} ({}).", what(&scheme.kind), docs::code(&scheme.name))];
    if let Some(said) = &scheme.doc {
        doc.push(String::new());
        doc.extend(docs::escape(said));
    }
    Way {
        name: scheme.name.clone(),
        doc: docs::outer(&doc),
        variant: ident(&scheme.ident),
        constructor: ident(&scheme.name),
        fields: scheme.kind.fields(),
        auth: auth(cx, &scheme.kind),
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
            OAuthFlow::JwtBearer(_) => "OAuth 2.0 with assertions that a private key signs",
        },
        AuthKind::OAuth1 { .. } => "OAuth 1.0a, which signs each call",
    }
}

/// The runtime's value, of the fields.
fn auth(cx: &Cx, kind: &AuthKind) -> TokenStream {
    match kind {
        AuthKind::ApiKey(place) => api_key(place, &ident("key")),
        AuthKind::Basic => quote!(gusset::Auth::basic(user, password)),
        AuthKind::Bearer => quote!(gusset::Auth::bearer(token)),
        AuthKind::OAuth2(oauth) => oauth2(cx, oauth),
        AuthKind::OAuth1 { realm } => {
            let realm = match realm {
                None => quote!(None),
                Some(realm) => {
                    let realm = settings::template(realm, &cx.integration.settings);
                    quote!(Some(#realm))
                }
            };
            quote!(gusset::Auth::oauth1(gusset::OAuth1 {
                realm: #realm,
                consumer_key,
                consumer_secret,
                token,
                token_secret,
            }))
        }
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

fn oauth2(cx: &Cx, oauth: &OAuth2) -> TokenStream {
    let oauth2 = declared(cx, oauth);
    let secret = match oauth.client {
        ClientAuth::Basic | ClientAuth::Body => quote!(client_secret),
        ClientAuth::PrivateKeyJwt(_) => quote!(private_key),
        ClientAuth::Public => quote!(""),
    };
    match oauth.flow {
        OAuthFlow::JwtBearer(signing) => {
            let signing = self::signing(signing);
            quote!(gusset::Auth::jwt_bearer(#oauth2, #signing, issuer, subject, private_key))
        }
        OAuthFlow::RefreshToken => {
            quote!(gusset::Auth::refresh_token(#oauth2, client_id, #secret, refresh_token))
        }
        OAuthFlow::ClientCredentials => {
            quote!(gusset::Auth::client_credentials(#oauth2, client_id, #secret))
        }
    }
}

/// The runtime's value of what the spec says.
fn declared(cx: &Cx, oauth: &OAuth2) -> TokenStream {
    let template = |template| settings::text(template, &cx.integration.settings);
    let token_url = template(&oauth.token_url);
    let scopes = &oauth.scopes;
    let client = match oauth.client {
        ClientAuth::Basic => quote!(Basic),
        ClientAuth::Body => quote!(Body),
        ClientAuth::PrivateKeyJwt(signing) => {
            let signing = self::signing(signing);
            quote!(PrivateKeyJwt(#signing))
        }
        ClientAuth::Public => quote!(Public),
    };
    let audience = oauth.audience.as_ref().map(|audience| {
        let audience = template(audience);
        quote!(.with_audience(#audience))
    });
    let parameters = parameters(cx, &oauth.parameters);
    let gives = oauth.gives.iter().filter_map(|given| match &given.from {
        GivenBy::Answer(member) => {
            let setting = &given.setting;
            Some(quote!(.giving(#setting, #member)))
        }
        GivenBy::User(_) => None,
    });
    quote! {
        gusset::OAuth::new(#token_url, &[#(#scopes),*], gusset::ClientAuth::#client) #audience #parameters #(#gives)*
    }
}

fn parameters(cx: &Cx, parameters: &[(String, Template)]) -> TokenStream {
    let one = |(name, value): &(String, Template)| {
        let value = settings::text(value, &cx.integration.settings);
        quote!(.with_parameter(#name, #value))
    };
    parameters.iter().map(one).collect()
}

fn signing(signing: Signing) -> TokenStream {
    match signing {
        Signing::Rs256 => quote!(gusset::Signing::Rs256),
        Signing::Es256 => quote!(gusset::Signing::Es256),
    }
}

/// How users are asked, for each way to authorise that begins with their consent.
fn consents(cx: &Cx) -> impl Iterator<Item = TokenStream> {
    cx.integration.auth.values().filter_map(|scheme| {
        let AuthKind::OAuth2(oauth) = &scheme.kind else { return None };
        let consent = oauth.consent.as_ref()?;
        let doc = docs::outer(&[
            format!("Asks users for what [`Credentials::{}`] needs: send them to the page that", scheme.ident),
            "[`gusset::Authorization::begin`] gives, and end with [`gusset::Authorization::finish`].".to_owned(),
        ]);
        let name = ident(&format!("{}_authorization", scheme.name));
        let integration = &cx.integration.name;
        let page = settings::text(&consent.page, &cx.integration.settings);
        let declared = declared(cx, oauth);
        let pkce = (!consent.pkce).then(|| quote!(.without_pkce()));
        let parameters = parameters(cx, &consent.parameters);
        let value = quote! {
            gusset::Authorization::new(#integration, #declared, #page) #pkce #parameters
        };
        let settings =
            if mentions(&value, "settings") { quote!(settings) } else { quote!(_settings) };
        Some(quote! {
            #doc
            pub fn #name(#settings: &Settings) -> gusset::Authorization {
                #value
            }
        })
    })
}

impl Way {
    fn names(&self) -> impl Iterator<Item = Ident> {
        self.fields.iter().map(|field| ident(&field.name))
    }

    fn variant(&self) -> TokenStream {
        let Way { doc, variant, .. } = self;
        if self.fields.is_empty() {
            return quote!(#doc #variant);
        }
        let fields = self.fields.iter().map(|field| {
            let doc = docs::outer(&[field.doc.to_owned()]);
            let (name, ty) = (ident(&field.name), ty(field));
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
        let parameters = self.fields.iter().map(|field| {
            let (name, ty) = (ident(&field.name), ty(field));
            quote!(#name: impl Into<#ty>)
        });
        let names: Vec<Ident> = self.names().collect();
        quote! {
            #doc
            pub fn #constructor(#(#parameters),*) -> Self {
                Credentials::#variant { #(#names: #names.into()),* }
            }
        }
    }

    fn arm(&self) -> TokenStream {
        let Way { variant, auth, .. } = self;
        let names = self.names();
        match self.fields.is_empty() {
            true => quote!(Credentials::#variant => #auth,),
            false => quote!(Credentials::#variant { #(#names),* } => #auth,),
        }
    }
}

fn ty(field: &CredentialField) -> TokenStream {
    if field.secret { quote!(gusset::Secret) } else { quote!(String) }
}
