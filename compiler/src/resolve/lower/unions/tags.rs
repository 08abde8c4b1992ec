//! Discriminators: which values of which member stand for which choice.

use super::super::Out;
use super::arms::{Arm, Class};
use super::facts::Facts;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::{BAD_PART, DANGLING_REF};
use crate::ir::literals;
use crate::openapi::{Document, Node};
use crate::source::Place;
use crate::source::pointer;
use serde_json::Value;
use std::collections::HashSet;

/// What a `discriminator` says.
#[derive(Clone, Debug)]
pub(super) struct Discriminator {
    pub(super) property: String,
    /// Values, the schemas they stand for (names, references or URLs), and where these are said.
    mapping: Vec<(String, String, Place)>,
    place: Place,
}

impl Discriminator {
    /// The discriminator of a schema; in Swagger 2.0 just the name of the member.
    pub(super) fn read(node: &Node<'_>) -> Option<Self> {
        let said = node.get("discriminator")?;
        let property = said.value.as_str().or_else(|| said.str("propertyName"))?.to_owned();
        let mapping = said.get("mapping").into_iter().flat_map(|m| m.entries().collect::<Vec<_>>());
        let mapping = mapping
            .filter_map(|(value, target)| {
                Some((value.to_owned(), target.value.as_str()?.to_owned(), target.place))
            })
            .collect();
        Some(Discriminator { property, mapping, place: said.place })
    }

    /// Where the schemas of the mapping stand.
    pub(super) fn places(&self, document: &Document) -> Vec<Place> {
        let targets = self.mapping.iter();
        targets.filter_map(|(_, target, home)| place_of(document, target, home)).collect()
    }
}

/// The place of a mapping's target: a name, a reference, or a URL that ends in a name. A name is first one of
/// the file that says it, then one of the document.
fn place_of(document: &Document, target: &str, home: &Place) -> Option<Place> {
    let named = |name: &str| {
        let name_there = pointer::escape(name);
        let beside = Place {
            pointer: format!("/components/schemas/{name_there}").into(),
            ..Place::root(home.file)
        };
        let schema = document.node(&beside).or_else(|| document.schema(name))?;
        document.resolve(schema).ok().map(|node| node.place)
    };
    if let Some(place) = named(target) {
        return Some(place);
    }
    let from = document.node(home)?;
    if let Some(node) = document.follow(&from, target) {
        return Some(node.place);
    }
    let last = target.rsplit(['/', '#']).next()?;
    named(last).or_else(|| named(last.rsplit_once('.')?.0))
}

/// Gives the arms their values, and the union its tag. Without a discriminator, a member that all objects have, each
/// with values of its own, is one.
pub(super) fn apply(
    out: &mut Out<'_>,
    document: &Document,
    said: Option<Discriminator>,
    arms: &mut [Arm<'_>],
    facts: &[Facts],
) -> Option<String> {
    let Some(said) = said else { return infer(arms, facts) };
    // A member that no choice has tells nothing, if another tells all: the document means that one.
    let absent = |facts: &Facts| facts.adds_tag(Some(&said.property));
    if said.mapping.is_empty()
        && facts.iter().all(absent)
        && let Some(tag) = infer(arms, facts)
    {
        let message = format!("no choice has the member `{}` of the discriminator", said.property);
        let finding = Diagnostic::warning(BAD_PART, message);
        out.push(finding.at(&said.place, format!("they are told apart by `{tag}`")));
        return Some(tag);
    }
    let mut taken: HashSet<String> = HashSet::new();
    // The keys of a mapping are text, whatever the member is.
    let plain = facts.iter().any(|facts| facts.plain.contains(&said.property));
    let spelled = |name: &str| match plain {
        true => name.to_owned(),
        false => literals::write(&Value::from(name)).unwrap_or_default(),
    };
    for (value, target, at) in &said.mapping {
        let Some(place) = place_of(document, target, at) else {
            let finding = format!("`{target}`, which `{value}` stands for, leads nowhere");
            out.push(Diagnostic::warning(DANGLING_REF, finding).at(at, ""));
            continue;
        };
        if !taken.insert(spelled(value)) {
            continue;
        }
        // Several, where one stands for all choices inside it.
        for arm in arms.iter_mut().filter(|arm| arm.places.contains(&place) && arm.is_tagged()) {
            arm.tags.push(spelled(value));
        }
    }
    for (arm, facts) in arms.iter_mut().zip(facts).filter(|(arm, _)| arm.is_tagged()) {
        let constant = facts.constants.iter().find(|c| c.wire == said.property);
        let values = constant.map(|c| c.values.clone()).unwrap_or_default();
        let implied = arm.name.iter().filter(|_| arm.tags.is_empty() && values.is_empty());
        let implied = implied.map(|name| spelled(name));
        let more: Vec<String> = values.iter().cloned().chain(implied).collect();
        arm.tags.extend(more.into_iter().filter(|value| !taken.contains(value)));
    }
    let told = arms.iter().any(|arm| !arm.tags.is_empty());
    told.then_some(said.property)
}

impl Arm<'_> {
    /// Whether a discriminator can stand for it.
    fn is_tagged(&self) -> bool {
        matches!(self.class, Class::Object | Class::Union) && !self.is_untold
    }
}

/// A member that tells all objects apart: required in each, of values that no other has.
fn infer(arms: &mut [Arm<'_>], facts: &[Facts]) -> Option<String> {
    let objects: Vec<usize> = (0..arms.len())
        .filter(|at| !arms[*at].class.is_scalar() && arms[*at].class != Class::List)
        .collect();
    if objects.len() < 2 || objects.iter().any(|at| arms[*at].class != Class::Object) {
        return None;
    }
    let tells = |wire: &str| {
        let mut taken: HashSet<&str> = HashSet::new();
        objects.iter().all(|at| {
            let constant = facts[*at].constants.iter().find(|c| c.wire == wire && c.required);
            constant.is_some_and(|c| c.values.iter().all(|value| taken.insert(value)))
        })
    };
    let tag = facts[objects[0]].constants.iter().find(|c| tells(&c.wire))?.wire.clone();
    for at in objects {
        let constant = facts[at].constants.iter().find(|c| c.wire == tag);
        arms[at].tags = constant.map(|c| c.values.clone()).unwrap_or_default();
    }
    Some(tag)
}

/// An arm whose type does not keep its tag, and for which several values stand, becomes a variant for each value.
pub(super) fn split<'a>(
    arms: Vec<Arm<'a>>,
    facts: Vec<Facts>,
    tag: Option<&str>,
) -> (Vec<Arm<'a>>, Vec<Facts>) {
    let mut out = (Vec::new(), Vec::new());
    for (arm, facts) in arms.into_iter().zip(facts) {
        if arm.tags.len() < 2 || !facts.adds_tag(tag) {
            out.0.push(arm);
            out.1.push(facts);
            continue;
        }
        for value in &arm.tags {
            // By its value, not by the name that all of them have.
            out.0.push(Arm { tags: vec![value.clone()], name: None, ..arm.clone() });
            out.1.push(facts.clone());
        }
    }
    out
}
