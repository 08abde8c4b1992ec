//! Where hooks of requests meet: operations with parameters, and each other.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::BAD_HOOK;
use crate::ir::{Hook, HookKind, HookValue, Operation, ParameterIn, RequestHook, Sign, Standing};
use crate::resolve::Context;
use crate::source::Place;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Which hooks set what, as operations no longer have it.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Setters(HashMap<(ParameterIn, String), Vec<Setter>>);

/// A hook that sets something.
#[derive(Debug)]
pub(in crate::resolve) struct Setter {
    pub(in crate::resolve) hook: String,
    /// Where the spec says that it sets it.
    pub(in crate::resolve) place: Place,
    request: Arc<RequestHook>,
}

impl Setters {
    /// The hook that sets something of an operation.
    pub(in crate::resolve) fn find(
        &self,
        location: ParameterIn,
        name: &str,
        operation: &str,
    ) -> Option<&Setter> {
        let setters = self.0.get(&(location, location.key(name).into_owned()))?;
        setters.iter().find(|setter| setter.request.is_for(operation))
    }
}

/// No two hooks set the same of one operation.
pub(super) fn apart(context: &mut Context<'_>, hooks: &IndexMap<String, Hook>) {
    type Setting<'h> = (&'h Hook, &'h RequestHook, &'h HookValue);
    let mut by_value: IndexMap<(ParameterIn, Cow<'_, str>), Vec<Setting<'_>>> = IndexMap::new();
    for hook in hooks.values() {
        let HookKind::Request(request) = &hook.kind else { continue };
        for value in &request.sets {
            by_value.entry(value.key()).or_default().push((hook, request, value));
        }
    }
    let mut told: HashSet<&str> = HashSet::new();
    for setting in by_value.values().filter(|setting| setting.len() > 1) {
        // The first hook at all, the first for all operations, and the first for each.
        let (mut first, mut of_all): (Option<&Hook>, Option<&Hook>) = (None, None);
        let mut of_each: HashMap<&str, &Hook> = HashMap::new();
        for (hook, request, value) in setting {
            let mut each = request.operations.iter();
            let other = match request.operations.is_empty() {
                true => first,
                false => of_all.or_else(|| each.find_map(|o| of_each.get(o.as_str()).copied())),
            };
            if let Some(other) = other.filter(|_| told.insert(&hook.name)) {
                let message =
                    format!("`{}` and `{}` both set `{}`", other.name, hook.name, value.path());
                context.report(
                    Diagnostic::error(BAD_HOOK, message)
                        .at(&hook.place.child("sets"), "")
                        .and(&other.place.child("sets"), "set here")
                        .help("`operations` says which operations a hook is for"),
                );
            }
            first.get_or_insert(hook);
            if request.operations.is_empty() {
                of_all.get_or_insert(hook);
            }
            for operation in &request.operations {
                of_each.entry(operation).or_insert(hook);
            }
        }
    }
}

/// The operations that a hook is called for.
fn operations<'c>(context: &'c Context<'_>, request: &RequestHook) -> Vec<&'c Operation> {
    match request.operations.as_slice() {
        [] => context.operations.values().collect(),
        some => some.iter().filter_map(|name| context.operations.get(name)).collect(),
    }
}

/// What the document says of a value.
#[derive(Clone, Default)]
struct Listed {
    /// Where it is listed first.
    there: Option<Place>,
    /// How many operations list it, of those from the first on: the next one does not.
    run: usize,
}

fn listed(operations: &[&Operation], request: &RequestHook) -> Vec<Listed> {
    let values: HashMap<(ParameterIn, Cow<'_, str>), usize> =
        request.sets.iter().enumerate().map(|(index, value)| (value.key(), index)).collect();
    let mut listed = vec![Listed::default(); request.sets.len()];
    for (number, operation) in operations.iter().enumerate() {
        for parameter in &operation.parameters {
            let key = (parameter.location, parameter.location.key(&parameter.wire));
            let Some(of) = values.get(&key).and_then(|index| listed.get_mut(*index)) else {
                continue;
            };
            of.there.get_or_insert_with(|| parameter.place.clone());
            if of.run == number {
                of.run += 1;
            }
        }
    }
    listed
}

/// What the document lists is proven to be wanted; what it gives is up to the user's code.
pub(super) fn told(context: &mut Context<'_>, hook: &Hook, request: &RequestHook) {
    let because = context.spec.syntax.hooks.get(&hook.name).and_then(|said| said.because.clone());
    let because = because.as_deref();
    let operations = operations(context, request);
    let found = listed(&operations, request).into_iter().map(|Listed { there, run }| {
        let silent = operations.get(run).map(|o| (o.name.clone(), o.defined.clone()));
        (there, silent)
    });
    let found: Vec<_> = found.collect();
    for (index, (value, (there, silent))) in request.sets.iter().zip(found).enumerate() {
        let place = hook.place.child("sets").child(index);
        let path = value.path();
        match silent {
            None => {
                let text = format!("calls have `{path}`");
                context.proven(text, &place, there.as_ref());
            }
            // A document lists what single operations take besides, and seldom for all of them.
            Some((name, document)) => {
                let text = format!("`{name}` takes `{path}`");
                context.fact(Standing::Assumed, text, because, &place, Some(&document));
            }
        }
    }
    let text = format!("`{}` gives what the provider wants there", hook.name);
    let usual = "it is code of the user, of which only the types are known";
    let sign = Sign::Refused { statuses: vec![401, 403], operations: request.operations.clone() };
    context.granted(text, because, usual, &hook.place, None).seen_by(sign);
}

/// Operations do not take what a hook sets.
pub(super) fn taken(context: &mut Context<'_>, hook: &Hook, request: &RequestHook) {
    let set: HashSet<(ParameterIn, Cow<'_, str>)> =
        request.sets.iter().map(HookValue::key).collect();
    let names: Vec<String> = operations(context, request).iter().map(|o| o.name.clone()).collect();
    for name in names {
        if let Some(operation) = context.operations.get_mut(&name) {
            operation.parameters.retain(|p| !set.contains(&(p.location, p.location.key(&p.wire))));
        }
    }
    let request = Arc::new(request.clone());
    for (index, value) in request.sets.iter().enumerate() {
        let (location, name) = value.key();
        let place = hook.place.child("sets").child(index);
        let setter = Setter { hook: hook.name.clone(), place, request: Arc::clone(&request) };
        context.setters.0.entry((location, name.into_owned())).or_default().push(setter);
    }
}
