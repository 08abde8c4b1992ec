//! Types as a spec writes them: `string?`, `number? in string`, `list(Contact)`.

use super::{Direction, Lowering, Out};
use crate::diagnostics::codes::types::BAD_TYPE;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{StringFormat, TypeKind, TypeUse, Types, Width};
use crate::source::Place;

/// A type as a spec writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TypeText<'t> {
    base: Base<'t>,
    optional: bool,
    in_string: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Base<'t> {
    Name(&'t str),
    List(Box<TypeText<'t>>),
}

const SCALARS: [&str; 6] = ["string", "integer", "number", "boolean", "timestamp", "date"];

fn parse_type(text: &str) -> Option<TypeText<'_>> {
    let text = text.trim();
    let (text, in_string) = match text.strip_suffix("in string") {
        Some(rest) if rest.ends_with(char::is_whitespace) => (rest.trim_end(), true),
        _ => (text, false),
    };
    let (text, optional) = match text.strip_suffix('?') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let base = match text.strip_prefix("list(").and_then(|rest| rest.strip_suffix(')')) {
        // Lists of lists of lists are enough.
        Some(inner) if text.len() < 200 => Base::List(Box::new(parse_type(inner)?)),
        _ if !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            Base::Name(text)
        }
        _ => return None,
    };
    Some(TypeText { base, optional, in_string })
}

impl Lowering<'_> {
    /// A type as a spec writes it (`string?`, `number in string`, `list(Contact)`), and whether it is always there.
    ///
    /// `None` after an error was pushed.
    pub fn written(
        &mut self,
        text: &str,
        place: &Place,
        direction: Direction,
        types: &mut Types,
        diagnostics: &mut Diagnostics,
    ) -> Option<(TypeUse, bool)> {
        let start = types.len();
        let mut out = Out { types, diagnostics };
        let written = self.written_type(&mut out, text, place, direction);
        self.drain(&mut out, start);
        if let Some((ty, _)) = written {
            Self::mark(out.types, [ty], direction);
        }
        written
    }

    pub(super) fn written_type(
        &mut self,
        out: &mut Out<'_>,
        text: &str,
        place: &Place,
        direction: Direction,
    ) -> Option<(TypeUse, bool)> {
        let parsed = parse_type(text);
        let known = parsed.as_ref().map(|ty| self.build(out, ty, place, direction));
        let wrong = match known {
            Some(Ok(ty)) => return Some((ty, !ty.nullable)),
            Some(Err(wrong)) => wrong,
            None => text.to_owned(),
        };
        let names: Vec<&str> = SCALARS.iter().copied().chain(self.entries.names()).collect();
        out.push(
            Diagnostic::error(BAD_TYPE, format!("`{text}` is no type"))
                .at(place, "")
                .nearest(&wrong, names)
                .help("a type is a scalar, a name of `types`, or `list(..)`; then `?`; then ` in string`"),
        );
        None
    }

    /// Builds a type, or gives the name that nothing has.
    fn build(
        &mut self,
        out: &mut Out<'_>,
        text: &TypeText<'_>,
        place: &Place,
        direction: Direction,
    ) -> Result<TypeUse, String> {
        let ty = match &text.base {
            Base::List(inner) => {
                let item = self.build(out, inner, place, direction)?;
                self.shape(out, TypeKind::List(item), place)
            }
            Base::Name(name) => {
                let kind = match *name {
                    "string" => TypeKind::String(StringFormat::Plain),
                    "integer" => TypeKind::Integer(Width::I64),
                    "number" => TypeKind::Number,
                    "boolean" => TypeKind::Boolean,
                    "timestamp" => TypeKind::String(StringFormat::DateTime),
                    "date" => TypeKind::String(StringFormat::Date),
                    name => {
                        let entry = self.entries.index(name).ok_or(name)?;
                        let ty = self.entry_type(out, entry, direction).ok_or(name)?;
                        return match text.in_string {
                            true => Err(name.to_owned()),
                            false => Ok(TypeUse { nullable: ty.nullable || text.optional, ..ty }),
                        };
                    }
                };
                self.shape(out, kind, place)
            }
        };
        let ty = if text.in_string {
            let kind = &out.types.get(ty.id).kind;
            if !matches!(kind, TypeKind::Integer { .. } | TypeKind::Number | TypeKind::Boolean) {
                return Err("in string".to_owned());
            }
            self.shape(out, TypeKind::InString(ty.id), place)
        } else {
            ty
        };
        Ok(TypeUse { nullable: text.optional, ..ty })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn types_are_written_so() {
        let ty = parse_type("number? in string").unwrap();
        assert_eq!(ty, TypeText { base: Base::Name("number"), optional: true, in_string: true });
        let ty = parse_type("list(string?)?").unwrap();
        assert!(ty.optional);
        assert!(matches!(ty.base, Base::List(inner) if inner.optional));
        for wrong in ["", "?", "string??", "list(", "list()", "a b", "string in list"] {
            assert_eq!(parse_type(wrong), None, "{wrong}");
        }
    }
}
