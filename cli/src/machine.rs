//! What machines are given on stdout: lines of JSON as they come, or one log of SARIF at the end.

use crate::commands::Failure;
use crate::output::Format;
use gusset_compiler::diagnostics::sarif::Sarif;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// Who listens on stdout.
pub(crate) enum Machine {
    /// Nobody: people read stderr.
    None,
    /// What reads JSON, an object a line.
    Lines,
    /// What reads SARIF.
    Log(Box<Log>),
}

/// A log as it grows.
pub(crate) struct Log {
    pub(crate) sarif: Sarif,
    /// What is told beside results, by what it is.
    lists: Map<String, Value>,
}

impl Machine {
    /// Runs a command, and closes the log even if it fails.
    pub(crate) fn run(
        format: Format,
        command: impl FnOnce(&mut Machine) -> Result<ExitCode, Failure>,
    ) -> Result<ExitCode, Failure> {
        let mut machine = match format {
            Format::Human => Machine::None,
            Format::Json => Machine::Lines,
            Format::Sarif => {
                let root = std::env::current_dir().map_err(|error| Failure::at(".", &error))?;
                Machine::Log(Box::new(Log { sarif: Sarif::new(&root), lists: Map::new() }))
            }
        };
        let status = command(&mut machine);
        if let Machine::Log(log) = machine {
            let Log { mut sarif, lists } = *log;
            for (name, value) in lists {
                sarif.property(&name, value);
            }
            anstream::println!("{:#}", sarif.log(status.is_ok()));
        }
        status
    }

    /// Whether people read what the command says.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Machine::None)
    }

    /// One of several things of a kind: a line whose `reason` says what it is, or an item of the log's list.
    pub(crate) fn item(&mut self, (reason, list): (&str, &str), item: Value) {
        match self {
            Machine::None => {}
            Machine::Lines => print_line(reason, item),
            Machine::Log(log) => match log.lists.entry(list).or_insert_with(|| json!([])) {
                Value::Array(items) => items.push(item),
                other => *other = json!([item]),
            },
        }
    }

    /// What the command says at its end.
    pub(crate) fn report(&mut self, report: Value) {
        match self {
            Machine::None => {}
            Machine::Lines => print_line("report", json!({"report": report})),
            Machine::Log(log) => {
                log.lists.insert("report".to_owned(), report);
            }
        }
    }
}

/// A line of JSON. What it is about stands in it first, so that a reader need not guess by its members.
pub(crate) fn print_line(reason: &str, item: Value) {
    let mut line = Map::new();
    line.insert("reason".to_owned(), reason.into());
    if let Value::Object(members) = item {
        line.extend(members);
    }
    anstream::println!("{}", Value::Object(line));
}
