//! The way of every call: authorise, acquire limits, send, observe, judge, repeat.

use super::body::Body;
use super::classify::{failure, judge};
use super::repeat::Step;
use super::wire::{Extent, Sent};
use super::{Client, Inner};
use crate::assumption::Caller;
use crate::auth::{self, Kind};
use crate::breaker::Pass;
use crate::error::{Error, Logged};
use crate::errors::Action;
use crate::excerpt::{self, Carried};
use crate::limits::{NoRoom, Permit, TooLong};
use crate::operation::OperationMeta;
use crate::priority::Priority;
use crate::request::{Built, Request};
use crate::response::Response;
use crate::secret::Secret;
use crate::transport::{self, Call, TransportError, shares_origin};
use crate::upload::Upload;
use http::HeaderValue;
use http::header::ACCEPT;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

impl Client {
    /// Sends a request until it is answered for good.
    ///
    /// # Errors
    /// Every kind of [`Error`] but [`Error::Decode`].
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        // Boxed once here, so that the futures of all operations stay small.
        Box::pin(self.inner.execute(request, Extent::Whole)).await.map(|done| done.response)
    }

    /// The same with a body in pieces.
    pub(super) async fn execute_upload(
        &self,
        request: Request,
        upload: &Upload,
    ) -> Result<Response, Error> {
        let extent = Extent::Upload(upload);
        Box::pin(self.inner.execute(request, extent)).await.map(|done| done.response)
    }

    /// The same, but of a success only the head is read.
    pub(super) async fn open(&self, request: Request) -> Result<Body, Error> {
        let Done { response, sent } = Box::pin(self.inner.execute(request, Extent::Head)).await?;
        let name = response.meta().name;
        let opened = sent.and_then(|mut sent| Some((sent.rest.take()?, sent)));
        let Some((chunks, sent)) = opened else {
            let message =
                format!("an answer with status {} has no body to read", response.status());
            return Err(Error::Transport { operation: name, message });
        };
        Ok(Body::new(response, chunks, Arc::clone(&self.inner.wire), sent))
    }
}

/// A call that was answered for good.
pub(super) struct Done {
    pub(super) response: Response,
    /// Where the body is still to be read.
    pub(super) sent: Option<Sent>,
}

/// One call on its way.
pub(super) struct Journey<'u> {
    pub(super) meta: &'static OperationMeta,
    pub(super) call: Call,
    pub(super) extent: Extent<'u>,
    pub(super) attempt: u32,
    pub(super) refreshed: bool,
    /// When it has to be done.
    pub(super) until: Option<Instant>,
    /// What sending it again took of the budget the last time.
    pub(super) spent: u32,
    /// Its place among those who wait for limits.
    pub(super) ticket: Option<u64>,
}

/// What an operation is to be answered with; other things, too, where a provider has nothing else.
fn accept(meta: &OperationMeta) -> Result<HeaderValue, Error> {
    match meta.accept {
        None => Ok(HeaderValue::from_static("application/json, */*;q=0.5")),
        Some(media) => HeaderValue::from_str(&format!("{media}, */*;q=0.5"))
            .map_err(|_| Error::request(meta.name, format!("`{media}` is no media type"))),
    }
}

/// A call that is not sent, because its host is left alone.
fn unavailable(journey: &Journey<'_>, wait: Duration) -> Error {
    let server = transport::server(&journey.call.url);
    Error::Unavailable { operation: journey.meta.name, server, wait }
}

impl Inner {
    async fn execute(&self, request: Request, extent: Extent<'_>) -> Result<Done, Error> {
        let Some(deadline) = self.deadline else { return self.travel(request, extent, None).await };
        let operation = request.meta().name;
        let clock = &self.wire.clock;
        // What is further away than instants go never comes.
        let until = clock.instant().checked_add(deadline);
        tokio::select! {
            biased;
            done = self.travel(request, extent, until) => done,
            () = clock.timeout(deadline) => Err(Error::Deadline { operation, after: deadline }),
        }
    }

    async fn travel(
        &self,
        request: Request,
        extent: Extent<'_>,
        until: Option<Instant>,
    ) -> Result<Done, Error> {
        let meta = request.meta();
        let server = self.locate(meta).await?;
        let built = request.build(&server)?;
        if !shares_origin(&built.url, &server) {
            return Err(Error::request(
                meta.name,
                "the URL leads to another origin than the server's",
            ));
        }
        if matches!(extent, Extent::Upload(_)) && !built.body.is_empty() {
            let message =
                "it has a body of its own beside the one that is uploaded: leave it empty";
            return Err(Error::request(meta.name, message));
        }
        let mut headers = built.headers;
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, accept(meta)?);
        }
        let call = Call { method: built.method, url: built.url, headers, body: built.body };
        let mut journey = Journey {
            meta,
            call,
            extent,
            attempt: 1,
            refreshed: false,
            until,
            spent: 0,
            ticket: None,
        };
        loop {
            match self.attempt(&mut journey).await? {
                Step::Done(done) => return Ok(*done),
                Step::Failed(error) => return Err(error),
                Step::Queue => {}
                Step::Again { after } => self.wire.clock.sleep(after).await,
            }
            journey.attempt += 1;
        }
    }

    /// The query parameters that sending sets, whatever a next link of the operation has in it.
    pub(super) fn set_by_us(&self, meta: &OperationMeta) -> Vec<Cow<'static, str>> {
        let mut names = self.auth.query_keys();
        let given = self.hooks.iter().flat_map(|hooks| hooks.query_of(meta.name));
        names.extend(given.map(Cow::Borrowed));
        names
    }

    /// What this client holds that nobody should see.
    pub(super) fn secrets(&self) -> Vec<String> {
        let mut secrets = self.auth.secrets();
        secrets.extend(self.session.iter().flat_map(auth::Session::secrets));
        secrets
    }

    /// The same with what a call has of it.
    pub(super) fn secrets_of(&self, asked: Option<Request>) -> Vec<String> {
        let built = asked.and_then(|asked| {
            let meta = asked.meta();
            // Where nobody knows the server yet, nothing was sent.
            asked.build(&*self.server_of(meta)?).ok().map(|built| (meta, built))
        });
        let Some((meta, built)) = built else { return excerpt::ordered(self.secrets()) };
        let Built { method, url, headers, body } = built;
        let call = Call { method, url, headers, body };
        excerpt::secrets(&Carried::by(&call), &call, &self.set_by_us(meta), self.secrets())
    }

    async fn attempt(&self, journey: &mut Journey<'_>) -> Result<Step, Error> {
        let Journey { meta, attempt, extent, .. } = *journey;
        if let Some(breakers) = &self.breakers
            && let Some(wait) = breakers.stopped(&journey.call.url, self.wire.clock.instant())
        {
            return Ok(Step::Failed(unavailable(journey, wait)));
        }
        // Before it waits for limits, so that a token is renewed, or refused, without holding up other calls.
        let mut call = journey.call.clone();
        let mut token = self.authorize(meta, &mut call).await?;
        let mut permit = self.acquire(journey).await?;
        let waited = permit.waited;
        // The token may have ended meanwhile. What hooks give is made once, and as late as can be: it may have the time in it.
        if !waited.is_zero() || self.hooks.iter().any(|hooks| hooks.completes(meta.name)) {
            call = journey.call.clone();
            token = self.complete(meta, attempt, &mut call).await?;
        }
        let pass = self.breakers.as_ref();
        let pass = pass.map(|all| all.pass(&journey.call.url, self.wire.clock.instant()));
        let pass = match pass.transpose() {
            Ok(pass) => pass,
            Err(wait) => return Ok(Step::Failed(unavailable(journey, wait))),
        };
        self.counters.sent(attempt);
        permit.sent();
        let carried = Carried::by(&call);
        let mut sent = self.wire.send(meta.name, call, attempt, waited, extent).await;
        let answer = match &mut sent.result {
            Ok(answer) => std::mem::replace(answer, crate::transport::Answer::empty(answer.status)),
            Err(error) => {
                let error = error.clone();
                self.wire.record(sent, Some(error.to_string()));
                // An answer that is too large is one.
                let alive = matches!(error, TransportError::TooLarge(_));
                let stopped = self.told(pass, journey, alive);
                return Ok(self.after_silence(journey, error, stopped));
            }
        };
        let stopped = self.told(pass, journey, !answer.status.is_server_error());
        let response =
            Response::new(meta, journey.call.url.clone(), answer, self.wire.clock.timestamp());
        let number = permit.answered(&response);
        let verdict = match judge(&response, self.hooks.as_ref()) {
            Ok(verdict) => verdict,
            Err(error) => {
                self.wire.record(sent, Some(error.to_string()));
                return Ok(Step::Failed(error));
            }
        };
        if verdict.action == Action::Accept {
            self.budget.earn(journey.spent);
            let has = |name: &str| response.headers().contains_key(name);
            self.integration.see_headers(meta.name, self.gate.exempt, has);
            let sent = match sent.rest {
                Some(_) => Some(sent),
                None => {
                    self.wire.record(sent, None);
                    None
                }
            };
            return Ok(Step::Done(Box::new(Done { response, sent })));
        }
        if verdict.action == Action::Wait {
            self.integration.limited(meta.name, self.gate.exempt);
        }
        if verdict.action == Action::Wait || response.status() == 503 {
            self.gate.refused(meta, number);
        }
        let caller = Caller { way: self.auth.way(), exempt: self.gate.exempt };
        let secrets = || {
            let names = self.set_by_us(meta);
            excerpt::secrets(&carried, &journey.call, &names, self.secrets())
        };
        let error = failure(&response, verdict, attempt, (&journey.call, caller), secrets);
        self.wire.record(sent, Some(Logged(&error).to_string()));
        self.after_refusal(journey, verdict, token, (error, stopped)).await
    }

    /// Says whether the host lives; for how long calls to it are stopped now, if they are.
    fn told(&self, pass: Option<Pass<'_>>, journey: &Journey<'_>, alive: bool) -> Option<Duration> {
        pass?.end(&journey.call.url, alive, self.wire.clock.instant())
    }

    async fn acquire(&self, journey: &mut Journey<'_>) -> Result<Permit, Error> {
        let Journey { meta, ticket, until, .. } = *journey;
        let max_wait = until.map_or(self.max_wait, |until| {
            self.max_wait.min(until.saturating_duration_since(self.wire.clock.instant()))
        });
        let place = (Priority::of_call(self.priority), ticket);
        let acquired = self.gate.acquire(meta, place, max_wait).await;
        let permit = acquired.map_err(|refused| match refused {
            NoRoom::TooLong(TooLong { limit, wait }) => {
                Error::Limited { operation: meta.name, limit, wait }
            }
            NoRoom::Store(error) => error,
        })?;
        journey.ticket = Some(permit.ticket);
        self.counters.waited(permit.waited);
        Ok(permit)
    }

    /// Puts in what hooks give, and the credentials. Hooks that need not see the credentials are asked before.
    async fn complete(
        &self,
        meta: &OperationMeta,
        attempt: u32,
        call: &mut Call,
    ) -> Result<Option<Secret>, Error> {
        let Some(hooks) = &self.hooks else { return self.authorize(meta, call).await };
        hooks.complete(meta.name, attempt, call, false)?;
        let token = self.authorize(meta, call).await?;
        hooks.complete(meta.name, attempt, call, true)?;
        Ok(token)
    }

    /// Puts the credentials in; says which token, where there is one to renew.
    async fn authorize(
        &self,
        meta: &OperationMeta,
        call: &mut Call,
    ) -> Result<Option<Secret>, Error> {
        if meta.public {
            return Ok(None);
        }
        match (&self.auth, &self.session) {
            (_, Some(session)) => {
                session.authorize(call).await.map(Some).map_err(|error| self.of_tokens(error))
            }
            (Kind::Custom(authorizer), None) => authorizer.authorize(call).await.map(|()| None),
            (kind, None) => auth::apply(kind, call, &*self.wire.clock).map(|()| None),
        }
    }

    /// Gets new credentials, if there is a way.
    pub(super) async fn refresh(&self, token: Option<Secret>) -> Result<bool, Error> {
        match (&self.auth, &self.session) {
            (_, Some(session)) => {
                session.renew(token).await.map(|_| true).map_err(|error| self.of_tokens(error))
            }
            (Kind::Custom(authorizer), None) => authorizer.refresh().await,
            _ => Ok(false),
        }
    }

    /// An error of the token endpoint, with what the spec assumes of how tokens are got.
    pub(super) fn of_tokens(&self, error: Error) -> Error {
        match (error, self.integration.assumed_tokens(self.auth.grant())) {
            (Error::Auth { message }, Some(assumed)) => {
                Error::Auth { message: format!("{message} (perhaps for what is {assumed})") }
            }
            (error, _) => error,
        }
    }
}
