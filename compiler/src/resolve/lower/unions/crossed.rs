//! Choices of members that an object leaves: of several groups, and inside each other, they become one list of all that
//! can be chosen together.

use super::super::Lowering;
use super::super::members::collect;
use super::super::schema::says_shape;
use super::Choices;
use super::arms::{Arm, Class, listed};
use super::base::{Extended, extended, includes};
use super::idents;
use super::tags::Discriminator;
use crate::openapi::{Document, Node};
use crate::source::Place;

/// More choices than these are not laid side by side.
const MOST: usize = 256;

/// Choices nested deeper than this are not.
const DEEPEST: usize = 8;

/// What was gathered on the way.
struct Made<'n> {
    /// The object that leaves the choices.
    home: &'n Place,
    /// Where choices stand that were made.
    holders: Vec<Place>,
    /// The discriminators of choices inside choices.
    tags: Vec<Discriminator>,
}

impl<'a> Lowering<'a> {
    /// The choices among the members of an object; nothing if they cannot be laid side by side. It is all of `others`,
    /// too.
    pub(super) fn extended(
        &self,
        document: usize,
        node: &Node<'a>,
        others: &[Node<'a>],
        found: Extended<'a>,
    ) -> Option<Choices<'a>> {
        let docs = &self.documents[document];
        let Extended { holders, groups, tag } = found;
        let own = collect(docs, std::slice::from_ref(node));
        if own.fields.is_empty()
            && others.is_empty()
            && let [only] = groups.as_slice()
        {
            let (arms, nullable) = self.arms(document, only.clone(), tag.as_ref(), &node.place);
            return Some(Choices { arms, nullable, tag, base: None });
        }
        let mut made = Made { home: &node.place, holders, tags: Vec::new() };
        let (mut arms, nullable) = self.all(document, groups, tag.as_ref(), &mut made, 0)?;
        if !others.is_empty() || says_object(docs, node) {
            // What is no object is no choice of members.
            arms.retain(|arm| matches!(arm.class, Class::Object | Class::Union | Class::Untyped));
        }
        if arms.iter().all(|arm| arm.class == Class::Untyped) {
            return None;
        }
        let inner = made
            .tags
            .pop()
            .filter(|inner| made.tags.iter().all(|other| other.property == inner.property));
        // A discriminator inside says nothing of the choices beside.
        let tag = match (tag, inner) {
            (None, Some(inner)) => Some(inner),
            (tag, _) => {
                arms.iter_mut().for_each(|arm| arm.is_untold = false);
                tag
            }
        };
        for arm in &mut arms {
            arm.with.splice(0..0, others.iter().cloned());
        }
        Some(Choices { arms, nullable, tag, base: Some((node.clone(), made.holders)) })
    }

    /// The choices of a value that is all of several schemas, where one of them leaves any; nothing if one is no object.
    pub(super) fn choices_of_all(
        &self,
        document: usize,
        parts: &[Node<'a>],
    ) -> Option<Choices<'a>> {
        let docs = &self.documents[document];
        let mut all = Extended { holders: Vec::new(), groups: Vec::new(), tag: None };
        for part in parts {
            match extended(docs, part) {
                Some(found) => {
                    all.holders.extend(found.holders);
                    all.groups.extend(found.groups);
                    all.tag = all.tag.or(found.tag);
                }
                None if self.is_object(document, part) => {}
                None => return None,
            }
        }
        // A choice that the value must be of is made.
        let is_part = |choice: &Node<'a>| {
            let choice = docs.resolve(choice.clone());
            choice.is_ok_and(|choice| parts.iter().any(|part| part.place == choice.place))
        };
        if all.groups.iter().flatten().any(is_part) {
            return None;
        }
        let (first, others) = parts.split_first().filter(|_| !all.groups.is_empty())?;
        let choices = self.extended(document, first, others, all)?;
        choices.arms.iter().all(|arm| arm.class == Class::Object).then_some(choices)
    }

    /// `allOf` of several choices, all of objects, where nothing else says that it is one.
    pub(super) fn all_of_several(&self, document: usize, node: &Node<'a>) -> Option<Choices<'a>> {
        node.get("allOf").filter(|_| !says_shape(node))?;
        let found = extended(&self.documents[document], node)?;
        let choices =
            (found.groups.len() > 1).then(|| self.extended(document, node, &[], found))??;
        let objects = choices.arms.iter().all(|arm| arm.class == Class::Object);
        objects.then_some(choices)
    }

    /// One of each group, in all ways.
    fn all(
        &self,
        document: usize,
        groups: Vec<Vec<Node<'a>>>,
        tag: Option<&Discriminator>,
        made: &mut Made<'_>,
        depth: usize,
    ) -> Option<(Vec<Arm<'a>>, bool)> {
        let mut all: Option<Vec<Arm<'a>>> = None;
        let mut nullable = true;
        for group in groups {
            let (arms, null) = self.arms(document, group, tag, made.home);
            nullable &= null;
            let arms = self.flat(document, arms, made, depth)?;
            all = Some(match all {
                None => arms,
                Some(known) => crossed(known, arms)?,
            });
        }
        Some((all?, nullable))
    }

    /// Choices, with those inside them in their place.
    fn flat(
        &self,
        document: usize,
        arms: Vec<Arm<'a>>,
        made: &mut Made<'_>,
        depth: usize,
    ) -> Option<Vec<Arm<'a>>> {
        let docs = &self.documents[document];
        let mut out: Vec<Arm<'a>> = Vec::new();
        for mut arm in arms {
            arm.is_whole = includes(docs, &arm.node, made.home);
            if arm.class != Class::Union || arm.is_whole {
                arm.is_untold = depth == 0;
                out.push(arm);
                continue;
            }
            if depth > DEEPEST {
                return None;
            }
            let inner = if self.is_object(document, &arm.node) {
                let found = extended(docs, &arm.node)?;
                made.holders.extend(found.holders);
                made.tags.extend(found.tag);
                let (mut inner, _) = self.all(document, found.groups, None, made, depth + 1)?;
                for inner in &mut inner {
                    inner.with.insert(0, arm.node.clone());
                }
                inner
            } else {
                made.tags.extend(Discriminator::read(&arm.node));
                let groups = vec![listed(&arm.node)];
                self.all(document, groups, None, made, depth + 1)?.0
            };
            for mut inner in inner {
                // A discriminator around means all that is inside.
                inner.places.extend(arm.places.iter().cloned());
                out.push(inner);
            }
            if out.len() > MOST {
                return None;
            }
        }
        Some(out)
    }
}

/// Each with each.
fn crossed<'a>(all: Vec<Arm<'a>>, with: Vec<Arm<'a>>) -> Option<Vec<Arm<'a>>> {
    let is_object = |arm: &&Arm<'a>| matches!(arm.class, Class::Object | Class::Untyped);
    let (all, with): (Vec<_>, Vec<_>) =
        (all.iter().filter(is_object).collect(), with.iter().filter(is_object).collect());
    if all.len().saturating_mul(with.len()) > MOST {
        return None;
    }
    let mut out = Vec::new();
    for a in &all {
        for b in &with {
            if a.node.place == b.node.place {
                out.push((*a).clone());
                continue;
            }
            let mut arm = (*b).clone();
            arm.with = a.with.iter().chain([&a.node]).chain(&b.with).cloned().collect();
            arm.places.extend(a.places.iter().cloned());
            arm.label = idents::label(a).zip(idents::label(b)).map(|(a, b)| format!("{a}{b}"));
            (arm.name, arm.class, arm.kind) = (None, Class::Object, None);
            arm.is_whole = a.is_whole && b.is_whole;
            arm.is_untold = a.is_untold && b.is_untold;
            out.push(arm);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether an object says that it is one, and does not only list members.
fn says_object(document: &Document, node: &Node<'_>) -> bool {
    super::base::closure(document, node).iter().any(|part| part.str("type") == Some("object"))
}
