//! The URLs and scopes of flows: relative ones, those of renewing, those of several documents, those of other flows.

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::ir::{Sign, Standing};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};

const SPEC: &str = "specs/acme/integration.yaml";

/// A document with these flows and one operation of this name.
fn document(server: &str, flows: &str, operation: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: Acme, version: '1'}}
servers: [{{url: '{server}'}}]
security: [{{oauth: []}}]
paths:
  /{operation}:
    get:
      operationId: {operation}
      responses: {{'200': {{description: A thing., content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}}}
components:
  securitySchemes: {{oauth: {{type: oauth2, flows: {flows}}}}}
"
    )
}

/// What is known of a way to authorise, and what is said.
fn told(
    documents: &[(&str, &str)],
    server: &str,
    auth: &str,
) -> (Vec<(Standing, String, bool)>, String) {
    let mut sources = Sources::new();
    let (mut names, mut operations) = (Vec::new(), String::new());
    for (index, (server, flows)) in documents.iter().enumerate() {
        let name = ["a", "b"][index];
        sources =
            sources.with_file(format!("specs/acme/{name}.yaml"), document(server, flows, name));
        names.push(format!("{name}: {name}.yaml"));
        operations.push_str(&format!("  {name}: {{id: {name}}}\n"));
    }
    let spec = format!(
        "gusset: 1\nintegration: acme\ndocuments: {{{}}}\n{server}auth:\n  token: {{type: oauth2, scheme: oauth, {auth}}}\noperations:\n{operations}limits: {{all: {{quota: 1 per 1s}}}}\n",
        names.join(", ")
    );
    sources = sources.with_file(SPEC, spec);
    let outcome = check(&Input { specs: vec![SPEC.into()], ..Input::default() }, &mut sources);
    let said: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    let facts = outcome.value.map(|ir| ir.facts).unwrap_or_default();
    let of_tokens = |sign: &Option<Sign>| matches!(sign, Some(Sign::Tokens { .. }));
    let facts = facts.into_iter().map(|f| (f.standing, f.text.clone(), of_tokens(&f.sign)));
    (facts.collect(), said.join("\n\n"))
}

#[track_caller]
fn is(told: &(Vec<(Standing, String, bool)>, String), standing: Standing, text: &str) {
    let found = told.0.iter().find(|(_, known, _)| known == text);
    let (known, _, seen) = found.unwrap_or_else(|| panic!("{told:?}"));
    // What is not proven is seen where no token is got.
    assert_eq!((*known, *seen), (standing, standing != Standing::Proven), "{told:?}");
}

const API: &str = "https://api.acme.test/v1";
const CODE: &str = "authorizationCode: {authorizationUrl: 'https://acme.test/authorize', tokenUrl: 'https://acme.test/token'";

#[test]
fn a_flow_of_another_document_keeps_its_urls() {
    let implicit =
        "{implicit: {authorizationUrl: 'https://acme.test/authorize', scopes: {read: r}}}";
    let own = "{clientCredentials: {tokenUrl: 'https://acme.test/token', scopes: {read: r}}}";
    let auth = "flow: client_credentials, scopes: [read]";
    for documents in [[(API, implicit), (API, own)], [(API, own), (API, implicit)]] {
        let told = told(&documents, "", auth);
        is(&told, Standing::Proven, "the token endpoint is `https://acme.test/token`");
    }
}

#[test]
fn tokens_are_renewed_where_the_document_says() {
    let flows = format!("{{{CODE}, refreshUrl: 'https://acme.test/renew', scopes: {{read: r}}}}}}");
    let of = |auth: &str| told(&[(API, flows.as_str())], "", auth);
    let renewed = of("flow: refresh_token, scopes: [read]");
    is(&renewed, Standing::Proven, "the token endpoint is `https://acme.test/renew`");
    // Both are of the document.
    let given = of("flow: refresh_token, scopes: [read], token_url: 'https://acme.test/token'");
    assert!(!given.1.contains("error["), "{given:?}");
    let asked = of("flow: authorization_code, scopes: [read]");
    is(&asked, Standing::Proven, "the token endpoint is `https://acme.test/token`");
    is(&asked, Standing::Assumed, "`token` renews tokens at the token endpoint");
}

#[test]
fn urls_are_relative_to_the_server() {
    let flows = "{clientCredentials: {tokenUrl: /token, scopes: {read: r}}}";
    let auth = "flow: client_credentials, scopes: [read]";
    let text = "the token endpoint is `https://api.acme.test/token`";
    is(&told(&[(API, flows)], "", auth), Standing::Proven, text);
    // The spec's server is another one, perhaps.
    let server = "server: {url: 'https://eu.acme.test', because: the vendor told us}\n";
    is(&told(&[(API, flows)], server, auth), Standing::Assumed, text);
    let (_, said) = told(&[("https://{site}.acme.test", flows)], server, auth);
    assert!(said.contains("the document has `/token`, which is no whole URL"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
}

#[test]
fn a_scope_of_another_flow_is_assumed() {
    let flows = format!(
        "{{clientCredentials: {{tokenUrl: 'https://acme.test/token', scopes: {{read: r}}}}, {CODE}, scopes: {{write: w}}}}}}"
    );
    let of = |scope: &str| {
        told(&[(API, flows.as_str())], "", &format!("flow: client_credentials, scopes: [{scope}]"))
    };
    is(&of("write"), Standing::Assumed, "`token` may ask for `write`");
    assert!(of("read").0.iter().all(|(_, text, _)| !text.contains("may ask")));
}

#[test]
fn urls_are_no_secrets() {
    let flows =
        "{authorizationCode: {authorizationUrl: 'https://acme.test/authorize', scopes: {read: r}}}";
    let (_, said) = told(&[(API, flows)], "", "flow: authorization_code, scopes: [read]");
    assert!(said.contains("authorizationUrl: 'https://acme.test/authorize'"), "{said}");
}
