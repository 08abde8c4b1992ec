//! Limits of values: borders, lengths, counts, steps and patterns. Types do not hold them, so they are read where the
//! types stand.

use super::change::{Draft, Effect};
use super::types::Way;
use crate::openapi::{Document, Node};
use crate::source::{Json, Place};

/// Keys of borders, and of what.
const RANGES: [(&str, &str, &str); 4] = [
    ("minimum", "maximum", ""),
    ("minLength", "maxLength", " characters"),
    ("minItems", "maxItems", " elements"),
    ("minProperties", "maxProperties", " members"),
];

/// What may no longer be, and what may be now.
pub(super) fn compare(
    (old, new): (&Document, &Document),
    places: (&Place, &Place),
    way: Way,
    path: &str,
) -> Vec<Draft> {
    let (Some(a), Some(b)) = (Said::at(old, places.0), Said::at(new, places.1)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut push = |kind, change: Change, message: String| {
        let effect = match change {
            Change::Narrower => way.narrower(),
            Change::Wider => way.wider(),
            Change::Other => Effect::Breaking,
        };
        let draft = Draft::new(kind, effect, path, message);
        found.push(draft.old(places.0).new_at(places.1));
    };
    for range in RANGES {
        let (was, is) = (a.range(range), b.range(range));
        if let Some(change) = was.change(&is) {
            let message = format!("was {}, and is {}", was.words(range.2), is.words(range.2));
            push("bounds_changed", change, message);
        }
    }
    let (was, is) = (a.first("multipleOf"), b.first("multipleOf"));
    let (was, is) = (was.filter(|step| step.is_number()), is.filter(|step| step.is_number()));
    if was.and_then(Json::as_f64) != is.and_then(Json::as_f64) {
        let word = |step: Option<&Json>| {
            step.map_or("any".to_owned(), |step| format!("a multiple of {step}"))
        };
        let message = format!("was {}, and is {}", word(was), word(is));
        push("bounds_changed", step(was, is), message);
    }
    let pattern =
        |said: &Said<'_>| said.first("pattern").and_then(|p| Some(p.as_str()?.to_owned()));
    let (was, is) = (pattern(&a), pattern(&b));
    if was != is {
        let word = |pattern: &Option<String>| {
            pattern.as_ref().map_or("nothing".to_owned(), |pattern| format!("`{pattern}`"))
        };
        let message = format!("had to match {}, and has to match {}", word(&was), word(&is));
        let change = match (was, is) {
            (None, _) => Change::Narrower,
            (_, None) => Change::Wider,
            _ => Change::Other,
        };
        push("pattern_changed", change, message);
    }
    found
}

/// How a set of values changes.
enum Change {
    Narrower,
    Wider,
    Other,
}

fn step(was: Option<&Json>, is: Option<&Json>) -> Change {
    let of = |a: &Json, b: &Json| {
        let (Some(a), Some(b)) = (a.as_f64(), b.as_f64()) else { return false };
        b != 0.0 && (a / b).fract() == 0.0
    };
    match (was, is) {
        (None, _) => Change::Narrower,
        (_, None) => Change::Wider,
        (Some(a), Some(b)) if of(b, a) => Change::Narrower,
        (Some(a), Some(b)) if of(a, b) => Change::Wider,
        _ => Change::Other,
    }
}

/// A schema, what it refers to, and what it is all of.
struct Said<'d>(Vec<Node<'d>>);

impl<'d> Said<'d> {
    fn at(document: &'d Document, place: &Place) -> Option<Self> {
        let node = document.node(place)?;
        let target = document.resolve(node.clone()).ok();
        let mut said: Vec<Node<'d>> = vec![node];
        said.extend(target);
        let parts = said.iter().filter_map(|node| node.get("allOf"));
        let parts: Vec<Node<'d>> = parts.flat_map(|all| all.items().collect::<Vec<_>>()).collect();
        said.extend(parts.into_iter().filter_map(|part| document.resolve(part).ok()));
        Some(Said(said))
    }

    fn first(&self, key: &str) -> Option<&'d Json> {
        self.0.iter().find_map(|node| node.value.get(key))
    }

    fn range(&self, (least, most, of): (&str, &str, &str)) -> Range {
        let edge = |key: &str, open_key: &str| {
            let open = self.first(open_key);
            let own = self.first(key).and_then(|value| {
                Edge::read(value, of.is_empty() && open == Some(&Json::Bool(true)))
            });
            let beside = open.filter(|_| of.is_empty()).and_then(|value| Edge::read(value, true));
            own.or(beside)
        };
        let least = edge(least, "exclusiveMinimum");
        // A count has no other lower border than nothing.
        let least = least.filter(|edge| of.is_empty() || edge.at > 0.0);
        Range { least, most: edge(most, "exclusiveMaximum") }
    }
}

/// A border.
struct Edge {
    at: f64,
    /// Whether it is itself not among the values.
    open: bool,
    text: String,
}

impl Edge {
    fn read(value: &Json, open: bool) -> Option<Edge> {
        let at = value.as_f64().filter(|_| value.is_number())?;
        Some(Edge { at, open, text: value.to_string() })
    }
}

struct Range {
    least: Option<Edge>,
    most: Option<Edge>,
}

impl Range {
    fn change(&self, new: &Range) -> Option<Change> {
        // How far each border leaves values out.
        let low = |edge: &Option<Edge>| {
            edge.as_ref().map_or((f64::NEG_INFINITY, false), |edge| (edge.at, edge.open))
        };
        let high = |edge: &Option<Edge>| {
            edge.as_ref().map_or((f64::NEG_INFINITY, false), |edge| (-edge.at, edge.open))
        };
        let pairs = [(low(&self.least), low(&new.least)), (high(&self.most), high(&new.most))];
        let narrower = pairs.iter().any(|(was, is)| is > was);
        let wider = pairs.iter().any(|(was, is)| is < was);
        match (narrower, wider) {
            (true, true) => Some(Change::Other),
            (true, false) => Some(Change::Narrower),
            (false, true) => Some(Change::Wider),
            (false, false) => None,
        }
    }

    fn words(&self, of: &str) -> String {
        let low = |edge: &Edge| match edge.open {
            true => format!("more than {}", edge.text),
            false => format!("from {}", edge.text),
        };
        let high = |edge: &Edge| match edge.open {
            true => format!("less than {}", edge.text),
            false => format!("to {}", edge.text),
        };
        match (&self.least, &self.most) {
            (None, None) => "without bounds".to_owned(),
            (Some(least), None) => format!("{}{of}", low(least)),
            (None, Some(most)) => format!("{}{of}", high(most)),
            (Some(least), Some(most)) => format!("{} {}{of}", low(least), high(most)),
        }
    }
}
