//! The names of variants.

use super::arms::{Arm, Class};
use super::facts::Facts;
use crate::resolve::names::variant_ident;

/// A longer title is a sentence.
const LONGEST_TITLE: usize = 40;
const MOST_WORDS: usize = 5;

/// A name for each choice: its schema's, the value that stands for it, its title, what only it has, or its type.
pub(super) fn of(arms: &[Arm<'_>], facts: &[Facts]) -> Vec<String> {
    let lists = arms.iter().filter(|arm| arm.class == Class::List).count();
    (0..arms.len()).map(|at| one(arms, facts, at, lists > 1)).collect()
}

fn one(arms: &[Arm<'_>], facts: &[Facts], at: usize, many_lists: bool) -> String {
    let arm = &arms[at];
    if let Some(name) = arm.type_name() {
        return variant_ident(&name);
    }
    if arm.class == Class::Object && arm.kind.is_none() {
        return object(arms, facts, at);
    }
    let word = match arm.class {
        Class::Text => "Text",
        Class::Integer => "Integer",
        Class::Number | Class::AnyNumber => "Number",
        Class::Boolean => "Boolean",
        Class::List if many_lists => return list(arm),
        Class::List => "List",
        Class::Object => "Object",
        Class::Union | Class::Untyped | Class::Unknown => {
            return title(arm).unwrap_or_else(|| "Value".to_owned());
        }
    };
    word.to_owned()
}

/// The name of a choice that is made together with others, by what it says itself.
pub(super) fn label(arm: &Arm<'_>) -> Option<String> {
    let own = arm.label.clone().or_else(|| arm.type_name()).or_else(|| title(arm));
    let member = || {
        let required = arm.node.get("required").and_then(|list| list.items().next());
        let required = required.and_then(|name| name.value.as_str());
        let first = arm.node.get("properties").and_then(|list| list.entries().next());
        required.or(first.map(|(name, _)| name)).map(variant_ident)
    };
    own.map(|name| variant_ident(&name)).or_else(member)
}

fn object(arms: &[Arm<'_>], facts: &[Facts], at: usize) -> String {
    let (arm, own) = (&arms[at], &facts[at]);
    let single = own.constants.iter().find(|c| c.required && c.values.len() == 1);
    let constant = single.and_then(|c| c.values.first());
    if let Some(label) = &arm.label {
        return label.clone();
    }
    if let Some(value) = arm.tags.first() {
        return variant_ident(value);
    }
    if let Some(title) = title(arm) {
        return title;
    }
    let others = || facts.iter().enumerate().filter(|(other, _)| *other != at);
    let alone = |wire: &str| !others().any(|(_, f)| f.members.iter().any(|(w, _)| w == wire));
    let required = own.members.iter().find(|(wire, required)| *required && alone(wire));
    let member = required.or_else(|| own.members.iter().find(|(wire, _)| alone(wire)));
    match (constant, member) {
        (Some(value), _) => variant_ident(value),
        (None, Some((wire, _))) => variant_ident(wire),
        (None, None) => "Object".to_owned(),
    }
}

fn title(arm: &Arm<'_>) -> Option<String> {
    let short = |title: &&str| {
        title.len() <= LONGEST_TITLE && title.split_whitespace().count() <= MOST_WORDS
    };
    let title = arm.node.str("title").filter(short)?;
    Some(variant_ident(title)).filter(|name| name != "Empty")
}

/// Several lists are named after their elements.
fn list(arm: &Arm<'_>) -> String {
    let items = arm.node.get("items");
    let referred =
        items.as_ref().and_then(|items| items.str("$ref")).and_then(|r| r.rsplit('/').next());
    let kind = items.as_ref().and_then(|items| items.str("type"));
    let word = match (referred, kind) {
        (Some(name), _) => variant_ident(name),
        (None, Some("string")) => "Text".to_owned(),
        (None, Some("array")) => "List".to_owned(),
        (None, Some(kind)) => variant_ident(kind),
        (None, None) => String::new(),
    };
    format!("{word}List")
}
