//! What the compiled spec says, as the runtime takes it. A command ends soon: what the runtime keeps for ever is leaked.

use crate::commands::Failure;
use gusset::Authorization;
use gusset::vault::Connection;
use gusset_compiler::ir::{
    ClientAuth, Consent, GivenBy, Integration, OAuth2, Scalar, Signing, Template, TemplatePart,
};
use std::collections::BTreeMap;

/// A text for as long as the command runs.
pub(crate) fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// The settings of a connection, with the defaults of its integration.
pub(crate) struct Filled<'f> {
    pub(crate) integration: &'f Integration,
    pub(crate) given: &'f BTreeMap<String, String>,
}

impl Filled<'_> {
    fn value(&self, name: &str) -> Result<String, Failure> {
        let default = || self.integration.settings.get(name)?.default.as_ref().map(as_text);
        self.given.get(name).cloned().or_else(default).ok_or_else(|| {
            Failure::new(format!("the setting `{name}` is not known: `--set {name}=...`"))
        })
    }

    /// A text with the settings in it.
    pub(crate) fn text(&self, template: &Template) -> Result<String, Failure> {
        let part = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => Ok(text.clone()),
            TemplatePart::Setting(name) => self.value(name),
        };
        template.parts.iter().map(part).collect()
    }

    /// A base URL, some of which may come with tokens.
    pub(crate) fn server(&self, template: &Template) -> Result<gusset::Server, Failure> {
        let mut server = gusset::Server::default();
        for part in &template.parts {
            server = match part {
                TemplatePart::Text(text) => server.text(text),
                TemplatePart::Setting(name) => match self.integration.settings.get(name) {
                    Some(s) if s.given => server.given(kept(name), self.given.get(name).cloned()),
                    _ => server.text(self.value(name)?),
                },
            };
        }
        Ok(server)
    }

    /// How users are asked.
    pub(crate) fn authorization(
        &self,
        oauth: &OAuth2,
        consent: &Consent,
    ) -> Result<Authorization, Failure> {
        let name = kept(&self.integration.name);
        let page = self.text(&consent.page)?;
        let mut asked = Authorization::new(name, self.oauth(oauth)?, page);
        if !consent.pkce {
            asked = asked.without_pkce();
        }
        for (name, value) in &consent.parameters {
            asked = asked.with_parameter(kept(name), self.text(value)?);
        }
        Ok(asked)
    }

    pub(crate) fn oauth(&self, oauth: &OAuth2) -> Result<gusset::OAuth, Failure> {
        let scopes: Vec<&'static str> = oauth.scopes.iter().map(|scope| kept(scope)).collect();
        let client = match oauth.client {
            ClientAuth::Basic => gusset::ClientAuth::Basic,
            ClientAuth::Body => gusset::ClientAuth::Body,
            ClientAuth::PrivateKeyJwt(signing) => {
                gusset::ClientAuth::PrivateKeyJwt(signed(signing))
            }
            ClientAuth::Public => gusset::ClientAuth::Public,
        };
        let mut made = gusset::OAuth::new(self.text(&oauth.token_url)?, scopes.leak(), client);
        if let Some(audience) = &oauth.audience {
            made = made.with_audience(self.text(audience)?);
        }
        for (name, value) in &oauth.parameters {
            made = made.with_parameter(kept(name), self.text(value)?);
        }
        for given in &oauth.gives {
            if let GivenBy::Answer(member) = &given.from {
                made = made.giving(kept(&given.setting), kept(member));
            }
        }
        Ok(made)
    }
}

/// What a client shows at the token endpoint: its secret, its key, or nothing.
pub(crate) fn client_secret(oauth: &OAuth2, one: &Connection) -> Result<gusset::Secret, Failure> {
    Ok(match oauth.client {
        ClientAuth::Basic | ClientAuth::Body => one.secret("client_secret")?,
        ClientAuth::PrivateKeyJwt(_) => one.secret("private_key")?,
        ClientAuth::Public => "".into(),
    })
}

pub(crate) fn signed(signing: Signing) -> gusset::Signing {
    match signing {
        Signing::Rs256 => gusset::Signing::Rs256,
        Signing::Es256 => gusset::Signing::Es256,
    }
}

/// A setting's default, as text.
fn as_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Boolean(yes) => yes.to_string(),
        Scalar::Duration(span) => format!("{}ms", span.as_millis()),
    }
}
