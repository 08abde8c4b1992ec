//! Hooks: code of the user that a spec asks for. Emitted code has a trait with a method for each; this is how the client
//! calls them.

use crate::auth;
use crate::error::Error;
use crate::response::Response;
use crate::transport::Call;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Why a hook gives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookError {
    message: Cow<'static, str>,
}

impl HookError {
    /// With what went wrong. It is shown and logged: secrets, and values of records, stay out of it.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        HookError { message: message.into() }
    }

    /// A hook that the code at hand does not have: emitted code asks only for those that it has.
    #[doc(hidden)]
    #[must_use]
    pub fn unknown() -> Self {
        HookError::new("there is no such hook")
    }

    /// What went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for HookError {}

impl From<&'static str> for HookError {
    fn from(message: &'static str) -> Self {
        HookError::new(message)
    }
}

impl From<String> for HookError {
    fn from(message: String) -> Self {
        HookError::new(message)
    }
}

/// A request as it is about to be sent, for a hook to look at. Unless the spec says that the hook sees them, there are
/// no credentials in it.
pub struct HookRequest<'r> {
    operation: &'static str,
    attempt: u32,
    call: &'r Call,
}

impl<'r> HookRequest<'r> {
    /// The operation, by its name in the spec.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// How often it is sent with this: 1 at first.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &'r Method {
        &self.call.method
    }

    /// Where it goes, with the query.
    #[must_use]
    pub fn url(&self) -> &'r Url {
        &self.call.url
    }

    /// The headers so far; the transport adds `Host` and those of its own.
    #[must_use]
    pub fn headers(&self) -> &'r HeaderMap {
        &self.call.headers
    }

    /// The body, byte for byte as it is sent; empty for none.
    #[must_use]
    pub fn body(&self) -> &'r Bytes {
        &self.call.body
    }
}

/// Names and sizes: what is in a request may be secret.
impl fmt::Debug for HookRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookRequest")
            .field("operation", &self.operation)
            .field("call", self.call)
            .field("body_bytes", &self.call.body.len())
            .finish()
    }
}

/// What a hook says about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// A limit was hit: wait, then send again, whatever the operation is (the call was refused).
    Wait(Duration),
    /// A passing fault: send again, if the operation may be repeated.
    Retry,
    /// Refresh the credentials once, then send again.
    Refresh,
    /// Final.
    Fail,
    /// What the rules below say.
    Pass,
}

/// A hook that is called with requests, from the spec.
#[derive(Debug)]
pub struct RequestHook {
    /// The name in the spec.
    pub name: &'static str,
    /// Where the spec asks for it.
    pub place: &'static str,
    /// Where what it gives goes, in order.
    pub sets: &'static [HookSlot],
    /// The operations that it is called for; empty for all.
    pub operations: &'static [&'static str],
    /// Whether it sees the credentials.
    pub credentials: bool,
}

/// Where a text that a hook gives goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookSlot {
    /// A header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
}

/// How the client calls hooks: by name. Emitted code implements it for what implements its trait.
pub trait CallHooks: fmt::Debug + Send + Sync {
    /// What a hook gives for a request: a text for each of [`RequestHook::sets`], in order.
    ///
    /// # Errors
    /// The hook's.
    fn request(&self, hook: &str, request: &HookRequest<'_>) -> Result<Vec<String>, HookError> {
        let _ = (hook, request);
        Err(HookError::unknown())
    }

    /// What a hook says about an answer.
    ///
    /// # Errors
    /// The hook's.
    fn answer(&self, hook: &str, answer: &Response) -> Result<Judgement, HookError> {
        let _ = (hook, answer);
        Err(HookError::unknown())
    }
}

/// The hooks of a connection.
#[derive(Clone, Debug)]
pub struct Hooked {
    pub(crate) code: Arc<dyn CallHooks>,
    pub(crate) requests: &'static [RequestHook],
}

impl Hooked {
    /// Puts what hooks give into a call: of those that see credentials, or of the others.
    pub(crate) fn complete(
        &self,
        operation: &'static str,
        attempt: u32,
        call: &mut Call,
        credentials: bool,
    ) -> Result<(), Error> {
        let asked = self.requests.iter();
        for hook in asked.filter(|hook| hook.credentials == credentials && hook.is_for(operation)) {
            let RequestHook { name, place, .. } = *hook;
            let failed = |error| Error::Hook { operation, hook: name, place, error };
            let request = HookRequest { operation, attempt, call };
            let texts = self.code.request(name, &request).map_err(failed)?;
            for (slot, text) in hook.sets.iter().zip(texts) {
                put(call, *slot, &text).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// The query parameters that hooks set: they may be signatures, and are shown nowhere.
    pub(crate) fn query(&self) -> impl Iterator<Item = &'static str> {
        self.requests.iter().flat_map(RequestHook::query)
    }

    /// Whether one of them is called with the requests of an operation.
    pub(crate) fn completes(&self, operation: &str) -> bool {
        self.requests.iter().any(|hook| hook.is_for(operation))
    }

    /// Those that they set for an operation.
    pub(crate) fn query_of(&self, operation: &str) -> impl Iterator<Item = &'static str> {
        self.requests.iter().filter(move |hook| hook.is_for(operation)).flat_map(RequestHook::query)
    }
}

impl RequestHook {
    /// Whether it is called for an operation.
    fn is_for(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }

    /// The query parameters that it sets.
    fn query(&self) -> impl Iterator<Item = &'static str> {
        self.sets.iter().filter_map(|slot| match slot {
            HookSlot::Query(name) => Some(*name),
            HookSlot::Header(_) => None,
        })
    }
}

fn put(call: &mut Call, slot: HookSlot, text: &str) -> Result<(), HookError> {
    match slot {
        HookSlot::Header(name) => {
            let bad = || HookError::new(format!("what it gives cannot be in the header `{name}`"));
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?;
            call.headers.insert(key, auth::sensitive(text).map_err(|_| bad())?);
        }
        HookSlot::Query(name) => auth::set_query(call, name, text),
    }
    Ok(())
}
