//! Where a connection's calls go: known from its settings, or told with its tokens.

use super::Inner;
use crate::auth::OAuth;
use crate::error::Error;
use crate::lock;
use crate::operation::OperationMeta;
use crate::transport::safe_url;
use std::sync::{Arc, Mutex};
use url::Url;

/// A base URL, with settings in it that the token endpoint may give.
///
/// ```
/// let server = gusset::Server::default().given("instance_url", None).text("/v1");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Server {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Given { setting: &'static str, known: Option<String> },
}

impl Server {
    /// With a text that is known.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// With a setting that tokens come with, or, for other ways to authorise, the connection has.
    #[must_use]
    pub fn given(mut self, setting: &'static str, known: Option<String>) -> Self {
        self.parts.push(Part::Given { setting, known });
        self
    }

    fn settings(&self) -> impl Iterator<Item = (&'static str, Option<&String>)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Given { setting, known } => Some((*setting, known.as_ref())),
        })
    }

    /// Whether some of it comes with tokens.
    pub(super) fn is_told(&self) -> bool {
        self.settings().next().is_some()
    }

    /// What is known of it before there are tokens.
    pub(super) fn known(&self) -> String {
        self.with(|_| None)
    }

    fn with(&self, given: impl Fn(&str) -> Option<String>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Given { setting, known } => {
                given(setting).or_else(|| known.clone()).unwrap_or_default()
            }
        };
        self.parts.iter().map(part).collect()
    }
}

impl<T: Into<String>> From<T> for Server {
    fn from(text: T) -> Self {
        Server::default().text(text)
    }
}

/// Where the server is.
#[derive(Debug)]
pub(super) enum Located {
    Fixed(Arc<Url>),
    /// It is told with the tokens: the last text that was, and its URL.
    Told {
        server: Server,
        last: Mutex<Option<(String, Arc<Url>)>>,
    },
}

impl Located {
    /// `oauth` is what gets the tokens, if something does.
    pub(super) fn new(
        server: Server,
        other: Option<&str>,
        oauth: Option<&OAuth>,
    ) -> Result<Self, Error> {
        if let Some(other) = other {
            return Ok(Located::Fixed(Arc::new(safe_url(other).map_err(Error::config)?)));
        }
        let gives = |setting: &str| {
            oauth.is_some_and(|oauth| oauth.gives.iter().any(|(given, _)| *given == setting))
        };
        let lacking = server.settings().find(|(setting, known)| known.is_none() && !gives(setting));
        if let Some((setting, _)) = lacking {
            return Err(Error::config(format!(
                "the setting `{setting}` is not known, and these credentials do not give it"
            )));
        }
        if server.settings().any(|(setting, _)| gives(setting)) {
            return Ok(Located::Told { server, last: Mutex::new(None) });
        }
        let url = safe_url(&server.known()).map_err(Error::config)?;
        Ok(Located::Fixed(Arc::new(url)))
    }

    /// The URL, where it does not depend on tokens.
    pub(super) fn fixed(&self) -> Option<&Url> {
        match self {
            Located::Fixed(url) => Some(url),
            Located::Told { .. } => None,
        }
    }
}

impl Inner {
    /// Where an operation goes; tokens are got first, where they say it.
    pub(super) async fn locate(&self, meta: &OperationMeta) -> Result<Arc<Url>, Error> {
        if let Some(server) = meta.server.and_then(|server| self.servers.get(server)) {
            return Ok(Arc::clone(server));
        }
        let (server, last) = match &self.server {
            Located::Fixed(url) => return Ok(Arc::clone(url)),
            Located::Told { server, last } => (server, last),
        };
        let Some(session) = &self.session else {
            return Err(Error::config("nothing gives tokens, which say where the server is"));
        };
        let rest = session.rest().await.map_err(|error| self.of_tokens(error))?;
        let told = |setting: &str| {
            rest.get(session.member(setting)?).filter(|text| !text.is_empty()).cloned()
        };
        let mut settings = server.settings();
        if let Some((setting, _)) =
            settings.find(|(setting, known)| known.is_none() && told(setting).is_none())
        {
            let member = session.member(setting).unwrap_or(setting);
            return Err(Error::Auth {
                message: format!(
                    "the token endpoint did not say `{member}`, which is the setting `{setting}` of the server"
                ),
            });
        }
        let text = server.with(told);
        let mut last = lock(last);
        if let Some((known, url)) = &*last
            && *known == text
        {
            return Ok(Arc::clone(url));
        }
        // Others must not read the credentials on their way.
        let url = safe_url(&text).map_err(|message| Error::Auth {
            message: format!("what the token endpoint says of the server: {message}"),
        })?;
        let url = Arc::new(url);
        *last = Some((text, Arc::clone(&url)));
        Ok(url)
    }

    /// Where an operation went that was sent before.
    pub(super) fn server_of(&self, meta: &OperationMeta) -> Option<Arc<Url>> {
        if let Some(server) = meta.server.and_then(|server| self.servers.get(server)) {
            return Some(Arc::clone(server));
        }
        match &self.server {
            Located::Fixed(url) => Some(Arc::clone(url)),
            Located::Told { last, .. } => lock(last).as_ref().map(|(_, url)| Arc::clone(url)),
        }
    }
}
