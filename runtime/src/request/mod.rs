//! A request as it goes to the wire, without server and credentials.

mod body;
mod debug;
mod multipart;
mod param;
mod part;
mod style;
mod url;
mod write;

pub(crate) use body::merge;
pub use multipart::Encoding;
pub use param::Param;
pub use part::Part;
pub use style::Style;
pub(crate) use url::RESERVED;

use crate::error::Error;
use crate::operation::OperationMeta;
use crate::resources::Preset;
use ::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method};
use ::url::Url;
use body::Body;
use bytes::Bytes;
use serde_json::Value;
use style::Pair;

/// A place for a value in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A query parameter, by wire name.
    Query(&'static str),
    /// A header, by name.
    Header(&'static str),
    /// A path parameter, by wire name.
    Path(&'static str),
    /// A path parameter that takes a whole number, by wire name: text that is none is not sent.
    Digits(&'static str),
    /// A JSON pointer into the body.
    Body(&'static str),
    /// A JSON pointer into the body, to a number: text that is one is written as one.
    Number(&'static str),
}

/// A request as it goes to the wire, without server and credentials.
#[derive(Clone)]
pub struct Request {
    meta: &'static OperationMeta,
    /// Values are encoded.
    path: Vec<(&'static str, String)>,
    /// Names are as they are, values encoded.
    query: Vec<Pair>,
    headers: HeaderMap,
    /// Values are encoded.
    cookies: Vec<Pair>,
    body: Body,
    /// A next link: replaces path and query.
    url: Option<Url>,
}

/// A request, ready for a transport.
pub(crate) struct Built {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    /// A request of an operation, with nothing in it.
    #[must_use]
    pub fn new(meta: &'static OperationMeta) -> Self {
        Request {
            meta,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::None,
            url: None,
        }
    }

    /// A request of an operation that reads on where another one stopped: what headers say besides the body, they say
    /// again.
    pub(crate) fn with_headers_of(meta: &'static OperationMeta, other: &Request) -> Self {
        let mut headers = other.headers.clone();
        headers.remove(CONTENT_TYPE);
        Request { headers, ..Request::new(meta) }
    }

    /// The operation.
    #[must_use]
    pub fn meta(&self) -> &'static OperationMeta {
        self.meta
    }

    /// Puts a text where the spec says. In a JSON body, what is missing on the way is created, and a number stays
    /// a number if the text is one.
    ///
    /// # Errors
    /// [`Error::Request`] when there is no such place, or the text cannot be there.
    pub fn set(&mut self, slot: &Slot, value: &str) -> Result<(), Error> {
        match *slot {
            Slot::Query(name) => {
                self.query.retain(|(known, _)| known != name);
                self.query.push((name.into(), url::encode(value)));
                Ok(())
            }
            Slot::Header(name) => self.header(name, value),
            Slot::Path(name) => {
                self.path(name, value);
                Ok(())
            }
            Slot::Digits(name) => {
                let digits = value.strip_prefix('-').unwrap_or(value);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    let path = self.meta.path;
                    let message =
                        format!("`{name}` of {path} takes a whole number, and this is none");
                    return Err(self.wrong(message));
                }
                self.path(name, value);
                Ok(())
            }
            Slot::Body(pointer) => self.set_body(pointer, |old| body::keep_kind(old, value)),
            Slot::Number(pointer) => self.set_body(pointer, |_| body::number(value)),
        }
    }

    /// Puts a number where the spec says: a number, too, in a JSON body.
    ///
    /// # Errors
    /// Like [`Request::set`].
    pub fn set_number(&mut self, slot: &Slot, value: u64) -> Result<(), Error> {
        match *slot {
            Slot::Body(pointer) | Slot::Number(pointer) => {
                self.set_body(pointer, |_| Value::from(value))
            }
            Slot::Query(_) | Slot::Header(_) | Slot::Path(_) | Slot::Digits(_) => {
                self.set(slot, &value.to_string())
            }
        }
    }

    /// Puts a JSON value into the body.
    ///
    /// # Errors
    /// [`Error::Request`] when there is no such place.
    pub fn set_json(&mut self, pointer: &str, value: Value) -> Result<(), Error> {
        self.set_body(pointer, |_| value)
    }

    /// What is at a place, as text.
    pub(crate) fn get(&self, slot: &Slot) -> Option<String> {
        match *slot {
            Slot::Query(name) => {
                let (_, value) = self.query.iter().find(|(known, _)| known == name)?;
                Some(url::decode(value))
            }
            Slot::Header(name) => self.headers.get(name)?.to_str().ok().map(str::to_owned),
            Slot::Path(name) | Slot::Digits(name) => {
                self.path.iter().find(|(known, _)| *known == name).map(|(_, v)| url::decode(v))
            }
            Slot::Body(pointer) | Slot::Number(pointer) => self.body.get(pointer),
        }
    }

    /// Adds what a use of the operation always sends.
    ///
    /// # Errors
    /// [`Error::Request`] when it does not fit.
    #[doc(hidden)]
    pub fn preset(&mut self, preset: &Preset) -> Result<(), Error> {
        if let Some(text) = preset.body {
            let value = serde_json::from_str(text)
                .map_err(|error| self.wrong(format!("the preset body is no JSON: {error}")))?;
            self.body = Body::Tree(value);
            self.content_type("application/json")?;
        }
        self.preset_beside_body(preset)
    }

    /// The same where the body is a record that was set before: what is always sent stands over its members.
    ///
    /// # Errors
    /// Like [`Request::preset`].
    pub(crate) fn preset_over_body(&mut self, preset: &Preset) -> Result<(), Error> {
        if let Some(text) = preset.body {
            let constants = serde_json::from_str(text)
                .map_err(|error| self.wrong(format!("the preset body is no JSON: {error}")))?;
            match self.body.slot("") {
                Ok(record) => merge(record, constants),
                Err(message) => return Err(self.wrong(message)),
            }
        }
        self.preset_beside_body(preset)
    }

    fn preset_beside_body(&mut self, preset: &Preset) -> Result<(), Error> {
        for (slot, value) in preset.values {
            match *slot {
                // A list gives one entry an element.
                // Commas stay, as they do between the elements of a list.
                Slot::Query(name) => {
                    self.query.push((name.into(), url::encode(value).replace("%2C", ",")));
                }
                Slot::Header(_)
                | Slot::Path(_)
                | Slot::Digits(_)
                | Slot::Body(_)
                | Slot::Number(_) => {
                    self.set(slot, value)?;
                }
            }
        }
        Ok(())
    }

    /// Goes to a next link instead of the operation's path and query.
    pub(crate) fn at(&mut self, url: Url) {
        self.url = Some(url);
    }

    /// Keeps only what a next page may carry besides its cursor: path and headers.
    pub(crate) fn keep_only_path(&mut self) {
        self.query.clear();
        self.body = Body::None;
        self.headers.remove(CONTENT_TYPE);
    }

    /// Writes the request down for a server.
    pub(crate) fn build(&self, server: &Url) -> Result<Built, Error> {
        let url = match &self.url {
            Some(url) => url.clone(),
            None => url::join(server, self.meta.path, &self.path, &self.query)
                .map_err(|message| self.wrong(message))?,
        };
        let mut headers = self.headers.clone();
        if !self.cookies.is_empty() {
            let pairs: Vec<_> =
                self.cookies.iter().map(|(name, value)| cookie(name, value)).collect();
            let value = header_value(&pairs.join("; "))
                .ok_or_else(|| self.wrong("a cookie has control characters"))?;
            headers.insert(::http::header::COOKIE, value);
        }
        let body = self.body.write().map_err(|message| self.wrong(message))?;
        Ok(Built { method: self.meta.method.clone(), url, headers, body })
    }

    fn set_body(
        &mut self,
        pointer: &str,
        value: impl FnOnce(&Value) -> Value,
    ) -> Result<(), Error> {
        let fresh = matches!(self.body, Body::None) && !self.headers.contains_key(CONTENT_TYPE);
        match self.body.slot(pointer) {
            Ok(place) => *place = value(place),
            Err(message) => return Err(self.wrong(message)),
        }
        if fresh { self.content_type("application/json") } else { Ok(()) }
    }

    fn content_type(&mut self, media_type: &str) -> Result<(), Error> {
        let value = header_value(media_type)
            .ok_or_else(|| self.wrong(format!("`{media_type}` is no media type")))?;
        self.headers.insert(CONTENT_TYPE, value);
        Ok(())
    }

    fn wrong(&self, message: impl Into<String>) -> Error {
        Error::request(self.meta.name, message)
    }
}

/// The names that documents give are names; those that are keys of a map may be anything.
fn cookie(name: &str, value: &str) -> String {
    match HeaderName::from_bytes(name.as_bytes()) {
        Ok(_) => format!("{name}={value}"),
        Err(_) => format!("{}={value}", url::encode(name)),
    }
}

/// Header values are bytes; text goes as UTF-8.
fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests;
