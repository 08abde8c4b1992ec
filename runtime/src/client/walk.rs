//! From page to page: nothing here knows what is on them.

use super::Client;
use crate::assumption::PagePart;
use crate::auth;
use crate::error::Error;
use crate::lock;
use crate::operation::OperationMeta;
use crate::pagination::{Next, PageHints, PageState, Paginated, Pagination};
use crate::request::{Request, Slot};
use crate::response::Response;
use crate::transport::shares_origin;
use http::header::LINK;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

/// A listing on its way.
#[derive(Debug)]
pub(super) struct Walk {
    base: Request,
    plan: &'static Pagination,
    state: PageState,
    trail: Trail,
}

/// Where a listing came by: one that comes back would never end.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Hashes of cursors and URLs that were followed.
    places: HashSet<u64>,
    /// The hash of the last page's records, where pages are counted.
    records: Option<u64>,
}

/// The trails of listings that are read page by page, by operation: each waits for the page that comes next.
pub(super) type Trails = Mutex<HashMap<&'static str, (PageState, Trail)>>;

impl Walk {
    pub(super) fn new(
        mut base: Request,
        plan: &'static Pagination,
        state: PageState,
    ) -> Result<Self, Error> {
        if let Some(size) = &plan.size
            && let Some(into) = &size.into
            && base.get(into).is_none()
        {
            base.set_number(into, size.value)?;
        }
        Ok(Walk { base, plan, state, trail: Trail::default() })
    }

    /// Takes up the trail that was left where this begins, if it was.
    pub(super) fn take_up(&mut self, trails: &Trails) {
        let mut trails = lock(trails);
        if let Some((_, trail)) =
            trails.remove(self.base.meta().name).filter(|(next, _)| *next == self.state)
        {
            self.trail = trail;
        }
    }

    /// Leaves the trail for the page that comes next, and says which.
    pub(super) fn leave(self, trails: &Trails) -> PageState {
        if self.state != PageState::Done {
            lock(trails).insert(self.base.meta().name, (self.state.clone(), self.trail));
        }
        self.state
    }

    /// The request for the present page; `None` at the end.
    pub(super) fn request(&self, client: &Client) -> Result<Option<Request>, Error> {
        let mut request = self.base.clone();
        let operation = request.meta().name;
        match (&self.state, &self.plan.next) {
            (PageState::Done, _) => return Ok(None),
            (PageState::Start, Next::Page { into, first }) => {
                if request.get(into).is_none() {
                    request.set_number(into, *first)?;
                }
            }
            (PageState::Start, Next::Offset { into, first, template: Some(template) }) => {
                let text = self.within(template, into, *first)?;
                request.set(into, &text)?;
            }
            (PageState::Start, _) => {}
            (PageState::Cursor(cursor), Next::Cursor { into } | Next::After { into, .. }) => {
                self.leave_only_cursor(&mut request);
                request.set(into, cursor)?;
            }
            (PageState::Cursor(cursor), Next::Continue { operation, into }) => {
                request = Request::new(operation);
                request.set(into, cursor)?;
            }
            (PageState::Url(url), Next::Url { operation }) => {
                if let Some(other) = operation {
                    request = Request::with_headers_of(other, &self.base);
                }
                request.at(same_origin(client, request.meta(), url)?);
            }
            (PageState::Url(url), Next::Link) => {
                request.at(same_origin(client, request.meta(), url)?);
            }
            (PageState::Offset(offset), Next::Offset { into, first, template }) => {
                self.leave_only_cursor(&mut request);
                let start = first.saturating_add(*offset);
                match template {
                    Some(template) => request.set(into, &self.within(template, into, start)?)?,
                    None => request.set_number(into, start)?,
                }
            }
            (PageState::Page { number, .. }, Next::Page { into, .. }) => {
                self.leave_only_cursor(&mut request);
                request.set_number(into, *number)?;
            }
            (state, _) => {
                let message =
                    format!("a page state of another kind of listing was given: {state:?}");
                return Err(Error::pagination(operation, message));
            }
        }
        Ok(Some(request))
    }

    fn leave_only_cursor(&self, request: &mut Request) {
        if self.plan.exclusive {
            request.keep_only_path();
        }
    }

    /// Goes on to the page after one with that many records.
    pub(super) fn advance(
        &mut self,
        client: &Client,
        response: &Response,
        hints: &PageHints<'_>,
        count: u64,
    ) -> Result<(), Error> {
        let operation = self.base.meta().name;
        if matches!(self.plan.next, Next::Offset { .. } | Next::Page { .. }) && count > 0 {
            self.see(response)?;
        }
        let next = hints.next.as_deref().filter(|next| !next.is_empty());
        self.assumed(response, hints, next.is_some(), count)?;
        self.state = match &self.plan.next {
            Next::Cursor { into } | Next::After { into, .. } => {
                match self.following(hints, next)? {
                    None => PageState::Done,
                    Some(cursor) => {
                        let before = match &self.state {
                            PageState::Cursor(cursor) => Some(cursor.clone()),
                            _ => self.base.get(into),
                        };
                        self.step(PageState::Cursor(cursor.to_owned()), cursor, before.as_deref())?
                    }
                }
            }
            Next::Continue { .. } => match self.following(hints, next)? {
                None => PageState::Done,
                Some(cursor) => {
                    let before = match &self.state {
                        PageState::Cursor(cursor) => Some(cursor.clone()),
                        _ => None,
                    };
                    self.step(PageState::Cursor(cursor.to_owned()), cursor, before.as_deref())?
                }
            },
            Next::Url { .. } => match self.following(hints, next)? {
                None => PageState::Done,
                Some(link) => self.follow(client, response, link)?,
            },
            Next::Link => match super::link::next(response.headers()) {
                None => PageState::Done,
                Some(link) => self.follow(client, response, &link)?,
            },
            Next::Single => PageState::Done,
            Next::Offset { into, first, .. } => {
                let before = match self.state {
                    PageState::Offset(offset) => offset,
                    _ => self.number(into).unwrap_or(*first).saturating_sub(*first),
                };
                let read = before.saturating_add(count);
                if self.is_last(hints, count, read)? {
                    PageState::Done
                } else {
                    PageState::Offset(read)
                }
            }
            Next::Page { into, first } => {
                let (number, before) = match self.state {
                    PageState::Page { number, read } => (number, read),
                    _ => {
                        let number = self.number(into).unwrap_or(*first);
                        let skipped = number.saturating_sub(*first);
                        (number, skipped.saturating_mul(self.size().unwrap_or(0)))
                    }
                };
                let read = before.saturating_add(count);
                if self.is_last(hints, count, read)? {
                    PageState::Done
                } else {
                    PageState::Page { number: number.saturating_add(1), read }
                }
            }
        };
        tracing::trace!(operation, state = ?self.state, "next page");
        Ok(())
    }

    /// Holds what the spec assumes of pages against one of them.
    fn assumed(
        &self,
        response: &Response,
        hints: &PageHints<'_>,
        leads_on: bool,
        count: u64,
    ) -> Result<(), Error> {
        let meta = self.base.meta();
        let of = |part| meta.integration.assumed_page(meta.name, part);
        if meta.integration.assumptions.is_empty() {
            return Ok(());
        }
        let wrong = |message: &str, assumed| {
            Err(Error::pagination(meta.name, message).because_of(Some(assumed)))
        };
        // Without the flag, or the total, the listing would end here in silence.
        if hints.more.is_none()
            && let Some(assumed) = of(PagePart::More)
        {
            return wrong("the answer does not say whether there is more", assumed);
        }
        if hints.total.is_none()
            && let Some(assumed) = of(PagePart::Total)
        {
            return wrong("the answer does not say how many records there are", assumed);
        }
        // What a page holds alone shows that it is another number: that of pages, or of those on one page.
        if let (Some(total), Some(assumed)) = (hints.total, of(PagePart::All)) {
            if count > total {
                let message = format!(
                    "a page has {count} records, and the total is {total}: it counts something else"
                );
                return wrong(&message, assumed);
            }
            let full = self.size().is_some_and(|size| count >= size);
            if full && count == total && hints.more.is_none() {
                assumed.warn(meta.name, "a page is full, and the total is what it has");
            }
        }
        let link = super::link::next(response.headers()).is_some();
        if let (true, Some(assumed)) = (link, of(PagePart::Only)) {
            return wrong("the answer has a link to another page", assumed);
        }
        let goes_on = leads_on && hints.more != Some(false) || hints.more == Some(true);
        if count == 0
            && goes_on
            && let Some(assumed) = of(PagePart::Items)
            && response.json_value()?.pointer(self.plan.items).is_none_or(Value::is_null)
        {
            return wrong("the answer has no array of items, and leads to another page", assumed);
        }
        let size = self.size();
        let full = size.is_some_and(|size| count >= size);
        if let (true, Some(assumed)) = (size.is_some_and(|size| count > size), of(PagePart::Size)) {
            assumed.warn(meta.name, &format!("a page has {count} records"));
        }
        // A last page may be full; that each first one is, and nothing leads on, is less likely.
        if full && !leads_on && hints.more.is_none() {
            if let Some(assumed) = of(PagePart::Next) {
                assumed.warn(meta.name, "a page is full, and nothing leads to another");
            }
            if let (false, Some(assumed)) =
                (response.headers().contains_key(LINK), of(PagePart::Link))
            {
                assumed.warn(meta.name, "a page is full, and has no `Link` header");
            }
        }
        Ok(())
    }

    /// A text that asks for the page which begins at a record.
    fn within(&self, template: &str, into: &Slot, start: u64) -> Result<String, Error> {
        let Some(value) = self.base.get(into) else {
            let message =
                format!("pages are asked for in a text, and the request has none: {into:?}");
            return Err(Error::pagination(self.base.meta().name, message));
        };
        Ok(template
            .replace("{start}", &start.to_string())
            .replace("{size}", &self.size().unwrap_or_default().to_string())
            .replace("{value}", &value))
    }

    /// What leads on; an answer that promises more without saying where is wrong.
    fn following<'h>(
        &self,
        hints: &PageHints<'_>,
        next: Option<&'h str>,
    ) -> Result<Option<&'h str>, Error> {
        match (hints.more, next) {
            (Some(false), _) | (None, None) => Ok(None),
            (_, Some(next)) => Ok(Some(next)),
            (Some(true), None) => {
                Err(self.wrong("the answer says that there is more, but not where"))
            }
        }
    }

    fn follow(
        &mut self,
        client: &Client,
        response: &Response,
        link: &str,
    ) -> Result<PageState, Error> {
        let url = response
            .url()
            .join(link)
            .map_err(|error| self.wrong(format!("the next link is no URL: {error}")))?;
        let meta = match self.plan.next {
            Next::Url { operation: Some(other) } => other,
            _ => self.base.meta(),
        };
        let mut url = same_origin(client, meta, url.as_str())?;
        // Some providers repeat the key in the link. The state is stored; sending sets the key again.
        for secret in client.inner.set_by_us(meta) {
            auth::leave_out(&mut url, &secret);
        }
        // Or put there what travels in a header.
        let secrets = client.inner.secrets();
        let repeated = url.query_pairs().filter(|(_, value)| {
            !value.is_empty() && secrets.iter().any(|secret| *secret == *value)
        });
        let repeated: Vec<String> = repeated.map(|(name, _)| name.into_owned()).collect();
        for name in repeated {
            auth::leave_out(&mut url, &name);
        }
        let url = url.to_string();
        let before = response.url().as_str();
        self.step(PageState::Url(url.clone()), &url, Some(before))
    }

    /// Refuses the records of the page before: the provider does not look at the offset or page number.
    fn see(&mut self, response: &Response) -> Result<(), Error> {
        let records = response.json_value()?.pointer(self.plan.items);
        let hash = records.map(|records| xxh3_64(records.to_string().as_bytes()));
        if hash.is_some() && self.trail.records == hash {
            return Err(self.wrong(
                "the page has the same records as the one before: the listing would never end; check where the offset or page number goes",
            ));
        }
        self.trail.records = hash;
        Ok(())
    }

    /// Refuses a place that was visited before.
    fn step(
        &mut self,
        state: PageState,
        place: &str,
        before: Option<&str>,
    ) -> Result<PageState, Error> {
        if before == Some(place) || !self.trail.places.insert(xxh3_64(place.as_bytes())) {
            return Err(self.wrong(
                "the next page is one that was read already: the listing would never end; check where the cursor goes",
            ));
        }
        Ok(state)
    }

    fn is_last(&self, hints: &PageHints<'_>, count: u64, read: u64) -> Result<bool, Error> {
        let more = match (hints.more, hints.total) {
            (Some(more), _) => more,
            (None, Some(total)) => read < total,
            // A short page is not the last: providers give fewer records than they are asked for.
            (None, None) => return Ok(count == 0),
        };
        if more && count == 0 {
            let message = format!(
                "the answer says that there is more after {read} records, but the page is empty"
            );
            return Err(self.wrong(message));
        }
        Ok(!more)
    }

    /// The page size that is asked for, or that the provider is known to have.
    fn size(&self) -> Option<u64> {
        let size = self.plan.size.as_ref()?;
        size.into.as_ref().and_then(|into| self.number(into)).or(Some(size.value))
    }

    fn number(&self, slot: &Slot) -> Option<u64> {
        self.base.get(slot)?.parse().ok()
    }

    fn wrong(&self, message: impl Into<String>) -> Error {
        let meta = self.base.meta();
        let parts = [PagePart::Way, PagePart::Next, PagePart::More, PagePart::Total, PagePart::All];
        let assumed =
            parts.into_iter().find_map(|part| meta.integration.assumed_page(meta.name, part));
        Error::pagination(meta.name, message).because_of(assumed)
    }
}

/// A page has its array of items.
pub(super) fn has_items<O: Paginated>(page: &O::Output) -> Result<(), Error> {
    if O::has_items(page) {
        return Ok(());
    }
    let path = O::PLAN.items.trim_start_matches('/').replace('/', ".");
    let message = "the array of items is not there".to_owned();
    let assumed = O::META.integration.assumed_page(O::META.name, PagePart::Items);
    Err(Error::Decode { operation: O::META.name, path, message, assumed: None }.because_of(assumed))
}

/// Credentials stay with the server that they are for.
fn same_origin(client: &Client, meta: &'static OperationMeta, link: &str) -> Result<Url, Error> {
    let operation = meta.name;
    let url = Url::parse(link).map_err(|error| {
        Error::pagination(operation, format!("the next link is no URL: {error}"))
    })?;
    let server = client.inner.server_of(meta).ok_or_else(|| {
        Error::pagination(operation, "a next link came before it was known where the server is")
    })?;
    if !shares_origin(&url, &server) {
        let there = url.origin().ascii_serialization();
        let here = server.origin().ascii_serialization();
        let message = format!("the next link leads to {there}, but the credentials are for {here}");
        return Err(Error::pagination(operation, message));
    }
    Ok(url)
}
