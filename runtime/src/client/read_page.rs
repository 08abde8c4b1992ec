//! One page of a listing, as a sync reads it: records that do not decode are set aside.

use super::Client;
use super::walk::{Walk, has_items};
use crate::decode::Misfit;
use crate::error::Error;
use crate::operation::OperationMeta;
use crate::pagination::{Next, PageState, Paginated};
use crate::resources::Listing;
use crate::response::Response;
use crate::sync::{ReadPage, Rejected};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;

impl Client {
    /// Reads one page: of all records, or of those changed since a time.
    ///
    /// # Errors
    /// Every kind of [`Error`]; a record that does not decode is no error but in [`ReadPage::rejected`].
    pub async fn read_page<O: Paginated>(
        &self,
        listing: &'static Listing,
        since: Option<Timestamp>,
        page: &PageState,
    ) -> Result<ReadPage<O::Item>, Error> {
        let request = self.listing::<O>(listing, since)?;
        let mut walk = Walk::new(request, O::PLAN, page.clone())?;
        let Some(request) = walk.request(self)? else {
            return Ok(ReadPage { items: Vec::new(), rejected: Vec::new(), next: PageState::Done });
        };
        walk.take_up(&self.inner.trails);
        let response = self.execute(request).await?;
        let (output, rejected) = match O::decode(&response) {
            Ok(output) => (output, Vec::new()),
            Err(Error::Decode { .. }) => {
                let (rest, rejected) = sift(&response, O::PLAN.items, check::<O::Item>)?;
                (O::decode(&rest).map_err(|error| self.hide(error, None))?, rejected)
            }
            Err(error) => return Err(error),
        };
        has_items::<O>(&output)?;
        let mut hints = O::hints(&output).into_owned();
        if let (Next::After { of, .. }, false) = (&O::PLAN.next, rejected.is_empty()) {
            let ends = hints.more == Some(false);
            hints.next = if ends { None } else { Some(Cow::Owned(last::<O>(&response, of)?)) };
        }
        let items = O::items(output);
        walk.advance(self, &response, &hints, (items.len() + rejected.len()) as u64)?;
        Ok(ReadPage { items, rejected, next: walk.leave(&self.inner.trails) })
    }
}

/// A member of the page's last record, which may be one that does not decode.
fn last<O: Paginated>(response: &Response, of: &str) -> Result<String, Error> {
    let records = response.json_value()?.pointer(O::PLAN.items).and_then(Value::as_array);
    match records.and_then(|records| records.last()?.pointer(of)) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Err(Error::Decode {
            operation: O::META.name,
            path: format!("{}[-1]{of}", O::PLAN.items).trim_start_matches('/').replace('/', "."),
            message: "the last record does not say where the next page begins".to_owned(),
            assumed: None,
        }),
    }
}

/// Takes the records that do not decode out of a page.
fn sift(
    response: &Response,
    pointer: &str,
    check: fn(&Value) -> Result<(), Misfit>,
) -> Result<(Response, Vec<Rejected>), Error> {
    let mut page = response.json::<Value>()?;
    let mut rejected = Vec::new();
    if let Some(Value::Array(records)) = page.pointer_mut(pointer) {
        let mut kept = Vec::with_capacity(records.len());
        for (index, record) in std::mem::take(records).into_iter().enumerate() {
            match check(&record) {
                Ok(()) => kept.push(record),
                Err(misfit) => {
                    let reason = reason(response.meta(), pointer, index, &misfit);
                    rejected.push(Rejected { index, reason, raw: record });
                }
            }
        }
        *records = kept;
    }
    let body = serde_json::to_vec(&page).map_err(|error| Error::Decode {
        operation: response.meta().name,
        path: ".".to_owned(),
        message: error.to_string(),
        assumed: None,
    })?;
    Ok((response.with_body(body.into()), rejected))
}

/// Whether a record decodes; if not, where and why.
fn check<T: DeserializeOwned>(record: &Value) -> Result<(), Misfit> {
    match serde_path_to_error::deserialize::<_, T>(record) {
        Ok(_) => Ok(()),
        Err(error) => Err(Misfit::at(&error.path().to_string(), &error.inner().to_string())),
    }
}

/// Why a record does not decode, with what the spec assumes of it.
fn reason(meta: &OperationMeta, pointer: &str, index: usize, misfit: &Misfit) -> String {
    let Misfit { path, message } = misfit;
    let items = pointer.trim_start_matches('/').replace('/', ".");
    let whole = format!("{items}[{index}].{path}");
    match meta.integration.assumed_value(meta.name, &whole, message) {
        Some(assumed) => format!("{path}: {message} ({assumed})"),
        None => format!("{path}: {message}"),
    }
}
