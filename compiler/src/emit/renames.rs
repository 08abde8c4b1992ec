//! How fields get their names on the wire: by one rule of serde for the whole struct, where that needs fewer words.

use crate::ir::Field;

/// A rule of serde: what it is called, and the name that it makes of a field's.
type Rule = (&'static str, fn(&str) -> Option<String>);

/// The rules that documents follow.
const RULES: [Rule; 3] =
    [("camelCase", camel_case), ("PascalCase", pascal_case), ("kebab-case", kebab_case)];

/// How the fields of a struct are renamed.
#[derive(Clone, Copy)]
pub(super) struct Renames {
    rule: Option<Rule>,
}

impl Renames {
    /// The rule that leaves the fewest fields to be renamed on their own; none if none helps.
    pub(super) fn of(fields: &[Field]) -> Self {
        let none = Renames { rule: None };
        let own = |renames: &Renames| fields.iter().filter(|f| renames.own(f).is_some()).count();
        let rules = RULES.into_iter().map(|rule| Renames { rule: Some(rule) });
        // Serde applies a rule to all names, and only those that it can be asked about are safe.
        let rules = rules.filter(|r| fields.iter().all(|f| r.by_rule(f).is_some()));
        let best = rules.min_by_key(own);
        best.filter(|best| own(best) < own(&none)).unwrap_or(none)
    }

    /// What `rename_all` says.
    pub(super) fn all(&self) -> Option<&'static str> {
        self.rule.map(|(name, _)| name)
    }

    /// What `rename` says at a field.
    pub(super) fn own<'f>(&self, field: &'f Field) -> Option<&'f str> {
        let wire = field.wire.as_str();
        (self.by_rule(field).as_deref() != Some(wire)).then_some(wire)
    }

    /// The name that serde gives a field without a `rename`.
    fn by_rule(&self, field: &Field) -> Option<String> {
        let name = field.ident.trim_start_matches("r#");
        match self.rule {
            Some((_, apply)) => apply(name),
            None => Some(name.to_owned()),
        }
    }
}

/// As `serde_derive` does it: a letter behind a `_` becomes big, and so does the first.
fn pascal_case(name: &str) -> Option<String> {
    let mut text = String::with_capacity(name.len());
    let mut starts = true;
    for letter in name.chars() {
        match letter {
            '_' => starts = true,
            _ if starts => {
                text.push(letter.to_ascii_uppercase());
                starts = false;
            }
            _ => text.push(letter),
        }
    }
    Some(text)
}

/// As `serde_derive` does it: the first byte is made small, so it has to be a letter.
fn camel_case(name: &str) -> Option<String> {
    let mut text = pascal_case(name)?;
    let first = text.get_mut(..1)?;
    first.make_ascii_lowercase();
    Some(text)
}

#[expect(clippy::unnecessary_wraps, reason = "a rule has one type")]
fn kebab_case(name: &str) -> Option<String> {
    Some(name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_those_of_serde() {
        for (name, camel, pascal, kebab) in [
            ("created_at", "createdAt", "CreatedAt", "created-at"),
            ("id", "id", "Id", "id"),
            ("address_line1", "addressLine1", "AddressLine1", "address-line1"),
            ("line_1", "line1", "Line1", "line-1"),
            ("_links", "links", "Links", "-links"),
        ] {
            assert_eq!(camel_case(name).as_deref(), Some(camel));
            assert_eq!(pascal_case(name).as_deref(), Some(pascal));
            assert_eq!(kebab_case(name).as_deref(), Some(kebab));
        }
        assert_eq!(camel_case("\u{e4}nderung"), None, "serde cannot split its first letter");
        assert_eq!(camel_case("_"), None);
    }
}
