//! A sync: what it reads, how it decides, what it writes.

use super::expressions::InSync;
use super::paths::{From, Spell, ident, mentions, reads};
use super::presets::duration;
use super::walk::Walk;
use super::{constants, docs, hooks, settings, types};
use crate::ir::{
    Field, Integration, Ir, Lookup, Mapping, Resource, ResourceRef, Sync, TimeFormat, TypeUse,
    Upsert,
};
use crate::resolve::names::Scope;
use crate::resolve::sync::connected;
use crate::source::Sources;
use crate::source::pointer;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

/// The integrations that a sync uses, by name. Records that its hooks take or give are theirs, too: no expression makes
/// records of others.
pub(super) fn uses(ir: &Ir, sync: &Sync) -> Vec<String> {
    let all = connected(sync).filter_map(|id| ir.integrations.get(id.0));
    let mut names: Vec<String> = all.map(|integration| integration.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The names of a sync's own fields, beside those of its clients: an integration may be called the same.
struct Own {
    settings: Ident,
    hooks: Ident,
}

impl Own {
    fn beside(clients: &[String]) -> Self {
        let clients: Vec<&str> = clients.iter().map(String::as_str).collect();
        let mut scope = Scope::new(&clients);
        let mut name = |wanted: &str| ident(&scope.unique(wanted.to_owned()));
        Own { settings: name("settings"), hooks: name("hooks") }
    }
}

fn integration<'a>(ir: &'a Ir, reference: &ResourceRef) -> &'a Integration {
    &ir.integrations[reference.integration.0]
}

fn resource<'a>(ir: &'a Ir, reference: &ResourceRef) -> Option<&'a Resource> {
    integration(ir, reference).resources.get(&reference.resource)
}

/// The root module.
pub(super) fn root(ir: &Ir, sources: &Sources, sync: &Sync, hash: u64) -> TokenStream {
    let (Some(source), Some(target)) = (resource(ir, &sync.source), resource(ir, &sync.target))
    else {
        return TokenStream::new();
    };
    let settings = settings::item(&sync.settings, "the sync");
    let declared = declaration(ir, sync);
    let lookups = lookups(ir, sync);
    let implemented = implementation(ir, sources, sync, hash, source, target);
    let hooks = hooks::sync_items(ir, sources, sync);
    quote!(#settings #hooks #declared #lookups #implemented)
}

fn declaration(ir: &Ir, sync: &Sync) -> TokenStream {
    let doc =
        docs::item(sync.about.purpose.as_deref(), &format!("The sync {}.", docs::code(&sync.name)));
    let name = ident(&sync.ident);
    let clients = uses(ir, sync);
    let Own { settings, hooks } = Own::beside(&clients);
    let clients: Vec<_> = clients.iter().map(|n| ident(n)).collect();
    let hooked = !hooks::of_sync(sync).is_empty();
    let field = hooked.then(|| quote!(#hooks: std::sync::Arc<dyn Hooks>,));
    let taken = hooked.then(|| quote!(, #hooks: impl Hooks + 'static));
    let given = hooked.then(|| quote!(, #hooks: std::sync::Arc::new(#hooks)));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            #(#clients: #clients::Client,)*
            #settings: Settings,
            #field
        }

        impl #name {
            /// Between these connections.
            pub fn new(#(#clients: #clients::Client,)* #settings: Settings #taken) -> Self {
                #name { #(#clients,)* #settings #given }
            }

            /// What it is configured with.
            pub fn settings(&self) -> &Settings {
                &self.#settings
            }
        }
    }
}

fn lookups(ir: &Ir, sync: &Sync) -> TokenStream {
    let fields = sync.lookups.values().map(|lookup| {
        let doc = docs::outer(&[format!("The lookup {}.", docs::code(&lookup.name))]);
        let name = ident(&lookup.ident);
        let record = record(ir, &lookup.resource, lookup.ty);
        quote!(#doc pub #name: gusset::sync::Table<#record>)
    });
    quote! {
        /// Tables that are read at the start of a run.
        #[derive(Debug)]
        pub struct Lookups {
            #(#fields,)*
        }
    }
}

fn record(ir: &Ir, reference: &ResourceRef, ty: crate::ir::TypeId) -> TokenStream {
    Spell { types: &ir.types, from: From::Sync(&integration(ir, reference).name) }.plain(ty)
}

fn implementation(
    ir: &Ir,
    sources: &Sources,
    sync: &Sync,
    hash: u64,
    source: &Resource,
    target: &Resource,
) -> TokenStream {
    let name = ident(&sync.ident);
    let record = record(ir, &sync.source, source.ty);
    let meta = meta(ir, sync, source, target);
    let clients = uses(ir, sync);
    let own = Own::beside(&clients);
    let Own { settings, hooks } = &own;
    let version = match hooks::of_sync(sync).is_empty() {
        true => {
            let form = format!("{hash:016x} {{:?}}");
            quote!(format!(#form, self.#settings))
        }
        false => {
            let form = format!("{hash:016x} {{:?}} {{}}");
            quote!(format!(#form, self.#settings, self.#hooks.version()))
        }
    };
    let clients = clients.iter().map(|name| ident(name));
    let tables = sync.lookups.values().map(|lookup| table(ir, lookup));
    let read = read(ir, sync, source);
    let start = TypeUse { id: source.ty, nullable: false };
    let walk = |path: &[String]| Walk::borrow(&ir.types, &quote!(record), start, path);
    let key = walk(std::slice::from_ref(&sync.match_source)).key();
    let changed = source.changes.as_ref().map(|changes| walk(&changes.cursor).timestamp());
    let changed = changed.unwrap_or_else(|| quote!(None));
    let changed_of = if mentions(&changed, "record") { quote!(record) } else { quote!(_record) };
    let decide = decide(InSync { ir, sources, sync }, &own, target);
    let to = ident(&integration(ir, &sync.target).name);
    let to_resource = handle(target);
    let listing = source.changes.as_ref().map(|changes| {
        let (of, operation) = (ident(&integration(ir, &sync.source).name), &changes.operation);
        quote! {
            fn listing(&self) -> Option<(&'static gusset::Integration, &'static str)> {
                Some((&#of::INTEGRATION, #operation))
            }
        }
    });
    quote! {
        impl gusset::sync::Sync for #name {
            type Source = #record;
            type Lookups = Lookups;
            const META: &'static gusset::sync::SyncMeta = &#meta;

            fn version(&self) -> String {
                #version
            }

            fn target(&self) -> String {
                self.#to.#to_resource().target()
            }

            fn clients(&self) -> Vec<&gusset::Client> {
                vec![#(self.#clients.runtime()),*]
            }

            #listing

            async fn lookups(&self) -> Result<Lookups, gusset::Error> {
                Ok(Lookups { #(#tables,)* })
            }

            #read

            fn key(record: &Self::Source) -> String {
                #key
            }

            fn changed_at(#changed_of: &Self::Source) -> Option<gusset::jiff::Timestamp> {
                #changed
            }

            #decide

            async fn write(
                &self,
                records: &[gusset::sync::Write],
            ) -> Result<Vec<gusset::Outcome>, gusset::Error> {
                self.#to.#to_resource().write(records).await
            }
        }
    }
}

fn handle(resource: &Resource) -> proc_macro2::Ident {
    super::client::handle_name(resource)
}

fn meta(ir: &Ir, sync: &Sync, source: &Resource, target: &Resource) -> TokenStream {
    let name = &sync.name;
    let qualified = |r: &ResourceRef| format!("{}.{}", integration(ir, r).name, r.resource);
    let (from, to) = (qualified(&sync.source), qualified(&sync.target));
    let key = format!("/{}", pointer::escape(&sync.match_source));
    let changes = source.changes.as_ref();
    let incremental = changes.is_some();
    let cap = match changes.and_then(|c| c.cap).map(Literal::u64_unsuffixed) {
        Some(cap) => quote!(Some(#cap)),
        None => quote!(None),
    };
    // A listing that begins at a day cannot go on from a moment.
    let ascending = changes.is_some_and(|c| c.ascending && c.format != TimeFormat::Date);
    let lookback = duration(changes.map(|c| c.lookback).unwrap_or_default());
    let reach = match changes.and_then(|c| c.reach).map(duration) {
        Some(reach) => quote!(Some(#reach)),
        None => quote!(None),
    };
    let batch = Literal::usize_unsuffixed(target.upsert.as_ref().map_or(1, |u| u.batch));
    let every = match sync.every.map(duration) {
        Some(every) => quote!(Some(#every)),
        None => quote!(None),
    };
    quote! {
        gusset::sync::SyncMeta {
            name: #name,
            source: #from,
            target: #to,
            key: #key,
            incremental: #incremental,
            cap: #cap,
            ascending: #ascending,
            lookback: #lookback,
            reach: #reach,
            batch: #batch,
            every: #every,
        }
    }
}

/// A lookup table, read from its resource's listing.
fn table(ir: &Ir, lookup: &Lookup) -> TokenStream {
    let name = ident(&lookup.ident);
    let client = ident(&integration(ir, &lookup.resource).name);
    let handle = resource(ir, &lookup.resource).map(handle);
    let start = TypeUse { id: lookup.ty, nullable: false };
    let by = Walk::borrow(&ir.types, &quote!(record), start, std::slice::from_ref(&lookup.by))
        .borrowed_text();
    quote! {
        #name: gusset::sync::Table::read(self.#client.#handle().items(), |record| #by).await?
    }
}

fn read(ir: &Ir, sync: &Sync, source: &Resource) -> TokenStream {
    let client = ident(&integration(ir, &sync.source).name);
    let handle = handle(source);
    let (since, body) = match (&source.list, &source.changes) {
        (_, None) => (quote!(_since), quote!(self.#client.#handle().page(page).await)),
        (None, Some(_)) => (
            quote!(since),
            quote!(self.#client.#handle().changes_page(since.unwrap_or(gusset::jiff::Timestamp::UNIX_EPOCH), page).await),
        ),
        (Some(_), Some(_)) => (
            quote!(since),
            quote! {
                match since {
                    None => self.#client.#handle().page(page).await,
                    Some(since) => self.#client.#handle().changes_page(since, page).await,
                }
            },
        ),
    };
    quote! {
        async fn read(
            &self,
            #since: Option<gusset::jiff::Timestamp>,
            page: &gusset::PageState,
        ) -> Result<gusset::sync::ReadPage<Self::Source>, gusset::Error> {
            #body
        }
    }
}

fn decide(expressions: InSync, own: &Own, target: &Resource) -> TokenStream {
    let sync = expressions.sync;
    let lookups: Vec<TokenStream> = sync
        .lookups
        .values()
        .map(|lookup| {
            let (local, name) = (format_ident!("lookup_{}", lookup.name), ident(&lookup.ident));
            let is = expressions.optional_text(&lookup.is);
            quote!(let #local = lookup.#name.get(#is);)
        })
        .collect();
    let when = sync.when.as_ref().map(|when| {
        let when = expressions.value(when);
        quote! {
            let wanted = #when;
            if !wanted {
                return Ok(gusset::sync::Decision::Skip);
            }
        }
    });
    let unless = sync.unless.as_ref().map(|unless| {
        let unless = expressions.value(unless);
        quote! {
            let unwanted = #unless;
            if unwanted {
                return Ok(gusset::sync::Decision::Skip);
            }
        }
    });
    let record = target.upsert.as_ref().map(|upsert| written(expressions, upsert));
    let body = quote!(#(#lookups)* #when #unless #record);
    let Own { settings, hooks } = own;
    let settings = reads(&body, "settings").then(|| quote!(let settings = &self.#settings;));
    let hooked = !hooks::of_sync(sync).is_empty();
    let hooks = hooked.then(|| quote!(let hooks = &*self.#hooks;));
    let lookup = if sync.lookups.is_empty() { quote!(_lookup) } else { quote!(lookup) };
    quote! {
        fn decide(
            &self,
            source: &Self::Source,
            #lookup: &Self::Lookups,
        ) -> Result<gusset::sync::Decision, gusset::cel::Error> {
            #settings
            #hooks
            #body
            gusset::sync::Decision::write(Self::key(source), &record)
        }
    }
}

/// The record that is written: what is required by its constructor, then the rest in the spec's order.
fn written(expressions: InSync, upsert: &Upsert) -> TokenStream {
    let InSync { ir, sync, .. } = expressions;
    let id = upsert.record;
    let spell = Spell { types: &ir.types, from: From::Sync(&integration(ir, &sync.target).name) };
    let def = ir.types.get(id);
    let fields: &[Field] = ir.types.as_struct(id).map_or(&[], |s| &s.fields);
    let name = spell.plain(id);
    let mapping = |field: &Field| sync.map.iter().find(|m| m.field == field.wire);
    let always = |field: &Field| {
        upsert.each.as_ref().and_then(|each| each.get(&field.wire)).unwrap_or(&Value::Null)
    };
    let value = |m: &Mapping, field: &Field| expressions.field(&m.value, def, field);
    let needed = fields.iter().filter(|f| types::needed(def, f));
    let arguments: Vec<TokenStream> = needed
        .map(|f| match mapping(f) {
            Some(mapped) => value(mapped, f),
            None => constants::argument(spell, def, f, always(f)),
        })
        .collect();
    let made = match arguments.is_empty() {
        true => quote!(#name::default()),
        false => quote!(#name::new(#(#arguments),*)),
    };
    let assigned = sync.map.iter().filter_map(|m| {
        let field = fields.iter().find(|f| f.wire == m.field && !types::needed(def, f))?;
        let (name, value) = (ident(&field.ident), value(m, field));
        Some(quote!(record.#name = #value;))
    });
    let assigned: Vec<TokenStream> = assigned.collect();
    let mutable = (!assigned.is_empty()).then(|| quote!(mut));
    quote! {
        let #mutable record = #made;
        #(#assigned)*
    }
}
