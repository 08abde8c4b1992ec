//! The table of proofs: what specs rely on, in the order in which they say it.

use crate::diagnostics::positions_of;
use crate::ir::{Fact, Ir, Standing};
use crate::source::{Place, Sources};
use std::collections::HashMap;

/// A fact with its places, as it is shown.
#[derive(Clone, Debug)]
pub struct Proof<'f> {
    /// The fact.
    pub fact: &'f Fact,
    /// What it is about: keys of the spec's language without names, such as `operations.paginate.cursor`.
    pub kind: String,
    /// Whose it is: the integration or sync, and names of the spec (`hubspot.list_contacts`).
    pub subject: String,
    /// Where the spec relies on it: `specs/hubspot/integration.yaml:31:9`.
    pub place: String,
    /// Where the document says it, or contradicts it.
    pub rests_on: Option<String>,
}

/// How many facts there are of each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Proven by documents.
    pub proven: usize,
    /// Assumed by specs.
    pub assumed: usize,
    /// Overridden by specs.
    pub overridden: usize,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Proven => "proven",
            Standing::Assumed => "assumed",
            Standing::Overridden => "overridden",
        }
    }
}

/// How many facts there are of each standing.
#[must_use]
pub fn sums(ir: &Ir) -> Sums {
    let of = |standing| ir.facts.iter().filter(|fact| fact.standing == standing).count();
    Sums {
        proven: of(Standing::Proven),
        assumed: of(Standing::Assumed),
        overridden: of(Standing::Overridden),
    }
}

/// All facts: spec by spec, in the order of its lines.
#[must_use]
pub fn proofs<'f>(ir: &'f Ir, sources: &Sources) -> Vec<Proof<'f>> {
    let places: Vec<&Place> = ir.facts.iter().map(|fact| &fact.place).collect();
    let documents: Vec<&Place> = ir.facts.iter().filter_map(|f| f.document.as_ref()).collect();
    let mut known = positions_of(&documents, sources).into_iter().map(shown);
    let mut order: HashMap<&str, usize> = HashMap::new();
    let mut proofs: Vec<(usize, usize, usize, Proof<'f>)> = Vec::with_capacity(ir.facts.len());
    for (fact, position) in ir.facts.iter().zip(positions_of(&places, sources)) {
        let next = order.len();
        let unit = *order.entry(&fact.unit).or_insert(next);
        let (line, column) = position.1.map_or((usize::MAX, 0), |at| (at.line, at.column));
        let rests_on = fact.document.as_ref().and_then(|_| known.next());
        let (kind, subject) = about(fact);
        proofs.push((
            unit,
            line,
            column,
            Proof { fact, kind, subject, place: shown(position), rests_on },
        ));
    }
    // Stable: what stands at one place stays in the order in which it was found.
    proofs.sort_by_key(|(unit, line, column, _)| (*unit, *line, *column));
    proofs.into_iter().map(|(.., proof)| proof).collect()
}

fn shown((path, position): (String, Option<crate::source::Position>)) -> String {
    match position {
        Some(at) => format!("{path}:{}:{}", at.line, at.column),
        None => path,
    }
}

/// The keys of the language on the way to a place, and the names that stand between them.
fn about(fact: &Fact) -> (String, String) {
    let segments: Vec<String> = fact.place.segments().collect();
    let (mut keys, mut names) = (Vec::new(), vec![fact.unit.as_str()]);
    let named = ["operations", "resources", "types", "limits", "auth", "lookups", "map"];
    let mapped = ["with", "refine", "add", "cost", "assume", "each"];
    for (at, segment) in segments.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| segments.get(at)).map_or("", String::as_str);
        let name = at == 1 && named.contains(&before) || mapped.contains(&before);
        match segment.as_str() {
            name_of if name => names.push(name_of),
            key if key.bytes().all(|byte| byte.is_ascii_digit()) => {}
            key => keys.push(key),
        }
    }
    (keys.join("."), names.join("."))
}
