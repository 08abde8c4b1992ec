//! `settings:` of an integration or a sync.

use super::names::field_ident;
use crate::diagnostics::codes::connection::BAD_DEFAULT;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Scalar, Setting, SettingKind};
use crate::source::Place;
use crate::spec::{quantity, syntax};
use indexmap::IndexMap;
use serde_json::Value;

/// Resolves the settings of an integration or a sync.
pub(super) fn resolve(
    section: &IndexMap<String, syntax::Setting>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, Setting> {
    let mut settings = IndexMap::new();
    for (name, syntax) in section {
        let place = place.child(name);
        let kind = kind(syntax.kind);
        let default = syntax.default.as_ref().and_then(|value| match scalar(kind, value) {
            Ok(scalar) => Some(scalar),
            Err(message) => {
                diagnostics
                    .push(Diagnostic::error(BAD_DEFAULT, message).at(&place.child("default"), ""));
                None
            }
        });
        let setting = Setting {
            name: name.clone(),
            ident: field_ident(name),
            kind,
            default,
            given: false,
            doc: syntax.doc.clone(),
            place,
        };
        settings.insert(name.clone(), setting);
    }
    settings
}

fn kind(kind: syntax::SettingKind) -> SettingKind {
    match kind {
        syntax::SettingKind::String => SettingKind::String,
        syntax::SettingKind::Integer => SettingKind::Integer,
        syntax::SettingKind::Number => SettingKind::Number,
        syntax::SettingKind::Boolean => SettingKind::Boolean,
        syntax::SettingKind::Duration => SettingKind::Duration,
    }
}

/// A value as a constant of a kind, or what is wrong with it.
fn scalar(kind: SettingKind, value: &Value) -> Result<Scalar, String> {
    let scalar = match (kind, value) {
        (SettingKind::String, Value::String(text)) => Some(Scalar::String(text.clone())),
        (SettingKind::Integer, value) => value.as_i64().map(Scalar::Integer),
        (SettingKind::Number, value) => value.as_f64().map(Scalar::Number),
        (SettingKind::Boolean, value) => value.as_bool().map(Scalar::Boolean),
        (SettingKind::Duration, Value::String(text)) => {
            let wrong = |wrong: quantity::Wrong| wrong.to_string();
            return quantity::duration(text).map(Scalar::Duration).map_err(wrong);
        }
        _ => None,
    };
    let noun = match kind {
        SettingKind::String => "text",
        SettingKind::Integer => "a whole number",
        SettingKind::Number => "a number",
        SettingKind::Boolean => "true or false",
        SettingKind::Duration => "a span of time such as `30s`",
    };
    scalar.ok_or_else(|| format!("`{value}` is not {noun}"))
}
