//! Resources: what can be done with each kind of record, as constants and a thin handle.

use super::modules::{self, Module, Piece};
use super::paths::{ident, mentions};
use super::presets::{duration, key_slot, preset, slot, span, text, typed_slot};
use super::text::Text;
use super::walk::Walk;
use super::{Cx, bodies, docs, expressions, operations, outputs, pagination};
use crate::ir::{
    Changes, Create, Feed, FeedTime, Listing, One, Operation, Output, Resource, Results,
    TimeFormat, TypeUse, Upsert, Within,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The module `resources`.
pub(super) fn module(cx: &Cx) -> Module {
    let pieces = cx.integration.resources.values().map(|resource| {
        let item = item(cx, resource);
        let beside = ["operations", "types"].into_iter().filter(|name| mentions(&item, name));
        Piece {
            key: vec![resource.name.clone()],
            name: resource.ident.clone(),
            outer: beside.collect(),
            inner: Vec::new(),
            text: Text::of(item),
        }
    });
    let head = format!("Resources of {}", cx.title());
    modules::module(
        "resources",
        &head,
        "what can be done with each kind of record",
        pieces.collect(),
    )
}

/// The documentation of a resource, for its handle and for the client's method.
pub(super) fn doc(resource: &Resource) -> String {
    format!("The resource {}.", docs::code(&resource.name))
}

/// What one capability needs: a constant beside the handle, and methods on it.
struct Capability {
    constant: TokenStream,
    methods: TokenStream,
}

fn item(cx: &Cx, resource: &Resource) -> TokenStream {
    let capabilities: Vec<Capability> = [
        resource.list.as_ref().map(|it| list(cx, resource, it)),
        resource.changes.as_ref().map(|it| changes(cx, resource, it)),
        resource.feed.as_ref().and_then(|it| feed(cx, resource, it)),
        resource.get.as_ref().and_then(|it| get(cx, resource, it)),
        resource.create.as_ref().and_then(|it| create(cx, resource, it)),
        resource.update.as_ref().and_then(|it| update(cx, resource, it)),
        resource.upsert.as_ref().map(|it| upsert(cx, resource, it)),
        resource.delete.as_ref().and_then(|it| delete(cx, resource, it)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let constants = capabilities.iter().map(|c| &c.constant);
    let methods = capabilities.iter().map(|c| &c.methods);
    let doc = docs::outer(&[doc(resource)]);
    let name = ident(&resource.ident);
    // A resource that offers nothing still has its handle.
    let idle = capabilities
        .is_empty()
        .then(|| quote!(#[expect(dead_code, reason = "nothing is declared")]));
    quote! {
        #(#constants)*

        #doc
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'c> {
            #idle
            client: &'c gusset::Client,
        }

        impl<'c> #name<'c> {
            pub(crate) fn new(client: &'c gusset::Client) -> Self {
                #name { client }
            }

            #(#methods)*
        }
    }
}

fn constant(resource: &Resource, what: &str) -> Ident {
    format_ident!("{}_{what}", resource.name.to_uppercase())
}

fn list(cx: &Cx, resource: &Resource, it: &Listing) -> Capability {
    let name = constant(resource, "LIST");
    let preset = preset(&it.preset);
    let item = item_of(cx, &it.operation);
    let operation = operations::path(cx, &it.operation);
    Capability {
        constant: quote! {
            static #name: gusset::Listing = gusset::Listing { preset: #preset, since: None };
        },
        methods: quote! {
            /// All records, page by page as they are asked for.
            pub fn items(&self) -> gusset::Items<#operation> {
                self.client.list(&#name)
            }

            /// One page of all records; what does not decode is set aside. For syncs.
            ///
            /// # Errors
            /// When the page cannot be read.
            pub async fn page(
                &self,
                page: &gusset::PageState,
            ) -> Result<gusset::sync::ReadPage<#item>, gusset::Error> {
                self.client.read_page::<#operation>(&#name, None, page).await
            }
        },
    }
}

fn changes(cx: &Cx, resource: &Resource, it: &Changes) -> Capability {
    let name = constant(resource, "CHANGES");
    let preset = preset(&it.preset);
    let item = item_of(cx, &it.operation);
    let operation = operations::path(cx, &it.operation);
    let since = since(cx, it);
    let reach = reach(it);
    Capability {
        constant: quote! {
            static #name: gusset::Listing = gusset::Listing { preset: #preset, since: Some(#since) };
        },
        methods: quote! {
            /// Records changed since a time, page by page as they are asked for.
            #reach
            pub fn changes(&self, since: gusset::jiff::Timestamp) -> gusset::Items<#operation> {
                self.client.changes(&#name, since)
            }

            /// One page of records changed since a time; what does not decode is set aside. For syncs.
            ///
            /// # Errors
            /// When the page cannot be read.
            pub async fn changes_page(
                &self,
                since: gusset::jiff::Timestamp,
                page: &gusset::PageState,
            ) -> Result<gusset::sync::ReadPage<#item>, gusset::Error> {
                self.client.read_page::<#operation>(&#name, Some(since), page).await
            }
        },
    }
}

fn feed(cx: &Cx, resource: &Resource, it: &Feed) -> Option<Capability> {
    let (name, one) = (constant(resource, "CHANGES"), constant(resource, "GET"));
    let get = resource.get.as_ref()?;
    let used = operation(cx, &get.operation)?;
    let record = match &get.item {
        Some(item) => cx.spell().plain(item.ty.id),
        None => outputs::ty(cx.spell(), &used.output),
    };
    let inside = match (&get.item, &used.output) {
        (Some(item), Output::Json { ty, .. }) => {
            let made = part(cx, used, *ty, item);
            quote!(|answer| #made)
        }
        _ => quote!(Ok),
    };
    let preset = preset(&it.changes.preset);
    let since = since(cx, &it.changes);
    let reach = reach(&it.changes);
    let entries = pagination::pointer(&it.entries);
    let id = text(it.id.as_deref().map(pagination::pointer).as_deref());
    let (of, path) = match &it.at {
        FeedTime::Entry(path) => (quote!(Entry), pagination::pointer(path)),
        FeedTime::Answer(path) => (quote!(Answer), pagination::pointer(path)),
    };
    let removed = expressions::on_result(&cx.ir.types, it.removed.as_ref());
    let list = operations::path(cx, &it.changes.operation);
    let get = operations::path(cx, &get.operation);
    Some(Capability {
        constant: quote! {
            static #name: gusset::Feed = gusset::Feed {
                listing: gusset::Listing { preset: #preset, since: Some(#since) },
                entries: #entries,
                id: #id,
                at: gusset::FeedTime::#of(#path),
                removed: #removed,
            };
        },
        methods: quote! {
            /// Records changed since a time, each read by its key; those that are gone have none.
            #reach
            pub fn changes(&self, since: gusset::jiff::Timestamp) -> gusset::Changes<#record> {
                self.client.feed::<#list, #get, _>(&#name, &#one, since, #inside)
            }
        },
    })
}

/// That changes from before are not there: only syncs look after that.
fn reach(it: &Changes) -> Option<TokenStream> {
    let reach = it.reach?;
    let text = format!(
        "The provider remembers the changes of the last {}: with an earlier `since` some are missing.",
        span(reach)
    );
    Some(docs::outer(&[String::new(), text]))
}

fn since(cx: &Cx, it: &Changes) -> TokenStream {
    let into = typed_slot(cx, &it.operation, &it.since);
    let format = match it.format {
        TimeFormat::Rfc3339 => quote!(Rfc3339),
        TimeFormat::Minute => quote!(Minute),
        TimeFormat::Date => quote!(Date),
        TimeFormat::EpochSeconds => quote!(EpochSeconds),
        TimeFormat::EpochMillis => quote!(EpochMillis),
    };
    let template = text(it.template.as_deref());
    let lookback = duration(it.lookback);
    let cap = match it.cap.map(proc_macro2::Literal::u64_unsuffixed) {
        Some(cap) => quote!(Some(#cap)),
        None => quote!(None),
    };
    quote! {
        gusset::Since {
            into: #into,
            format: gusset::TimeFormat::#format,
            template: #template,
            lookback: #lookback,
            cap: #cap,
        }
    }
}

/// What a paginated operation gives, one by one.
fn item_of(cx: &Cx, name: &str) -> TokenStream {
    let plan = operation(cx, name).and_then(|o| o.pagination.as_ref());
    let operation = operations::path(cx, name);
    plan.map_or_else(
        || quote!(<#operation as gusset::Paginated>::Item),
        |plan| cx.spell().of(plan.item),
    )
}

fn operation<'a>(cx: &'a Cx, name: &str) -> Option<&'a Operation> {
    cx.integration.operations.get(name)
}

fn one(cx: &Cx, resource: &Resource, name: &Ident, it: &One) -> TokenStream {
    let key = key_slot(cx, resource, &it.operation, &it.key);
    let preset = preset(&it.preset);
    quote! {
        static #name: gusset::One = gusset::One { key: #key, preset: #preset };
    }
}

/// What an answer is for the caller: its type, and the body of the method that makes the call.
fn answered(
    cx: &Cx,
    used: &Operation,
    item: Option<&Within>,
    call: &TokenStream,
) -> (TokenStream, TokenStream) {
    let whole = (outputs::ty(cx.spell(), &used.output), quote!(#call.await));
    let (Some(item), Output::Json { ty: answer, .. }) = (item, &used.output) else { return whole };
    let record = cx.spell().plain(item.ty.id);
    let made = part(cx, used, *answer, item);
    let body = quote! {
        let answer = #call.await?;
        #made
    };
    (record, body)
}

/// The record inside `answer`, as a `Result`.
fn part(cx: &Cx, used: &Operation, answer: TypeUse, item: &Within) -> TokenStream {
    match Walk::take(&cx.ir.types, &quote!(answer), answer, &item.path).record() {
        (value, true) => {
            let (operation, path) = (operations::path(cx, &used.name), item.path.join("."));
            quote!(gusset::inside::<#operation, _>(#value, #path))
        }
        (value, false) => quote!(Ok(#value)),
    }
}

/// What is sent for a record: the record itself, or the body that it goes into.
fn sent(into: Option<&Within>) -> TokenStream {
    match into {
        None => quote!(record),
        Some(into) => {
            let pointer = pagination::pointer(&into.path);
            quote!(&gusset::Inside::new(#pointer, record))
        }
    }
}

/// The type of a record that an operation sends.
fn record(cx: &Cx, used: &Operation, into: Option<&Within>) -> Option<TokenStream> {
    let id = match into {
        Some(into) => into.ty.id,
        None => bodies::record(used)?.id,
    };
    Some(cx.spell().plain(id))
}

fn get(cx: &Cx, resource: &Resource, it: &One) -> Option<Capability> {
    let name = constant(resource, "GET");
    let used = operation(cx, &it.operation)?;
    let operation = operations::path(cx, &it.operation);
    let call = quote!(self.client.one::<#operation>(&#name, key));
    let (output, body) = answered(cx, used, it.item.as_ref(), &call);
    let methods = quote! {
        /// One record by its key.
        ///
        /// # Errors
        /// When the provider refuses, has no such record, or cannot be reached.
        pub async fn get(&self, key: &str) -> Result<#output, gusset::Error> {
            #body
        }
    };
    Some(Capability { constant: one(cx, resource, &name, it), methods })
}

fn create(cx: &Cx, resource: &Resource, it: &Create) -> Option<Capability> {
    let name = constant(resource, "CREATE");
    let used = operation(cx, &it.operation)?;
    let record = record(cx, used, it.into.as_ref())?;
    let sent = sent(it.into.as_ref());
    let operation = operations::path(cx, &it.operation);
    let preset = preset(&it.preset);
    let constant = quote!(static #name: gusset::Preset = #preset;);
    if let Some(header) = &it.id {
        let methods = quote! {
            /// Makes a new record and gives its key.
            ///
            /// # Errors
            /// When the provider refuses, cannot be reached, or does not say where the new record is.
            pub async fn create(&self, record: &#record) -> Result<String, gusset::Error> {
                self.client.create_at::<#operation>(&#name, #sent, #header).await
            }
        };
        return Some(Capability { constant, methods });
    }
    let call = quote!(self.client.create::<#operation>(&#name, #sent));
    let (output, body) = answered(cx, used, it.item.as_ref(), &call);
    let methods = quote! {
        /// Makes a new record.
        ///
        /// # Errors
        /// When the provider refuses or cannot be reached.
        pub async fn create(&self, record: &#record) -> Result<#output, gusset::Error> {
            #body
        }
    };
    Some(Capability { constant, methods })
}

fn update(cx: &Cx, resource: &Resource, it: &One) -> Option<Capability> {
    let name = constant(resource, "UPDATE");
    let used = operation(cx, &it.operation)?;
    let record = record(cx, used, it.into.as_ref())?;
    let sent = sent(it.into.as_ref());
    let operation = operations::path(cx, &it.operation);
    let call = quote!(self.client.update::<#operation>(&#name, key, #sent));
    let (output, body) = answered(cx, used, it.item.as_ref(), &call);
    let methods = quote! {
        /// Changes one record by its key.
        ///
        /// # Errors
        /// When the provider refuses, has no such record, or cannot be reached.
        pub async fn update(&self, key: &str, record: &#record) -> Result<#output, gusset::Error> {
            #body
        }
    };
    Some(Capability { constant: one(cx, resource, &name, it), methods })
}

fn delete(cx: &Cx, resource: &Resource, it: &One) -> Option<Capability> {
    let name = constant(resource, "DELETE");
    let output = outputs::ty(cx.spell(), &operation(cx, &it.operation)?.output);
    let operation = operations::path(cx, &it.operation);
    let methods = quote! {
        /// Removes one record by its key.
        ///
        /// # Errors
        /// When the provider refuses, has no such record, or cannot be reached.
        pub async fn delete(&self, key: &str) -> Result<#output, gusset::Error> {
            self.client.one::<#operation>(&#name, key).await
        }
    };
    Some(Capability { constant: one(cx, resource, &name, it), methods })
}

fn upsert(cx: &Cx, resource: &Resource, it: &Upsert) -> Capability {
    let name = constant(resource, "UPSERT");
    let record = cx.spell().plain(it.record);
    let operation = operations::path(cx, &it.operation);
    let preset = preset(&it.preset);
    let by = &it.by;
    let key = match &it.key {
        Some(key) => {
            let key = slot(key);
            quote!(Some(#key))
        }
        None => quote!(None),
    };
    let each = text(it.each.as_ref().map(ToString::to_string).as_deref());
    let into = text(it.into.as_ref().map(|into| pagination::pointer(&into.path)).as_deref());
    let records = text(it.records.as_deref());
    let batch = proc_macro2::Literal::usize_unsuffixed(it.batch);
    let results = results(cx, &it.results);
    // Without a field for the key, only prepared records have one.
    let has_key = cx.ir.types.as_struct(it.record).is_some_and(|s| s.field(by).is_some());
    let typed = has_key.then(|| {
        quote! {
            /// Creates or changes records by their external key; one outcome each, in order.
            ///
            /// # Errors
            /// When the provider refuses a call as a whole or cannot be reached.
            pub async fn upsert(&self, records: &[#record]) -> Result<Vec<gusset::Outcome>, gusset::Error> {
                self.client.upsert(&#name, records).await
            }
        }
    });
    Capability {
        constant: quote! {
            static #name: gusset::Upsert = gusset::Upsert {
                operation: <#operation as gusset::Operation>::META,
                preset: #preset,
                by: #by,
                key: #key,
                each: #each,
                into: #into,
                records: #records,
                batch: #batch,
                results: #results,
            };
        },
        methods: quote! {
            #typed

            /// What a written record's effect rests on besides the record. For syncs.
            pub fn target(&self) -> String {
                self.client.target(&#name)
            }

            /// Writes prepared records. For syncs.
            ///
            /// # Errors
            /// When the provider refuses a call as a whole or cannot be reached.
            pub async fn write(&self, records: &[gusset::sync::Write]) -> Result<Vec<gusset::Outcome>, gusset::Error> {
                self.client.write(&#name, records).await
            }
        },
    }
}

fn results(cx: &Cx, it: &Results) -> TokenStream {
    let records = text(it.records.as_deref());
    let id = text(it.id.as_deref());
    let created = text(it.created.as_deref());
    let created_status = match it.created_status.map(proc_macro2::Literal::u16_unsuffixed) {
        Some(status) => quote!(Some(#status)),
        None => quote!(None),
    };
    let failed = expressions::on_result(&cx.ir.types, it.failed.as_ref());
    let skipped = expressions::on_result(&cx.ir.types, it.skipped.as_ref());
    let message = text(it.message.as_deref());
    quote! {
        gusset::Results {
            records: #records,
            id: #id,
            created: #created,
            created_status: #created_status,
            failed: #failed,
            skipped: #skipped,
            message: #message,
        }
    }
}
