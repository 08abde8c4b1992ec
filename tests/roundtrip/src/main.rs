//! Whether values survive the emitted types: each example of a document that its schema allows, and random instances
//! of its schemas, are decoded and encoded again, and must be the same JSON.
//!
//! `cargo run -p gusset-roundtrip -- PATH..`; exit status 1 if fewer come back than `--least` percent.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a tool of the tests: what goes wrong is to be seen"
)]

mod compare;
mod documents;
mod examples;
mod json_schema;
mod one_way;
mod random;
mod report;
mod trial;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Decode and encode examples and random instances with the emitted types.
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// Documents, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,

    /// Only every third document, beginning with this one (0, 1, 2)
    #[arg(long)]
    third: Option<usize>,

    /// Leave out documents of more than this many kilobytes
    #[arg(long)]
    at_most: Option<u64>,

    /// Random instances of each schema
    #[arg(long, default_value_t = 0)]
    random: usize,

    /// Let members that the document does not know be ignored, as by default; otherwise, they are kept
    #[arg(long)]
    ignore_unknown: bool,

    /// Where every exception is written, one a line
    #[arg(long)]
    report: Option<PathBuf>,

    /// How many percent must come back
    #[arg(long, default_value_t = 99.5)]
    least: f64,
}

fn main() -> ExitCode {
    // The validator goes as deep as schemas refer to each other, which is far in big documents.
    let run = std::thread::Builder::new().stack_size(1 << 30).spawn(run);
    run.unwrap().join().unwrap_or(ExitCode::FAILURE)
}

fn run() -> ExitCode {
    let options = Options::parse();
    let mut report = report::Report::default();
    for path in documents::find(&options) {
        match trial::run(&path, &options) {
            Ok(outcome) => report.add(&path, &outcome),
            Err(why) => report.fail(&path, &why),
        }
    }
    if let Some(path) = &options.report {
        std::fs::write(path, report.exceptions()).unwrap();
    }
    report.finish(options.least)
}
