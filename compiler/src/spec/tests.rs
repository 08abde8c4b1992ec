//! Spec files as a whole: what is read, and what is wrong with it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;

#[track_caller]
fn check(files: &[(&str, &str)], paths: &[&str]) -> (Specs, Vec<String>) {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources = sources.with_file(path, *text);
    }
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let mut diagnostics = Diagnostics::new();
    let specs = read(&paths, &[], &mut sources, &mut diagnostics);
    let found = diagnostics
        .finish()
        .into_iter()
        .map(|d| {
            let at = d.primary.map(|l| format!(" at {:?}", l.place)).unwrap_or_default();
            format!("{} {}{at}", d.code, d.message)
        })
        .collect();
    (specs, found)
}

const SYNC: &str = "gusset: 1\nsync: s\nintegrations: {a: ../a, b: ../b}\nsource: a.x\ntarget: b.y\n\
                    match: {source: id, target: ref}\nmap: {name: source.name}\n";

#[test]
fn a_sync_brings_its_integrations_along_once() {
    let (specs, found) = check(
        &[
            ("specs/syncs/s.yaml", SYNC),
            ("specs/a/integration.yaml", "gusset: 1\nintegration: a\n"),
            ("specs/b/integration.yaml", "gusset: 1\nintegration: b\n"),
        ],
        &["specs/b", "specs/syncs/s.yaml", "specs/./b/integration.yaml"],
    );
    assert_eq!(found, [""; 0]);
    let names: Vec<&str> =
        specs.integrations.iter().map(|i| i.syntax.integration.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(specs.syncs[0].integrations["a"], IntegrationId(1));
    assert_eq!(specs.syncs[0].integrations["b"], IntegrationId(0));
    assert_eq!(specs.integrations[1].folder, Path::new("specs/a"));
}

#[test]
fn what_is_missing_is_named_where_it_is_used() {
    let (_, found) = check(
        &[
            ("specs/syncs/s.yaml", SYNC),
            ("specs/a/integration.yaml", "gusset: 1\nintegration: a\n"),
        ],
        &["specs/syncs/s.yaml", "nowhere.yaml"],
    );
    assert_eq!(
        found,
        [
            "GS0001 `nowhere.yaml` does not exist",
            "GS0001 `specs/b/integration.yaml` does not exist at #0/integrations/b",
        ]
    );
}

#[test]
fn what_is_no_spec_is_said_to_be_none() {
    for (text, expected) in [
        ("- a", "GS0201 this is no spec: a spec is a mapping that starts with `gusset: 1` at #0"),
        ("", "GS0201 this is no spec: a spec is a mapping that starts with `gusset: 1` at #0"),
        (
            "openapi: 3.0.0",
            "GS0201 this is no spec: the key `gusset` with the version of the language is missing at #0",
        ),
        (
            "gusset: 2\nintegration: a",
            "GS0202 version 2 of the language is not known here at #0/gusset",
        ),
        ("gusset: 1", "GS0201 neither `integration` nor `sync` says what this file is at #0"),
        ("a: [", "GS0003 the file is neither YAML nor JSON at #0"),
        (
            "gusset: 1\nintegration: Hub-Spot",
            "GS0208 `Hub-Spot` is no name of this language at #0/integration",
        ),
        (
            "gusset: 1\nintegration: a\nresources: {x: {type: A, key: id, list: {operation: 1}}}",
            "GS0205 expected text, found the number 1 at #0/resources/x/list/operation",
        ),
        (
            "gusset: 1\nintegration: a\ngusset: 1",
            "GS0207 the key `gusset` is there twice at #0/gusset (key)",
        ),
    ] {
        assert_eq!(check(&[("a.yaml", text)], &["a.yaml"]).1, [expected], "{text}");
    }
}

#[test]
fn a_folder_gives_its_specs_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap())
            .and_then(|()| std::fs::write(path, text))
            .unwrap();
    };
    write("b/integration.yaml", "gusset: 1\nintegration: b\n");
    write("b/openapi.yaml", "openapi: 3.0.0\n");
    write("a/integration.yaml", "# first\ngusset: 1\nintegration: a\n");
    write(".hidden/integration.yaml", "gusset: 1\nintegration: hidden\n");
    let mut diagnostics = Diagnostics::new();
    let specs = read(&[folder.path().to_owned()], &[], &mut Sources::new(), &mut diagnostics);
    assert_eq!(diagnostics.finish(), []);
    let names: Vec<&str> =
        specs.integrations.iter().map(|i| i.syntax.integration.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}
