//! `get`, `update` and `delete`: one record by its key.

use super::keys::Goes;
use super::{Uses, used};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::resources::KEY_SLOT;
use crate::ir::{One, Operation, Parameter, ParameterIn, Preset, Slot};
use crate::resolve::message::Root;
use crate::resolve::{presets, slots};
use crate::source::Place;
use crate::spec::syntax;

impl Uses<'_, '_> {
    pub(super) fn one(&mut self, syntax: &syntax::Use, verb: &str) -> Option<One> {
        let place = self.place.child(verb);
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        if preset.body.is_some() || verb == "update" {
            presets::media(&operation, &mut preset);
        }
        self.no_id(syntax, &place);
        let none: &[&str] = match verb {
            "get" => &["into"],
            "update" => &[],
            _ => &["item", "into"],
        };
        self.whole(syntax, none, verb, &place);
        let said = (verb == "delete").then(|| syntax::Use::Name(operation.name.clone()));
        let said = said.as_ref().unwrap_or(syntax);
        let item = self.item(&operation, said, &place);
        let into = match verb {
            "update" => self.into(&operation, said, &place),
            _ => Some(None),
        };
        let because = match syntax {
            syntax::Use::Full(full) => full.because.as_deref(),
            syntax::Use::Name(_) => None,
        };
        let key = match key {
            Some(text) => {
                let roots = [Root::Path, Root::Query, Root::Header, Root::Body];
                let at = place.child("key");
                let found = slots::find(self.context, &operation, text, &roots, &at)?;
                let (slot, ty, document) = (&found.slot, found.ty, &found.document);
                self.key_fits(&Goes { operation: &operation, slot, ty, document }, because, &at);
                found.slot
            }
            None => {
                let slot = self.only_path_parameter(&operation, &preset, &place)?;
                let Slot::Path(name) = &slot else { return None };
                let taken = |p: &&Parameter| p.location == ParameterIn::Path && p.wire == *name;
                if let Some(parameter) = operation.parameters.iter().find(taken) {
                    let (ty, document) = (parameter.ty, &parameter.place);
                    let goes = Goes { operation: &operation, slot: &slot, ty, document };
                    self.key_fits(&goes, because, &place);
                }
                slot
            }
        };
        Some(One { operation: operation.name, key, item: item?, into: into?, preset, place })
    }

    /// The one path parameter that no constant fills.
    fn only_path_parameter(
        &mut self,
        operation: &Operation,
        preset: &Preset,
        place: &Place,
    ) -> Option<Slot> {
        let open: Vec<Slot> = operation
            .parameters
            .iter()
            .filter(|p| p.location == ParameterIn::Path)
            .map(|p| Slot::Path(p.wire.clone()))
            .filter(|slot| !preset.values.iter().any(|(given, _)| given == slot))
            .collect();
        match open.as_slice() {
            [only] => Some(only.clone()),
            several => {
                let message = match several.len() {
                    0 => "no path parameter takes the key".to_owned(),
                    n => format!("{n} path parameters could take the key"),
                };
                self.context.report(
                    Diagnostic::error(KEY_SLOT, message)
                        .at(place, "")
                        .and(&operation.defined, "the operation")
                        .help("say where the key goes: `{operation: NAME, key: path.NAME}`"),
                );
                None
            }
        }
    }
}
