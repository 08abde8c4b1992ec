//! The table of a union, and the choice.

use super::text::{Members, scalar};

/// How the variants of a union are told apart.
#[derive(Clone, Copy, Debug)]
pub struct Tell {
    /// The member of objects whose value names the variant.
    pub tag: Option<&'static str>,
    /// What is known of each variant, in their order.
    pub variants: &'static [Shape],
}

/// What is known of the values of a variant.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    json: Json,
    tags: &'static [&'static str],
    required: &'static [&'static str],
    optional: &'static [&'static str],
    constants: &'static [(&'static str, &'static [&'static str])],
    closed: bool,
    joint: bool,
}

/// The JSON types of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Json {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Object,
    Any,
}

impl Shape {
    const fn of(json: Json) -> Self {
        Shape {
            json,
            tags: &[],
            required: &[],
            optional: &[],
            constants: &[],
            closed: false,
            joint: false,
        }
    }

    /// Values of any type.
    pub const ANY: Shape = Shape::of(Json::Any);
    /// Text.
    pub const TEXT: Shape = Shape::of(Json::Text);
    /// Whole numbers.
    pub const INTEGER: Shape = Shape::of(Json::Integer);
    /// Numbers.
    pub const NUMBER: Shape = Shape::of(Json::Number);
    /// True and false.
    pub const BOOLEAN: Shape = Shape::of(Json::Boolean);
    /// Lists.
    pub const LIST: Shape = Shape::of(Json::List);
    /// Objects.
    pub const OBJECT: Shape = Shape::of(Json::Object);

    /// Objects that are named by one of these values of the tag: text as it is, in quotes where it reads like a scalar in
    /// JSON; other scalars as JSON. So `"true"` is the flag, and `"\"true\""` the text.
    #[must_use]
    pub const fn tagged(tags: &'static [&'static str]) -> Self {
        Shape { tags, ..Shape::OBJECT }
    }

    /// Objects that always have these members.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Shape { required, ..self }
    }

    /// Objects that may have these members.
    #[must_use]
    pub const fn optional(self, optional: &'static [&'static str]) -> Self {
        Shape { optional, ..self }
    }

    /// Objects in which these members, if there, have one of these values.
    #[must_use]
    pub const fn constants(
        self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        Shape { constants, ..self }
    }

    /// Objects without other members.
    #[must_use]
    pub const fn closed(self) -> Self {
        Shape { closed: true, ..self }
    }

    /// Objects that may be of another variant as well (`anyOf`), and would lose what only that has.
    #[must_use]
    pub const fn joint(self) -> Self {
        Shape { joint: true, ..self }
    }

    fn declares(&self, name: &str) -> bool {
        self.required.contains(&name) || self.optional.contains(&name)
    }

    /// Whether an object that fits both shapes has members of each that the other does not have.
    fn shares(&self, other: &Shape, members: &Members<'_>) -> bool {
        let only = |one: &Shape, not: &Shape| {
            members.names().any(|name| one.declares(name) && !not.declares(name))
        };
        only(self, other) && only(other, self)
    }

    fn accepts(&self, json: Json) -> bool {
        self.json == json
            || self.json == Json::Any
            || (self.json == Json::Number && json == Json::Integer)
    }

    /// How well an object fits, the best first: members with the right constant, declared ones, other ones.
    fn fit(&self, members: &Members<'_>) -> Option<(usize, usize, usize)> {
        if self.json == Json::Any {
            return Some((usize::MAX, usize::MAX, usize::MAX));
        }
        if !self.required.iter().all(|name| members.get(name).is_some()) {
            return None;
        }
        let mut constant = 0;
        for (name, values) in self.constants {
            let Some(value) = members.get(name) else { continue };
            if !values.contains(&&*scalar(value)) {
                return None;
            }
            constant += 1;
        }
        let known = members.names().filter(|name| self.declares(name)).count();
        let unknown = members.len() - known;
        if self.closed && unknown > 0 {
            return None;
        }
        Some((usize::MAX - constant, usize::MAX - known, unknown))
    }
}

/// What was chosen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The tag says it: a value that does not fit is wrong.
    Told(usize),
    /// In this order, until one fits.
    Likely(Vec<usize>),
}

impl Tell {
    /// Chooses by tag, else by JSON type, else by what fits best; among equals the first.
    pub(super) fn choose(&self, text: &str) -> Choice {
        let json = json(text);
        let accepting = self.variants.iter().enumerate().filter(|(_, shape)| shape.accepts(json));
        if json != Json::Object {
            // Whole numbers are tried before numbers.
            let mut list: Vec<(bool, usize)> =
                accepting.map(|(index, shape)| (shape.json != json, index)).collect();
            list.sort_unstable();
            return Choice::Likely(list.into_iter().map(|(_, index)| index).collect());
        }
        let mut candidates: Vec<(usize, &Shape)> = accepting.collect();
        if candidates.len() == 1 && self.tag.is_none() {
            return Choice::Likely(vec![candidates[0].0]);
        }
        let members = Members::read(text);
        if let Some(value) = self.tag.and_then(|tag| members.get(tag)) {
            let value = scalar(value);
            let named = |(_, shape): &&(usize, &Shape)| shape.tags.contains(&&*value);
            let told: Vec<_> = candidates.iter().filter(named).copied().collect();
            match told.as_slice() {
                [(index, _)] => return Choice::Told(*index),
                [] => candidates.retain(|(_, shape)| shape.tags.is_empty()),
                // A tag of several: what is inside tells.
                _ => candidates = told,
            }
        }
        let mut fitting: Vec<_> = candidates
            .into_iter()
            .filter_map(|(index, shape)| Some((shape.fit(&members)?, index)))
            .collect();
        fitting.sort_unstable();
        if let Some(((_, first), others)) = fitting.split_first() {
            let first = &self.variants[*first];
            let shared = |(_, other): &(_, usize)| first.shares(&self.variants[*other], &members);
            if first.joint && others.iter().any(shared) {
                // No variant holds all of it.
                return Choice::Likely(Vec::new());
            }
        }
        Choice::Likely(fitting.into_iter().map(|(_, index)| index).collect())
    }
}

/// The JSON type of a text that is JSON; numbers with a point or an exponent are not whole.
fn json(text: &str) -> Json {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => Json::Object,
        Some(b'[') => Json::List,
        Some(b'"') => Json::Text,
        Some(b't' | b'f') => Json::Boolean,
        Some(b'-' | b'0'..=b'9') if text.contains(['.', 'e', 'E']) => Json::Number,
        Some(b'-' | b'0'..=b'9') => Json::Integer,
        // Null, which only a variant of any type holds.
        _ => Json::Any,
    }
}
