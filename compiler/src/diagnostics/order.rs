//! The order in which findings are shown.

use super::Diagnostic;
use crate::source::{FileId, Place, Sources};
use std::collections::BTreeMap;

/// Puts findings in the order in which a reader meets them: errors first, then by file and by line.
pub(super) fn put_in_order(findings: &mut [Diagnostic], sources: &Sources) {
    let mut places: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    for label in findings.iter().filter_map(|d| d.primary.as_ref()) {
        let origin = sources.origin(&label.place);
        places.entry(origin.file).or_default().push(origin);
    }
    let mut starts: BTreeMap<Place, usize> = BTreeMap::new();
    for (file, places) in places {
        let spans = sources.spans(file, &places.iter().collect::<Vec<_>>());
        for (place, span) in places.into_iter().zip(spans) {
            starts.insert(place, span.map_or(0, |span| span.start));
        }
    }
    findings.sort_by_cached_key(|finding| {
        let place = finding.primary.as_ref().map(|label| sources.origin(&label.place));
        (finding.severity, place.map(|p| (p.file, starts.get(&p).copied())))
    });
}
