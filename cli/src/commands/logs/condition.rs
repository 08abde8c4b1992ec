//! `--where`: CEL over the fields of a call, interpreted: a log is no hot path.

use crate::commands::Failure;
use cel::{Context, Program, Value};
use gusset::log::Entry;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A condition over a call.
#[derive(Clone)]
pub(super) struct Condition {
    text: String,
    program: Arc<Program>,
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let program = Program::compile(text).map_err(|error| error.to_string())?;
        Ok(Condition { text: text.to_owned(), program: Arc::new(program) })
    }
}

impl Condition {
    /// Whether it holds for a call.
    pub(super) fn holds(&self, entry: &Entry) -> Result<bool, Failure> {
        let wrong = |what: String| Failure::new(format!("--where `{}`: {what}", self.text));
        match self.program.execute(&context(entry)) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err(wrong("it must be true or false".to_owned())),
            Err(error) => Err(wrong(format!("{error}; see `gusset logs --help` for the fields"))),
        }
    }
}

fn context<'v>(entry: &Entry) -> Context<'static, 'v> {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut context = Context::default();
    let texts = [
        ("at", entry.at.to_string()),
        ("connection", entry.connection.clone()),
        ("integration", entry.integration.clone()),
        ("operation", entry.operation.clone()),
        ("method", entry.method.clone()),
        ("url", entry.url.clone()),
        ("error", entry.error.clone().unwrap_or_default()),
    ];
    for (name, text) in texts {
        context.add_variable_from_value(name, text);
    }
    let numbers = [
        ("status", entry.status.map_or(0, i64::from)),
        ("attempt", i64::from(entry.attempt)),
        ("duration_ms", whole(entry.duration_ms)),
        ("waited_ms", whole(entry.waited_ms)),
        ("request_bytes", whole(entry.request_bytes)),
        ("response_bytes", whole(entry.response_bytes)),
    ];
    for (name, number) in numbers {
        context.add_variable_from_value(name, number);
    }
    context
}
