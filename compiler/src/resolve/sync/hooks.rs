//! `hooks:` of a sync: functions of the user, with the types that they take and give.

use super::Resolver;
use crate::cel::optional;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::BAD_HOOK;
use crate::ir::{IntegrationId, SyncHook, Ty, TypeId, TypeKind};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;
use std::collections::HashMap;

/// The names of types that hooks take and give.
const SCALARS: &[(&str, Ty)] = &[
    ("string", Ty::String),
    ("int", Ty::Int),
    ("uint", Ty::Uint),
    ("double", Ty::Double),
    ("bool", Ty::Bool),
    ("bytes", Ty::Bytes),
    ("timestamp", Ty::Timestamp),
    ("duration", Ty::Duration),
    ("json", Ty::Dyn),
];

/// The records of integrations, by name.
type Records<'r> = HashMap<IntegrationId, HashMap<&'r str, TypeId>>;

impl<'r> Resolver<'r> {
    /// Resolves all hooks; those that are wrong have no value, as what calls them is not to blame.
    pub(super) fn hooks(&mut self) -> IndexMap<String, Option<SyncHook>> {
        let section = self.place.child("hooks");
        let syntax = self.syntax;
        let mut records = Records::new();
        let hooks = syntax.hooks.iter();
        hooks
            .map(|(name, said)| {
                (name.clone(), self.hook(name, said, &mut records, &section.child(name)))
            })
            .collect()
    }

    fn hook(
        &mut self,
        name: &str,
        said: &syntax::SyncHook,
        records: &mut Records<'r>,
        place: &Place,
    ) -> Option<SyncHook> {
        let parameters = place.child("takes");
        let takes: Vec<Option<(String, Ty)>> = said
            .takes
            .iter()
            .map(|(name, text)| {
                let ty = self.hook_type(text, records, &parameters.child(name))?;
                Some((name.clone(), ty))
            })
            .collect();
        let gives = self.hook_type(&said.gives, records, &place.child("gives"));
        Some(SyncHook {
            name: name.to_owned(),
            takes: takes.into_iter().collect::<Option<Vec<_>>>()?,
            gives: gives?,
            doc: said.doc.clone(),
            place: place.clone(),
        })
    }

    /// A type: a scalar, a record or a list of scalars; the first two may be absent. There is nothing within in it, so
    /// that no text is too deep.
    fn hook_type(&mut self, text: &str, records: &mut Records<'r>, place: &Place) -> Option<Ty> {
        let whole = text.trim();
        let (text, absent) = match whole.strip_suffix('?') {
            Some(text) => (text.trim_end(), true),
            None => (whole, false),
        };
        if text.ends_with('?') {
            return self.no_type(whole, "one `?` says that a value may be absent", place);
        }
        let scalar = |text: &str| {
            SCALARS.iter().find(|(name, _)| *name == text).map(|(_, scalar)| scalar.clone())
        };
        if let Some(item) = text.strip_prefix("list(").and_then(|rest| rest.strip_suffix(')')) {
            return match scalar(item.trim()) {
                None | Some(Ty::Dyn) => {
                    self.no_type(whole, "a list has scalars in it, such as `list(string)`", place)
                }
                Some(_) if absent => {
                    let help = "a list that may be absent is an empty one: `list(string)`";
                    self.no_type(whole, help, place)
                }
                Some(item) => Some(Ty::List(Box::new(item))),
            };
        }
        let ty = match (scalar(text), text.split_once('.')) {
            (Some(scalar), _) => scalar,
            (None, Some((integration, name))) => {
                self.hook_record(integration, name, records, place)?
            }
            (None, None) => {
                let message = format!("`{whole}` is no type of a hook");
                let diagnostic = Diagnostic::error(BAD_HOOK, message)
                    .at(place, "")
                    .nearest(text, SCALARS.iter().map(|(name, _)| *name));
                self.report(diagnostic.help("a record is written `integration.Type`"));
                return None;
            }
        };
        Some(if absent { optional(ty) } else { ty })
    }

    fn no_type<T>(&mut self, whole: &str, help: &str, place: &Place) -> Option<T> {
        let message = format!("`{whole}` is no type of a hook");
        self.report(Diagnostic::error(BAD_HOOK, message).at(place, "").help(help));
        None
    }

    /// A record of an integration, by its Rust name.
    fn hook_record(
        &mut self,
        integration: &str,
        name: &str,
        records: &mut Records<'r>,
        place: &Place,
    ) -> Option<Ty> {
        let Some(id) = self.by_name.get(integration).copied() else {
            // One that is listed but could not be read was reported where it was read.
            if !self.syntax.integrations.contains_key(integration) {
                let message = format!("the sync lists no integration `{integration}`");
                let known = self.syntax.integrations.keys().map(String::as_str);
                let diagnostic =
                    Diagnostic::error(BAD_HOOK, message).at(place, "").nearest(integration, known);
                self.report(diagnostic);
            }
            return None;
        };
        let ir = self.ir;
        let records = records.entry(id).or_insert_with(|| {
            let types = ir.types.iter().filter(|(_, def)| def.integration == id);
            types
                .filter(|(_, def)| matches!(def.kind, TypeKind::Struct(_) | TypeKind::Union(_)))
                .filter_map(|(ty, def)| Some((def.name.as_deref()?, ty)))
                .collect()
        });
        match records.get(name) {
            Some(ty) => Some(Ty::Record(*ty)),
            None => {
                let message = format!("`{integration}` has no record `{name}`");
                let known = records.keys().copied();
                let diagnostic =
                    Diagnostic::error(BAD_HOOK, message).at(place, "").nearest(name, known);
                self.report(diagnostic);
                None
            }
        }
    }
}
