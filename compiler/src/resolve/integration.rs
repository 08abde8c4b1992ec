//! One integration: its sections in the order in which they need each other.

use super::documents::Documents;
use super::lower::{Direction, Lowering};
use super::{
    Context, alone, auth, credentials, errors, gives, hooks, include, items, limits, operations,
    pagination, resources, scopes, server, servers, settings, verify,
};
use crate::diagnostics::codes::references::{LEFT_OUT, SELECTION};
use crate::diagnostics::codes::resources::BAD_SEED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{About, Fact, Integration, IntegrationId, Ir, Resource, Standing, TypeId};
use crate::progress::Progress;
use crate::source::Place;
use crate::spec::{IntegrationSpec, syntax};
use indexmap::IndexMap;
use std::collections::HashSet;

/// Resolves an integration into the IR.
pub(super) fn resolve(
    id: IntegrationId,
    spec: &IntegrationSpec,
    documents: &Documents,
    progress: &Progress,
    ir: &mut Ir,
    diagnostics: &mut Diagnostics,
) -> Integration {
    let mut context = Context {
        id,
        spec,
        documents: &documents.list,
        partial: documents.partial,
        types: &mut ir.types,
        facts: &mut ir.facts,
        setters: hooks::Setters::default(),
        operations: IndexMap::new(),
        doubtful_auth: Vec::new(),
        doubtful_operations: HashSet::new(),
        unknown_scopes: HashSet::new(),
        said_no_auth: HashSet::new(),
        reasonless: HashSet::new(),
        needs: Vec::new(),
        progress,
        diagnostics,
    };
    let section = context.place("settings");
    let mut settings = settings::resolve(&spec.syntax.settings, &section, context.diagnostics);
    let schemes = auth::schemes(context.documents);
    overlaid(&mut context);
    let included = include::select(&mut context);
    let (server, alone::Ways { auth, combined, anonymous }) = match spec.alone {
        true => (
            alone::server(&mut context, &mut settings),
            alone::auth(&mut context, &schemes, &included),
        ),
        false => {
            let server = server::resolve(&mut context, &settings);
            let auth = auth::resolve(&mut context, &schemes, &settings);
            (server, alone::Ways { auth, ..alone::Ways::default() })
        }
    };

    gives::mark(&mut settings, &auth);
    gives::check(&mut context, &settings, &auth);
    let section = types(&mut context);
    let place = context.place("types");
    let keep = spec.syntax.unknown_members == syntax::UnknownMembers::Keep;
    let mut lowering = Lowering::new(id, context.documents, &section, place, context.diagnostics)
        .keeping_unknown_members(keep);
    operations::resolve(&mut context, &mut lowering);
    operations::resolve_included(&mut context, &mut lowering, &included);
    let (given, patterns) = (&spec.syntax.operations, &spec.syntax.include);
    if given.is_empty() && patterns.is_empty() && !spec.alone {
        let finding = Diagnostic::warning(SELECTION, "the spec selects no operation");
        context.report(
            finding
                .at(&context.place("integration"), "")
                .help("`operations` says which, or `include: ['/**']` for all"),
        );
    }
    let named = named(&mut context, &mut lowering, &section);
    let (facts, schemas) = lowering.finish(context.types, context.diagnostics);
    let unit = &spec.syntax.integration;
    context.facts.extend(facts.into_iter().map(|fact| Fact { unit: unit.clone(), ..fact }));

    let carriers = credentials::carriers(&auth, &combined);
    let authorised = !auth.is_empty();
    let servers = servers::resolve(&mut context, &server, &settings, authorised);
    credentials::resolve(&mut context, &carriers, authorised);
    let hooks = hooks::resolve(&mut context, &carriers);
    paginate(&mut context, &named);
    let before = context.diagnostics.errors();
    let (limits, unlimited) = limits::resolve(&mut context);
    let limits_are_right = context.diagnostics.errors() == before;
    for operation in context.operations.values_mut() {
        let name = &operation.name;
        let mine =
            limits.values().filter(|l| l.operations.is_empty() || l.operations.contains(name));
        operation.limits = mine.map(|limit| limit.name.clone()).collect();
    }
    if limits_are_right {
        limits::cover(&mut context, &limits, &unlimited);
    }
    scopes::check(&mut context);
    let errors = errors::resolve(&mut context, &hooks);
    let resources = resources::resolve(&mut context, &named);
    let verify = verify::resolve(&mut context, &resources);
    let sandbox = seeds(&mut context, &resources);
    Integration {
        name: spec.syntax.integration.clone(),
        about: about(&spec.syntax.about),
        server,
        servers,
        settings,
        auth,
        combined,
        anonymous,
        limits,
        unlimited,
        errors,
        hooks,
        operations: context.operations,
        resources,
        verify,
        sandbox,
        documented: context.documents.iter().map(|d| d.operations().count()).sum(),
        schemas,
        place: spec.place.clone(),
    }
}

/// That documents are not read as the vendor wrote them.
fn overlaid(context: &mut Context<'_>) {
    let place = context.place("overlays");
    for (index, overlay) in context.spec.syntax.overlays.iter().enumerate() {
        let text = format!("`{}` changes the document before it is read", overlay);
        let because = Some("what it changes, and why, stands in the overlay");
        context.fact(Standing::Overridden, text, because, &place.child(index), None);
    }
}

/// What a spec says about itself.
pub(super) fn about(syntax: &syntax::About) -> About {
    About {
        title: syntax.title.clone(),
        purpose: syntax.purpose.clone(),
        owners: syntax.owners.clone(),
        reference: syntax.reference.clone(),
    }
}

/// The types that the documents have schemas for: all of them, unless a document was given instead.
fn types(context: &mut Context<'_>) -> IndexMap<String, syntax::Type> {
    let mut section = context.spec.syntax.types.clone();
    if !context.partial {
        return section;
    }
    let place = context.place("types");
    let has = |name: &String| context.documents.iter().any(|d| d.schema(name).is_some());
    let mut missing = Vec::new();
    section.retain(|name, ty| {
        ty.document = None;
        ty.schemas.retain(has);
        let there =
            ty.schema.as_ref().is_none_or(has) && (ty.schema.is_some() || !ty.schemas.is_empty());
        if !there {
            missing.push(name.clone());
        }
        there
    });
    for name in missing {
        let message = format!("the document has no schema for `{name}`: it is left out");
        let diagnostic = Diagnostic::warning(LEFT_OUT, message).at(&place.child(&name).key(), "");
        context.report(diagnostic);
    }
    section
}

/// The types of the spec, as responses have them.
fn named(
    context: &mut Context<'_>,
    lowering: &mut Lowering<'_>,
    section: &IndexMap<String, syntax::Type>,
) -> IndexMap<String, TypeId> {
    let mut named = IndexMap::new();
    for name in section.keys() {
        let direction = Direction::Responses;
        let ty = lowering.named(name, direction, context.types, context.diagnostics);
        let document = ty.map(|ty| context.types.get(ty).place.clone());
        stands_for(context, name, &section[name], document.as_ref());
        named.extend(ty.map(|ty| (name.clone(), ty)));
    }
    named
}

/// Which schemas a type of the spec is.
fn stands_for(
    context: &mut Context<'_>,
    name: &str,
    syntax: &syntax::Type,
    document: Option<&Place>,
) {
    let place = context.place("types").child(name);
    let (key, schemas) = match &syntax.schema {
        Some(schema) => ("schema", vec![schema.as_str()]),
        None => ("schemas", syntax.schemas.iter().map(String::as_str).collect()),
    };
    let text = match schemas.as_slice() {
        [only] => format!("`{name}` is the schema `{only}`"),
        several => format!("`{name}` is one record by the schemas `{}`", several.join("` and `")),
    };
    context.proven(text, &place.child(key), document);
}

fn paginate(context: &mut Context<'_>, named: &IndexMap<String, TypeId>) {
    let section = context.place("operations");
    for (name, syntax) in &context.spec.syntax.operations {
        let selected = if syntax.id.is_some() { "id" } else { "call" };
        let Some(syntax) = &syntax.paginate else { continue };
        let Some(mut operation) = context.operations.get(name).cloned() else { continue };
        let place = section.child(name).child("paginate");
        let item = match &syntax.item {
            Some(item) => {
                let given = items::given(context, named, item, &place.child("item"));
                // Without the type, nothing about the items would be proven.
                let Some(given) = given else { continue };
                Some(given)
            }
            None => None,
        };
        let mark = context.diagnostics.list().len();
        let found = pagination::resolve(context, &operation, syntax, item, &place);
        let selected = section.child(name).child(selected);
        let text = "is this the operation that is meant?";
        if context.diagnostics.one_since(mark, &selected, text) {
            context.doubtful_operations.insert(name.clone());
        }
        if let (Some(found), Some(_)) = (&found, item) {
            items::replace(context, &mut operation, &found.items, found.item);
        }
        operation.pagination = found;
        context.operations.insert(name.clone(), operation);
    }
}

/// Seeds are for resources that there are; those that need a resource that was left out go with it.
fn seeds(context: &mut Context<'_>, resources: &IndexMap<String, Resource>) -> Seeds {
    let place = context.place("sandbox");
    let declared = &context.spec.syntax.resources;
    let mut seeds = context.spec.syntax.sandbox.clone();
    for name in seeds.keys() {
        if !resources.contains_key(name) && !declared.contains_key(name) {
            context.diagnostics.push(
                Diagnostic::error(BAD_SEED, format!("`resources` has no `{name}`"))
                    .at(&place.child(name).key(), "")
                    .nearest(name, declared.keys().map(String::as_str)),
            );
        }
    }
    let left_out = |name: &str| declared.contains_key(name) && !resources.contains_key(name);
    seeds.retain(|name, _| !left_out(name));
    for rules in seeds.values_mut() {
        rules.retain(|_, rule| {
            let other =
                rule.get("one_of").and_then(|of| of.as_str()).and_then(|of| of.split_once('.'));
            !other.is_some_and(|(name, _)| left_out(name))
        });
    }
    seeds
}

/// What the sandbox seeds: resource, field path, rule.
type Seeds = IndexMap<String, IndexMap<String, serde_json::Value>>;
