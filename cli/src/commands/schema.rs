//! `gusset schema`.

use super::Failure;
use clap::{Args, ValueEnum};
use gusset_compiler::spec::{Kind as SpecKind, json_schema};
use std::process::ExitCode;

/// Print the JSON Schema of a kind of spec file, for editors
#[derive(Args, Debug)]
#[command(after_help = "In a spec file, YAML editors read a first line such as\n  \
                        # yaml-language-server: $schema=integration.schema.json")]
pub(crate) struct Schema {
    /// The kind of spec file
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// integration.yaml
    Integration,
    /// A sync
    Sync,
}

impl Schema {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let kind = match self.kind {
            Kind::Integration => SpecKind::Integration,
            Kind::Sync => SpecKind::Sync,
        };
        anstream::println!("{}", serde_json::to_string_pretty(&json_schema(kind))?);
        Ok(ExitCode::SUCCESS)
    }
}
