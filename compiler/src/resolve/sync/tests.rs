//! The catalog's sync, and what happens when one thing in it is wrong.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use crate::source::Sources;
use crate::{Input, Outcome, check, ir::Ir};
use std::path::{Path, PathBuf};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("specs")
}

/// Compiles the catalog's sync with one text in one file replaced.
fn compile(file: &str, from: &str, to: &str) -> Outcome<Ir> {
    let path = specs().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    let mut sources = Sources::new().with_file(&path, text.replacen(from, to, 1));
    let input = Input { specs: vec![specs().join("syncs/warm_leads.yaml")], ..Input::default() };
    check(&input, &mut sources)
}

/// `code pointer [bytes] message | help`, a line each.
#[track_caller]
fn wrong(from: &str, to: &str, wanted: &[&str]) {
    let outcome = compile("syncs/warm_leads.yaml", from, to);
    let found: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(|d| {
            let place = d.primary.as_ref().map(|l| &l.place);
            let pointer = place.map_or("", |p| &p.pointer);
            let help: String = d.help.iter().map(|h| format!(" | {h}")).collect();
            format!("{} {pointer} {}{help}", d.code, d.message)
        })
        .collect();
    assert_eq!(found, wanted, "{to}");
}

#[test]
fn the_catalog_sync_compiles() {
    let outcome = compile("syncs/warm_leads.yaml", "warm_leads", "warm_leads");
    assert_eq!(outcome.diagnostics, []);
    let ir = outcome.value.unwrap();
    let sync = ir.syncs.first().unwrap();
    assert_eq!(sync.lookups.keys().collect::<Vec<_>>(), ["owner", "rep", "lead"]);
    assert_eq!(sync.map.first().unwrap().field, "HubSpot_Contact_Id__c");
    assert_eq!(sync.map.len(), 10);
}

#[test]
fn references() {
    wrong(
        "source: hubspot.contacts",
        "source: hubspt.contacts",
        &["GS0701 /source the sync lists no integration `hubspt` | did you mean `hubspot`?"],
    );
    wrong(
        "source: hubspot.contacts",
        "source: hubspot.contact",
        &["GS0702 /source `hubspot` has no resource `contact` | did you mean `contacts`?"],
    );
    wrong(
        "source: hubspot.contacts",
        "source: contacts",
        &[
            "GS0702 /source `contacts` names no resource | write it as `integration.resource` | known here: `hubspot.contacts`, `hubspot.owners`, `salesforce.leads`, `salesforce.users`",
        ],
    );
    wrong(
        "target: salesforce.leads",
        "target: salesforce.users",
        &[
            "GS0704 /target `users` cannot be written: it has no `upsert` | give the resource an `upsert` by an external key",
        ],
    );
}

#[test]
fn matches() {
    wrong(
        "{source: id,",
        "{source: ident,",
        &["GS0705 /match/source `Contact` has no field `ident` | did you mean `id`?"],
    );
    wrong(
        "{source: id,",
        "{source: archivedAt,",
        &[
            "GS0705 /match/source `archivedAt` is of type timestamp; a key is text or a whole number | the source's key is `id`",
        ],
    );
    wrong(
        "target: HubSpot_Contact_Id__c}",
        "target: Email}",
        &[
            "GS0705 /match/target `Email` is not the field that the target's upsert goes by | write `HubSpot_Contact_Id__c`",
        ],
    );
}

#[test]
fn lookups() {
    wrong(
        "by: Email",
        "by: Emial",
        &["GS0706 /lookups/rep/by `User` has no field `Emial` | did you mean `Email`?"],
    );
    wrong(
        "by: Email",
        "by: IsActive",
        &["GS0706 /lookups/rep/by a lookup goes by a text field, and `IsActive` is of type bool"],
    );
    wrong(
        "is: lookup.owner.?email",
        "is: lookup.lead.?Email",
        &[
            "GS0602 /lookups/rep/is the lookup `lead` is declared after this one | a lookup sees the lookups before it; change the order",
        ],
    );
    wrong(
        "OwnerId: lookup.rep.?Id",
        "Industry: '\"x\"'",
        &["GS0212 /lookups/rep nothing uses the lookup `rep`"],
    );
}

#[test]
fn mappings() {
    wrong(
        "  FirstName:",
        "  FirstNam:",
        &["GS0650 /map/FirstNam `LeadInput` has no field `FirstNam` | did you mean `FirstName`?"],
    );
    wrong(
        "  LastName: source.properties.?lastname.orValue(\"(unknown)\")\n",
        "",
        &["GS0651 /map `LastName` is required, and nothing is mapped onto it"],
    );
    wrong(
        ".?lastname.orValue(\"(unknown)\")",
        ".?lastname",
        &[
            "GS0653 /map/LastName `LastName` is required, but the value may be absent | say what is sent then: `source.properties.?lastname.orValue(\"\")`",
        ],
    );
    wrong(
        ".?firstname",
        ".firstname",
        &[
            "GS0604 /map/FirstName `firstname` may be missing | use `source.properties.?firstname.orValue(\"\")`",
        ],
    );
    wrong(
        ".?firstname",
        ".?hubspotscore",
        &[
            "GS0652 /map/FirstName `FirstName` is of type string, but the value is optional(double) | convert what it holds: `string(.. .orValue(..))`",
        ],
    );

    wrong(
        "Title: source.properties.?jobtitle",
        "HubSpot_Contact_Id__c: source.id",
        &[
            "GS0650 /map/HubSpot_Contact_Id__c `HubSpot_Contact_Id__c` is set by `match`, and mapped again here",
        ],
    );
}

#[test]
fn conditions_and_the_rest() {
    wrong(
        "settings.threshold",
        "settings.treshold",
        &["GS0602 /when there is no setting `treshold` | did you mean `threshold`?"],
    );
    wrong(
        ">= settings.threshold",
        ">= 3.0",
        &["GS0212 /settings/threshold nothing uses the setting `threshold`"],
    );
    wrong(
        "when: source.properties.?hubspotscore.orValue(0.0) >= settings.threshold",
        "when: source.properties.?hubspotscore",
        &["GS0606 /when expected bool, found optional(double)"],
    );
    wrong(
        "source.properties.?hubspotscore.orValue(0.0) >= settings",
        "source.hubspotscore >= settings",
        &[
            "GS0603 /when `Contact` has no field `hubspotscore` | `properties` has one: `properties.hubspotscore`",
        ],
    );
    wrong(
        "every: 5m",
        "every: 5 minutes",
        &["GS0707 /every `minutes` is no unit of time: use ms, s, m, h or d | write `5m`"],
    );
    wrong(
        "default: 70",
        "default: high",
        &["GS0809 /settings/threshold/default `\"high\"` is not a number"],
    );
}
