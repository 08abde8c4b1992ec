//! What resource handles do.

use super::{Client, Items};
use crate::error::Error;
use crate::operation::Operation;
use crate::pagination::Paginated;
use crate::request::Request;
use crate::resources::{Listing, One, Preset, TimeFormat};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

impl Client {
    /// All records of a resource.
    pub fn list<O: Paginated>(&self, listing: &'static Listing) -> Items<O> {
        Items::new(self, self.listing::<O>(listing, None))
    }

    /// The records of a resource that changed since a time.
    pub fn changes<O: Paginated>(&self, listing: &'static Listing, since: Timestamp) -> Items<O> {
        let cap = listing.since.as_ref().and_then(|since| since.cap);
        Items::new(self, self.listing::<O>(listing, Some(since))).capped(cap)
    }

    /// Works on one record by its key: gets it, or deletes it.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn one<O: Operation>(
        &self,
        one: &'static One,
        key: &str,
    ) -> Result<O::Output, Error> {
        let mut request = Self::request::<O>();
        request.preset(&one.preset)?;
        request.set(&one.key, key)?;
        let response = self.execute(request).await?;
        O::decode(&response).map_err(|error| self.hide(error, None))
    }

    /// Creates a record.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn create<O: Operation>(
        &self,
        preset: &'static Preset,
        record: &(impl Serialize + ?Sized),
    ) -> Result<O::Output, Error> {
        let mut request = Self::request::<O>();
        request.json(record)?;
        request.preset_over_body(preset)?;
        let response = self.execute(request).await?;
        O::decode(&response).map_err(|error| self.hide(error, None))
    }

    /// Creates a record whose key is the last segment of the URL in a header of the answer, such as `Location`
    /// ([RFC 9110, 10.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2)).
    ///
    /// # Errors
    /// Every kind of [`Error`]; [`Error::Decode`] when the header is missing or no URL with a path.
    pub async fn create_at<O: Operation>(
        &self,
        preset: &'static Preset,
        record: &(impl Serialize + ?Sized),
        header: &'static str,
    ) -> Result<String, Error> {
        let mut request = Self::request::<O>();
        request.json(record)?;
        request.preset_over_body(preset)?;
        let response = self.execute(request).await?;
        let assumed =
            O::META.integration.assumed_header(O::META.name, header, self.inner.gate.exempt);
        let wrong = |message: &str| {
            let (path, message) = (format!("header {header}"), message.to_owned());
            Error::Decode { operation: O::META.name, path, message, assumed: None }
                .because_of(assumed)
        };
        let text = response
            .header(header)
            .ok_or_else(|| wrong("the record was made, but nothing says where it is"))?;
        let url = response.url().join(text).map_err(|_| wrong("the header is no URL"))?;
        let last = url.path_segments().and_then(|mut path| path.rfind(|s| !s.is_empty()));
        let last = last.ok_or_else(|| wrong("the URL has no path that ends with a key"))?;
        Ok(percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned())
    }

    /// Changes a record by its key.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn update<O: Operation>(
        &self,
        one: &'static One,
        key: &str,
        record: &(impl Serialize + ?Sized),
    ) -> Result<O::Output, Error> {
        let mut request = Self::request::<O>();
        request.json(record)?;
        request.preset_over_body(&one.preset)?;
        request.set(&one.key, key)?;
        let response = self.execute(request).await?;
        O::decode(&response).map_err(|error| self.hide(error, None))
    }

    pub(super) fn listing<O: Operation>(
        &self,
        listing: &'static Listing,
        since: Option<Timestamp>,
    ) -> Result<Request, Error> {
        let mut request = Self::request::<O>();
        request.preset(&listing.preset)?;
        match (&listing.since, since) {
            (Some(slot), Some(since)) => {
                let time = match slot.template {
                    None => written(since, slot.format),
                    Some(template) => {
                        let now = self.inner.wire.clock.timestamp();
                        template
                            .replace("{since}", &written(since, slot.format))
                            .replace("{until}", &written(now, slot.format))
                    }
                };
                request.set(&slot.into, &time)?;
            }
            (None, Some(_)) => {
                return Err(Error::request(
                    O::META.name,
                    "this listing cannot read changes since a time",
                ));
            }
            (_, None) => {}
        }
        Ok(request)
    }
}

/// A time as a provider wants it, rounded down: rather a record twice than never.
fn written(time: Timestamp, format: TimeFormat) -> String {
    match format {
        TimeFormat::Rfc3339 => time.to_string(),
        TimeFormat::Minute => time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M").to_string(),
        TimeFormat::Date => time.to_zoned(TimeZone::UTC).date().to_string(),
        TimeFormat::EpochSeconds => time.as_second().to_string(),
        TimeFormat::EpochMillis => time.as_millisecond().to_string(),
    }
}
