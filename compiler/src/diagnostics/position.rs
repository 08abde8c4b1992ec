//! Where places are, for one line of text.

use crate::source::{FileId, Place, Position, Sources};
use std::collections::HashMap;

/// Where a place is, for one line of text: `specs/hubspot/integration.yaml:31:9`.
#[must_use]
pub fn position_of(place: &Place, sources: &Sources) -> String {
    match crate::source::locate(sources, place) {
        Some((file, span)) => {
            let at = sources.position(file, span.start);
            format!("{}:{}:{}", sources.path(file).display(), at.line, at.column)
        }
        None => sources.path(place.file).display().to_string(),
    }
}

/// Where places are, each file searched once: its path, line and column; only the path where it cannot be found.
#[must_use]
pub fn positions_of(places: &[&Place], sources: &Sources) -> Vec<(String, Option<Position>)> {
    let origins: Vec<Place> = places.iter().map(|place| sources.origin(place)).collect();
    let mut by_file: HashMap<FileId, Vec<usize>> = HashMap::new();
    for (at, origin) in origins.iter().enumerate() {
        by_file.entry(origin.file).or_default().push(at);
    }
    let named = |origin: &Place| (sources.path(origin.file).display().to_string(), None);
    let mut found: Vec<(String, Option<Position>)> = origins.iter().map(named).collect();
    for (file, numbers) in by_file {
        let wanted: Vec<&Place> = numbers.iter().map(|at| &origins[*at]).collect();
        for (at, span) in numbers.iter().zip(sources.spans(file, &wanted)) {
            found[*at].1 = span.map(|span| sources.position(file, span.start));
        }
    }
    found
}
