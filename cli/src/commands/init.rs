//! `gusset init`.

use super::schema::Kind;
use super::{Failure, status};
use crate::machine::Machine;
use crate::output::{Format, Report, count};
use crate::paths;
use crate::progress::Bar;
use clap::Args;
use gusset_compiler::init::{InitOptions, Initial, Shape};
use gusset_compiler::source::Sources;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a spec for an OpenAPI document
///
/// The spec passes `gusset check`. It says what the document says about authorisation, pages and resources; comments
/// say what each guess was taken from, and what the document does not tell.
///
/// Its first line tells editors where the JSON Schema of specs is, which is written, too: into the folder `specs`, or
/// beside the spec.
///
/// A document in the current folder, or below it, is referred to where it is. One from elsewhere is copied beside the
/// spec, with the files that it refers to.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    gusset init openapi.yaml                      writes specs/NAME/integration.yaml\n  \
    gusset init openapi.yaml --name shop          the same, called `shop`\n  \
    gusset init ~/api.json --out specs/shop       copies the document to specs/shop, too\n\n\
    Exit status: 0 written, 1 the document has errors, 2 usage or input/output (such as a file that is there already).")]
pub(crate) struct Init {
    /// The OpenAPI document
    document: PathBuf,

    /// The folder that gets `integration.yaml`; by default `specs/NAME`
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// What the integration is called; by default, what the document's title says
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,

    /// How diagnostics and the report are printed: a table for people, or a last JSON object
    #[arg(long, default_value = "human")]
    format: Format,
}

/// What was written.
struct Written {
    spec: PathBuf,
    /// The document, as the spec names it.
    document: String,
    copied: Vec<PathBuf>,
    /// The JSON Schema of the spec, if it was not there.
    schema: Option<PathBuf>,
}

impl Init {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        Machine::run(self.format, |machine| self.init(machine))
    }

    fn init(&self, machine: &mut Machine) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let bar = Bar::new();
        let options = InitOptions {
            document: self.document.clone(),
            name: self.name.clone(),
            progress: bar.progress(),
        };
        let outcome = gusset_compiler::init::init(&options, &mut sources);
        drop(bar);
        let report = Report::new(&outcome.diagnostics, &sources);
        report.print(machine);
        let Some(initial) = outcome.value else {
            machine.report(report.found());
            return Ok(status(&outcome.diagnostics));
        };
        let written = self.write(&initial)?;
        machine.report(summary(&initial, &written));
        if machine.is_none() {
            print_human(&initial, &written);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn write(&self, initial: &Initial) -> Result<Written, Failure> {
        let default = || Path::new("specs").join(&initial.name);
        let folder = self.out.clone().unwrap_or_else(default);
        let spec = folder.join("integration.yaml");
        self.free(&spec)?;
        std::fs::create_dir_all(&folder).map_err(|error| Failure::at(folder.display(), &error))?;
        let (home, here) = (paths::whole(&folder)?, paths::whole(Path::new("."))?);
        let document = paths::whole(&self.document)?;
        let near =
            document.starts_with(&home) || (document.starts_with(&here) && home.starts_with(&here));
        let (document, copied) = match near {
            true => (paths::slashed(&paths::way(&home, &document)), Vec::new()),
            false => self.copy(initial, &folder)?,
        };
        let schema_home = schema_home(&folder);
        let way = paths::way(&home, &paths::whole(schema_home)?).join(Kind::Integration.file());
        std::fs::write(&spec, initial.text(&document, &paths::slashed(&way)))
            .map_err(|error| Failure::at(spec.display(), &error))?;
        let schema = schema_home.join(Kind::Integration.file());
        let schema = Kind::Integration.write(schema_home)?.then_some(schema);
        Ok(Written { spec, document, copied, schema })
    }

    /// Copies the document, and the files that it refers to, beside the spec.
    fn copy(&self, initial: &Initial, folder: &Path) -> Result<(String, Vec<PathBuf>), Failure> {
        let base = initial.files.first().and_then(|file| file.parent()).unwrap_or(Path::new(""));
        let mut targets = Vec::new();
        for file in &initial.files {
            // All files of a document stand below its folder.
            let below = file.strip_prefix(base).unwrap_or(file);
            let target = folder.join(below);
            self.free(&target)?;
            targets.push((file, target));
        }
        for (file, target) in &targets {
            let parent = target.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent)
                .map_err(|error| Failure::at(parent.display(), &error))?;
            // Not `copy`: a document that is read-only there is to be changed here.
            let text = std::fs::read(file).map_err(|error| Failure::at(file.display(), &error))?;
            std::fs::write(target, text).map_err(|error| Failure::at(target.display(), &error))?;
        }
        let name = self.document.file_name().map(PathBuf::from).unwrap_or_default();
        Ok((paths::slashed(&name), targets.into_iter().map(|(_, target)| target).collect()))
    }

    /// Nothing is lost without being asked for.
    fn free(&self, path: &Path) -> Result<(), Failure> {
        if path.exists() && !self.force {
            let path = path.display();
            return Err(Failure::new(format!(
                "{path} is there already; `--force` writes over it, `--out` writes elsewhere"
            )));
        }
        Ok(())
    }
}

/// Where the JSON Schema stands that a spec of a folder names: beside the specs of a project, or beside the spec.
fn schema_home(folder: &Path) -> &Path {
    folder.ancestors().find(|above| above.ends_with("specs")).unwrap_or(folder)
}

/// Names that are shown of a kind; more are counted.
const SHOWN: usize = 8;

fn print_human(initial: &Initial, written: &Written) {
    let row = |what: &str, text: String| anstream::eprintln!("{what:<12}{text}");
    row("operations", selection(initial));
    let none = |text: String| if text.is_empty() { "none found".to_owned() } else { text };
    row("auth", none(initial.auth.join(", ")));
    let shapes =
        initial.paginated.iter().map(|(shape, names)| format!("{} {}", shape.key(), names.len()));
    let shapes: Vec<String> = shapes.collect();
    let number: usize = initial.paginated.iter().map(|(_, names)| names.len()).sum();
    row(
        "pagination",
        match number {
            0 => "none found".to_owned(),
            _ => format!("{}: {}", count(number, "operation"), shapes.join(", ")),
        },
    );
    let mut resources: Vec<String> = initial
        .resources
        .iter()
        .take(SHOWN)
        .map(|(name, verbs)| format!("{name} ({})", verbs.join(", ")))
        .collect();
    if initial.resources.len() > SHOWN {
        resources.push(format!("and {} more", initial.resources.len() - SHOWN));
    }
    row("resources", none(resources.join(", ")));
    if initial.refused > 0 {
        let entries =
            if initial.refused == 1 { "entry is a comment" } else { "entries are comments" };
        row("left out", format!("{} {entries}, each with its reason", initial.refused));
    }
    for path in written.copied.iter().chain(&written.schema) {
        anstream::eprintln!("{:>8} {}", "new", path.display());
    }
    anstream::eprintln!("{:>8} {}", "new", written.spec.display());
    let folder = written.spec.parent().unwrap_or(&written.spec).display();
    anstream::eprintln!(
        "next: read its comments, then\n  \
         gusset check {folder}                     until it says what you mean\n  \
         gusset generate {folder} --out generated  a crate of it; `--gusset PATH` says where the runtime is\n  \
         gusset sandbox {folder}                   a stand-in for the provider to try it with"
    );
}

/// How many operations the spec names, and why these.
fn selection(initial: &Initial) -> String {
    let all = initial.documented;
    match initial.selected {
        0 => format!("all {all}: none was seen to have pages or to belong to a resource"),
        some if some == all => {
            format!("all {all} are named: they have pages or belong to a resource")
        }
        some => format!(
            "{some} of {all} are named: those that have pages or belong to a resource; `include:` in the spec adds others"
        ),
    }
}

fn summary(initial: &Initial, written: &Written) -> serde_json::Value {
    let pagination: serde_json::Map<String, serde_json::Value> = initial
        .paginated
        .iter()
        .map(|(shape, names): &(Shape, Vec<String>)| (shape.key().to_owned(), names.clone().into()))
        .collect();
    let resources: serde_json::Map<String, serde_json::Value> = initial
        .resources
        .iter()
        .map(|(name, verbs)| (name.clone(), verbs.clone().into()))
        .collect();
    serde_json::json!({
        "integration": initial.name,
        "spec": written.spec,
        "document": written.document,
        "copied": written.copied,
        "schema": written.schema,
        "auth": initial.auth,
        "pagination": pagination,
        "resources": resources,
        "operations": {"named": initial.selected, "total": initial.documented},
        "left_out": initial.refused,
    })
}
