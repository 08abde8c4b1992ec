//! `limits:`: the headers are in documents, the numbers are not.

use super::outline::{Entry, scalar};
use super::view::plain_name;
use crate::openapi::{Document, FoundOperation, Node};
use crate::resolve::lower::media::is_header;
use indexmap::IndexMap;

/// The section, which is a proposal: a limit needs a number.
pub(super) fn section(document: &Document, operations: &[FoundOperation]) -> Entry {
    let headers = headers(document, operations);
    let find = |wanted: &dyn Fn(&str) -> bool| {
        headers.keys().find(|name| wanted(&plain_name(name))).map(String::as_str)
    };
    let rate =
        |name: &str| name.contains("ratelimit") || name.contains("rate") || name.contains("quota");
    let remaining =
        find(&|name| rate(name) && (name.contains("remaining") || name.ends_with("left")));
    let reset = find(&|name| rate(name) && name.contains("reset"));
    let limit = find(&|name| rate(name) && (name.ends_with("limit") || name.ends_with("max")));
    let retry = find(&|name| name == "retryafter");
    let any = remaining.or(reset).or(limit);
    let mut entry = Entry::map("limits", Vec::new());
    let how_many = |name: &str| headers.get(name).copied().unwrap_or_default();
    if let Some(name) = retry {
        entry.push(Entry::comment(format!(
            "answers have `{name}` ({} operations), which is heeded where a rule of `errors` waits, and without one for \
             429",
            how_many(name)
        )));
    }
    if let Some(name) = any {
        let mut observe = Vec::new();
        if let Some(name) = remaining {
            observe.push(format!("remaining: {}", scalar(&format!("header.{name}"))));
        }
        if let Some(name) = reset {
            let from = scalar(&format!("header.{name}"));
            observe.push(format!("reset: {{from: {from}, unit: epoch_s}}"));
        }
        let why = format!(
            "answers have `{name}` ({} operations); how many calls there may be in which time, and for `reset` the unit, \
             the document does not say",
            how_many(name)
        );
        let observe = format!("{{{}}}", observe.join(", "));
        let mut parts = vec![Entry::text("quota", "100 per 1m").note("as the vendor says")];
        if observe != "{}" {
            parts.push(Entry::text("observe", observe));
        }
        entry.push(Entry::map("calls", parts).why(why));
    } else {
        entry.push(Entry::comment(
            "the document says nothing about limits; `calls: {quota: 100 per 10s}` keeps within one",
        ));
    }
    entry.proposed()
}

/// The headers of answers, and how many operations have them.
fn headers(document: &Document, operations: &[FoundOperation]) -> IndexMap<String, usize> {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for found in operations {
        let responses = document.node(&found.place).and_then(|node| node.get("responses"));
        let mut own: Vec<String> = Vec::new();
        for (_, response) in responses.iter().flat_map(Node::entries) {
            let headers =
                document.resolve(response).ok().and_then(|response| response.get("headers"));
            own.extend(headers.iter().flat_map(Node::keys).map(str::to_owned));
        }
        own.sort_unstable_by_key(|name| name.to_ascii_lowercase());
        own.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
        for name in own.into_iter().filter(|name| is_header(name)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.sort_by(|_, a, _, b| b.cmp(a));
    counts
}
