//! Reasons: a `because` that nothing needs is left over from something that is gone.

use crate::diagnostics::codes::spec::UNUSED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Fact, Standing};
use crate::source::Place;
use crate::spec::IntegrationSpec;
use crate::spec::syntax::{Server, Use};

/// Reports reasons that no assumption and no override is known by.
pub(crate) fn check<'s>(spec: &'s IntegrationSpec, facts: &[Fact], diagnostics: &mut Diagnostics) {
    let syntax = &spec.syntax;
    let of = |section: &str| spec.place.child(section);
    let mut given: Vec<(Place, &'s str)> = Vec::new();
    let mut add = |place: Place, because: Option<&'s String>| {
        given.extend(because.map(|because| (place, because.trim())));
    };
    if let Some(Server::Full(server)) = &syntax.server {
        add(of("server"), server.because.as_ref());
    }
    for (name, auth) in &syntax.auth {
        add(of("auth").child(name), auth.because.as_ref());
    }
    for (name, limit) in &syntax.limits {
        let place = of("limits").child(name);
        if let Some(observe) = &limit.observe {
            add(place.child("observe"), observe.because.as_ref());
        }
        add(place, limit.because.as_ref());
    }
    for (name, hook) in &syntax.hooks {
        add(of("hooks").child(name), hook.because.as_ref());
    }
    for (name, operation) in &syntax.operations {
        let place = of("operations").child(name);
        if let Some(paginate) = &operation.paginate {
            let at = place.child("paginate");
            let rules = [
                ("cursor", paginate.cursor.as_ref().and_then(|rule| rule.because.as_ref())),
                ("url", paginate.url.as_ref().and_then(|rule| rule.because.as_ref())),
                ("offset", paginate.offset.as_ref().and_then(|rule| rule.because.as_ref())),
                ("page", paginate.page.as_ref().and_then(|rule| rule.because.as_ref())),
                ("then", paginate.then.as_ref().and_then(|rule| rule.because.as_ref())),
                ("size", paginate.size.as_ref().and_then(|size| size.because.as_ref())),
            ];
            for (rule, because) in rules {
                add(at.child(rule), because);
            }
            add(at, paginate.because.as_ref());
        }
        add(place, operation.because.as_ref());
    }
    for (name, ty) in &syntax.types {
        add(of("types").child(name), ty.because.as_ref());
    }
    for (name, resource) in &syntax.resources {
        let place = of("resources").child(name);
        let uses = [
            ("get", &resource.get),
            ("create", &resource.create),
            ("update", &resource.update),
            ("delete", &resource.delete),
        ];
        for (verb, used) in uses {
            if let Some(Use::Full(full)) = used {
                add(place.child(verb), full.because.as_ref());
            }
        }
        if let Some(changes) = &resource.changes {
            add(place.child("changes"), changes.because.as_ref());
            add(place.child("changes").child("since"), changes.since.because.as_ref());
        }
        if let Some(upsert) = &resource.upsert {
            add(place.child("upsert").child("results"), upsert.results.because.as_ref());
        }
    }
    let errors = (of("errors").child("assume"), of("errors"));
    let because = syntax.errors.assume.get("because").map(|because| because.trim());
    let of_errors = because.map(|because| (errors.0, errors.1, because));
    let given = given.into_iter().map(|(place, because)| (place.clone(), place, because));
    for (place, section, because) in given.chain(of_errors) {
        let needed = |fact: &Fact| {
            fact.standing != Standing::Proven
                && fact.because.as_deref().is_some_and(|known| known.trim() == because)
        };
        if !facts.iter().any(|fact| needed(fact) && fact.place.is_within(&section)) {
            diagnostics.push(
                Diagnostic::warning(UNUSED, "nothing needs this reason")
                    .at(&place.child("because").key(), "")
                    .help("the document says so already, or what it was for is gone"),
            );
        }
    }
}
