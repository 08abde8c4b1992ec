//! A mistake at every place of the specs: is it caught, and is it one error?
//!
//! What no compiler could know stands in `tests/mutations/survivors.txt`, by a class of reason; what gives several
//! errors in `several.txt`. Both are exact: `UPDATE_MUTATIONS=1` writes them anew, and new survivors then stand under
//! `unsorted`, which fails until somebody has said why no compiler could know.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod catalog;
mod lists;
mod mutate;
mod neighbours;
mod texts;
mod words;

use catalog::{Catalog, Finding};
use gusset_compiler::diagnostics::Severity;
use gusset_compiler::spec::{Kind, json_schema};
use lists::List;
use mutate::{Mutation, mutations};
use neighbours::Neighbours;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A mutation and what is found in the spec that has it.
struct Judged {
    file: String,
    mutation: Mutation,
    findings: Vec<Finding>,
}

impl Judged {
    fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }

    /// Whether something points at the mistake, or into the same part of the file.
    fn in_place(&self) -> bool {
        let parent = self.mutation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let near = |(file, pointer): &(String, String)| {
            *file == self.file
                && (pointer.starts_with(parent) || parent.starts_with(pointer.as_str()))
        };
        self.findings.iter().flat_map(|f| &f.places).any(near)
    }

    fn line(&self) -> String {
        format!("{} {}: {}", self.file, self.mutation.pointer, self.mutation.what)
    }
}

fn catalogs() -> [Catalog; 11] {
    let single = |name: &str| {
        Catalog::bundled(&[&format!("{name}/integration")], &[&format!("{name}/openapi")])
    };
    [
        Catalog::bundled(
            &["hubspot/integration", "salesforce/integration", "syncs/warm_leads"],
            &["hubspot/contacts", "hubspot/owners", "salesforce/openapi"],
        ),
        single("slack"),
        single("asana"),
        single("bamboohr"),
        single("dropbox"),
        single("greenhouse"),
        single("jira"),
        single("quickbooks"),
        single("stripe"),
        Catalog::mistakes("desk", "integration", "openapi"),
        Catalog::mistakes("shop", "shop", "shop_openapi"),
    ]
}

/// All mutations of all specs, compiled.
fn judged() -> Vec<Judged> {
    let catalogs = catalogs();
    let mut work = Vec::new();
    for catalog in &catalogs {
        let resources: Vec<String> =
            catalog.specs.iter().flat_map(|(_, spec)| resources(spec)).collect();
        for (file, spec) in &catalog.specs {
            let kind = if spec.get("sync").is_some() { Kind::Sync } else { Kind::Integration };
            let mut known = Neighbours::of(spec, catalog.documents());
            known.add(resources.clone());
            let mutations = mutations(spec, &json_schema(kind), &known);
            work.extend(mutations.into_iter().map(|mutation| (catalog, file, mutation)));
        }
    }
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut found = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((catalog, file, mutation)) = work.get(number) else { break found };
            found.push((number, catalog.findings(file, &mutation.text)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut found: Vec<(usize, Vec<Finding>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    found.sort_by_key(|(number, _)| *number);
    work.into_iter()
        .zip(found)
        .map(|((_, file, mutation), (_, findings))| Judged {
            file: file.clone(),
            mutation,
            findings,
        })
        .collect()
}

/// `integration.resource`, as syncs name them.
fn resources(spec: &Value) -> Vec<String> {
    let name = spec["integration"].as_str().unwrap_or_default();
    let resources = spec["resources"].as_object();
    resources.into_iter().flatten().map(|(resource, _)| format!("{name}.{resource}")).collect()
}

#[test]
fn mutations_are_caught_and_are_one_error_each() {
    let all = judged();
    let of = |test: &dyn Fn(&Judged) -> bool| -> Vec<&Judged> {
        all.iter().filter(|j| test(j)).collect()
    };
    let survivors = of(&|j| j.findings.is_empty());
    let told = of(&|j| j.errors() == 0 && !j.findings.is_empty());
    let several = of(&|j| j.errors() > 1);
    let caught = all.len() - survivors.len();
    let in_place = of(&|j| !j.findings.is_empty() && j.in_place()).len();

    let known = List::read("survivors.txt");
    let open = known.of_class("open");
    let knowable = caught + open;
    let share = |part: usize, of: usize| 100.0 * part as f64 / of as f64;
    println!("{} mutations", all.len());
    println!("{caught} caught, {} of them by a warning only", told.len());
    println!("{:.2} % of the {knowable} that could be known", share(caught, knowable));
    println!(
        "{} of {caught} by exactly one error, {} by several",
        caught - told.len() - several.len(),
        several.len()
    );
    println!("{in_place} of {caught} with a place in the same part of the file");
    let slips = of(&|j| ["typo ", "key "].iter().any(|kind| j.mutation.what.starts_with(kind)));
    let mends = |j: &Judged, right: bool| j.findings.iter().any(|f| f.mended == Some(right));
    let mended = slips.iter().filter(|j| mends(j, true)).count();
    let elsewhere = of(&|j| mends(j, false));
    println!("{mended} of {} slips in names are mended by `--fix`", slips.len());
    println!("{} sure changes make something else of a spec", elsewhere.len());
    for judged in &elsewhere {
        println!("      {}", judged.line());
    }
    for (class, number) in known.classes() {
        println!("{number:5} survive: {class}");
    }

    let survivors: Vec<String> = survivors.iter().map(|j| j.line()).collect();
    let list = |judged: &&Judged| format!("{} [{} errors]", judged.line(), judged.errors());
    let several: Vec<String> = several.iter().map(list).collect();
    known.hold(&survivors);
    List::read("several.txt").hold(&several);
    assert_eq!(known.of_class("unsorted"), 0, "say why no compiler could know");
    assert!(share(caught, knowable) >= 99.0);
    assert!(share(mended, slips.len()) >= 30.0);
    assert!(share(elsewhere.len(), mended) < 1.0, "a sure change is what was meant");
}
