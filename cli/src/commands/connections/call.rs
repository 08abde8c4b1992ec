//! The call that tries a connection, and the client that makes it, from the IR.

use super::live::{Filled, kept};
use super::rules::rules;
use super::spec::{Compiled, Way};
use crate::commands::Failure;
use gusset::vault::Connection;
use gusset::{Client, Integration, OperationMeta, Options, Request};
use gusset_compiler::ir;

/// A client, and what it sends.
pub(super) struct Call {
    pub(super) client: Client,
    pub(super) request: Request,
    pub(super) operation: &'static OperationMeta,
}

impl Call {
    /// The call of an integration, for a connection.
    pub(super) fn new(
        compiled: &Compiled,
        way: &Way<'_>,
        one: &Connection,
        options: Options,
    ) -> Result<Self, Failure> {
        let integration = compiled.integration();
        let Some(verify) = &integration.verify else {
            return Err(Failure::new(format!(
                "{0} has no call to try a connection with: `verify: OPERATION` in its spec names one",
                integration.name
            )));
        };
        let operation = &integration.operations[&verify.operation];
        by_hand(integration, operation)?;
        let filled = Filled { integration, given: &one.settings };
        let server = filled.server(&integration.server)?;
        let servers: Result<Vec<String>, Failure> =
            integration.servers.iter().map(|server| filled.text(server)).collect();
        let declared = declared(compiled)?;
        let meta = meta(declared, integration, operation)?;
        let options = options.without_limits(exempt(integration, way.name));
        let auth = filled.auth(way, one)?;
        let client = Client::with_servers(declared, server, &servers?, auth, options)?;
        Ok(Call { client, request: request(meta, operation, &verify.preset)?, operation: meta })
    }
}

/// Code of the user is not here.
fn by_hand(integration: &ir::Integration, operation: &ir::Operation) -> Result<(), Failure> {
    let needed = integration.hooks.values().find(|hook| match &hook.kind {
        ir::HookKind::Request(hook) => hook.is_for(&operation.name),
        ir::HookKind::Answer => false,
    });
    match needed {
        None => Ok(()),
        Some(hook) => Err(Failure::new(format!(
            "`{}` needs the hook `{}`, which is code of yours: try the connection from your program",
            operation.name, hook.name
        ))),
    }
}

/// Limits that hold for other ways to authorise.
fn exempt(integration: &ir::Integration, way: &str) -> &'static [&'static str] {
    let limits = integration.limits.values().filter(|limit| !limit.holds_for(way));
    let unlimited = integration.unlimited.iter().filter(|(_, none)| !none.holds_for(way));
    let names = limits.map(|limit| &limit.name).chain(unlimited.map(|(name, _)| name));
    names.map(|name| kept(name)).collect::<Vec<_>>().leak()
}

fn declared(compiled: &Compiled) -> Result<&'static Integration, Failure> {
    let integration = compiled.integration();
    let text = |text: &Option<ir::ErrorText>| {
        text.as_ref().map(|text| match text {
            ir::ErrorText::Body(pointer) => gusset::ErrorText::Body(kept(pointer)),
            ir::ErrorText::Header(name) => gusset::ErrorText::Header(kept(name)),
        })
    };
    let limits: Vec<gusset::Limit> = integration.limits.values().map(limit).collect();
    Ok(Box::leak(Box::new(Integration {
        name: kept(&integration.name),
        limits: limits.leak(),
        errors: rules(&integration.errors, &compiled.sources)?,
        error_message: text(&integration.errors.message),
        error_code: text(&integration.errors.code),
        assumptions: &[],
    })))
}

fn limit(limit: &ir::Limit) -> gusset::Limit {
    let kind = match limit.kind {
        ir::LimitKind::Quota { calls, per } => gusset::LimitKind::Quota { calls, per },
        ir::LimitKind::Concurrency(most) => gusset::LimitKind::Concurrency(most),
    };
    let scope = match limit.scope {
        ir::Scope::Connection => gusset::Scope::Connection,
        ir::Scope::App => gusset::Scope::App,
    };
    let cost: Vec<(&'static str, u32)> =
        limit.cost.iter().map(|(name, cost)| (kept(name), *cost)).collect();
    let observe = &limit.observe;
    let reset = observe.reset.as_ref().map(|(header, unit)| {
        let unit = match unit {
            ir::ResetUnit::Seconds => gusset::ResetUnit::Seconds,
            ir::ResetUnit::Millis => gusset::ResetUnit::Millis,
            ir::ResetUnit::EpochSeconds => gusset::ResetUnit::EpochSeconds,
            ir::ResetUnit::EpochMillis => gusset::ResetUnit::EpochMillis,
            ir::ResetUnit::Date => gusset::ResetUnit::Date,
        };
        (kept(header), unit)
    });
    gusset::Limit {
        name: kept(&limit.name),
        kind,
        scope,
        cost: cost.leak(),
        observe: gusset::Observe {
            remaining: observe.remaining.as_deref().map(kept),
            reset,
            usage: observe.usage.as_ref().map(|(header, pattern)| (kept(header), kept(pattern))),
        },
    }
}

fn meta(
    declared: &'static Integration,
    integration: &ir::Integration,
    operation: &ir::Operation,
) -> Result<&'static OperationMeta, Failure> {
    let method = gusset::http::Method::from_bytes(operation.method.as_bytes())?;
    // The compiler has proven that it only reads.
    let (name, path) = (kept(&operation.name), kept(&operation.path));
    let mut meta = OperationMeta::new(declared, name, method, path, gusset::Repeat::Safe);
    let names: Vec<&String> = integration.limits.keys().collect();
    let limits = operation.limits.iter();
    let limits = limits.filter_map(|name| names.iter().position(|known| *known == name));
    meta = meta.limits(limits.collect::<Vec<_>>().leak());
    if let Some(media) = &operation.accept {
        meta = meta.accept(kept(media));
    }
    if operation.public {
        meta = meta.public();
    }
    if let Some(server) = operation.server {
        meta = meta.server(server);
    }
    Ok(Box::leak(Box::new(meta)))
}

fn slot(slot: &ir::Slot) -> gusset::Slot {
    match slot {
        ir::Slot::Query(name) => gusset::Slot::Query(kept(name)),
        ir::Slot::Header(name) => gusset::Slot::Header(kept(name)),
        ir::Slot::Path(name) => gusset::Slot::Path(kept(name)),
        ir::Slot::Body(pointer) => gusset::Slot::Body(kept(pointer)),
    }
}

/// A first page of one record, or what else the operation gives.
fn request(
    meta: &'static OperationMeta,
    operation: &ir::Operation,
    preset: &ir::Preset,
) -> Result<Request, Failure> {
    let mut request = Request::new(meta);
    let values: Vec<(gusset::Slot, &'static str)> =
        preset.values.iter().map(|(place, value)| (slot(place), kept(value))).collect();
    let body = preset.body.as_ref().map(|body| kept(&body.to_string()));
    request.preset(&gusset::Preset { values: values.leak(), body })?;
    let Some(pagination) = &operation.pagination else { return Ok(request) };
    let size = pagination.size.as_ref().map(|size| (size.into.as_ref(), least(operation, size)));
    if let Some((Some(into), size)) = size {
        request.set_number(&slot(into), size)?;
    }
    match &pagination.next {
        ir::Next::Page { into, first, .. } => {
            request.set_number(&slot(into), u64::try_from(*first).unwrap_or(0))?;
        }
        ir::Next::Offset { into, first, template: None, .. } => {
            request.set_number(&slot(into), *first)?;
        }
        ir::Next::Offset { into, first, template: Some(template), .. } => {
            let value = constant(preset, into);
            let size = size.map_or(1, |(_, size)| size);
            let text = template
                .replace("{start}", &first.to_string())
                .replace("{size}", &size.to_string())
                .replace("{value}", &value);
            request.set(&slot(into), &text)?;
        }
        _ => {}
    }
    Ok(request)
}

/// The smallest page that may be asked for, as far as is known.
fn least(operation: &ir::Operation, size: &ir::PageSize) -> u64 {
    let declared = u64::try_from(size.value).unwrap_or(1).max(1);
    let asked = operation.parameters.iter().find(|parameter| match &size.into {
        Some(ir::Slot::Query(name)) => {
            parameter.location == ir::ParameterIn::Query && parameter.wire == *name
        }
        _ => false,
    });
    let bound = asked.map(|parameter| parameter.bounds.0.unwrap_or(1).max(1));
    bound.and_then(|bound| u64::try_from(bound).ok()).map_or(declared, |bound| bound.min(declared))
}

/// What stands in a place as a constant.
fn constant(preset: &ir::Preset, into: &ir::Slot) -> String {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    match into {
        ir::Slot::Body(pointer) => {
            preset.body.as_ref().and_then(|body| text(body.pointer(pointer)?)).unwrap_or_default()
        }
        _ => {
            let found = preset.values.iter().find(|(place, _)| place == into);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        }
    }
}
