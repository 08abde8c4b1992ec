//! `changes`: records since a time, by the time that is remembered.

use super::{Uses, operation};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::resources::{MISSED, UNKNOWN_CURSOR};
use crate::diagnostics::codes::spec::BAD_VALUE;
use crate::ir::{Changes, Operation, Sign, Slot, Standing, TimeFormat, TypeUse};
use crate::resolve::{documented, paths, presets, times};
use crate::source::Place;
use crate::spec::{quantity, syntax};
use std::time::Duration;

impl Uses<'_, '_> {
    pub(super) fn changes(&mut self, syntax: &syntax::Changes) -> Option<Changes> {
        let place = self.place.child("changes");
        let at = place.child("operation");
        let operation = operation(self.context, &syntax.operation, &at)?;
        let mut preset =
            presets::resolve(self.context, &operation, &syntax.with, &place.child("with"));
        let format = match syntax.since.format {
            syntax::TimeFormat::Rfc3339 => TimeFormat::Rfc3339,
            syntax::TimeFormat::Minute => TimeFormat::Minute,
            syntax::TimeFormat::Date => TimeFormat::Date,
            syntax::TimeFormat::EpochS => TimeFormat::EpochSeconds,
            syntax::TimeFormat::EpochMs => TimeFormat::EpochMillis,
        };
        let because = syntax.since.because.as_deref().or(syntax.because.as_deref());
        let at = place.child("since");
        let since = self.since(&operation, &syntax.since, format, because, &at);
        if preset.body.is_some() || matches!(since, Some(Slot::Body(_))) {
            presets::media(&operation, &mut preset);
        }
        let lookback = self.lookback(syntax.lookback.as_deref(), &place.child("lookback"));
        let reach = self.reach(&operation.name, syntax, lookback, &place.child("reach"));
        let cursor = match &syntax.ids {
            None => self.cursor(&syntax.cursor, &place.child("cursor")),
            // It is no field of the record.
            Some(_) => Some(syntax.cursor.split('.').map(str::to_owned).collect()),
        };
        let ascending = syntax.order == syntax::Order::Ascending;
        // What has no meaning beside ids is said of them.
        if ascending && syntax.ids.is_none() {
            let text = format!("`{}` gives the oldest change first", operation.name);
            let because = syntax.because.as_deref();
            let sign = Sign::Order { operation: operation.name.clone() };
            self.context
                .fact(Standing::Assumed, text, because, &place.child("order"), None)
                .seen_by(sign);
        }
        if let (Some(cap), None) = (syntax.cap, &syntax.ids) {
            let text = format!("a listing of `{}` gives {cap} records at most", operation.name);
            let usual = "only the spec knows";
            self.context.granted(text, None, usual, &place.child("cap"), None);
        }
        let changes = Changes {
            operation: operation.name.clone(),
            preset,
            since: since?,
            format,
            template: syntax.since.template.clone(),
            cursor: cursor?,
            lookback,
            reach,
            cap: syntax.cap,
            ascending,
            because: syntax.since.because.clone(),
            place,
        };
        self.asked_by(&changes, &operation, syntax);
        Some(changes)
    }

    /// The fact that the time that is sent is the one that is remembered. One that plainly differs is said to do so by the
    /// checks, unless there is a reason.
    fn asked_by(&mut self, changes: &Changes, operation: &Operation, syntax: &syntax::Changes) {
        let at = changes.place.child("since").child("into");
        let sign = Sign::Sent { operation: operation.name.clone(), slot: changes.since.clone() };
        let fields = times::fields(self.context.types, self.record);
        let asking = times::Asking { changes, operation, fields: &fields };
        let (other, ends) = (times::other(&asking), times::ends(changes));
        let same = times::same(&asking);
        let because = syntax.since.because.as_deref();
        let text = "records are asked for by the time that is remembered".to_owned();
        match (other, because, same) {
            (Some(other), Some(because), _) => {
                let document = other.document.as_ref();
                self.context
                    .fact(Standing::Overridden, text, Some(because), &other.sent, document)
                    .seen_by(sign);
            }
            (None, Some(because), _) if ends => {
                let text = "records are asked for from the time that is sent on".to_owned();
                self.context
                    .fact(Standing::Overridden, text, Some(because), &at, None)
                    .seen_by(sign);
            }
            (Some(_), None, _) => {}
            (None, _, Some((remembered, document))) => {
                let text = format!("{text}, that of {remembered}");
                // What the spec says of a field, names of the document do not prove.
                if syntax.ids.is_some() || self.is_documented(&syntax.cursor) {
                    self.context.proven(text, &at, document.as_ref());
                    return;
                }
                let usual = "the field is known by the spec alone";
                let because = because.or(syntax.because.as_deref());
                self.context.granted(text, because, usual, &at, document.as_ref()).seen_by(sign);
            }
            (None, because, None) if !ends => {
                let usual = "names do not tell which time it is";
                self.context.granted(text, because, usual, &at, None).seen_by(sign);
            }
            (None, _, None) => {}
        }
    }

    /// Whether the document has the field, as a time.
    fn is_documented(&self, path: &str) -> bool {
        let record = TypeUse { id: self.record, nullable: false };
        let field = paths::walk(self.context.types, record, path).ok().and_then(|f| f.field);
        let Some(field) = field.filter(|field| field.file != self.context.spec.place.file) else {
            return false;
        };
        let format = || documented::text(self.context.documents, &field, "format");
        !self.is_refined(path) || format().is_some_and(|format| format.starts_with("date"))
    }

    /// The fact that records have the time of change. What a refinement says about it is a fact of the type.
    fn has_cursor(&mut self, text: &str, place: &Place) {
        let record = TypeUse { id: self.record, nullable: false };
        let Ok(found) = paths::walk(self.context.types, record, text) else { return };
        let of_document = found.field.filter(|f| f.file != self.context.spec.place.file);
        if let (Some(document), false) = (of_document, found.optional || self.is_refined(text)) {
            let is = paths::describe(self.context.types, found.ty);
            let text = format!("every record says when it changed: `{text}` is {is}");
            self.context.proven(text, place, Some(&document));
        }
    }

    /// The steps to the time of change; whether they lead somewhere is checked with the record.
    fn cursor(&mut self, text: &str, place: &Place) -> Option<Vec<String>> {
        self.has_cursor(text, place);
        match paths::parse(text) {
            Ok(steps) if !steps.is_empty() => Some(
                steps
                    .into_iter()
                    .map(|(step, _)| match step {
                        paths::Segment::Name(name) => name,
                        paths::Segment::Index(index) => index.to_string(),
                    })
                    .collect(),
            ),
            Ok(_) => {
                let message = "the field with the time of change is missing";
                self.context.report(Diagnostic::error(UNKNOWN_CURSOR, message).at(place, ""));
                None
            }
            Err(error) => {
                self.context.report(error.diagnostic(UNKNOWN_CURSOR, place, 0));
                None
            }
        }
    }

    /// How far back changes are remembered.
    fn reach(
        &mut self,
        operation: &str,
        syntax: &syntax::Changes,
        lookback: Duration,
        place: &Place,
    ) -> Option<Duration> {
        let text = syntax.reach.as_deref()?;
        match quantity::duration(text) {
            Ok(reach) if reach <= lookback => {
                let message =
                    format!("changes of the last {text} are no more than each run looks back");
                let finding = Diagnostic::error(MISSED, message).at(place, "");
                self.context.report(finding.help("how long does the provider remember changes?"));
                None
            }
            Ok(reach) => {
                let fact = format!("`{operation}` knows the changes of the last {text}");
                let usual = "a sync whose last run is longer ago reads everything again";
                self.context.granted(fact, None, usual, place, None);
                Some(reach)
            }
            Err(wrong) => {
                self.context.report(wrong.at(BAD_VALUE, place));
                None
            }
        }
    }

    fn lookback(&mut self, text: Option<&str>, place: &Place) -> Duration {
        match text.map(quantity::duration) {
            None => Duration::ZERO,
            Some(Ok(lookback)) => {
                if lookback.is_zero() {
                    let message = "a look back of no time looks at nothing";
                    let finding = Diagnostic::error(BAD_VALUE, message).at(place, "");
                    self.context.report(finding.help("leave it out"));
                }
                lookback
            }
            Some(Err(wrong)) => {
                self.context.report(wrong.at(BAD_VALUE, place));
                Duration::ZERO
            }
        }
    }
}
