//! Calls as aligned columns.

use gusset::log::Row;
use std::fmt::Write as _;

/// The columns; the URL and the error come last, because they may be long.
pub(super) fn table(rows: &[Row], head: bool) -> String {
    let mut text = String::new();
    if head {
        let _ = writeln!(
            text,
            "{:<20} {:>6} {:>7} {:>7} {:<28} {:<6} URL",
            "AT", "STATUS", "MS", "WAITED", "OPERATION", "METHOD"
        );
    }
    for Row { entry, .. } in rows {
        let status = entry.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        let operation = format!("{}.{}", entry.integration, entry.operation);
        let at = entry.at.strftime("%Y-%m-%dT%H:%M:%SZ");
        let _ = write!(
            text,
            "{at:<20} {status:>6} {:>7} {:>7} {operation:<28} {:<6} {}",
            entry.duration_ms, entry.waited_ms, entry.method, entry.url
        );
        if entry.attempt > 1 {
            let _ = write!(text, "  (attempt {})", entry.attempt);
        }
        if let Some(error) = &entry.error {
            let _ = write!(text, "  {error}");
        }
        text.push('\n');
    }
    text
}
