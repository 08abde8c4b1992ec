//! A response, read whole.

use crate::cel;
use crate::error::Error;
use crate::operation::OperationMeta;
use ::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::OnceLock;
use std::time::Duration;

/// The longest wait that a `Retry-After` can ask for; what is longer is this.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A response, read whole.
#[derive(Debug)]
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

    /// The body, decoded.
    ///
    /// # Errors
    /// [`Error::Decode`] with the JSON path of what is not as documented.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).or_else(|_| {
            // Once more, slower, to learn where.
            let mut reader = serde_json::Deserializer::from_slice(&self.body);
            let value = serde_path_to_error::deserialize(&mut reader)
                .map_err(|error| self.wrong(error.path().to_string(), error.inner().to_string()))?;
            reader.end().map_err(|error| self.wrong(".", error.to_string()))?;
            Ok(value)
        })
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
        Error::Decode { operation: self.meta.name, path: path.into(), message }
    }
}

#[cfg(test)]
mod tests;
