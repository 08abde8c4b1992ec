//! What calls of a connection are authorised with.

use super::live::{Filled, client_secret, signed};
use super::spec::Way;
use crate::commands::Failure;
use gusset::Auth;
use gusset::vault::Connection;
use gusset_compiler::ir::{AuthKind, AuthScheme, Combined, KeyIn, OAuth2, OAuthFlow};

impl Filled<'_> {
    /// What calls of a connection are authorised with.
    pub(crate) fn auth(&self, way: &Way<'_>, one: &Connection) -> Result<Auth, Failure> {
        if let Some(scheme) = way.scheme {
            return self.single(scheme, one);
        }
        let combined = self.integration.combined.iter().find(|combined| combined.name == way.name);
        combined.map_or_else(|| Ok(Auth::none()), |combined| all(combined, one))
    }

    fn single(&self, scheme: &AuthScheme, one: &Connection) -> Result<Auth, Failure> {
        let text = |field: &str| one.secret(field).map(|value| value.expose().to_owned());
        Ok(match &scheme.kind {
            AuthKind::ApiKey(place) => api_key(place, one.secret("key")?),
            AuthKind::Basic => Auth::basic(text("user")?, one.secret("password")?),
            AuthKind::Bearer => Auth::bearer(one.secret("token")?),
            AuthKind::OAuth2(oauth) => self.granted(oauth, one)?,
            AuthKind::OAuth1 { realm } => Auth::oauth1(gusset::OAuth1 {
                realm: realm.as_ref().map(|realm| self.text(realm)).transpose()?,
                consumer_key: text("consumer_key")?,
                consumer_secret: one.secret("consumer_secret")?,
                token: text("token")?,
                token_secret: one.secret("token_secret")?,
            }),
        })
    }

    fn granted(&self, oauth: &OAuth2, one: &Connection) -> Result<Auth, Failure> {
        let text = |field: &str| one.secret(field).map(|value| value.expose().to_owned());
        let made = self.oauth(oauth)?;
        if let OAuthFlow::JwtBearer(signing) = oauth.flow {
            let signing = signed(signing);
            let (issuer, subject) = (text("issuer")?, text("subject")?);
            return Ok(Auth::jwt_bearer(
                made,
                signing,
                issuer,
                subject,
                one.secret("private_key")?,
            ));
        }
        let secret = client_secret(oauth, one)?;
        let id = text("client_id")?;
        Ok(match oauth.flow {
            OAuthFlow::RefreshToken => {
                Auth::refresh_token(made, id, secret, one.secret("refresh_token")?)
            }
            _ => Auth::client_credentials(made, id, secret),
        })
    }
}

fn all(combined: &Combined, one: &Connection) -> Result<Auth, Failure> {
    let part = |part: &AuthScheme| -> Result<Auth, Failure> {
        let name = &part.name;
        Ok(match &part.kind {
            AuthKind::ApiKey(place) => api_key(place, one.secret(name)?),
            AuthKind::Basic => Auth::basic(
                one.secret(&format!("{name}_user"))?.expose().to_owned(),
                one.secret(&format!("{name}_password"))?,
            ),
            AuthKind::Bearer | AuthKind::OAuth2(_) | AuthKind::OAuth1 { .. } => {
                Auth::bearer(one.secret(name)?)
            }
        })
    };
    Ok(Auth::all(combined.parts.iter().map(part).collect::<Result<Vec<_>, _>>()?))
}

fn api_key(place: &KeyIn, key: gusset::Secret) -> Auth {
    match place {
        KeyIn::Header { name, prefix } => Auth::api_key_header(name.clone(), prefix.clone(), key),
        KeyIn::Query(name) => Auth::api_key_query(name.clone(), key),
        KeyIn::Cookie(name) => Auth::api_key_cookie(name.clone(), key),
    }
}
