//! What `generate` reports at its end: how much of the documents became code.

use crate::emit::{File, Unit, UnitKind};
use crate::ir::{Fallback, IntegrationId, Ir};
use crate::source::Sources;
use serde_json::{Value, json};

/// The first of a list, and how many more there are: "`a`, `b` and 3 more".
#[must_use]
pub fn shortened<T: std::fmt::Display>(list: &[T], most: usize) -> String {
    let shown: Vec<String> = list.iter().take(most).map(T::to_string).collect();
    let more = list.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// What became of one unit: an integration or a sync.
#[derive(Clone, Debug)]
pub struct UnitReport {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// Operations: emitted.
    pub operations: usize,
    /// Operations: in the documents.
    pub documented: usize,
    /// Schemas that were needed, at distinct places.
    pub schemas: usize,
    /// Those of them that fell back to JSON values, though the document gives a type.
    pub fallbacks: Vec<Fallback>,
    /// Lines of Rust.
    pub lines: usize,
}

impl UnitReport {
    /// The schemas that became types.
    #[must_use]
    pub fn typed(&self) -> usize {
        self.schemas - self.fallbacks.len()
    }

    /// Why places fell back, the most frequent reason first, and the places.
    #[must_use]
    pub fn reasons(&self) -> Vec<(&str, Vec<&Fallback>)> {
        let mut reasons: Vec<(&str, Vec<&Fallback>)> = Vec::new();
        for fallback in &self.fallbacks {
            match reasons.iter_mut().find(|(because, _)| *because == fallback.because) {
                Some((_, places)) => places.push(fallback),
                None => reasons.push((&fallback.because, vec![fallback])),
            }
        }
        reasons.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        reasons
    }

    /// As one JSON object, with all places.
    #[must_use]
    pub fn to_json(&self, sources: &Sources) -> Value {
        let reasons: Vec<Value> = self
            .reasons()
            .into_iter()
            .map(|(because, places)| {
                let places: Vec<String> = places.iter().map(|f| shown(f, sources)).collect();
                json!({"because": because, "count": places.len(), "places": places})
            })
            .collect();
        json!({
            "name": self.name,
            "kind": match self.kind {
                UnitKind::Integration => "integration",
                UnitKind::Sync => "sync",
            },
            "operations": {"emitted": self.operations, "total": self.documented},
            "schemas": {"typed": self.typed(), "total": self.schemas},
            "fallbacks": reasons,
            "lines": self.lines,
        })
    }
}

/// `openapi.yaml#/components/schemas/Thing`: found without reading the file again, and what people search for.
#[must_use]
pub fn shown(fallback: &Fallback, sources: &Sources) -> String {
    let path = sources.path(fallback.place.file);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    format!("{name}#{}", fallback.place.pointer)
}

/// The lines of Rust in a file.
pub(crate) fn lines(file: &File) -> usize {
    let is_rust = file.path.extension().is_some_and(|extension| extension == "rs");
    if is_rust { file.text.lines().count() } else { 0 }
}

/// What became of each unit; the lines are counted when there are files.
pub(crate) fn of(ir: &Ir, units: &[Unit]) -> Vec<UnitReport> {
    let one = |(number, unit): (usize, &Unit)| {
        let integration = match unit.kind {
            UnitKind::Integration => ir.integrations.get(number),
            UnitKind::Sync => None,
        };
        let fallbacks = match unit.kind {
            UnitKind::Integration => ir.types.fallbacks(IntegrationId(number)),
            UnitKind::Sync => Vec::new(),
        };
        UnitReport {
            name: unit.name.clone(),
            kind: unit.kind,
            operations: integration.map_or(0, |i| i.operations.len()),
            documented: integration.map_or(0, |i| i.documented),
            // What stands in no schema (a body without one) can fall back, too.
            schemas: integration.map_or(0, |i| i.schemas.places()).max(fallbacks.len()),
            fallbacks,
            lines: 0,
        }
    };
    // Integrations come first, in the order of their numbers.
    units.iter().enumerate().map(one).collect()
}
