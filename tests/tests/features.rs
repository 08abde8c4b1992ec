//! One-feature documents: what is emitted for each, to be read by people, and how it behaves.
//!
//! How a feature is laid out: `tests/golden/features/README.md`. Off CI, `expected.rs` and `warnings.txt` are brought
//! up to date, and the test fails once. `GUSSET_FEATURE=NAME` runs those whose names contain it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::diagnostics::codes::connection::SERVER;
use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::emit::{CrateOptions, File, Unit, crate_files};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, compile};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A folder of `tests/golden/features`.
struct Feature {
    name: String,
    folder: PathBuf,
}

#[test]
fn features_are_emitted_as_expected_and_behave() {
    let features = features();
    let mut wrong = Vec::new();
    let mut files = Vec::new();
    for feature in &features {
        match feature.emitted(&mut wrong) {
            Some(emitted) => files.push((feature, emitted)),
            None => wrong.push(format!("{}: nothing is emitted", feature.name)),
        }
    }
    let folder = scratch::empty("features");
    lay_out(&folder.join("features"), &files);
    let built = scratch::test(&folder, &["features"]);
    if !built.status.success() {
        let said = [built.stdout, built.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        let named = |f: &&Feature| {
            said.contains(&format!("::{}::", f.name)) || said.contains(&format!("/{}", f.name))
        };
        let of: Vec<&str> = features.iter().filter(named).map(|f| f.name.as_str()).collect();
        wrong.push(format!("behaviour of {}:\n{said}", of.join(", ")));
    }
    let documented = scratch::doc(&folder, &["features"]);
    if !documented.status.success() {
        wrong.push(format!("documentation:\n{}", String::from_utf8_lossy(&documented.stderr)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// All features in order; those that `GUSSET_FEATURE` names, if it is set.
fn features() -> Vec<Feature> {
    let asked = std::env::var("GUSSET_FEATURE").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/features");
    let mut features: Vec<Feature> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|folder| Feature {
            name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
            folder,
        })
        .filter(|feature| feature.name.contains(&asked))
        .collect();
    features.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!features.is_empty(), "there is no such feature");
    features
}

impl Feature {
    /// The files of its crate; what differs from what is expected goes to `wrong`.
    fn emitted(&self, wrong: &mut Vec<String>) -> Option<Vec<File>> {
        let mut sources = Sources::new();
        for path in self.inputs() {
            let text = std::fs::read_to_string(&path).unwrap();
            let within = path.strip_prefix(&self.folder).unwrap();
            sources = sources.with_file(Path::new(&self.name).join(within), text);
        }
        let file = |name: &str| Path::new(&self.name).join(name);
        let input = match self.document() {
            _ if self.has("integration.yaml") => {
                Input { specs: vec![file("integration.yaml")], ..Input::default() }
            }
            document => {
                let name = Some(self.name.clone());
                let alone = Alone { name, path: file(document), ..Alone::default() };
                Input { alone: vec![alone], ..Input::default() }
            }
        };
        let outcome = compile(&input, &mut sources);
        // Where the API is, is no business of a feature.
        let told = outcome.diagnostics.iter().filter(|d| d.code != SERVER);
        let found: Vec<String> = told.map(|d| render(d, &sources, Style::Plain)).collect();
        self.expect("warnings.txt", &found.join("\n\n"), wrong);
        let unit: Unit = outcome.value?.into_iter().next()?;
        let files = crate_files(&unit, &CrateOptions::default());
        self.expect("expected.rs", &readable(&files), wrong);
        Some(files)
    }

    /// All files of the folder that a compilation may read.
    fn inputs(&self) -> Vec<PathBuf> {
        let mut inputs = Vec::new();
        let mut open = vec![self.folder.clone()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.extension().and_then(|e| e.to_str()) {
                    _ if path.is_dir() => open.push(path),
                    Some("yaml" | "yml" | "json") => inputs.push(path),
                    _ => {}
                }
            }
        }
        inputs
    }

    fn has(&self, file: &str) -> bool {
        self.folder.join(file).is_file()
    }

    fn document(&self) -> &'static str {
        if self.has("openapi.json") { "openapi.json" } else { "openapi.yaml" }
    }

    /// Compares a file of the folder, if there is one, or should be one.
    fn expect(&self, name: &str, text: &str, wrong: &mut Vec<String>) {
        let path = self.folder.join(name);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let text = if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end()) };
        if old == text {
            return;
        }
        if std::env::var_os("CI").is_none() {
            std::fs::write(&path, &text).unwrap();
        }
        wrong.push(format!("{}/{name} was not up to date; it should be:\n{text}", self.name));
    }
}

/// Operations and types as one text: without what every client has, and without the hash of the input.
fn readable(files: &[File]) -> String {
    let mut text = String::new();
    for file in files {
        let path = file.path.components().skip(1).collect::<PathBuf>();
        if path.extension().is_none_or(|e| e != "rs") || path.ends_with("lib.rs") {
            continue;
        }
        let body = file.text.lines().skip_while(|l| l.starts_with("// ") || l.starts_with("#!["));
        let body: Vec<&str> = body.collect();
        write!(text, "// {}\n{}\n\n", path.display(), body.join("\n")).unwrap();
    }
    text
}

/// One crate: a module for each feature, and its behaviour beside it.
fn lay_out(folder: &Path, features: &[(&Feature, Vec<File>)]) {
    let source = folder.join("src");
    let write = |path: &Path, text: &str| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let mut modules = String::new();
    let mut behaviours = String::new();
    for (feature, files) in features {
        let name = &feature.name;
        writeln!(modules, "pub mod {name};").unwrap();
        for file in files.iter().filter(|f| f.path.extension().is_some_and(|e| e == "rs")) {
            let path = file.path.components().skip(2).collect::<PathBuf>();
            let path = if path == Path::new("lib.rs") { "mod.rs".into() } else { path };
            write(&source.join(name).join(path), &file.text);
        }
        let behaviour = feature.folder.join("behaviour.rs");
        if behaviour.is_file() {
            writeln!(behaviours, "    #[path = {behaviour:?}]\n    mod {name};").unwrap();
        }
    }
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/features/kit.rs");
    let lib = format!(
        "//! Features.\n\n{modules}\n#[cfg(test)]\n#[path = {kit:?}]\nmod kit;\n\n\
         #[cfg(test)]\nmod behaviour {{\n{behaviours}}}\n"
    );
    write(&source.join("lib.rs"), &lib);
    let manifest = "[package]\nname = \"features\"\nversion.workspace = true\nedition.workspace = true\n\n\
        [dependencies]\ngusset.workspace = true\n\n\
        [dev-dependencies]\ntokio = { version = \"1\", features = [\"rt\", \"time\"] }\n\n\
        [lints]\nworkspace = true\n";
    write(&folder.join("Cargo.toml"), manifest);
}
