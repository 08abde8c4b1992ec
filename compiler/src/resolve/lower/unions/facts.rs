//! What is known of the objects among the choices.

use super::super::Lowering;
use super::super::members::{self, Chosen, Rest};
use super::arms::{Arm, Class};
use crate::ir::{Constant, literals};
use crate::openapi::{Node, Schema, SchemaType};
use crate::source::Place;

/// What is known of a choice.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    is_object: bool,
    /// Its members, and which are required.
    pub(super) members: Vec<(String, bool)>,
    /// Members of few known values.
    pub(super) constants: Vec<Fixed>,
    /// Members that are numbers or flags, and never text.
    pub(super) plain: Vec<String>,
    /// It has no other members.
    pub(super) closed: bool,
}

/// A member of few known values.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    pub(super) wire: String,
    pub(super) values: Vec<String>,
    pub(super) required: bool,
}

/// A member with more values than these tells nothing.
const FEW: usize = 32;

impl Facts {
    /// Whether a union writes the tag itself, as the type has no such member.
    pub(super) fn adds_tag(&self, tag: Option<&str>) -> bool {
        self.is_object && tag.is_some_and(|tag| self.members.iter().all(|(wire, _)| wire != tag))
    }

    /// The members with one value, beside the tag, by which an object is told.
    pub(super) fn told(&self, tag: Option<&str>) -> Vec<Constant> {
        let told = self.constants.iter().filter(|c| c.values.len() == 1 && tag != Some(&c.wire));
        told.map(|c| Constant { wire: c.wire.clone(), values: c.values.clone() }).collect()
    }
}

impl<'a> Lowering<'a> {
    /// What is known of each choice.
    pub(super) fn facts_of(
        &self,
        document: usize,
        arms: &[Arm<'a>],
        base: Option<&(Node<'a>, Vec<Place>)>,
    ) -> Vec<Facts> {
        arms.iter().map(|arm| self.facts_of_one(document, arm, base)).collect()
    }

    fn facts_of_one(
        &self,
        document: usize,
        arm: &Arm<'a>,
        base: Option<&(Node<'a>, Vec<Place>)>,
    ) -> Facts {
        if arm.class != Class::Object {
            return Facts::default();
        }
        let docs = &self.documents[document];
        let found = match base.filter(|_| !arm.is_whole) {
            Some((base, made)) => {
                let chosen = Chosen { places: made.clone(), any: Vec::new() };
                members::collect_chosen(docs, &arm.parts(base), Some(&chosen))
            }
            None => members::collect(docs, std::slice::from_ref(&arm.node)),
        };
        let mut facts = Facts {
            is_object: true,
            closed: matches!(found.rest, Rest::Closed),
            ..Facts::default()
        };
        for (wire, member) in &found.fields {
            facts.members.push((wire.clone(), member.required));
            let read = |node: &Node<'a>| Schema::read(&docs.resolve(node.clone()).ok()?).ok();
            let schemas: Vec<Schema> = member.nodes.iter().rev().filter_map(read).collect();
            if schemas.iter().any(|schema| is_plain(&schema.types)) {
                facts.plain.push(wire.clone());
            }
            let mut listed = schemas.into_iter().map(|s| s.shape.enumeration);
            let listed = listed.find(|values| !values.is_empty());
            let Some(listed) = listed else { continue };
            let values: Option<Vec<String>> = listed.iter().map(literals::write).collect();
            if let Some(values) = values.filter(|v| !v.is_empty() && v.len() <= FEW) {
                let required = member.required;
                facts.constants.push(Fixed { wire: wire.clone(), values, required });
            }
        }
        facts
    }
}

/// Whether types are those of numbers or flags alone.
fn is_plain(types: &[SchemaType]) -> bool {
    let mut types = types.iter().filter(|kind| **kind != SchemaType::Null).peekable();
    let plain = [SchemaType::Boolean, SchemaType::Integer, SchemaType::Number];
    types.peek().is_some() && types.all(|kind| plain.contains(kind))
}
