//! What a sync relies on, said for people: all of it was proven when it was resolved.

use crate::ir::{
    Expr, ExprKind, Fact, HOOK, Ir, Mapping, Repeat, Resource, ResourceRef, Standing, Sync,
};
use crate::resolve::sync::{called_hooks, visit};
use crate::source::Place;
use crate::spec::syntax;

/// The facts of a sync.
pub(crate) fn told(syntax: &syntax::Sync, sync: &Sync, ir: &Ir) -> Vec<Fact> {
    let mut told = Told { syntax, sync, ir, facts: Vec::new() };
    told.ends();
    told.lookups();
    told.conditions();
    told.key();
    told.map();
    told.hooks();
    told.facts
}

struct Told<'t> {
    syntax: &'t syntax::Sync,
    sync: &'t Sync,
    ir: &'t Ir,
    facts: Vec<Fact>,
}

impl<'t> Told<'t> {
    fn proven(&mut self, text: String, place: Place, document: Option<Place>) {
        let unit = self.sync.name.clone();
        let (standing, because, sign) = (Standing::Proven, None, None);
        self.facts.push(Fact { standing, unit, text, because, place, document, sign, limit: None });
    }

    fn resource(&self, of: &ResourceRef) -> Option<&'t Resource> {
        self.ir.integrations.get(of.integration.0)?.resources.get(&of.resource)
    }

    /// What is read, and how writes may be repeated.
    fn ends(&mut self) {
        let at = self.sync.place.clone();
        let (source, target) = (&self.syntax.source, &self.syntax.target);
        if let Some(resource) = self.resource(&self.sync.source) {
            let text = match &resource.changes {
                Some(changes) => format!(
                    "later runs read what changed of `{source}`, by `{}`",
                    changes.cursor.join(".")
                ),
                None => format!("every run reads all of `{source}`"),
            };
            let place = resource.changes.as_ref().map(|changes| changes.place.clone());
            self.proven(text, at.child("source"), place);
        }
        let upsert = self.resource(&self.sync.target).and_then(|r| r.upsert.as_ref());
        let integration = self.ir.integrations.get(self.sync.target.integration.0);
        let operation = upsert.and_then(|u| integration?.operations.get(&u.operation));
        if let (Some(upsert), Some(operation)) = (upsert, operation) {
            let name = &operation.name;
            let again = match operation.repeat {
                Repeat::Never => "is not sent again when its answer got lost",
                Repeat::Safe | Repeat::Idempotent => "may be sent again",
            };
            let text =
                format!("`{target}` is written by `{}` with `{name}`, which {again}", upsert.by);
            let place = operation.defined.clone();
            self.proven(text, at.child("target"), Some(place));
        }
    }

    fn lookups(&mut self) {
        let section = self.sync.place.child("lookups");
        for (name, lookup) in &self.sync.lookups {
            let table = self.syntax.lookups.get(name).map_or("", |said| said.table.as_str());
            let record = self.ir.types.as_struct(lookup.ty);
            let field = record.and_then(|r| r.field(&lookup.by)).map(|f| f.place.clone());
            let by = &lookup.by;
            let text =
                format!("`{name}` is the record of `{table}` with that text in `{by}`, or none");
            self.proven(text, section.child(name).child("by"), field);
        }
    }

    fn conditions(&mut self) {
        let conditions = [("when", &self.sync.when), ("unless", &self.sync.unless)];
        for (key, condition) in conditions {
            let Some(condition) = condition else { continue };
            let text = match condition.fallible {
                false => format!("`{key}` is true or false of every record"),
                true => format!("`{key}` is true or false, or the record is set aside"),
            };
            self.proven(text, self.sync.place.child(key), None);
        }
    }

    fn key(&mut self) {
        let Some(source) = self.resource(&self.sync.source) else { return };
        let record = self.ir.types.as_struct(source.ty);
        let field = record.and_then(|r| r.field(&self.sync.match_source));
        let Some(document) = field.map(|field| field.place.clone()) else { return };
        let text = format!(
            "every record of `{}` has `{}`, which goes into `{}`",
            self.syntax.source, self.sync.match_source, self.sync.match_target
        );
        self.proven(text, self.sync.place.child("match").child("source"), Some(document));
    }

    /// What hooks do is the user's business: nothing is proven but their types.
    fn hooks(&mut self) {
        let section = self.sync.place.child("hooks");
        let called = called_hooks(self.sync);
        for name in self.sync.hooks.keys().filter(|name| called.contains(name.as_str())) {
            let text =
                format!("`{HOOK}{name}` gives the same for the same values, and does nothing else");
            let because =
                Some("it is code of the user, of which only the types are known".to_owned());
            let (unit, place) = (self.sync.name.clone(), section.child(name));
            let (standing, document, sign) = (Standing::Assumed, None, None);
            self.facts.push(Fact {
                standing,
                unit,
                text,
                because,
                place,
                document,
                sign,
                limit: None,
            });
        }
    }

    fn map(&mut self) {
        let target = self.resource(&self.sync.target).and_then(|r| r.upsert.as_ref());
        let Some(record) = target.and_then(|u| self.ir.types.as_struct(u.record)) else { return };
        let sync = self.sync;
        let written = |m: &&Mapping| m.place.is_within(&sync.place.child("map"));
        for mapping in sync.map.iter().filter(written) {
            let Some(field) = record.field(&mapping.field) else { continue };
            let required = field.required;
            if let Some(text) = entry(mapping, required) {
                self.proven(text, mapping.place.clone(), Some(field.place.clone()));
            }
        }
        let required = record.fields.iter().filter(|f| f.required && !f.read_only).count();
        if let (Some(upsert), true) = (target, required > 0) {
            let whole = self.ir.types.get(upsert.record);
            let name = whole.name.as_deref().unwrap_or("the record");
            let text = format!("all that `{name}` requires has a value");
            self.proven(text, sync.place.child("map").key(), Some(whole.place.clone()));
        }
    }
}

/// What there is to say of an entry: that it converts, has a default, or may have no value.
fn entry(mapping: &Mapping, required: bool) -> Option<String> {
    let mut conversions: Vec<&str> = Vec::new();
    let mut default = false;
    visit(&mapping.value, &mut |part: &Expr| {
        let ExprKind::Call { function, .. } = &part.kind else { return };
        let converts =
            ["int", "uint", "double", "string", "bool", "bytes", "timestamp", "duration"];
        match converts.into_iter().find(|name| name == function) {
            Some(name) if !conversions.contains(&name) => conversions.push(name),
            Some(_) => {}
            None => default |= matches!(function.as_str(), "orValue" | "or"),
        }
    });
    let mut said = Vec::new();
    if !conversions.is_empty() {
        said.push(format!("converted by `{}`", conversions.join("` and `")));
    }
    if required && default {
        said.push("never absent, as it is required".to_owned());
    }
    if mapping.value.fallible {
        let aside = match said.is_empty() {
            true => "a value, or the record is set aside",
            false => "and a record for which it has no value is set aside",
        };
        said.push(aside.to_owned());
    }
    (!said.is_empty()).then(|| format!("`{}` is {}", mapping.field, said.join(", ")))
}
