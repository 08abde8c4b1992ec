//! `gusset schema`.

use super::Failure;
use clap::{Args, ValueEnum};
use gusset_compiler::spec::{Kind as SpecKind, json_schema};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Print the JSON Schema of a kind of spec file, for editors, or write those of all kinds
#[derive(Args, Debug)]
#[command(
    after_help = "Editors read where the schema is in the first line of a spec, which `gusset init` writes:\n  \
                        # yaml-language-server: $schema=../integration.schema.json\n\n\
                        Examples:\n  \
                        gusset schema integration          prints it\n  \
                        gusset schema --out specs          writes specs/integration.schema.json and specs/sync.schema.json"
)]
pub(crate) struct Schema {
    /// The kind of spec file; all with `--out`
    #[arg(required_unless_present = "out")]
    kind: Option<Kind>,

    /// Write `KIND.schema.json` into this folder instead
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// integration.yaml
    Integration,
    /// A sync
    Sync,
}

impl Kind {
    /// The name of the file with its schema.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Kind::Integration => "integration.schema.json",
            Kind::Sync => "sync.schema.json",
        }
    }

    fn text(self) -> String {
        let kind = match self {
            Kind::Integration => SpecKind::Integration,
            Kind::Sync => SpecKind::Sync,
        };
        format!("{:#}\n", json_schema(kind))
    }

    /// Writes its schema into a folder, unless it is there already; says whether it was written.
    pub(crate) fn write(self, folder: &Path) -> Result<bool, Failure> {
        let (path, text) = (folder.join(self.file()), self.text());
        if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(false);
        }
        let failed = |error| Failure::at(path.display(), &error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        std::fs::write(&path, text).map_err(failed)?;
        Ok(true)
    }
}

impl Schema {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let kinds = Kind::value_variants()
            .iter()
            .filter(|kind| self.kind.is_none_or(|asked| asked == **kind));
        for kind in kinds {
            match &self.out {
                None => anstream::print!("{}", kind.text()),
                Some(folder) => {
                    let what = if kind.write(folder)? { "new" } else { "fresh" };
                    anstream::eprintln!("{what:>8} {}", folder.join(kind.file()).display());
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
