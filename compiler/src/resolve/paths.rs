//! Wire paths through types: `paging.next.after`, `filterGroups[0].filters[0].value`, `[0].message`.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{StringFormat, TypeId, TypeKind, TypeUse, Types};
use crate::source::Place;
use crate::source::pointer;
use std::ops::Range;

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Into a member.
    Name(String),
    /// Into an element of a list.
    Index(usize),
}

impl Segment {
    /// The name, or the number as text.
    #[must_use]
    pub fn into_wire(self) -> String {
        match self {
            Segment::Name(name) => name,
            Segment::Index(index) => index.to_string(),
        }
    }
}

/// What stands at the end of a path.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its type.
    pub ty: TypeUse,
    /// Whether a value may lack it, or hold null there or on the way.
    pub optional: bool,
    /// The steps, elements of lists by number.
    pub wire: Vec<String>,
    /// Where the document has the last field; `None` for the root and for members of maps.
    pub field: Option<Place>,
    /// Where the document has what a member was taken from without being listed there: a map, or an object
    /// with more members than it lists. That such a member is there is not known.
    pub unlisted: Option<Place>,
}

impl Found {
    /// The JSON pointer of the same steps.
    #[must_use]
    pub fn pointer(&self) -> String {
        let escape = |s: &String| format!("/{}", pointer::escape(s));
        self.wire.iter().map(escape).collect()
    }
}

/// Why a path leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The number of the step that fails, from 0.
    pub segment: usize,
    /// The bytes of that step in the path.
    pub bytes: Range<usize>,
    /// What is wrong, one sentence.
    pub message: String,
    /// The names that are known there.
    pub known: Vec<String>,
    /// The name that is not.
    pub name: String,
    /// Where the document has what lacks it.
    pub place: Option<Place>,
}

impl PathError {
    /// The finding. `path` is the place of the text that holds the path, which begins `offset` bytes into it.
    #[must_use]
    pub fn diagnostic(&self, code: Code, path: &Place, offset: usize) -> Diagnostic {
        let at = path.within(offset + self.bytes.start, offset + self.bytes.end);
        let mut finding = Diagnostic::error(code, self.message.clone()).at(&at, "");
        if let Some(place) = &self.place {
            finding = finding.and(place, "this is what the document has");
        }
        finding.nearest(&self.name, self.known.iter().map(String::as_str))
    }
}

/// Elements are counted from 0; a spec means one of the first.
pub(crate) const MOST_ELEMENTS: usize = 100;

/// The steps of a path and their bytes.
///
/// # Errors
/// Where it is not a path.
pub fn parse(path: &str) -> Result<Vec<(Segment, Range<usize>)>, PathError> {
    let mut steps: Vec<(Segment, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < path.len() {
        let rest = &path[at..];
        let broken = |segment: usize, len: usize, message: &str| PathError {
            segment,
            bytes: at..at + len,
            message: message.to_owned(),
            known: Vec::new(),
            name: String::new(),
            place: None,
        };
        if let Some(inner) = rest.strip_prefix('[') {
            let Some(close) = inner.find(']') else {
                return Err(broken(steps.len(), rest.len(), "`[` is never closed"));
            };
            let text = &inner[..close];
            let quoted = ['\'', '"'].iter().find_map(|q| text.strip_prefix(*q)?.strip_suffix(*q));
            let step = match (quoted, text.parse()) {
                (Some(name), _) => Segment::Name(name.to_owned()),
                (None, Ok(index)) if index < MOST_ELEMENTS => Segment::Index(index),
                (None, Ok(_)) => {
                    let message = "no spec means an element that far on";
                    return Err(broken(steps.len(), close + 2, message));
                }
                (None, Err(_)) if text == "-1" => {
                    let message = "only `from` of a `cursor` means the last element of a list";
                    return Err(broken(steps.len(), close + 2, message));
                }
                (None, Err(_)) => {
                    let message = "expected the number of an element in brackets";
                    return Err(broken(steps.len(), close + 2, message));
                }
            };
            steps.push((step, at..at + close + 2));
            at += close + 2;
        } else {
            let dot = usize::from(!steps.is_empty());
            if dot == 1 && !rest.starts_with('.') {
                return Err(broken(steps.len(), rest.len(), "expected `.` or `[`"));
            }
            let name = &rest[dot..];
            let len = name.find(['.', '[']).unwrap_or(name.len());
            if len == 0 {
                return Err(broken(steps.len(), 1, "expected a name"));
            }
            steps.push((Segment::Name(name[..len].to_owned()), at + dot..at + dot + len));
            at += dot + len;
        }
    }
    Ok(steps)
}

/// Walks a path from a type. The empty path leads to the type itself.
///
/// # Errors
/// The step that fails, and what is known there.
pub fn walk(types: &Types, from: TypeUse, path: &str) -> Result<Found, PathError> {
    let mut found =
        Found { ty: from, optional: from.nullable, wire: Vec::new(), field: None, unlisted: None };
    for (segment, (step, bytes)) in parse(path)?.into_iter().enumerate() {
        let def = types.get(found.ty.id);
        let error = |name: &str, message: String, known: Vec<String>| PathError {
            segment,
            bytes: bytes.clone(),
            message,
            known,
            name: name.to_owned(),
            place: Some(found.field.clone().unwrap_or_else(|| def.place.clone())),
        };
        let (ty, optional, field) = match (&step, &def.kind) {
            (Segment::Name(name), TypeKind::Struct(s)) => match (s.field(name), s.rest) {
                (Some(field), _) => (field.ty, field.may_be_missing(), Some(field.place.clone())),
                (None, Some(rest)) => (rest, true, None),
                (None, None) => {
                    let message = format!("{} has no field `{name}`", describe(types, found.ty));
                    let known = s.fields.iter().map(|f| f.wire.clone()).collect();
                    let place = Some(def.place.clone());
                    return Err(PathError { place, ..error(name, message, known) });
                }
            },
            (Segment::Name(_), TypeKind::Map(value)) => (*value, true, None),
            (Segment::Index(_), TypeKind::List(item)) => (*item, true, None),
            (Segment::Name(name), TypeKind::List(_)) => {
                let what = describe(types, found.ty);
                let message = format!(
                    "`{name}` is no field: this is {what}, its elements are `[0]` and so on"
                );
                return Err(error(name, message, Vec::new()));
            }
            (step, _) => {
                let name = match step {
                    Segment::Name(name) => name.clone(),
                    Segment::Index(index) => format!("[{index}]"),
                };
                let message =
                    format!("`{name}` leads nowhere: this is {}", describe(types, found.ty));
                return Err(error(&name, message, Vec::new()));
            }
        };
        let listed = field.is_some() || matches!(step, Segment::Index(_));
        if !listed && found.unlisted.is_none() {
            let holder = found.field.clone().unwrap_or_else(|| def.place.clone());
            found.unlisted = Some(holder);
        }
        found.optional |= optional || ty.nullable;
        found.ty = ty;
        found.field = field;
        found.wire.push(match step {
            Segment::Name(name) => name,
            Segment::Index(index) => index.to_string(),
        });
    }
    Ok(found)
}

/// A step into a member, as paths of specs have it: `.name`, or `['@odata.nextLink']`.
pub(crate) fn step(wire: &str) -> String {
    if !wire.is_empty() && !wire.contains(['.', '[', ']']) {
        return format!(".{wire}");
    }
    let quote = if wire.contains('\'') { '"' } else { '\'' };
    format!("[{quote}{wire}{quote}]")
}

/// A JSON pointer into a body, as paths of specs have it: `body.filters[0].value`. Its type tells the elements of lists
/// from members that have numbers for names; where that is not known, numbers are those of elements.
pub(crate) fn spelled(types: &Types, body: Option<TypeId>, pointer: &str) -> String {
    let mut path = "body".to_owned();
    let mut ty = body;
    for segment in pointer.split('/').skip(1) {
        let name = pointer::unescape(segment);
        let kind = ty.map(|ty| &types.get(ty).kind);
        let is_element = match kind {
            Some(TypeKind::Struct(_) | TypeKind::Map(_)) => false,
            _ => name.parse::<usize>().is_ok(),
        };
        path += &if is_element { format!("[{name}]") } else { step(&name) };
        ty = match kind {
            Some(TypeKind::Struct(body)) => {
                body.field(&name).map(|field| field.ty.id).or_else(|| Some(body.rest?.id))
            }
            Some(TypeKind::Map(value) | TypeKind::List(value)) => Some(value.id),
            _ => None,
        };
    }
    path
}

/// A type in words: "a list of `Contact`".
#[must_use]
pub fn describe(types: &Types, ty: TypeUse) -> String {
    let mut out = String::new();
    let mut ty = ty;
    // Lists of lists end somewhere; a bound keeps this total.
    for _ in 0..8 {
        let def = types.get(ty.id);
        if let (Some(name), TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_)) =
            (&def.name, &def.kind)
        {
            return out + &format!("`{name}`");
        }
        let word = match &def.kind {
            TypeKind::List(item) => {
                out.push_str("a list of ");
                ty = *item;
                continue;
            }
            TypeKind::Map(value) => {
                out.push_str("a map of ");
                ty = *value;
                continue;
            }
            TypeKind::InString(inner) => {
                out.push_str("text that holds ");
                ty = TypeUse { id: *inner, nullable: false };
                continue;
            }
            TypeKind::Tuple(items) => return out + &format!("a list of exactly {}", items.len()),
            TypeKind::Boolean => "a boolean",
            TypeKind::Integer { .. } => "an integer",
            TypeKind::Number => "a number",
            TypeKind::String(StringFormat::DateTime) => "a timestamp",
            TypeKind::String(StringFormat::Date) => "a date",
            TypeKind::String(_) => "text",
            TypeKind::Struct(_) => "an object",
            TypeKind::Enum(_) => "one of several texts",
            TypeKind::Union(_) => "one of several types",
            TypeKind::Any { .. } => "JSON of no declared type",
        };
        return out + word;
    }
    out + "lists"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ir::{Field, IntegrationId, Struct, TypeDef};
    use crate::source::FileId;

    fn types() -> (Types, TypeUse) {
        let mut types = Types::default();
        let mut add = |name: Option<&str>, kind| {
            let id = types.add(TypeDef {
                integration: IntegrationId(0),
                name: name.map(str::to_owned),
                kind,
                doc: None,
                notes: crate::ir::Notes::default(),
                sent: false,
                received: true,
                same_as: None,
                place: Place::root(FileId(0)),
            });
            TypeUse { id, nullable: false }
        };
        let field = |wire: &str, ty, required| Field {
            wire: wire.into(),
            ident: wire.into(),
            ty,
            required,
            read_only: false,
            write_only: false,
            boxed: false,
            doc: None,
            notes: crate::ir::Notes::default(),
            place: Place::root(FileId(0)).child(wire),
        };
        let text = add(None, TypeKind::String(StringFormat::Plain));
        let next = Struct { fields: vec![field("after", text, true)], ..Struct::default() };
        let next = add(Some("Next"), TypeKind::Struct(next));
        let map = add(None, TypeKind::Map(text));
        let list = add(None, TypeKind::List(next));
        let fields =
            vec![field("next", next, false), field("results", list, true), field("map", map, true)];
        let page = add(Some("Page"), TypeKind::Struct(Struct { fields, ..Struct::default() }));
        (types, page)
    }

    #[test]
    fn paths_lead_through_structs_lists_and_maps() {
        let (types, page) = types();
        let found = walk(&types, page, "next.after").unwrap();
        assert!(found.optional);
        assert_eq!(found.wire, ["next", "after"]);
        assert_eq!(describe(&types, found.ty), "text");
        let found = walk(&types, page, "results[0].after").unwrap();
        assert_eq!(found.pointer(), "/results/0/after");
        assert!(!walk(&types, page, "results").unwrap().optional);
        assert!(walk(&types, page, "map['a.b']").unwrap().optional);
        assert_eq!(walk(&types, page, "").unwrap().ty, page);
    }

    #[test]
    fn pointers_are_spelled_as_paths() {
        let (types, page) = types();
        let spelled = |pointer: &str| spelled(&types, Some(page.id), pointer);
        assert_eq!(spelled("/results/0/after"), "body.results[0].after");
        // A member with a number for a name is none of a list.
        assert_eq!(spelled("/map/123"), "body.map.123");
        assert_eq!(spelled("/map/a.b"), "body.map['a.b']");
        assert_eq!(spelled("/map/a~1'b]"), "body.map[\"a/'b]\"]");
        for pointer in ["/map/123", "/map/a.b", "/results/0/after"] {
            let path = spelled(pointer);
            let path = path.strip_prefix("body.").unwrap();
            assert_eq!(walk(&types, page, path).unwrap().pointer(), pointer);
        }
    }

    #[track_caller]
    fn fails(path: &str, bytes: &str, message: &str) {
        let (types, page) = types();
        let error = walk(&types, page, path).unwrap_err();
        assert_eq!((&path[error.bytes.clone()], error.message.as_str()), (bytes, message));
    }

    #[test]
    fn wrong_steps_are_named() {
        fails("next.aftr", "aftr", "`Next` has no field `aftr`");
        fails("nxt.after", "nxt", "`Page` has no field `nxt`");
        fails("next.after.x", "x", "`x` leads nowhere: this is text");
        fails("next[0]", "[0]", "`[0]` leads nowhere: this is `Next`");
        fails(
            "results.after",
            "after",
            "`after` is no field: this is a list of `Next`, its elements are `[0]` and so on",
        );
        fails("next..after", ".", "expected a name");
        fails("results[x]", "[x]", "expected the number of an element in brackets");
        let last = "only `from` of a `cursor` means the last element of a list";
        fails("results[-1].after", "[-1]", last);
        fails("results[0", "[0", "`[` is never closed");
    }
}
