//! The root of an integration: what its spec says about it, and its client.

use super::paths::ident;
use super::presets::{duration, text};
use super::{Cx, assumptions, credentials, docs, expressions, hooks, resources, settings};
use crate::ir::{
    Action, ErrorRule, ErrorText, Limit, LimitKind, Observe, ResetUnit, Resource, Scope,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The root module, without its `mod` declarations.
pub(super) fn root(cx: &Cx) -> TokenStream {
    let settings = settings::item(&cx.integration.settings, "a connection");
    let credentials = credentials::item(cx);
    let client = client(cx);
    let (assumed, assumptions) = assumptions::items(cx);
    let integration = integration(cx, &assumptions);
    let hooks = hooks::items(cx);
    let kept = settings::from_connection(&cx.integration.settings, &cx.integration.name);
    quote!(#integration #settings #kept #credentials #hooks #client #assumed)
}

fn integration(cx: &Cx, assumptions: &TokenStream) -> TokenStream {
    let it = cx.integration;
    let name = &it.name;
    let limits = it.limits.values().map(limit);
    let errors = it.errors.rules.iter().map(|rule| error_rule(cx, rule));
    let message = error_text(it.errors.message.as_ref());
    let code = error_text(it.errors.code.as_ref());
    quote! {
        /// What the spec says about the integration.
        pub static INTEGRATION: gusset::Integration = gusset::Integration {
            name: #name,
            limits: &[#(#limits),*],
            errors: &[#(#errors),*],
            error_message: #message,
            error_code: #code,
            assumptions: #assumptions,
        };
    }
}

fn error_text(text: Option<&ErrorText>) -> TokenStream {
    match text {
        None => quote!(None),
        Some(ErrorText::Body(pointer)) => quote!(Some(gusset::ErrorText::Body(#pointer))),
        Some(ErrorText::Header(name)) => quote!(Some(gusset::ErrorText::Header(#name))),
    }
}

fn limit(limit: &Limit) -> TokenStream {
    let name = &limit.name;
    let kind = match limit.kind {
        LimitKind::Quota { calls, per } => {
            let (calls, per) = (Literal::u32_unsuffixed(calls), duration(per));
            quote!(Quota { calls: #calls, per: #per })
        }
        LimitKind::Concurrency(most) => {
            let most = Literal::u32_unsuffixed(most);
            quote!(Concurrency(#most))
        }
    };
    let scope = match limit.scope {
        Scope::Connection => quote!(Connection),
        Scope::App => quote!(App),
    };
    let cost = limit.cost.iter().map(|(name, points)| {
        let points = Literal::u32_unsuffixed(*points);
        quote!((#name, #points))
    });
    let observe = observe(&limit.observe);
    quote! {
        gusset::Limit {
            name: #name,
            kind: gusset::LimitKind::#kind,
            scope: gusset::Scope::#scope,
            cost: &[#(#cost),*],
            observe: #observe,
        }
    }
}

fn observe(observe: &Observe) -> TokenStream {
    if *observe == Observe::default() {
        return quote!(gusset::Observe::NOTHING);
    }
    let remaining = text(observe.remaining.as_deref());
    let reset = match &observe.reset {
        None => quote!(None),
        Some((header, unit)) => {
            let unit = match unit {
                ResetUnit::Seconds => quote!(Seconds),
                ResetUnit::Millis => quote!(Millis),
                ResetUnit::EpochSeconds => quote!(EpochSeconds),
                ResetUnit::EpochMillis => quote!(EpochMillis),
                ResetUnit::Date => quote!(Date),
            };
            quote!(Some((#header, gusset::ResetUnit::#unit)))
        }
    };
    let usage = match &observe.usage {
        None => quote!(None),
        Some((header, pattern)) => quote!(Some((#header, #pattern))),
    };
    quote!(gusset::Observe { remaining: #remaining, reset: #reset, usage: #usage })
}

fn error_rule(cx: &Cx, rule: &ErrorRule) -> TokenStream {
    let place = expressions::place(cx.sources, &rule.place);
    let when = expressions::on_response(&cx.ir.types, &rule.when);
    let action = match &rule.action {
        Action::Wait => quote!(Wait),
        Action::Retry => quote!(Retry),
        Action::Refresh => quote!(Refresh),
        Action::Fail => quote!(Fail),
        Action::Accept => quote!(Accept),
        Action::Hook(hook) => quote!(Hook(#hook)),
    };
    let wait = match rule.wait.as_ref().map(|wait| expressions::on_response(&cx.ir.types, wait)) {
        Some(wait) => quote!(Some(#wait)),
        None => quote!(None),
    };
    quote! {
        gusset::ErrorRule { place: #place, when: #when, action: gusset::Action::#action, wait: #wait }
    }
}

fn client(cx: &Cx) -> TokenStream {
    let title = cx.title();
    let doc = docs::outer(&[format!(
        "A connection to {title}. Cheap to clone; clones share limits and tokens."
    )]);
    let server = settings::server(&cx.integration.server, &cx.integration.settings);
    let handles = cx.integration.resources.values().map(handle);
    let servers = cx.integration.servers.iter();
    let servers: Vec<_> =
        servers.map(|server| settings::template(server, &cx.integration.settings)).collect();
    let with_hooks = hooks::options(cx);
    let exempt = credentials::exempts(cx)
        .then(|| quote!(let options = options.without_limits(credentials.exempt());));
    let taken = with_hooks.as_ref().map(|_| quote!(, hooks: impl Hooks + 'static));
    let (read_by, hooks) = (credentials::read_by(cx), taken.as_ref().map(|_| quote!(, hooks)));
    let new = match servers.is_empty() {
        true => quote! {
            #with_hooks
            #exempt
            let server = #server;
            Ok(Client { inner: gusset::Client::new(&INTEGRATION, server, credentials.into_auth(settings), options)? })
        },
        false => quote! {
            #with_hooks
            #exempt
            let server = #server;
            let servers = [#(#servers),*];
            let auth = credentials.into_auth(settings);
            Ok(Client { inner: gusset::Client::with_servers(&INTEGRATION, server, &servers, auth, options)? })
        },
    };
    let operations = || cx.integration.operations.values();
    // A document alone says nothing of pages: what nothing can be called with is left out.
    let paginated = operations().any(|o| o.pagination.is_some()).then(|| {
        quote! {
            /// The pages of a paginated operation, as a stream.
            pub fn pages<O: gusset::Paginated<Client = Self>>(&self, operation: O) -> gusset::Pages<O> {
                self.inner.pages(operation)
            }

            /// The items of all pages of a paginated operation, as a stream.
            pub fn items<O: gusset::Paginated<Client = Self>>(&self, operation: O) -> gusset::Items<O> {
                self.inner.items(operation)
            }
        }
    });
    let events = operations().any(|o| o.events.is_some()).then(|| {
        quote! {
            /// Sends an operation that can be answered with events, and reads them as they come.
            ///
            /// # Errors
            /// Like [`Client::send`], and when the answer is no stream of events.
            pub async fn events<O: gusset::Evented<Client = Self>>(
                &self,
                operation: &O,
            ) -> Result<gusset::Events<O::Data>, gusset::Error> {
                self.inner.events(operation).await
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: gusset::Client,
        }

        impl Client {
            /// Connects. No request is sent before the first operation.
            ///
            /// # Errors
            /// [`gusset::Error::Config`] when the server is no URL, or plain http to another host than loopback.
            pub fn new(
                credentials: Credentials,
                settings: &Settings,
                options: gusset::Options
                #taken
            ) -> Result<Self, gusset::Error> {
                #new
            }

            /// Connects with the credentials and settings of a connection that is kept, under its name.
            ///
            /// # Errors
            /// [`gusset::Error::Config`] when it is of another integration or lacks something, and like [`Client::new`].
            pub fn from_connection(
                connection: &gusset::Connection,
                options: gusset::Options
                #taken
            ) -> Result<Self, gusset::Error> {
                let credentials = Credentials::#read_by(connection)?;
                let settings = Settings::from_connection(connection)?;
                let options = options.with_connection(connection.id.as_str());
                Client::new(credentials, &settings, options #hooks)
            }

            /// Sends an operation and decodes its output.
            ///
            /// # Errors
            /// When the provider refuses, answers something else than documented, or cannot be reached.
            pub async fn send<O: gusset::Operation<Client = Self>>(
                &self,
                operation: &O,
            ) -> Result<O::Output, gusset::Error> {
                self.inner.send(operation).await
            }

            /// Like [`Client::send`], with the status and the headers.
            ///
            /// # Errors
            /// Like [`Client::send`].
            pub async fn receive<O: gusset::Operation<Client = Self>>(
                &self,
                operation: &O,
            ) -> Result<gusset::Reply<O>, gusset::Error> {
                self.inner.receive(operation).await
            }

            /// Sends an operation and reads the body in pieces as they come, without decoding it.
            ///
            /// # Errors
            /// When the provider refuses, or cannot be reached.
            pub async fn stream<O: gusset::Operation<Client = Self>>(
                &self,
                operation: &O,
            ) -> Result<gusset::Body, gusset::Error> {
                self.inner.stream(operation).await
            }

            #events

            #paginated

            /// What runs below: the request log and the state of the limits.
            pub fn runtime(&self) -> &gusset::Client {
                &self.inner
            }

            #(#handles)*
        }
    }
}

/// The method that gives a resource's handle.
fn handle(resource: &Resource) -> TokenStream {
    let doc = docs::outer(&[resources::doc(resource)]);
    let (name, handle) = (handle_name(resource), ident(&resource.ident));
    quote! {
        #doc
        pub fn #name(&self) -> resources::#handle<'_> {
            resources::#handle::new(&self.inner)
        }
    }
}

/// The method's name: the resource's, unless the client has a method of that name.
pub(super) fn handle_name(resource: &Resource) -> Ident {
    let name = &resource.name;
    match name.as_str() {
        "new" | "from_connection" | "send" | "receive" | "stream" | "events" | "pages"
        | "items" | "runtime" | "clone" => ident(&format!("{name}_resource")),
        _ => ident(name),
    }
}
