//! Documents that break the rules, or that other tools break on: what becomes of each is written down beside it, and
//! all crates build with every warning denied.
//!
//! `tests/golden/nasty/NAME.{yaml,json}` is a document, `NAME.txt` the report and every diagnostic: nothing is lost
//! without a line there. Off CI the texts are brought up to date, and the test fails once.

use crate::scratch;
use gusset_compiler::diagnostics::position_of;
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, GenerateOptions, Input, generate};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn nasty_documents_lose_nothing_silently_and_their_crates_build() {
    let folder = scratch::empty("nasty");
    let mut names = Vec::new();
    let mut wrong = Vec::new();
    for document in documents() {
        let name = document.file_stem().unwrap().to_str().unwrap().to_owned();
        let told = generated(&document, &name, &folder);
        let expected = document.with_extension("txt");
        if std::fs::read_to_string(&expected).unwrap_or_default() != told {
            if std::env::var_os("CI").is_none() {
                std::fs::write(&expected, &told).unwrap();
            }
            wrong.push(format!("{name}.txt was not up to date; it should be:\n{told}"));
        }
        names.push(name);
    }
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let built = scratch::check(&folder, &members);
    if !built.status.success() {
        wrong.push(String::from_utf8_lossy(&built.stderr).into_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/nasty");
    let mut documents: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.retain(|path| path.extension().is_some_and(|e| e == "yaml" || e == "json"));
    documents.sort();
    documents
}

/// Generates a crate; the report, and all diagnostics.
fn generated(document: &Path, name: &str, folder: &Path) -> String {
    let text = std::fs::read_to_string(document).unwrap();
    let path = PathBuf::from(document.file_name().unwrap());
    let mut sources = Sources::new().with_file(&path, text);
    let alone = Alone { name: Some(name.to_owned()), path, ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let outcome = generate(&input, &mut sources, folder, &GenerateOptions::default()).unwrap();
    let mut told = String::new();
    for report in outcome.value.iter().flat_map(|generated| &generated.units) {
        let (emitted, all) = (report.operations, report.documented);
        writeln!(told, "{emitted} of {all} operations").unwrap();
        writeln!(told, "{} of {} schemas typed", report.typed(), report.schemas).unwrap();
        for (because, places) in report.reasons() {
            writeln!(told, "  JSON, because {because}:").unwrap();
            for fallback in places {
                writeln!(told, "    {}", fallback.place.pointer).unwrap();
            }
        }
    }
    for found in &outcome.diagnostics {
        let label = found.primary.as_ref();
        let at = label.map(|label| position_of(&label.place, &sources)).unwrap_or_default();
        let text = label.map(|label| label.text.as_str()).filter(|text| !text.is_empty());
        let text = text.map(|text| format!(": {text}")).unwrap_or_default();
        writeln!(told, "{at} {} {}{text}", found.code, found.message).unwrap();
    }
    told
}
