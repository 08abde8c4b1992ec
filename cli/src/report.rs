//! The table at the end of `generate`.

use crate::output::count;
use gusset_compiler::emit::UnitKind;
use gusset_compiler::report::{UnitReport, shown};
use gusset_compiler::source::Sources;
use std::time::Duration;

/// Reasons that are shown for each unit; machines get all.
const REASONS: usize = 5;

/// Prints the table on stderr.
pub(crate) fn print(units: &[UnitReport], sources: &Sources, took: Duration) {
    let header = ["", "operations emitted", "schemas with a type", "left as JSON", "lines of Rust"];
    let header = header.map(str::to_owned);
    let rows = units.iter().map(row);
    let rows: Vec<[String; 5]> = std::iter::once(header).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    for [name, others @ ..] in &rows {
        let mut line = format!("{name:<0$}", widths[0]);
        for (text, width) in others.iter().zip(&widths[1..]) {
            line.push_str(&format!("  {text:>width$}"));
        }
        anstream::eprintln!("{}", line.trim_end());
    }
    for unit in units {
        reasons(unit, sources);
    }
    anstream::eprintln!("in {:.1} s", took.as_secs_f64());
}

fn row(unit: &UnitReport) -> [String; 5] {
    let of = |some: usize, all: usize| format!("{} of {}", grouped(some), grouped(all));
    let lines = grouped(unit.lines);
    match unit.kind {
        UnitKind::Integration => [
            unit.name.clone(),
            of(unit.operations, unit.documented),
            of(unit.typed(), unit.schemas),
            grouped(unit.fallbacks.len()),
            lines,
        ],
        UnitKind::Sync => [unit.name.clone(), String::new(), String::new(), String::new(), lines],
    }
}

/// Why types of a unit are JSON values, with one place each.
fn reasons(unit: &UnitReport, sources: &Sources) {
    let reasons = unit.reasons();
    if reasons.is_empty() {
        return;
    }
    let places = count(unit.fallbacks.len(), "place");
    anstream::eprintln!(
        "{}: {places} with a type in the document became `serde_json::Value`",
        unit.name
    );
    for (because, places) in reasons.iter().take(REASONS) {
        let place = places.first().map(|first| shown(first, sources)).unwrap_or_default();
        anstream::eprintln!("{:>6}  {because}, such as {place}", places.len());
    }
    if let Some(more) = reasons.len().checked_sub(REASONS).filter(|more| *more > 0) {
        anstream::eprintln!("        and {}", count(more, "other reason"));
    }
}

/// `12345` -> `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped() {
        let grouped: Vec<String> = [0, 999, 1000, 1_234_567].map(grouped).into();
        assert_eq!(grouped, ["0", "999", "1,000", "1,234,567"]);
    }
}
