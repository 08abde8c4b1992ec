//! What operations write into their requests.

use super::body::{Body, Form};
use super::param::Param;
use super::style::{self, Escape, Style};
use super::{Encoding, Part, Request, header_value, multipart, part, url};
use crate::error::Error;
use ::http::header::HeaderName;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

impl Request {
    /// Fills a parameter of the path. It cannot leave its segment: it is encoded, and a segment that is empty, `.` or
    /// `..` is refused when the request is sent.
    pub fn path<P: Param + ?Sized>(&mut self, name: &'static str, value: &P) {
        self.fill(name, url::encode(&value.text().unwrap_or_default()));
    }

    /// Fills a parameter of the path in a style.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn path_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Result<(), Error> {
        let value = self.value(value)?;
        let text = style::text(name, &value, style, Escape::Percent);
        // With `allowReserved`, too, a value stays in its segment.
        let text = text.unwrap_or_default().replace('/', "%2F").replace('?', "%3F");
        self.fill(name, text);
        Ok(())
    }

    fn fill(&mut self, name: &'static str, encoded: String) {
        self.path.retain(|(known, _)| *known != name);
        self.path.push((name, encoded));
    }

    /// Adds a query parameter; nothing if there is no value.
    pub fn query<P: Param + ?Sized>(&mut self, name: &'static str, value: &P) {
        if let Some(text) = value.text() {
            self.query.push((name.into(), url::encode(&text)));
        }
    }

    /// Adds a list to the query, each element under the name (`form`, exploded); nothing if it is empty.
    ///
    /// # Errors
    /// [`Error::Request`] when an element does not serialise.
    pub fn query_list<T: Serialize>(
        &mut self,
        name: &'static str,
        values: &[T],
    ) -> Result<(), Error> {
        self.query_as(name, values, Style::FORM.explode())
    }

    /// Adds a query parameter in a style; nothing if there is no value, or if it is empty.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn query_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Result<(), Error> {
        let value = self.value(value)?;
        style::pairs(name.into(), &value, style, Escape::Percent, &mut self.query);
        Ok(())
    }

    /// Sets a header; nothing if there is no value.
    ///
    /// # Errors
    /// [`Error::Request`] when the value cannot be in a header.
    pub fn header<P: Param + ?Sized>(
        &mut self,
        name: &'static str,
        value: &P,
    ) -> Result<(), Error> {
        match value.text() {
            Some(text) => self.put_header(name, &text),
            None => Ok(()),
        }
    }

    /// Sets a header in a style; nothing if there is no value, or if it is empty.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise, or cannot be in a header.
    pub fn header_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Result<(), Error> {
        let value = self.value(value)?;
        match style::text(name, &value, style, Escape::None) {
            Some(text) => self.put_header(name, &text),
            None => Ok(()),
        }
    }

    fn put_header(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        let key = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| self.wrong(format!("`{name}` is no header name")))?;
        let value = header_value(text).ok_or_else(|| {
            self.wrong(format!("the value for header `{name}` has control characters"))
        })?;
        self.headers.insert(key, value);
        Ok(())
    }

    /// Adds a cookie; nothing if there is no value.
    pub fn cookie<P: Param + ?Sized>(&mut self, name: &'static str, value: &P) {
        if let Some(text) = value.text() {
            self.cookies.push((name.into(), url::encode(&text)));
        }
    }

    /// Adds a cookie in a style, or several where the style gives several pairs; nothing if there is no value.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn cookie_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Result<(), Error> {
        let value = self.value(value)?;
        style::pairs(name.into(), &value, style, Escape::Percent, &mut self.cookies);
        Ok(())
    }

    /// Sets the body: JSON.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), Error> {
        self.json_as("application/json", body)
    }

    /// Sets the body: JSON of another media type (`application/scim+json`).
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: &T,
    ) -> Result<(), Error> {
        let text = serde_json::to_vec(body).map_err(|error| self.wrong(error.to_string()))?;
        self.body = Body::Json(text.into());
        self.content_type(media_type)
    }

    /// Sets the body: JSON values, each on a line (`application/x-ndjson`).
    ///
    /// # Errors
    /// [`Error::Request`] when a value does not serialise.
    pub fn json_lines<T: Serialize>(
        &mut self,
        media_type: &'static str,
        values: &[T],
    ) -> Result<(), Error> {
        let mut text = Vec::new();
        for value in values {
            serde_json::to_writer(&mut text, value)
                .map_err(|error| self.wrong(error.to_string()))?;
            text.push(b'\n');
        }
        self.bytes(media_type, text)
    }

    /// Sets the body: `application/x-www-form-urlencoded`. Lists repeat the name, objects are JSON text (OpenAPI 3.1.2,
    /// "Encoding the `x-www-form-urlencoded` Media Type").
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), Error> {
        self.form_as(body, Style::CONTENT, &[])
    }

    /// Sets the body: `application/x-www-form-urlencoded`, in a style, and some members in styles of their own.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise.
    pub fn form_as<T: Serialize + ?Sized>(
        &mut self,
        body: &T,
        style: Style,
        others: &'static [(&'static str, Style)],
    ) -> Result<(), Error> {
        let value = self.value(body)?;
        self.body = Body::Form(Form { value, style, others });
        self.content_type("application/x-www-form-urlencoded")
    }

    /// Sets the body: the members of a value as parts, some of them in an encoding of their own.
    ///
    /// # Errors
    /// [`Error::Request`] when the value does not serialise, or a part has a header that cannot be.
    pub fn multipart<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: &T,
        encodings: &'static [(&'static str, Encoding)],
    ) -> Result<(), Error> {
        let (value, met) = part::collect(body).map_err(|message| self.wrong(message))?;
        let parts =
            multipart::parts(&value, &met, encodings).map_err(|message| self.wrong(message))?;
        self.parts(media_type, &parts)
    }

    /// Sets the body: parts with their names.
    ///
    /// # Errors
    /// [`Error::Request`] when a part has a header that cannot be.
    pub fn parts(
        &mut self,
        media_type: &'static str,
        parts: &[(String, Part)],
    ) -> Result<(), Error> {
        let (media_type, body) =
            multipart::write(media_type, parts).map_err(|message| self.wrong(message))?;
        self.body = Body::Bytes(body);
        self.content_type(&media_type)
    }

    /// Sets the body: bytes of a media type, or text.
    ///
    /// # Errors
    /// [`Error::Request`] when the media type cannot be in a header.
    pub fn bytes(&mut self, media_type: &'static str, body: impl Into<Bytes>) -> Result<(), Error> {
        self.body = Body::Bytes(body.into());
        self.content_type(media_type)
    }

    /// Sets the body: bytes of the media type that they say, else of this one.
    ///
    /// # Errors
    /// [`Error::Request`] when the media type cannot be in a header.
    pub fn bytes_of(&mut self, body: &Part, media_type: &'static str) -> Result<(), Error> {
        self.body = Body::Bytes(body.bytes.clone());
        self.content_type(body.content_type.as_deref().unwrap_or(media_type))
    }

    /// Writes a value by a function.
    ///
    /// # Errors
    /// Those of the function.
    pub fn with<T>(
        &mut self,
        value: &T,
        write: impl FnOnce(&T, &mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        write(value, self)
    }

    fn value<T: Serialize + ?Sized>(&self, value: &T) -> Result<Value, Error> {
        serde_json::to_value(value).map_err(|error| self.wrong(error.to_string()))
    }
}
