//! Connections: whose account, and how it is got at.

use crate::auth::Account;
use crate::error::Error;
use crate::secret::Secret;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::Duration;

/// A customer's account with a provider: its credentials and settings, as the spec of its integration names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The name of the integration.
    pub integration: String,
    /// Its own name: that of a customer, say. It is unique within the integration.
    pub id: String,
    /// The entry of `auth`, such as `token`.
    pub way: String,
    /// The fields of that way to authorise.
    pub credentials: BTreeMap<String, Secret>,
    /// The values of `settings`, as text.
    pub settings: BTreeMap<String, String>,
    /// When it was put in.
    pub added: Option<Timestamp>,
    /// When a call with it last succeeded that was made to try it.
    pub verified: Option<Timestamp>,
}

impl Connection {
    /// A connection without credentials.
    #[must_use]
    pub fn new(
        integration: impl Into<String>,
        id: impl Into<String>,
        way: impl Into<String>,
    ) -> Self {
        Connection {
            integration: integration.into(),
            id: id.into(),
            way: way.into(),
            credentials: BTreeMap::new(),
            settings: BTreeMap::new(),
            added: None,
            verified: None,
        }
    }

    /// With a field of its credentials.
    #[must_use]
    pub fn with_secret(mut self, field: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.credentials.insert(field.into(), value.into());
        self
    }

    /// With the value of a setting.
    #[must_use]
    pub fn with_setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.insert(name.into(), value.into());
        self
    }

    /// A field of its credentials.
    ///
    /// # Errors
    /// [`Error::Config`] when it has none of that name.
    pub fn secret(&self, field: &str) -> Result<Secret, Error> {
        self.credentials.get(field).cloned().ok_or_else(|| {
            let Connection { integration, id, way, .. } = self;
            Error::config(format!(
                "the connection {id:?} of {integration} has no `{field}`, which `{way}` needs"
            ))
        })
    }

    /// The text of a setting, if it has one.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// The way to authorise, of a connection of that integration. Emitted code asks for it.
    ///
    /// # Errors
    /// [`Error::Config`] when it is of another one.
    pub fn way_of(&self, integration: &str) -> Result<&str, Error> {
        self.is_of(integration).map(|()| self.way.as_str())
    }

    /// That the way to authorise is none of these.
    #[must_use]
    pub fn unknown_way(&self, known: &[&str]) -> Error {
        let Connection { integration, id, way, .. } = self;
        let known = match known {
            [] => "none is known from a connection".to_owned(),
            known => format!("its ways are {}", known.join(", ")),
        };
        Error::config(format!(
            "the connection {id:?} of {integration} has the way `{way}`: {known}"
        ))
    }

    /// The value of a setting without a default, of a connection of that integration.
    ///
    /// # Errors
    /// [`Error::Config`] when it is of another integration, has none, or one that is no such value.
    pub fn required<T: SettingValue>(&self, integration: &str, name: &str) -> Result<T, Error> {
        self.optional(integration, name)?.ok_or_else(|| {
            let Connection { id, .. } = self;
            Error::config(format!("the connection {id:?} of {integration} has no setting `{name}`"))
        })
    }

    /// The value of a setting, if it has one.
    ///
    /// # Errors
    /// [`Error::Config`] when it is of another integration, or has one that is no such value.
    pub fn optional<T: SettingValue>(
        &self,
        integration: &str,
        name: &str,
    ) -> Result<Option<T>, Error> {
        self.is_of(integration)?;
        let read = |text: &str| {
            T::read(text).ok_or_else(|| {
                let (id, is) = (&self.id, T::IS);
                let message =
                    format!("the setting `{name}` of the connection {id:?} of {integration}");
                Error::config(format!("{message} is {is}"))
            })
        };
        self.setting(name).map(read).transpose()
    }

    fn is_of(&self, integration: &str) -> Result<(), Error> {
        if self.integration == integration {
            return Ok(());
        }
        let Connection { integration: of, id, .. } = self;
        Err(Error::config(format!("the connection {id:?} is one of {of}, not of {integration}")))
    }
}

/// What a setting may be.
pub trait SettingValue: Sized {
    /// What it is, for people.
    const IS: &'static str;

    /// Its value as specs write it.
    fn read(text: &str) -> Option<Self>;
}

impl SettingValue for String {
    const IS: &'static str = "some text";

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl SettingValue for i64 {
    const IS: &'static str = "a whole number";

    fn read(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }
}

impl SettingValue for f64 {
    const IS: &'static str = "a number";

    fn read(text: &str) -> Option<Self> {
        text.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl SettingValue for bool {
    const IS: &'static str = "`true` or `false`";

    fn read(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }
}

impl SettingValue for Duration {
    const IS: &'static str = "a span of time such as `30s`";

    fn read(text: &str) -> Option<Self> {
        const UNITS: [(&str, u64); 5] =
            [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let (_, millis) = UNITS.into_iter().find(|(name, _)| *name == unit.trim())?;
        number.parse::<u64>().ok()?.checked_mul(millis).map(Duration::from_millis)
    }
}

/// Keeps connections. It travels with its secrets in the clear: a store seals them.
pub trait ConnectionStore: Debug + Send + Sync {
    /// A connection, if there is one.
    fn get<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<Option<Connection>, Error>>;

    /// All connections, of an integration or of every one.
    fn list<'a>(
        &'a self,
        integration: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<Connection>, Error>>;

    /// Puts a connection in; one of that name is replaced. It is durable when this returns.
    fn put<'a>(&'a self, connection: &'a Connection) -> BoxFuture<'a, Result<(), Error>>;

    /// Removes a connection: `false` if there was none.
    fn remove<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<bool, Error>>;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn acme() -> Connection {
        let acme = Connection::new("shop", "acme", "token").with_secret("token", "canary");
        let acme = acme.with_setting("host", "acme.example.com").with_setting("pages", "7");
        acme.with_setting("wait", "2 m").with_setting("all", "true").with_setting("share", "0.5")
    }

    #[test]
    fn settings_have_their_types() {
        let acme = acme();
        assert_eq!(acme.required::<String>("shop", "host").unwrap(), "acme.example.com");
        assert_eq!(acme.required::<i64>("shop", "pages").unwrap(), 7);
        assert_eq!(acme.required::<Duration>("shop", "wait").unwrap(), Duration::from_secs(120));
        assert!(acme.required::<bool>("shop", "all").unwrap());
        assert_eq!(acme.required::<f64>("shop", "share").unwrap(), 0.5);
        assert_eq!(acme.optional::<i64>("shop", "none").unwrap(), None);
        for (wrong, said) in [
            (
                acme.required::<i64>("shop", "host").err(),
                "`host` of the connection \"acme\" of shop is a whole number",
            ),
            (acme.required::<i64>("shop", "none").err(), "has no setting `none`"),
            (acme.required::<i64>("desk", "pages").err(), "\"acme\" is one of shop, not of desk"),
        ] {
            let wrong = wrong.unwrap().to_string();
            assert!(wrong.contains(said), "{wrong}");
        }
        for text in ["", "s", "1", "1 week", "99999999999999999999s"] {
            assert_eq!(<Duration as SettingValue>::read(text), None, "{text}");
        }
    }

    #[test]
    fn ways_are_those_of_the_integration() {
        let acme = acme();
        assert_eq!(acme.way_of("shop").unwrap(), "token");
        assert!(acme.way_of("desk").is_err());
        let said = acme.unknown_way(&["key", "app"]).to_string();
        assert!(said.contains("has the way `token`: its ways are key, app"), "{said}");
        assert!(!format!("{acme:?}").contains("canary"));
    }
}
