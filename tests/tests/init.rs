//! Specs that are written for the vendors' real documents, which stand beside the checkout if at all: each passes, and
//! what was found is what is true of the provider.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::diagnostics::{Severity, Style, render};
use gusset_compiler::init::{InitOptions, Initial, Shape, init};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of documents; `None`, said on one line, where there is none.
fn shared(test: &str) -> Option<PathBuf> {
    let path = scratch::root().join("../shared/openapi");
    if path.is_dir() {
        return Some(path.canonicalize().unwrap());
    }
    assert!(
        std::env::var_os("GUSSET_REQUIRE_SHARED").is_none(),
        "{} is missing, and GUSSET_REQUIRE_SHARED is set",
        path.display()
    );
    let _ = writeln!(std::io::stderr(), "skipped: {test}: the vendors' documents are not here");
    None
}

/// The spec of a document, which passes.
#[track_caller]
fn spec(document: &Path) -> (Initial, String) {
    let mut sources = Sources::new();
    let options = InitOptions { document: document.to_owned(), ..InitOptions::default() };
    let outcome = init(&options, &mut sources);
    let initial = outcome.value.unwrap_or_else(|| panic!("{}", document.display()));
    let text =
        initial.text(&document.file_name().unwrap().to_string_lossy(), "integration.schema.json");
    let path = document.with_file_name("integration.yaml");
    let mut sources = Sources::new().with_file(&path, &text);
    let input = Input { specs: vec![path], ..Input::default() };
    let outcome = check(&input, &mut sources);
    let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|d| render(d, &sources, Style::Plain)).collect();
    assert!(errors.is_empty(), "{}\n{}", document.display(), errors.join("\n"));
    (initial, text)
}

#[test]
fn every_document_has_a_spec_that_passes() {
    let Some(shared) = shared("every_document_has_a_spec_that_passes") else { return };
    let mut documents = Vec::new();
    for folder in std::fs::read_dir(shared).unwrap().map(|entry| entry.unwrap().path()) {
        if folder.is_dir() {
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            documents.extend(files.filter(|path| is_document(path)));
        }
    }
    documents.sort();
    assert!(documents.len() > 30, "{documents:?}");
    for document in documents {
        spec(&document);
    }
}

/// Notes and licences stand beside the documents.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name != "spec-source.json" && [".json", ".yaml", ".yml"].iter().any(|end| name.ends_with(end))
}

/// What is true of a provider: kinds of auth, how often each shape, and lines of the spec.
struct Truth {
    document: &'static str,
    auth: &'static [&'static str],
    shapes: &'static [(Shape, usize)],
    lines: &'static [&'static str],
}

const TRUTHS: [Truth; 8] = [
    Truth {
        document: "hubspot/contacts-2026-09.json",
        // The document calls the private app's token a key in a header; that it is a bearer token is not in it.
        auth: &[
            "oauth2: {type: oauth2, flow: authorization_code, scheme: oauth2,",
            "private_apps: {type: api_key, scheme: private_apps}",
        ],
        shapes: &[(Shape::Cursor, 2)],
        lines: &[
            "cursor: {from: body.paging.next.after, into: query.after}",
            "cursor: {from: body.paging.next.after, into: body.after}",
            "size: {into: body.limit, value: 200}",
        ],
    },
    Truth {
        document: "jira/swagger-v3-2025-12.json",
        auth: &[
            "basic_auth: {type: basic, scheme: basicAuth}",
            "oauth2: {type: oauth2, flow: authorization_code,",
        ],
        shapes: &[(Shape::Cursor, 7), (Shape::Url, 74), (Shape::Offset, 15)],
        lines: &[
            "cursor: {from: body.nextPageToken, into: query.nextPageToken, last: body.isLast}",
            "cursor: {from: body.nextPageToken, into: body.nextPageToken, last: body.isLast}",
            "message: 'body.errorMessages[0]'",
        ],
    },
    Truth {
        document: "slack/slack_web_openapi_v2.json",
        auth: &[
            "slack_auth: {type: oauth2, flow: authorization_code, scheme: slackAuth, scopes: [",
        ],
        // Of 28 operations with cursors, the document shows the next one for seven.
        shapes: &[(Shape::Cursor, 7), (Shape::Page, 1)],
        lines: &[
            "cursor: {from: body.response_metadata.next_cursor, into: query.cursor}",
            "- {when: 'status == 200 && !body.ok', action: fail}",
        ],
    },
    Truth {
        document: "asana/asana_oas.yaml",
        auth: &[
            "personal_access_token: {type: bearer, scheme: personalAccessToken}",
            "oauth2: {type: oauth2, flow: authorization_code, scheme: oauth2",
        ],
        shapes: &[(Shape::Cursor, 62)],
        lines: &[
            "cursor: {from: body.next_page.offset, into: query.offset}",
            "size: {into: query.limit, value: 100}",
        ],
    },
    Truth {
        document: "zendesk/tickets-openapi-original.yml",
        // The document has no security schemes, and lost its parameters.
        auth: &[],
        shapes: &[(Shape::Url, 3)],
        lines: &[
            "url: {from: body.links.next, more: body.meta.has_more}",
            "url: {from: body.after_url, last: body.end_of_stream}",
            "url: {from: body.next_page, last: body.end_of_stream}",
        ],
    },
    Truth {
        document: "bamboohr/public.yaml",
        auth: &[
            "oauth_token: {type: bearer, overrides: oauth, ",
            "basic: {type: basic, scheme: basic}",
        ],
        shapes: &[(Shape::Cursor, 1), (Shape::Url, 13), (Shape::Page, 2)],
        lines: &[
            "url: {from: body._links.next.href}",
            // A member of a parameter in the style `deepObject`.
            "cursor: {from: body.meta.page.nextCursor, into: query.page.after}",
        ],
    },
    Truth {
        document: "prefect/prefect.json",
        auth: &[],
        shapes: &[(Shape::Url, 2), (Shape::Offset, 20), (Shape::Page, 6)],
        lines: &[
            "offset: {into: body.offset}",
            "page: {into: body.page, total: body.count}",
            // The list is a POST, and the document has a GET that reads on.
            "url: {from: body.next_page, operation: read_account_events_page}",
        ],
    },
    Truth {
        document: "airflow/airflow-3.json",
        auth: &[
            "oauth2_password_bearer_token: {type: bearer, overrides: OAuth2PasswordBearer, ",
            "http_bearer: {type: bearer, scheme: HTTPBearer}",
        ],
        shapes: &[(Shape::Offset, 25)],
        lines: &["offset: {into: query.offset, total: body.total_entries}"],
    },
];

#[test]
fn what_is_found_is_true() {
    let Some(shared) = shared("what_is_found_is_true") else { return };
    for truth in &TRUTHS {
        let (initial, text) = spec(&shared.join(truth.document));
        assert_eq!(initial.auth.len(), truth.auth.len(), "{}\n{text}", truth.document);
        for line in truth.auth.iter().chain(truth.lines) {
            let found = text.lines().any(|found| found.trim().starts_with(line));
            assert!(found, "{}: no `{line}` in\n{text}", truth.document);
        }
        let shapes: BTreeMap<Shape, usize> =
            initial.paginated.iter().map(|(shape, names)| (*shape, names.len())).collect();
        let expected: BTreeMap<Shape, usize> = truth.shapes.iter().copied().collect();
        assert_eq!(shapes, expected, "{}", truth.document);
    }
}
