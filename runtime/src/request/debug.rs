//! What shows of requests: where they go and what they are made of, not the values.

use super::{Built, Part, Request};
use crate::log::{names, without_query};
use std::fmt::{self, Debug, Formatter};

impl Debug for Request {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let pairs = |pairs: &[super::Pair]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.to_string()).collect()
        };
        let mut shown = f.debug_struct("Request");
        shown.field("operation", &self.meta.name).field("method", &self.meta.method);
        match &self.url {
            Some(url) => shown.field("url", &without_query(url)),
            None => shown.field("path", &self.meta.path).field("query", &pairs(&self.query)),
        };
        shown.field("headers", &names(&self.headers)).field("cookies", &pairs(&self.cookies));
        match self.body.write() {
            Ok(body) => shown.field("body_bytes", &body.len()),
            Err(_) => shown.field("body_bytes", &"unknown"),
        };
        shown.finish()
    }
}

impl Debug for Built {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Built")
            .field("method", &self.method)
            .field("url", &without_query(&self.url))
            .field("headers", &names(&self.headers))
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl Debug for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Part")
            .field("bytes", &self.bytes.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("headers", &headers)
            .finish()
    }
}
