//! `gives:`: settings that come with tokens.

use super::Context;
use super::auth::One;
use super::lower::secrets::is_secret;
use super::message::{self, Root};
use super::oauth::tokens;
use super::templates::used;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::{BAD_GIVEN, SECRET};
use crate::diagnostics::codes::spec::UNDECLARED;
use crate::ir::{
    AuthKind, AuthScheme, Given, GivenBy, OAuth2, Setting, SettingKind, Standing, Template,
};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;

impl One<'_> {
    /// Settings that come with tokens of this way.
    pub(super) fn gives(&self, context: &mut Context<'_>, flow: syntax::OAuthFlow) -> Vec<Given> {
        let section = self.place.child("gives");
        let mut given = Vec::new();
        for (setting, from) in &self.syntax.gives {
            let place = section.child(setting);
            let fits = self.is_setting(context, setting, &place);
            let by = self.given_by(context, from, flow, &place);
            let (true, Some(by)) = (fits, by) else { continue };
            let text = match &by {
                GivenBy::Answer(name) => format!("the token endpoint's answers have `{name}`"),
                GivenBy::User(name) => format!("users come back with `{name}`"),
            };
            let because = self.syntax.because.as_deref();
            context
                .fact(Standing::Assumed, text, because, &place, None)
                .seen_by(tokens(self.syntax.flow));
            given.push(Given { setting: setting.clone(), from: by, place });
        }
        given
    }

    fn is_setting(&self, context: &mut Context<'_>, name: &str, place: &Place) -> bool {
        if !self.settings.contains_key(name) {
            let finding =
                Diagnostic::error(UNDECLARED, format!("no setting has the name `{name}`"))
                    .at(&place.key(), "")
                    .nearest(name, self.settings.keys().map(String::as_str));
            context.report(finding);
            return false;
        }
        true
    }

    fn given_by(
        &self,
        context: &mut Context<'_>,
        from: &str,
        flow: syntax::OAuthFlow,
        place: &Place,
    ) -> Option<GivenBy> {
        let path = message::read(from, &[Root::Body, Root::Query], place, context.diagnostics)?;
        let (root, name) = (path.root, path.rest.to_owned());
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            let message = "what comes with tokens is a plain member or parameter";
            context.report(
                Diagnostic::error(BAD_GIVEN, message)
                    .at(place, "")
                    .help("such as `body.instance_url`"),
            );
            return None;
        }
        if is_secret(&name, false) {
            let message = format!("`{name}` is a secret, and a setting is shown");
            context.report(Diagnostic::error(SECRET, message).at(place, ""));
            return None;
        }
        if root != Root::Query {
            return Some(GivenBy::Answer(name));
        }
        if flow != syntax::OAuthFlow::AuthorizationCode {
            let message = "nobody comes back: users are asked by `flow: authorization_code` alone";
            context.report(Diagnostic::error(BAD_GIVEN, message).at(place, ""));
            return None;
        }
        Some(GivenBy::User(name))
    }
}

/// The settings that the answers of token endpoints say.
fn told(auth: &IndexMap<String, AuthScheme>) -> impl Iterator<Item = &Given> {
    auth.values()
        .filter_map(|scheme| match &scheme.kind {
            AuthKind::OAuth2(oauth) => Some(oauth),
            _ => None,
        })
        .flat_map(|oauth| &oauth.gives)
        .filter(|given| matches!(given.from, GivenBy::Answer(_)))
}

/// Whether a setting comes with tokens, or with the users that are asked.
fn comes(auth: &IndexMap<String, AuthScheme>, setting: &str) -> bool {
    auth.values().any(|scheme| match &scheme.kind {
        AuthKind::OAuth2(oauth) => oauth.gives.iter().any(|given| given.setting == setting),
        _ => false,
    })
}

/// Marks them: a connection need not have them.
pub(super) fn mark(settings: &mut IndexMap<String, Setting>, auth: &IndexMap<String, AuthScheme>) {
    for given in told(auth) {
        if let Some(setting) = settings.get_mut(&given.setting) {
            setting.given = true;
        }
    }
}

/// They are known when there is a token, so nothing but the base URL has them, and they have no default.
pub(super) fn check(
    context: &mut Context<'_>,
    settings: &IndexMap<String, Setting>,
    auth: &IndexMap<String, AuthScheme>,
) {
    for setting in settings.values().filter(|setting| comes(auth, &setting.name)) {
        if setting.kind != SettingKind::String {
            let name = &setting.name;
            let message = format!("`{name}` is no text, and what comes with tokens is");
            context.report(
                Diagnostic::error(BAD_GIVEN, message)
                    .at(&setting.place.child("type"), "")
                    .help("`type: string`"),
            );
        }
    }
    for setting in settings.values().filter(|setting| setting.given && setting.default.is_some()) {
        let name = &setting.name;
        let message = format!("`{name}` comes with tokens, so its default says nothing");
        let place = setting.place.child("default");
        context.report(Diagnostic::error(BAD_GIVEN, message).at(&place, ""));
    }
    let of = |oauth: &OAuth2| oauth.templates().cloned().collect::<Vec<Template>>();
    for scheme in auth.values() {
        let texts = match &scheme.kind {
            AuthKind::OAuth2(oauth) => of(oauth),
            AuthKind::OAuth1 { realm } => realm.iter().cloned().collect(),
            _ => Vec::new(),
        };
        for text in texts {
            let early = used(&text).find(|name| settings.get(*name).is_some_and(|s| s.given));
            if let Some(name) = early {
                let message = format!("`{name}` comes with tokens, and this is needed to get them");
                context.report(
                    Diagnostic::error(BAD_GIVEN, message)
                        .at(&text.place, "")
                        .help("only `server` can have it in it"),
                );
            }
        }
    }
}
