//! What a hook of requests may set.

use super::bad;
use crate::ir::{HookValue, ParameterIn};
use crate::resolve::Context;
use crate::resolve::credentials::Carrier;
use crate::resolve::message::{self, Root};
use crate::resolve::names::field_ident;
use crate::source::Place;
use std::borrow::Cow;
use std::collections::HashSet;

/// Headers that the client or the transport makes of the message, the credentials or the connection.
const NOT_OF_HOOKS: &[&str] = &[
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// What carries credentials.
pub(super) struct Kept<'c>(HashSet<(ParameterIn, Cow<'c, str>)>);

impl<'c> Kept<'c> {
    pub(super) fn of(carriers: &'c [Carrier]) -> Self {
        let named = carriers.iter().map(|(location, name)| (*location, location.key(name)));
        Kept(named.chain([(ParameterIn::Header, Cow::Borrowed("authorization"))]).collect())
    }
}

pub(super) fn value(
    context: &mut Context<'_>,
    text: &str,
    kept: &Kept<'_>,
    place: &Place,
) -> Option<HookValue> {
    let path = message::read(text, &[Root::Header, Root::Query], place, context.diagnostics)?;
    let (location, wire) = match path.root {
        Root::Header => {
            (ParameterIn::Header, message::header(path.rest, place, context.diagnostics)?)
        }
        _ => (ParameterIn::Query, path.rest.to_owned()),
    };
    let value = HookValue { location, ident: field_ident(&wire), wire };
    if kept.0.contains(&value.key()) {
        let message = format!("`{text}` carries the credentials, which `auth` sets");
        bad(context, message, place, "a hook sets what is beside them");
        return None;
    }
    if NOT_OF_HOOKS.iter().any(|name| value.is(ParameterIn::Header, name)) {
        let message =
            format!("`{text}` is not for a hook to set: the client makes it, or its transport");
        bad(context, message, place, "a hook sets what is beside it, and leaves the body as it is");
        return None;
    }
    Some(value)
}
