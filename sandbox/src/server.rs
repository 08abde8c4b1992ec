//! The HTTP server: one handler, routed by the IR.

use crate::auth::{Authority, TokenPolicy};
use crate::errors::Refusal;
use crate::fault::{self, Fault, FaultKind};
use crate::limits::{Held, Usage};
use crate::model::Model;
use crate::request::Incoming;
use crate::resources::{Answer, Context};
use crate::routes::{self, Found, Route, Routes};
use crate::sandbox::Clock;
use crate::store::Store;
use crate::upsert::Hooks;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use gusset_compiler::ir::{AuthKind, GivenBy, Operation, TemplatePart};
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The longest request body that is read.
const BODY: usize = 64 << 20;
/// Where token endpoints are; no document has such a path.
pub(crate) const TOKENS: &str = "/sandbox/oauth/";

/// Everything that the handler needs.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) model: Model,
    pub(crate) base: String,
    pub(crate) origin: String,
    routes: Routes,
    pub(crate) store: Mutex<Store>,
    pub(crate) authority: Mutex<Authority>,
    usage: Mutex<Usage>,
    enforce_limits: bool,
    pub(crate) hooks: Hooks,
    pub(crate) faults: Mutex<Vec<Fault>>,
    pub(crate) clock: Clock,
    pub(crate) requests: AtomicU64,
    calls: Mutex<HashMap<String, u64>>,
}

/// Ends what a call holds of concurrency limits, also when the client goes away.
struct Leave<'a>(&'a App, Held);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        lock(&self.0.usage).leave(std::mem::take(&mut self.1));
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    pub(crate) fn new(
        model: Model,
        origin: String,
        store: Store,
        tokens: TokenPolicy,
        enforce_limits: bool,
        faults: Vec<Fault>,
        clock: Clock,
    ) -> Self {
        App {
            base: model.base_path(),
            origin,
            routes: Routes::new(&model),
            store: Mutex::new(store),
            authority: Mutex::new(Authority::new(model.integration(), tokens)),
            usage: Mutex::new(Usage::default()),
            enforce_limits,
            hooks: Hooks::default(),
            faults: Mutex::new(faults),
            clock,
            requests: AtomicU64::new(0),
            calls: Mutex::new(HashMap::new()),
            model,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// How often an operation was called.
    pub(crate) fn calls(&self, operation: &str) -> u64 {
        lock(&self.calls).get(operation).copied().unwrap_or(0)
    }

    fn refuse(&self, refusal: &Refusal, operation: Option<&Operation>) -> Response {
        let (status, headers, body) = refusal.answer(&self.model, operation, self.now());
        respond(status, headers, Body::from(body))
    }

    async fn serve(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let query = parts.uri.query().unwrap_or_default();
        let mut incoming = Incoming {
            uri_path: parts.uri.path().to_owned(),
            path: HashMap::new(),
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: parts.headers,
            body: None,
        };
        if parts.method == http::Method::POST
            && let Some(scheme) = incoming.uri_path.strip_prefix(TOKENS)
        {
            let scheme = scheme.trim_end_matches("/token").to_owned();
            return self.token(&scheme, &incoming, body).await;
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        let path = incoming.uri_path.strip_prefix(&self.base).unwrap_or_default().to_owned();
        let (route, parameters) = match self.routes.find(parts.method.as_str(), &path) {
            Found::Route(route, parameters) => (route, parameters),
            Found::Method(allowed) => {
                let mut refusal = Refusal::new(
                    405,
                    "method_not_allowed",
                    format!("`{path}` has no {}", parts.method),
                );
                refusal.headers.push(("allow".to_owned(), allowed.join(", ")));
                return self.refuse(&refusal, None);
            }
            Found::Nothing => {
                let refusal = Refusal::new(
                    404,
                    "not_found",
                    format!("`{}` is no path of a selected operation", incoming.uri_path),
                );
                return self.refuse(&refusal, None);
            }
        };
        incoming.path = parameters;
        let Some(first) = route.operations.first().and_then(|name| self.model.operation(name))
        else {
            return self.refuse(&Refusal::new(404, "not_found", "no operation"), None);
        };
        let connection = match lock(&self.authority).connection(&incoming, self.now()) {
            Ok(connection) => connection,
            Err(refusal) => return self.refuse(&refusal, Some(first)),
        };
        // A call is under way from its headers on; which operation it is may be known only from the body.
        let early = match route.operations.as_slice() {
            [_] => Some(self.limited(first, &connection)),
            _ => None,
        };
        let bytes = match to_bytes(body, BODY).await {
            Ok(bytes) => bytes,
            Err(_) => {
                return self
                    .refuse(&Refusal::new(413, "too_large", "the body is too large"), Some(first));
            }
        };
        let read = incoming.read_body(first, &bytes);
        let chosen = routes::choose(&self.model, &route.uses, &incoming);
        let name = chosen.map_or(first.name.as_str(), |used| used.operation.as_str());
        let operation = self.model.operation(name).unwrap_or(first);
        *lock(&self.calls).entry(operation.name.clone()).or_default() += 1;

        let leave = early.unwrap_or_else(|| self.limited(operation, &connection));
        let fault = leave.is_ok().then(|| fault::take(&mut lock(&self.faults), &operation.name));
        let fault = fault.flatten();
        let served = leave.and_then(|leave| {
            self.refused(fault.as_ref())?;
            read?;
            incoming.check_hooks(&self.model.integration().hooks, operation)?;
            incoming.check(self.model.types(), operation)?;
            let answer = self.answer(route, chosen, operation, &incoming);
            drop(leave);
            answer
        });
        let mut response = match served {
            Ok(answer) => success(answer),
            Err(refusal) => self.refuse(&refusal, Some(operation)),
        };
        for (name, value) in
            lock(&self.usage).announce(self.model.integration(), operation, &connection, self.now())
        {
            // What a fault says of limits is not corrected.
            if fault.is_none() || !response.headers().contains_key(&name) {
                insert(response.headers_mut(), &name, &value);
            }
        }
        match fault {
            Some(fault) => fault.spoil(response, operation).await,
            None => response,
        }
    }

    fn limited(
        &self,
        operation: &Operation,
        connection: &str,
    ) -> Result<Option<Leave<'_>>, Refusal> {
        if !self.enforce_limits {
            return Ok(None);
        }
        let entered =
            lock(&self.usage).enter(self.model.integration(), operation, connection, self.now());
        match entered {
            Ok(held) => Ok(Some(Leave(self, held))),
            Err(exceeded) => {
                Err(Refusal::limited(&self.model, &exceeded.limit, exceeded.retry_after))
            }
        }
    }

    /// Refuses a call whose fault is that.
    fn refused(&self, fault: Option<&FaultKind>) -> Result<(), Refusal> {
        match fault {
            Some(FaultKind::ExpiredToken) => lock(&self.authority).expire(),
            Some(FaultKind::RevokedGrant) => lock(&self.authority).revoke(),
            _ => {}
        }
        match fault.and_then(|fault| fault.refusal(&self.model, self.now())) {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }

    fn answer(
        &self,
        route: &Route,
        chosen: Option<&routes::Use>,
        operation: &Operation,
        incoming: &Incoming,
    ) -> Result<Answer, Refusal> {
        let context = Context {
            model: &self.model,
            request: incoming,
            operation,
            hooks: &self.hooks,
            origin: &self.origin,
            now: self.now(),
        };
        let Some(used) = chosen else {
            return if route.uses.is_empty() {
                Ok(context.sample())
            } else {
                Err(Refusal::bad(
                    "the request is like none of those that the spec's resources send",
                ))
            };
        };
        let mut store = lock(&self.store);
        let answer = context.serve(&mut store, used)?;
        store.flush().map_err(|e| Refusal::new(500, "storage", e.to_string()))?;
        Ok(answer)
    }

    async fn token(&self, scheme: &str, request: &Incoming, body: Body) -> Response {
        let bytes = to_bytes(body, BODY).await.unwrap_or_default();
        let form: HashMap<String, String> =
            url::form_urlencoded::parse(&bytes).into_owned().collect();
        let (status, mut body) =
            lock(&self.authority).token(scheme, request.header("authorization"), &form, self.now());
        if status == 200 {
            self.told(scheme, &mut body);
        }
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        headers.insert("cache-control", HeaderValue::from_static("no-store"));
        respond(
            StatusCode::from_u16(status).unwrap_or_default(),
            headers,
            Body::from(body.to_string()),
        )
    }
}

impl App {
    /// What a token endpoint says besides, by the spec: where the server is, mostly.
    fn told(&self, scheme: &str, body: &mut serde_json::Value) {
        let integration = self.model.integration();
        let Some(AuthKind::OAuth2(oauth)) = integration.auth.get(scheme).map(|way| &way.kind)
        else {
            return;
        };
        for given in &oauth.gives {
            let GivenBy::Answer(member) = &given.from else { continue };
            let is_origin = matches!(
                integration.server.parts.first(),
                Some(TemplatePart::Setting(name)) if *name == given.setting
            );
            body[member] =
                if is_origin { self.origin.clone() } else { "sandbox".to_owned() }.into();
        }
    }
}

fn success(answer: Answer) -> Response {
    let mut headers = HeaderMap::new();
    if answer.body.is_some() {
        headers.insert("content-type", HeaderValue::from_static("application/json"));
    }
    if let Some((name, place)) = &answer.made {
        insert(&mut headers, name, place);
    }
    if let Some(link) = &answer.link {
        insert(&mut headers, "link", link);
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or_default();
    respond(status, headers, answer.body.map_or_else(Body::empty, Body::from))
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

fn respond(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The only handler.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    app.serve(request).await
}
