//! Three doors, one engine: a crate of the command, the modules of a build script and those of a macro are the same code.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset_compiler::emit::{CrateOptions, Unit, crate_files, inline};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, build::Build, compile};
use quote::ToTokens;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("specs")
}

fn units(specs: PathBuf) -> Vec<Unit> {
    let input = Input { specs: vec![specs], ..Input::default() };
    compile(&input, &mut Sources::new()).value.unwrap()
}

/// The items of a crate with its modules in place. All are formatted alike, because formatting adds commas.
fn flattened(unit: &Unit) -> String {
    let files: BTreeMap<String, syn::File> = crate_files(unit, &CrateOptions::default())
        .into_iter()
        .filter(|file| file.path.extension().is_some_and(|e| e == "rs"))
        .map(|file| {
            let name = file.path.file_stem().unwrap().to_string_lossy().into_owned();
            let mut parsed = syn::parse_file(&file.text).unwrap();
            parsed.attrs.retain(|attr| !attr.path().is_ident("cfg_attr"));
            (name, parsed)
        })
        .collect();
    let mut root = files["lib"].clone();
    for item in &mut root.items {
        if let syn::Item::Mod(module) = item
            && module.content.is_none()
        {
            let file = files[&module.ident.to_string()].clone();
            module.attrs.extend(file.attrs);
            module.content = Some((Default::default(), file.items));
            module.semi = None;
        }
    }
    prettyplease::unparse(&root)
}

/// The modules of a text by name, each like the root of a crate.
fn modules(text: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(text).unwrap();
    let modules = file.items.into_iter().map(|item| match item {
        syn::Item::Mod(module) => {
            let (_, items) = module.content.unwrap();
            let inner = |attr: &syn::Attribute| matches!(attr.style, syn::AttrStyle::Inner(_));
            let attrs = module.attrs.into_iter().filter(inner).collect();
            // In a crate of its own, a sync finds its integrations without an import.
            let items = items.into_iter().filter(|item| !is_import_of_siblings(item)).collect();
            let mut root = syn::parse_file("").unwrap();
            (root.attrs, root.items) = (attrs, items);
            (module.ident.to_string(), prettyplease::unparse(&root))
        }
        other => panic!("not a module: {}", other.to_token_stream()),
    });
    modules.collect()
}

fn is_import_of_siblings(item: &syn::Item) -> bool {
    matches!(item, syn::Item::Use(item) if item.to_token_stream().to_string().starts_with("use super :: {"))
}

#[test]
fn crates_and_build_script_and_macro_are_the_same_code() {
    same_code(specs());
    // With hooks, too.
    same_code(Path::new(env!("CARGO_MANIFEST_DIR")).join("hooks/people.yaml"));
}

#[track_caller]
fn same_code(specs: PathBuf) {
    let units = units(specs.clone());
    let out = tempfile::tempdir().unwrap();
    Build::new().spec(specs).run_to(Some(out.path()), &mut Vec::new()).unwrap();
    let by_build = modules(&std::fs::read_to_string(out.path().join("gusset.rs")).unwrap());
    let by_macro = modules(&inline(&units).to_string());
    assert_eq!(by_build.keys().collect::<Vec<_>>(), by_macro.keys().collect::<Vec<_>>());
    assert_eq!(units.len(), by_build.len());
    for unit in &units {
        let by_command = flattened(unit);
        assert!(by_command.len() > 1000, "{} is emitted", unit.name);
        same(&by_command, &by_build[&unit.name]);
        same(&by_command, &by_macro[&unit.name]);
    }
}

/// Texts are long: only the first difference is shown.
#[track_caller]
fn same(one: &str, other: &str) {
    let lines = one.lines().map(Some).chain([None]).zip(other.lines().map(Some).chain([None]));
    if let Some((number, (one, other))) = lines.enumerate().find(|(_, (one, other))| one != other) {
        panic!("line {number} differs:\n{one:?}\n{other:?}");
    }
}

#[test]
fn a_build_script_tells_cargo_every_file() {
    let out = tempfile::tempdir().unwrap();
    let mut cargo = Vec::new();
    Build::new().spec(specs().join("hubspot")).run_to(Some(out.path()), &mut cargo).unwrap();
    let cargo = String::from_utf8(cargo).unwrap();
    for file in ["integration.yaml", "contacts.yaml", "owners.yaml"] {
        let line =
            format!("cargo::rerun-if-changed={}", specs().join("hubspot").join(file).display());
        assert!(cargo.lines().any(|l| l == line), "{line} is not in:\n{cargo}");
    }
}

#[test]
fn a_build_script_fails_with_the_lines_that_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("integration.yaml");
    std::fs::write(&spec, "gusset: 1\nintegration: x\ndocumnt: openapi.yaml\n").unwrap();
    let mut cargo = Vec::new();
    let failed = Build::new().spec(&spec).run_to(Some(folder.path()), &mut cargo);
    assert!(failed.is_err());
    let cargo = String::from_utf8(cargo).unwrap();
    assert!(cargo.contains(&format!("cargo::rerun-if-changed={}", spec.display())), "{cargo}");
    assert!(
        cargo.lines().any(|l| l.starts_with("cargo::error=") && l.contains("documnt")),
        "{cargo}"
    );
    assert!(!folder.path().join("gusset.rs").exists());
}

/// The macros, expanded here: the crate they are in compiles, and says the same as the generated one.
mod expanded {
    gusset::integration!("../specs/hubspot");
    gusset::integration!("../specs/salesforce");
    gusset::integration!("../specs/slack");
    gusset::sync!("../specs/syncs/warm_leads.yaml");
}

#[test]
fn macros_expand_to_what_is_generated() {
    let text = |value: &dyn std::fmt::Debug| {
        // Closures are shown by their address.
        let text = format!("{value:?}");
        text.split("0x")
            .map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit()).to_owned())
            .collect::<String>()
    };
    assert_eq!(text(&expanded::hubspot::INTEGRATION), text(&hubspot::INTEGRATION));
    assert_eq!(text(&expanded::salesforce::INTEGRATION), text(&salesforce::INTEGRATION));
    assert_eq!(text(&expanded::slack::INTEGRATION), text(&slack::INTEGRATION));
    assert_eq!(
        text(&<expanded::warm_leads::WarmLeads as gusset::sync::Sync>::META),
        text(&<warm_leads::WarmLeads as gusset::sync::Sync>::META),
    );
}
