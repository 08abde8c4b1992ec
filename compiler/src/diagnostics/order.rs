//! The order in which findings are shown.

use super::Diagnostic;
use crate::source::{FileId, Place, Sources, locate_all};
use std::collections::BTreeMap;

/// Puts findings in the order in which a reader meets them: errors first, then by file and by line.
pub fn put_in_order(findings: &mut [Diagnostic], sources: &Sources) {
    let mut places: BTreeMap<FileId, Vec<&Place>> = BTreeMap::new();
    for place in findings.iter().filter_map(|d| d.primary.as_ref()).map(|label| &label.place) {
        places.entry(place.file).or_default().push(place);
    }
    let mut starts: BTreeMap<Place, usize> = BTreeMap::new();
    for (file, places) in places {
        let spans = locate_all(sources.text(file), &places);
        for (place, span) in places.into_iter().zip(spans) {
            starts.insert(place.clone(), span.map_or(0, |span| span.start));
        }
    }
    findings.sort_by_cached_key(|finding| {
        let place = finding.primary.as_ref().map(|label| &label.place);
        (finding.severity, place.map(|p| (p.file, starts.get(p).copied())))
    });
}
