//! `gusset check --proofs`, over the catalog.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What is printed on stdout about the catalog.
fn said(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let gusset = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .args(["check", "specs"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(gusset.status.success(), "{}", String::from_utf8_lossy(&gusset.stderr));
    String::from_utf8(gusset.stdout).unwrap()
}

/// The facts, and the report of the run.
fn facts(proofs: &str) -> (Vec<Value>, Value) {
    let text = said(&[proofs, "--format", "json"]);
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let (reports, facts): (Vec<Value>, Vec<Value>) =
        lines.partition(|line: &Value| line.get("report").is_some());
    (facts, reports.into_iter().next().unwrap()["report"].take())
}

#[test]
fn proofs_have_a_standing_and_a_place_and_assumptions_a_reason() {
    let (facts, _) = facts("--proofs");
    for fact in &facts {
        assert_eq!(fact["standing"] == "proven", fact["because"].is_null(), "{fact}");
        let place = fact["place"].as_str().unwrap();
        let (path, position) = place.split_once(".yaml:").unwrap();
        assert!(path.starts_with("specs/"), "{fact}");
        assert!(position.split(':').all(|n| n.parse::<usize>().is_ok()), "{fact}");
        assert!(!fact["kind"].as_str().unwrap().is_empty(), "{fact}");
    }
}

/// A standing, a kind, a subject, and a part of the fact.
#[test]
fn what_an_audit_asks_for_is_there() {
    let (facts, _) = facts("--proofs");
    for (standing, kind, subject, text) in [
        ("proven", "server", "bamboohr", "the base URL is"),
        ("overridden", "auth", "hubspot.private_app", "by a bearer token, not by an API key"),
        ("proven", "auth.scopes", "dropbox.user", "asks for what operations need"),
        ("assumed", "limits.quota", "hubspot.burst", "a connection 100 calls in any 10s"),
        ("assumed", "limits.quota", "hubspot.search", "5 calls of `search_contacts` in any 1s"),
        ("assumed", "limits.concurrency", "salesforce.concurrent", "25 calls at a time"),
        ("assumed", "limits.quota", "hubspot.search", "what answers say in `RateLimit`"),
        ("assumed", "limits.observe.remaining", "hubspot.burst", "X-HubSpot-RateLimit-Remaining"),
        ("proven", "errors", "hubspot", "refusals of all 4 operations are decoded"),
        (
            "proven",
            "errors.rules.when",
            "salesforce",
            "`status == 503 || status == 500` sends again",
        ),
        ("assumed", "errors.assume", "hubspot.policyName", "error bodies may have `policyName`"),
        ("proven", "operations.id", "hubspot.get_contact", "which only reads"),
        ("assumed", "operations.repeat", "hubspot.search_contacts", "though it is a POST"),
        ("proven", "operations.paginate.items", "hubspot.list_contacts", "`body.results`"),
        ("assumed", "operations.paginate.item", "salesforce.query_leads", "are `Lead`"),
        ("proven", "operations.paginate.size.into", "hubspot.list_contacts", "have 100 records"),
        ("assumed", "operations.paginate.size.into", "hubspot.search_contacts", "200 records"),
        ("assumed", "operations.paginate.offset.first", "quickbooks.query_customers", "number 1"),
        ("assumed", "operations.paginate.offset", "quickbooks.query_customers", "an empty one"),
        ("assumed", "operations.paginate.single", "quickbooks.changed_customers", "one answer"),
        ("proven", "types.schemas", "hubspot.Contact", "is one record by the schemas"),
        ("assumed", "types.refine", "hubspot.Contact.properties.email", "is text"),
        ("proven", "resources.key", "hubspot.contacts", "every `Contact` has `id`"),
        ("proven", "resources.get.key", "hubspot.contacts", "takes the key `id`"),
        ("proven", "resources.delete", "salesforce.leads", "is about the records of `leads`"),
        ("proven", "resources.list.with", "jira.issues.body.jql", "takes `\"project is"),
        ("proven", "resources.changes.cursor", "hubspot.contacts", "`updatedAt` is a timestamp"),
        ("proven", "resources.changes.since.into", "hubspot.contacts", "time that is remembered"),
        ("assumed", "resources.changes.since.format", "hubspot.contacts", "as `format` says"),
        ("assumed", "resources.changes.cap", "hubspot.contacts", "10000 records at most"),
        ("assumed", "resources.upsert.batch.max", "salesforce.leads", "200 records a call"),
        ("proven", "resources.upsert.results.failed", "salesforce.leads", "`!result.success`"),
        ("proven", "target", "warm_leads", "may be sent again"),
        ("proven", "lookups.by", "warm_leads.owner", "`hubspot.owners`"),
        ("proven", "match.source", "warm_leads", "goes into `HubSpot_Contact_Id__c`"),
        ("proven", "map", "warm_leads.LastName", "never absent"),
    ] {
        let says = |fact: &&Value| fact["kind"] == kind && fact["subject"] == subject;
        let same: Vec<&Value> = facts.iter().filter(says).collect();
        let found = same.iter().any(|fact| {
            fact["standing"] == standing && fact["fact"].as_str().unwrap().contains(text)
        });
        assert!(found, "{standing} {kind} {subject}: {text}: {same:?}");
    }
}

#[test]
fn facts_say_where_the_document_has_them() {
    let (facts, _) = facts("--proofs=proven");
    let of = |kind: &str, subject: &str| {
        let found = facts.iter().find(|f| f["kind"] == kind && f["subject"] == subject);
        found.unwrap()["rests_on"].as_str().unwrap().to_owned()
    };
    let text = |place: String| {
        let (path, position) = place.split_once(".yaml:").unwrap();
        let line: usize = position.split(':').next().unwrap().parse().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        #[allow(clippy::disallowed_methods, reason = "a test looks at what the command names")]
        let file = std::fs::read_to_string(root.join(format!("{path}.yaml"))).unwrap();
        let mut lines = file.lines().skip(line - 2);
        format!("{}{}", lines.next().unwrap(), lines.next().unwrap())
    };
    assert!(text(of("resources.key", "hubspot.contacts")).contains("id:"));
    assert!(text(of("resources.changes.cursor", "hubspot.contacts")).contains("updatedAt:"));
}

#[test]
fn facts_are_in_the_order_of_the_lines_of_each_spec() {
    let (facts, _) = facts("--proofs");
    let places = facts.iter().map(|fact| {
        let (path, position) = fact["place"].as_str().unwrap().split_once(".yaml:").unwrap();
        let line: usize = position.split(':').next().unwrap().parse().unwrap();
        (path.to_owned(), line)
    });
    let places: Vec<(String, usize)> = places.collect();
    for pair in places.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].1 <= pair[1].1, "{pair:?}");
    }
    let mut files: Vec<&String> = places.iter().map(|(path, _)| path).collect();
    files.dedup();
    let (runs, mut names) = (files.len(), files);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), runs, "each spec comes once");
}

#[test]
fn facts_can_be_filtered_and_are_counted() {
    let (all, report) = facts("--proofs");
    for standing in ["proven", "assumed", "overridden"] {
        let (some, _) = facts(&format!("--proofs={standing}"));
        let of = all.iter().filter(|fact| fact["standing"] == standing).count();
        assert_eq!(some.len(), of);
        assert_eq!(report["facts"][standing], of);
        assert!(some.iter().all(|fact| fact["standing"] == standing));
    }
    let count = |standing: &str| report["facts"][standing].as_u64().unwrap();
    let (unproven, _) = facts("--proofs=unproven");
    assert_eq!(unproven.len() as u64, count("assumed") + count("overridden"));
    let people = said(&["--proofs=overridden"]);
    let sums = format!(
        "{} proven, {} assumed, {} overridden",
        count("proven"),
        count("assumed"),
        count("overridden")
    );
    assert_eq!(people.lines().last().unwrap(), sums);
    assert!(
        people.starts_with("overridden `private_app` authorises by a bearer token"),
        "{people}"
    );
}
