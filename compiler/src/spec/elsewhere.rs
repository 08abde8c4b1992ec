//! Words of other tools for what a spec says under another key, or code says.

use crate::source::Place;

/// The words, and where what they are for is said.
const WORDS: [(&[&str], &str); 13] = [
    (
        &["retry", "retries", "max_retries", "backoff"],
        "which answers are sent again is a rule of `errors`: `rules: [{when: status >= 500, action: retry}]`; how often, \
         code says with `Options::with_retry`",
    ),
    (&["timeout", "timeouts"], "how long a call may take, code says with `Options::with_timeout`"),
    (
        &["pagination", "paging", "paginator"],
        "how an operation pages is said there: `operations: {list_things: {id: ..., paginate: {...}}}`",
    ),
    (
        &["rate_limit", "rate_limits", "ratelimit", "throttle", "throttling", "quotas"],
        "limits are said under `limits`: `limits: {burst: {quota: 100 per 10s}}`",
    ),
    (
        &["authentication", "authorization", "security"],
        "how calls are allowed is said under `auth`",
    ),
    (
        &["credentials", "secrets"],
        "no secret stands in a spec: `auth` says its kind, and code gives it as `Credentials`",
    ),
    (
        &["base_url", "baseurl", "host", "servers", "url"],
        "servers are those of the document; another one is said under `server`",
    ),
    (&["openapi", "swagger", "spec", "schema_file"], "the OpenAPI document is named by `document`"),
    (&["endpoints", "paths", "methods"], "calls are named under `operations`"),
    (&["operationid", "operation_id"], "an operation's id in the document is said by `id`"),
    (
        &["method", "path"],
        "an operation that has no id in the document is named by its method and path: `call: 'GET /things/{id}'`",
    ),
    (
        &["schedule", "interval", "cron", "frequency"],
        "how often a sync is due is said by its `every`: `every: 5m`",
    ),
    (
        &["mapping", "mappings", "fields"],
        "target fields and their values are said by the `map` of a sync: `map: {email: source.email}`",
    ),
];

/// Where it is said what a key of another tool is for: one at the top of a spec, or of an operation.
pub(super) fn help(key: &str, mapping: &Place) -> Option<&'static str> {
    let inside: Vec<String> = mapping.segments().collect();
    match inside.as_slice() {
        [] => {}
        [section, _operation] if section == "operations" => {}
        _ => return None,
    }
    let key = key.to_lowercase().replace('-', "_");
    WORDS.iter().find(|(words, _)| words.contains(&key.as_str())).map(|(_, help)| *help)
}

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::spec::Kind;

    #[test]
    fn no_word_is_a_key_of_specs_or_there_twice() {
        let schemas = [Kind::Integration, Kind::Sync].map(crate::spec::json_schema);
        let mut all: Vec<&str> = WORDS.iter().flat_map(|(words, _)| *words).copied().collect();
        for word in &all {
            for schema in &schemas {
                assert!(schema["properties"].get(word).is_none(), "{word}");
            }
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
