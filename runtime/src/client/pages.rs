//! Listings as streams, one page in memory at a time.

use super::Client;
use super::walk::{Walk, has_items};
use crate::error::Error;
use crate::pagination::{Next, PageState, Paginated};
use crate::request::Request;
use crate::response::Response;
use futures_core::Stream;
use futures_core::future::BoxFuture;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a listing, in order. Ends after the last page or the first error.
#[must_use = "a listing reads nothing before it is polled"]
pub struct Pages<O> {
    client: Client,
    step: Step,
    marker: PhantomData<fn() -> O>,
}

/// The items of a listing, in order. Ends after the last item or the first error.
#[must_use = "a listing reads nothing before it is polled"]
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
    read: u64,
    cap: Option<u64>,
}

/// Items are moved, never pinned.
impl<O: Paginated> Unpin for Items<O> {}

/// Not generic: what a listing waits for.
enum Step {
    /// It cannot even start.
    Broken(Error),
    Between(Box<Walk>),
    Reading(Box<Walk>, BoxFuture<'static, Result<Response, Error>>),
    Over,
}

/// An answer, and the walk to advance.
type Turn = (Box<Walk>, Response);

impl Step {
    fn new(request: Result<Request, Error>, plan: &'static crate::pagination::Pagination) -> Self {
        match request.and_then(|request| Walk::new(request, plan, PageState::Start)) {
            Ok(walk) => Step::Between(Box::new(walk)),
            Err(error) => Step::Broken(error),
        }
    }

    /// The next answer, with the walk to advance.
    fn poll(&mut self, client: &Client, cx: &mut Context<'_>) -> Poll<Option<Result<Turn, Error>>> {
        loop {
            match std::mem::replace(self, Step::Over) {
                Step::Over => return Poll::Ready(None),
                Step::Broken(error) => return Poll::Ready(Some(Err(error))),
                Step::Between(walk) => match walk.request(client) {
                    Ok(None) => return Poll::Ready(None),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                    Ok(Some(request)) => {
                        let client = client.clone();
                        let reading = Box::pin(async move { client.execute(request).await });
                        *self = Step::Reading(walk, reading);
                    }
                },
                Step::Reading(walk, mut reading) => match reading.as_mut().poll(cx) {
                    Poll::Pending => {
                        *self = Step::Reading(walk, reading);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok(response)) => return Poll::Ready(Some(Ok((walk, response)))),
                },
            }
        }
    }
}

impl<O: Paginated> Pages<O> {
    pub(super) fn new(client: &Client, request: Result<Request, Error>) -> Self {
        Pages { client: client.clone(), step: Step::new(request, O::PLAN), marker: PhantomData }
    }

    /// The next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Takes the next answer and goes on behind it.
    fn poll_with<T>(
        &mut self,
        cx: &mut Context<'_>,
        take: impl FnOnce(&Client, &mut Walk, &Response) -> Result<T, Error>,
    ) -> Poll<Option<Result<T, Error>>> {
        let Some(answer) = ready!(self.step.poll(&self.client, cx)) else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(answer.and_then(|(mut walk, response)| {
            let taken = take(&self.client, &mut walk, &response);
            let taken = taken.map_err(|error| self.client.hide(error, None))?;
            self.step = Step::Between(walk);
            Ok(taken)
        })))
    }
}

impl<O: Paginated> Stream for Pages<O> {
    type Item = Result<O::Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_with(cx, |client, walk, response| {
            let page = O::decode(response)?;
            has_items::<O>(&page)?;
            let count = count::<O>(response)?;
            walk.advance(client, response, &O::hints(&page), count)?;
            Ok(page)
        })
    }
}

impl<O: Paginated> Items<O> {
    pub(super) fn new(client: &Client, request: Result<Request, Error>) -> Self {
        Items {
            pages: Pages::new(client, request),
            page: Vec::new().into_iter(),
            read: 0,
            cap: None,
        }
    }

    /// The provider gives no more than so many records in one listing: the rest would be missing in silence.
    pub(super) fn capped(self, cap: Option<u64>) -> Self {
        Items { cap, ..self }
    }

    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All items, for listings known to be small.
    ///
    /// # Errors
    /// The first error.
    pub async fn collect(mut self) -> Result<Vec<O::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<O: Paginated> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                this.read += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(cap) = this.cap.take_if(|cap| this.read >= *cap) {
                this.pages.step = Step::Over;
                let message = format!(
                    "the provider gives no more than {cap} records in one listing; read on from the last record's time"
                );
                return Poll::Ready(Some(Err(Error::pagination(O::META.name, message))));
            }
            let items = this.pages.poll_with(cx, |client, walk, response| {
                let page = O::decode(response)?;
                has_items::<O>(&page)?;
                let hints = O::hints(&page).into_owned();
                let items = O::items(page);
                walk.advance(client, response, &hints, items.len() as u64)?;
                Ok(items)
            });
            match ready!(items) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(items)) => this.page = items.into_iter(),
            }
        }
    }
}

/// How many records a page has, where the way on depends on it.
fn count<O: Paginated>(response: &Response) -> Result<u64, Error> {
    let assumed = O::META.integration.assumes_pages(O::META.name);
    if !assumed && !matches!(O::PLAN.next, Next::Offset { .. } | Next::Page { .. }) {
        return Ok(0);
    }
    let items = response.json_value()?.pointer(O::PLAN.items);
    Ok(items.and_then(|items| items.as_array()).map_or(0, |items| items.len() as u64))
}

impl<O> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("client", &self.pages.client).finish_non_exhaustive()
    }
}
