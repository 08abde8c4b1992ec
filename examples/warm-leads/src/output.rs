//! What is printed at the end.

use crate::leads::Leads;
use gusset::log::{self, Filter, Row};
use gusset::sync::Report;
use serde::Serialize;
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

/// The report as one JSON object; or for people, with the last requests of the log.
pub(crate) fn print(
    as_json: bool,
    report: &Report,
    leads: &Leads,
    log: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let printed = if as_json {
        json(&mut out, report, leads)
    } else {
        let last = log::read(log, &Filter { last: Some(10), ..Filter::default() })?;
        table(&mut out, report, leads).and_then(|()| requests(&mut out, log, &last))
    };
    match printed {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
}

fn json(out: &mut impl Write, report: &Report, leads: &Leads) -> io::Result<()> {
    #[derive(Serialize)]
    struct Output<'o> {
        #[serde(flatten)]
        report: &'o Report,
        salesforce: &'o Leads,
    }
    serde_json::to_writer(&mut *out, &Output { report, salesforce: leads })?;
    writeln!(out)
}

fn table(out: &mut impl Write, report: &Report, leads: &Leads) -> io::Result<()> {
    let counts = &report.counts;
    let what = if report.full { "all contacts" } else { "contacts that changed" };
    let resumed = if report.resumed { ", resumed" } else { "" };
    writeln!(out, "run {} of {}: {what}{resumed}\n", report.run, report.sync)?;
    writeln!(out, "  read         {:>7}   on {} pages", counts.read, counts.pages)?;
    writeln!(out, "  created      {:>7}", counts.created)?;
    writeln!(out, "  updated      {:>7}", counts.updated)?;
    if counts.written > 0 {
        writeln!(
            out,
            "  written      {:>7}   new or not, which the target does not tell",
            counts.written
        )?;
    }
    writeln!(out, "  skipped      {:>7}   {} unchanged", counts.skipped, counts.unchanged)?;
    writeln!(out, "  quarantined  {:>7}   {} refused", counts.quarantined, counts.rejected)?;
    writeln!(out, "  requests     {:>7}   {} repeated", counts.requests, counts.retries)?;
    writeln!(out, "  waits        {:>7}   {}", counts.waits, seconds(counts.waited_ms))?;
    writeln!(out, "  time         {:>7}\n", seconds(counts.duration_ms))?;
    writeln!(
        out,
        "Salesforce holds {} leads; {} contacts are warm: {} lost, {} doubled.",
        leads.leads, leads.wanted, leads.lost, leads.doubled
    )
}

fn requests(out: &mut impl Write, log: &Path, rows: &[Row]) -> io::Result<()> {
    writeln!(out, "\nlast requests, from {}:", log.display())?;
    for Row { entry, .. } in rows {
        let at = entry.at.strftime("%H:%M:%S%.3f");
        let status = entry.status.map_or("-".to_owned(), |status| status.to_string());
        writeln!(
            out,
            "  {at}  {:<10}  {:<15}  {:<5}  {status:>3}  {:>5} ms",
            entry.integration, entry.operation, entry.method, entry.duration_ms
        )?;
    }
    Ok(())
}

fn seconds(milliseconds: u64) -> String {
    format!("{}.{} s", milliseconds / 1_000, milliseconds % 1_000 / 100)
}
