//! Secrets: none is a setting or a constant, which stand in URLs, logs and code.

use super::Subject;
use crate::diagnostics::codes::connection::SECRET;
use crate::diagnostics::{Diagnostic, Diagnostics, is_secret};
use crate::ir::{AuthKind, Integration, Preset, Setting, Slot};
use crate::resolve::lower::secrets::is_secret as names_secret;
use crate::source::Place;
use indexmap::IndexMap;
use serde_json::Value;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    settings(&subject.integration.settings, diagnostics);
    endpoints(subject.integration, diagnostics);
    for (preset, place) in presets(subject.integration) {
        for (slot, _) in &preset.values {
            let (root, name) = match slot {
                Slot::Query(name) => ("query", name),
                Slot::Header(name) => ("header", name),
                Slot::Path(name) => ("path", name),
                // Constants of bodies stand together in the preset's.
                Slot::Body(_) => continue,
            };
            if is_secret(name) {
                let place = place.child("with").child(format!("{root}.{name}"));
                report(name, "a constant", &place, diagnostics);
            }
        }
        for name in preset.body.iter().filter_map(hidden) {
            report(name, "a constant", &place.child("with"), diagnostics);
        }
    }
}

/// What pages and token endpoints are told besides is in the spec, and in code.
fn endpoints(integration: &Integration, diagnostics: &mut Diagnostics) {
    for scheme in integration.auth.values() {
        let AuthKind::OAuth2(oauth) = &scheme.kind else { continue };
        let asked = oauth.consent.iter().flat_map(|consent| &consent.parameters);
        // `token_access_type` is about secrets, and none.
        for (name, value) in
            oauth.parameters.iter().chain(asked).filter(|(name, _)| names_secret(name, false))
        {
            report(name, "a parameter", &value.place, diagnostics);
        }
    }
}

/// Settings are no secrets.
pub(super) fn settings(settings: &IndexMap<String, Setting>, diagnostics: &mut Diagnostics) {
    for (name, setting) in settings.iter().filter(|(name, _)| is_secret(name)) {
        report(name, "a setting", &setting.place, diagnostics);
    }
}

fn report(name: &str, what: &str, place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::error(SECRET, format!("`{name}` is a secret, and {what} is shown"))
            .at(&place.key(), "")
            .help("declare it under `auth`: a connection holds it, and it is never printed"),
    );
}

/// A member of a constant that is a secret.
fn hidden(body: &Value) -> Option<&str> {
    match body {
        Value::Object(members) => members.iter().find_map(|(name, value)| match value {
            Value::Object(_) | Value::Array(_) => hidden(value),
            Value::String(_) => is_secret(name).then_some(name.as_str()),
            _ => None,
        }),
        Value::Array(items) => items.iter().find_map(hidden),
        _ => None,
    }
}

fn presets(integration: &Integration) -> Vec<(&Preset, &Place)> {
    let mut presets: Vec<(&Preset, &Place)> = Vec::new();
    for resource in integration.resources.values() {
        presets.extend(resource.list.iter().map(|u| (&u.preset, &u.place)));
        presets.extend(resource.changes.iter().map(|u| (&u.preset, &u.place)));
        presets.extend(resource.feed.iter().map(|u| (&u.changes.preset, &u.changes.place)));
        presets.extend(resource.create.iter().map(|u| (&u.preset, &u.place)));
        presets.extend(resource.upsert.iter().map(|u| (&u.preset, &u.place)));
        let ones = resource.get.iter().chain(&resource.update).chain(&resource.delete);
        presets.extend(ones.map(|u| (&u.preset, &u.place)));
    }
    // What was found is a listing of a resource.
    let verify = integration.verify.iter().filter(|verify| verify.said);
    presets.extend(verify.map(|verify| (&verify.preset, &verify.place)));
    presets
}
