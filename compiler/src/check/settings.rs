//! Settings: what is asked of a user is used.

use crate::diagnostics::codes::spec::UNUSED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{AuthKind, Integration, Ir, Setting};
use crate::resolve::templates::used as used_in;
use indexmap::IndexMap;
use std::collections::HashSet;

pub(super) fn check(ir: &Ir, diagnostics: &mut Diagnostics) {
    for integration in &ir.integrations {
        report(&integration.settings, &of_integration(integration), diagnostics);
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
        if let AuthKind::OAuth2(oauth) = &scheme.kind {
            used.extend(used_in(&oauth.token_url));
        }
    }
    used
}
