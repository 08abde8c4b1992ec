//! Settings: what is asked of a user is used.

use super::Subject;
use crate::diagnostics::codes::connection::BAD_GIVEN;
use crate::diagnostics::codes::spec::{BAD_TEMPLATE, UNUSED};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{AuthKind, Integration, Setting, SettingKind};
use crate::resolve::templates::used as used_in;
use indexmap::IndexMap;
use std::collections::HashSet;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    let integration = subject.integration;
    let used = of_integration(integration);
    given(integration, diagnostics);
    report(&integration.settings, &used, diagnostics);
    for (name, setting) in &integration.settings {
        let fits = matches!(setting.kind, SettingKind::String | SettingKind::Integer);
        if used.contains(name.as_str()) && !fits {
            let message = format!("`{name}` is part of a URL, which is made of text");
            diagnostics.push(
                Diagnostic::error(BAD_TEMPLATE, message)
                    .at(&setting.place.child("type"), "")
                    .help("`type: string`"),
            );
        }
    }
}

/// What comes with tokens is in no server of single operations: those are known before.
fn given(integration: &Integration, diagnostics: &mut Diagnostics) {
    for server in &integration.servers {
        let early = used_in(server)
            .find(|name| integration.settings.get(*name).is_some_and(|setting| setting.given));
        if let Some(name) = early {
            let message = format!("`{name}` comes with tokens, and this server is known before");
            diagnostics.push(
                Diagnostic::error(BAD_GIVEN, message)
                    .at(&server.place, "")
                    .help("only `server` of the integration can have it in it"),
            );
        }
    }
}

fn report(
    settings: &IndexMap<String, Setting>,
    used: &HashSet<&str>,
    diagnostics: &mut Diagnostics,
) {
    for (name, setting) in settings {
        if !used.contains(name.as_str()) {
            diagnostics.push(
                Diagnostic::warning(UNUSED, format!("nothing uses the setting `{name}`"))
                    .at(&setting.place.key(), ""),
            );
        }
    }
}

fn of_integration(integration: &Integration) -> HashSet<&str> {
    let mut used: HashSet<&str> = used_in(&integration.server).collect();
    for scheme in integration.auth.values() {
        match &scheme.kind {
            AuthKind::OAuth2(oauth) => used.extend(oauth.templates().flat_map(used_in)),
            AuthKind::OAuth1 { realm } => used.extend(realm.iter().flat_map(used_in)),
            _ => {}
        }
    }
    used
}
