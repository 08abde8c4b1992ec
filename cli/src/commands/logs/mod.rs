//! `gusset logs`.

mod condition;
mod status;
mod table;

use super::Failure;
use clap::{Args, ValueEnum};
use condition::Condition;
use gusset::log::{Filter, Row, read};
use jiff::Timestamp;
use status::StatusRange;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// How often a followed log is looked at.
const FOLLOW: Duration = Duration::from_millis(250);

/// Read the request log: every call that was sent, and what became of it
#[derive(Args, Debug)]
#[command(
    after_help = "Fields of --where: at, connection, integration, operation, method, url, status (0 without an \
                        answer), attempt, duration_ms, waited_ms, request_bytes, response_bytes, error (\"\" if none).\n\
                        Example: gusset logs --file requests.sqlite --where 'status >= 400 && duration_ms > 500'"
)]
pub(crate) struct Logs {
    /// The request log, as given to `gusset::log::SqliteLog::open`
    #[arg(long, value_name = "FILE", default_value = "requests.sqlite")]
    file: PathBuf,

    /// Answered with this status: 404, 4xx or 400-499; `none` for calls without an answer
    #[arg(long)]
    status: Option<StatusRange>,

    /// Of this operation, such as list_contacts
    #[arg(long)]
    operation: Option<String>,

    /// Of this integration, such as hubspot
    #[arg(long)]
    integration: Option<String>,

    /// Of this connection
    #[arg(long)]
    connection: Option<String>,

    /// Sent since: a span such as 1h, or a time such as 2026-11-22T10:00:00Z
    #[arg(long, value_parser = since)]
    since: Option<Timestamp>,

    /// Only calls that failed
    #[arg(long)]
    failed: bool,

    /// Only calls for which this CEL condition holds
    #[arg(long = "where", value_name = "CEL")]
    condition: Option<Condition>,

    /// The last N of them; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    last: usize,

    /// Go on as calls are logged, until Ctrl-C
    #[arg(long, short)]
    follow: bool,

    /// How calls are printed
    #[arg(long, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns
    Table,
    /// One JSON object a line
    Json,
}

fn since(text: &str) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let span = gusset_compiler::spec::quantity::duration(text)
        .map_err(|error| format!("{error}; or a time such as 2026-11-22T10:00:00Z"))?;
    Timestamp::now().checked_sub(span).map_err(|error| error.to_string())
}

impl Logs {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let (rows, seen) = self.read(None)?;
        let skip = if self.last == 0 { 0 } else { rows.len().saturating_sub(self.last) };
        let rows = &rows[skip..];
        match self.format {
            Format::Table if rows.is_empty() && !self.follow => {
                anstream::eprintln!("no calls match");
            }
            _ => self.print(rows, true)?,
        }
        if self.follow { self.follow(seen) } else { Ok(ExitCode::SUCCESS) }
    }

    /// The rows that match, and the number of the newest row looked at.
    fn read(&self, after: Option<i64>) -> Result<(Vec<Row>, Option<i64>), Failure> {
        let filter = Filter {
            connection: self.connection.clone(),
            integration: self.integration.clone(),
            operation: self.operation.clone(),
            failed: self.failed,
            since: self.since,
            after,
            ..Filter::default()
        };
        let rows = read(&self.file, &filter)?;
        let seen = rows.last().map(|row| row.id).or(after);
        let mut matching = Vec::new();
        for row in rows {
            let status = self.status.as_ref().is_none_or(|range| range.holds(row.entry.status));
            let condition = match &self.condition {
                Some(condition) if status => condition.holds(&row.entry)?,
                _ => true,
            };
            if status && condition {
                matching.push(row);
            }
        }
        Ok((matching, seen))
    }

    fn print(&self, rows: &[Row], head: bool) -> Result<(), Failure> {
        match self.format {
            Format::Table => anstream::print!("{}", table::table(rows, head)),
            Format::Json => {
                for row in rows {
                    anstream::println!("{}", serde_json::to_string(row)?);
                }
            }
        }
        Ok(())
    }

    fn follow(&self, mut seen: Option<i64>) -> Result<ExitCode, Failure> {
        loop {
            std::thread::sleep(FOLLOW);
            let (rows, newest) = self.read(seen)?;
            seen = newest;
            self.print(&rows, false)?;
        }
    }
}
