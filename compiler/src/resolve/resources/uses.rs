//! `list` and `create`, and what uses of operations may say.

use super::{Uses, used};
use crate::diagnostics::codes::resources::{KEY_SLOT, WITHIN};
use crate::diagnostics::{Diagnostic, near};
use crate::ir::{Create, Listing, Operation, Output, Sign, Standing, Within};
use crate::resolve::message::{self, Root};
use crate::resolve::{documented, presets, within};
use crate::source::Place;
use crate::spec::syntax;

impl Uses<'_, '_> {
    pub(super) fn list(&mut self, syntax: &syntax::Use) -> Option<Listing> {
        let place = self.place.child("list");
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        if preset.body.is_some() {
            presets::media(&operation, &mut preset);
        }
        self.no_key(key, &place);
        self.no_id(syntax, &place);
        self.whole(syntax, &["item", "into", "because"], "list", &place);
        Some(Listing { operation: operation.name, preset, place })
    }

    pub(super) fn create(&mut self, syntax: &syntax::Use) -> Option<Create> {
        let place = self.place.child("create");
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        presets::media(&operation, &mut preset);
        self.no_key(key, &place);
        let id = match syntax {
            syntax::Use::Full(syntax::FullUse { id: Some(text), .. }) => {
                Some(self.made(&operation, text, &place.child("id"))?)
            }
            _ => None,
        };
        let item = self.item(&operation, syntax, &place);
        let into = self.into(&operation, syntax, &place);
        let (item, into) = (item?, into?);
        Some(Create { operation: operation.name, item, into, id, preset, place })
    }

    /// The header that says where a new record is.
    fn made(&mut self, operation: &Operation, text: &str, place: &Place) -> Option<String> {
        let path = message::read(text, &[Root::Header], place, self.context.diagnostics)?;
        let name = message::header(path.rest, place, self.context.diagnostics)?;
        if !matches!(operation.output, Output::Empty) {
            let message = format!("the answer of `{}` has a body, which says it", operation.name);
            let help = "leave `id` out: `create` gives what the answer holds";
            self.context.report(Diagnostic::error(KEY_SLOT, message).at(place, "").help(help));
            return None;
        }
        let known =
            documented::headers(self.context.documents, std::slice::from_ref(&operation.defined));
        let is = |known: &str| known.eq_ignore_ascii_case(&name);
        let almost = known.iter().any(|(known, _)| near(&name, known));
        if almost && !known.iter().any(|(known, _)| is(known)) {
            let message = format!("no answer of `{}` has the header `{name}`", operation.name);
            self.context.report(
                Diagnostic::error(KEY_SLOT, message)
                    .at(place, "")
                    .nearest(&name, known.iter().map(|(known, _)| known.as_str())),
            );
            return None;
        }
        let standing =
            match documented::has_header(self.context.documents, &operation.defined, &name) {
                true => Standing::Proven,
                false => Standing::Assumed,
            };
        let text = format!("the URL in `{name}` ends with the key of the new record");
        let because = standing == Standing::Assumed;
        let because = because
            .then_some("the document does not list the header; without it, an error at run time");
        let sign = Sign::Header { name: name.clone(), operations: vec![operation.name.clone()] };
        self.context.fact(standing, text, because, place, Some(&operation.defined)).seen_by(sign);
        Some(name)
    }

    /// Only a new record has a key that an answer must tell.
    pub(super) fn no_id(&mut self, syntax: &syntax::Use, place: &Place) {
        if matches!(syntax, syntax::Use::Full(syntax::FullUse { id: Some(_), .. })) {
            let message = "only `create` learns the key of a record from the answer";
            self.context
                .report(Diagnostic::error(KEY_SLOT, message).at(&place.child("id").key(), ""));
        }
    }

    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    pub(super) fn item(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Use,
        place: &Place,
    ) -> Option<Option<Within>> {
        let syntax::Use::Full(full) = syntax else { return Some(None) };
        let said = (full.item.as_deref(), full.because.as_deref());
        within::item(self.context, operation, said, &place.child("item"))
    }

    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    pub(super) fn into(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Use,
        place: &Place,
    ) -> Option<Option<Within>> {
        let syntax::Use::Full(full) = syntax else { return Some(None) };
        within::into(self.context, operation, full.into.as_deref(), &place.child("into"))
    }

    /// Some uses are answered with no record, and some send none.
    pub(super) fn whole(&mut self, syntax: &syntax::Use, keys: &[&str], verb: &str, place: &Place) {
        let syntax::Use::Full(full) = syntax else { return };
        let said = [("item", &full.item), ("into", &full.into), ("because", &full.because)];
        for (key, _) in said.iter().filter(|(key, text)| text.is_some() && keys.contains(key)) {
            let (message, help) = match (*key, verb) {
                ("item", "list") => (
                    "a listing gives many records, on pages".to_owned(),
                    "`paginate.items` of the operation says where they are",
                ),
                ("item", _) => (
                    format!("`{verb}` gives what the operation is answered with"),
                    "only `get`, `create` and `update` are answered with the record",
                ),
                ("into", _) => (
                    format!("`{verb}` sends no record"),
                    "only `create`, `update` and `upsert` send one",
                ),
                _ => (
                    format!("nothing that `{verb}` relies on needs a reason"),
                    "a reason stands where something is assumed or overridden",
                ),
            };
            let at = place.child(key).key();
            self.context.report(Diagnostic::error(WITHIN, message).at(&at, "").help(help));
        }
    }

    fn no_key(&mut self, key: Option<&str>, place: &Place) {
        if key.is_some() {
            let message = "only `get`, `update` and `delete` are about one record by its key";
            self.context
                .report(Diagnostic::error(KEY_SLOT, message).at(&place.child("key").key(), ""));
        }
    }
}
