//! A response, read whole.

mod media;

use crate::cel;
use crate::error::Error;
use crate::log::{names, without_query};
use crate::operation::OperationMeta;
use ::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::{self, Display};
use std::str::FromStr;
use std::sync::OnceLock;
use std::time::Duration;

/// The longest wait that a `Retry-After` can ask for; what is longer is this.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A response, read whole.
pub struct Response {
    meta: &'static OperationMeta,
    url: url::Url,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    received: Timestamp,
    value: OnceLock<Result<Value, String>>,
}

impl Response {
    pub(crate) fn new(
        meta: &'static OperationMeta,
        url: url::Url,
        answer: crate::transport::Answer,
        received: Timestamp,
    ) -> Self {
        let crate::transport::Answer { status, headers, body } = answer;
        Response { meta, url, status, headers, body, received, value: OnceLock::new() }
    }

    /// The same response with another body.
    pub(crate) fn with_body(&self, body: Bytes) -> Self {
        Response {
            meta: self.meta,
            url: self.url.clone(),
            status: self.status,
            headers: self.headers.clone(),
            body,
            received: self.received,
            value: OnceLock::new(),
        }
    }

    /// The operation that was answered.
    #[must_use]
    pub fn meta(&self) -> &'static OperationMeta {
        self.meta
    }

    /// Where the request went, with nothing hidden: not for logs.
    pub(crate) fn url(&self) -> &url::Url {
        &self.url
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's value, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A header's value as a number, or as whatever its text stands for; `None` if it is not there.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is not that.
    pub fn header_as<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Option<T>, Error> {
        let Some(value) = self.headers.get(name) else { return Ok(None) };
        let wrong = |message: String| self.wrong(format!("header.{name}"), message);
        let text = std::str::from_utf8(value.as_bytes()).map_err(|e| wrong(e.to_string()))?;
        text.trim().parse().map(Some).map_err(|error: T::Err| wrong(error.to_string()))
    }

    /// The elements of a list, which stand between commas, in one header or in several of the name; `None` if it is not
    /// there.
    ///
    /// # Errors
    /// [`Error::Decode`] when an element is not what its text should stand for.
    pub fn header_list<T: FromStr<Err: Display>>(
        &self,
        name: &str,
    ) -> Result<Option<Vec<T>>, Error> {
        let wrong = |message: String| self.wrong(format!("header.{name}"), message);
        let mut list = None;
        for value in self.headers.get_all(name) {
            let list = list.get_or_insert_with(Vec::new);
            let text = std::str::from_utf8(value.as_bytes()).map_err(|e| wrong(e.to_string()))?;
            for element in text.split(',').map(str::trim).filter(|element| !element.is_empty()) {
                list.push(element.parse().map_err(|error: T::Err| wrong(error.to_string()))?);
            }
        }
        Ok(list)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as bytes, for an operation that returns them.
    ///
    /// # Errors
    /// None; the signature is that of all decoders.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    /// Nothing, for an operation that returns nothing; what the body holds is not looked at.
    ///
    /// # Errors
    /// None; the signature is that of all decoders.
    pub fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The body as text. UTF-8 if the answer does not say otherwise; a string, if it is JSON.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is no text.
    pub fn text(&self) -> Result<String, Error> {
        let content = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        media::text(content, &self.body)
            .ok_or_else(|| self.wrong(".", format!("the body is no text in UTF-8 (`{content}`)")))
    }

    /// The body, decoded.
    ///
    /// # Errors
    /// [`Error::Decode`] with the JSON path of what is not as documented.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        decode(self.meta.name, &self.body).map_err(|error| self.explained(error))
    }

    /// The body, decoded, where there is one that is not null.
    ///
    /// # Errors
    /// Like [`Response::json`].
    pub fn optional<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.is_empty() { Ok(None) } else { self.json() }
    }

    /// The body as a line of JSON for each value (`application/x-ndjson`, `application/json-seq`).
    ///
    /// # Errors
    /// [`Error::Decode`] with the number of the line and the JSON path in it.
    pub fn lines<T: DeserializeOwned>(&self) -> Result<Vec<T>, Error> {
        let lines = self.body.split(|byte| *byte == b'\n').enumerate();
        // A record of a JSON sequence (RFC 7464) starts with a byte of its own.
        let lines = lines.map(|(at, line)| (at, line.strip_prefix(b"\x1e").unwrap_or(line)));
        let lines = lines.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
        let read = |(at, line)| {
            decode(self.meta.name, line).map_err(|error| match self.explained(error) {
                Error::Decode { operation, path, message, assumed } => {
                    let path = format!("line {}: {path}", at + 1);
                    Error::Decode { operation, path, message, assumed }
                }
                other => other,
            })
        };
        lines.map(read).collect()
    }

    /// Where the answer leads, for an operation that is answered with a redirect.
    ///
    /// # Errors
    /// [`Error::Decode`] when there is no `Location`, or when it is no URL.
    pub fn redirect(&self) -> Result<Redirect, Error> {
        let wrong = |message: String| self.wrong("header.Location", message);
        let location = self.header(header::LOCATION.as_str());
        let location = location.ok_or_else(|| wrong("it is not there".to_owned()))?;
        let location = self.url.join(location).map_err(|error| wrong(error.to_string()))?;
        Ok(Redirect { status: self.status(), location: location.into() })
    }

    /// For a status that the document does not list.
    ///
    /// # Errors
    /// Always.
    pub fn undocumented<T>(&self) -> Result<T, Error> {
        let message = format!("the document lists no success with status {}", self.status);
        Err(self.wrong("status", message))
    }

    /// The body as a JSON value, parsed on first use.
    ///
    /// # Errors
    /// When the body is no JSON.
    pub fn json_value(&self) -> Result<&Value, cel::Error> {
        self.value
            .get_or_init(|| serde_json::from_slice(&self.body).map_err(|error| error.to_string()))
            .as_ref()
            .map_err(|error| cel::Error::new(format!("the body is no JSON: {error}")))
    }

    /// How long `Retry-After` asks to wait, in seconds or until a date
    /// ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)). A time in the past is no wait;
    /// at most a week.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.header(header::RETRY_AFTER.as_str())?.trim();
        if let Ok(seconds) = text.parse::<f64>() {
            let wait = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(LONGEST_WAIT);
            return (!seconds.is_nan()).then_some(wait.min(LONGEST_WAIT));
        }
        let until = Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()?;
        let wait = Duration::try_from(until.duration_since(self.received)).unwrap_or_default();
        Some(wait.min(LONGEST_WAIT))
    }

    /// When it came.
    pub(crate) fn received(&self) -> Timestamp {
        self.received
    }

    fn wrong(&self, path: impl Into<String>, message: String) -> Error {
        Error::Decode { operation: self.meta.name, path: path.into(), message, assumed: None }
    }

    /// An error with what the spec assumes of the value that does not decode.
    fn explained(&self, error: Error) -> Error {
        let Error::Decode { operation, path, message, .. } = &error else { return error };
        let assumed = self.meta.integration.assumed_value(operation, path, message);
        error.because_of(assumed)
    }
}

/// Neither values of headers nor the body: they may hold secrets.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.meta.name)
            .field("url", &without_query(&self.url))
            .field("status", &self.status())
            .field("headers", &names(&self.headers))
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Reads JSON.
pub(crate) fn decode<T: DeserializeOwned>(
    operation: &'static str,
    body: &[u8],
) -> Result<T, Error> {
    crate::decode::slice(body).map_err(|misfit| Error::Decode {
        operation,
        path: misfit.path,
        message: misfit.message,
        assumed: None,
    })
}

/// Where an answer leads. It is not followed: credentials stay with the server that they are for.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The status: 303 for where the result is, 302 and 307 for where the same is for now, 301 and 308 for good.
    pub status: u16,
    /// The whole URL.
    pub location: String,
}

/// Links that let in whoever has them are signed in their query.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = url::Url::parse(&self.location).map(|url| without_query(&url));
        f.debug_struct("Redirect")
            .field("status", &self.status)
            .field("location", &location.unwrap_or_default())
            .finish()
    }
}

#[cfg(test)]
mod tests;
