//! `lookups:`: tables that are read at the start of a run.

use super::Resolver;
use crate::cel::{self, Env};
use crate::diagnostics::codes::sync as codes;
use crate::diagnostics::{Applicability, Diagnostic};
use crate::ir::{Lookup, Resource, Ty};
use crate::resolve::names::field_ident;
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;

impl Resolver<'_> {
    /// Resolves all lookups, each of which sees those before it.
    pub(super) fn lookups(&mut self, env: &mut Env) -> IndexMap<String, Lookup> {
        let section = self.place.child("lookups");
        let mut lookups = IndexMap::new();
        for name in self.syntax.lookups.keys() {
            env.announce_lookup(name);
        }
        for (name, said) in &self.syntax.lookups {
            match self.lookup(env, name, said, &section.child(name)) {
                Some(lookup) => {
                    env.add_lookup(&lookup);
                    lookups.insert(name.clone(), lookup);
                }
                None => env.spoil_lookup(name),
            }
        }
        lookups
    }

    fn lookup(
        &mut self,
        env: &Env,
        name: &str,
        said: &syntax::Lookup,
        place: &Place,
    ) -> Option<Lookup> {
        let reference = self.reference(&said.table, &place.child("in"));
        let types = &self.ir.types;
        let is_place = place.child("is");
        let is = cel::compile(&said.is, &is_place, env, types, None, self.diagnostics);
        let is = is.filter(|is| {
            let fits = is.ty == Ty::String || is.ty == cel::optional(Ty::String);
            if !fits {
                let found = cel::show(types, &is.ty);
                let diagnostic = Diagnostic::error(
                    codes::BAD_LOOKUP,
                    format!("a lookup wants text or optional text, found {found}"),
                )
                .at(&is_place, "")
                .mend(
                    format!("convert it: `string({})`", said.is),
                    Applicability::MaybeIncorrect,
                    &said.is,
                    format!("string({})", said.is),
                );
                self.diagnostics.push(diagnostic);
            }
            fits
        });
        let reference = reference?;
        let resource = self.resource(&reference)?;
        // Where one of the two is wrong, the other may be, too: it is said of the first.
        let is = is?;
        if !self.by(resource, said, &place.child("by")) {
            return None;
        }
        Some(Lookup {
            name: name.to_owned(),
            ident: field_ident(name),
            ty: resource.ty,
            resource: reference,
            by: said.by.clone(),
            is,
            place: place.clone(),
        })
    }

    /// The field that is looked at must exist and be text.
    fn by(&mut self, resource: &Resource, said: &syntax::Lookup, place: &Place) -> bool {
        let def = self.ir.types.get(resource.ty);
        let Some(record) = self.ir.types.as_struct(resource.ty) else { return false };
        let name = def.name.as_deref().unwrap_or("the record");
        match record.field(&said.by) {
            None => {
                let diagnostic = Diagnostic::error(
                    codes::BAD_LOOKUP,
                    format!("`{name}` has no field `{}`", said.by),
                )
                .at(place, "unknown field")
                .and(&def.place, format!("`{name}` is declared here"))
                .nearest(&said.by, record.fields.iter().map(|f| f.wire.as_str()));
                self.report(diagnostic);
                false
            }
            Some(field) if !self.is_text(field.ty.id) => {
                let found = cel::show(&self.ir.types, &cel::ty_of(&self.ir.types, field.ty.id));
                let diagnostic = Diagnostic::error(
                    codes::BAD_LOOKUP,
                    format!("a lookup goes by a text field, and `{}` is of type {found}", said.by),
                )
                .at(place, "")
                .and(&field.place, "declared here");
                self.report(diagnostic);
                false
            }
            Some(_) => true,
        }
    }
}
