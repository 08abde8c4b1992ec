//! Numbers, formats of text, and lists: which type holds all that a document shows of them.

use super::refine::Tree;
use super::schema::{Context, item_name};
use super::{Lowering, Out};
use crate::ir::{StringFormat, TypeKind, TypeUse, Width};
use crate::openapi::Node;
use crate::source::Json;

/// Longer tuples have neither `Debug` nor `PartialEq` in Rust.
const LONGEST_TUPLE: usize = 12;

/// The width of an integer: what its format and its limits say, unless the document itself shows more.
pub(super) fn width(node: &Node<'_>) -> Width {
    let limit = |inclusive: &str, exclusive: &str| {
        let number = |key| node.get(key).and_then(|limit| limit.value.as_f64());
        number(exclusive).or_else(|| number(inclusive))
    };
    let (least, most) =
        (limit("minimum", "exclusiveMinimum"), limit("maximum", "exclusiveMaximum"));
    let natural = least.is_some_and(|least| least >= 0.0);
    let said = match node.str("format") {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Width::I32,
        Some("uint32") => Width::U32,
        Some("uint64" | "uint") => Width::U64,
        // Doubles, as limits are often written: 2^63 and 2^64 are meant to be the borders of 64 bits.
        _ if most.is_some_and(|most| most > 9.3e18) && natural => Width::U64,
        _ => Width::I64,
    };
    let limits = [least, most].into_iter().flatten().filter_map(whole);
    let shown = shown(node).filter_map(|value| match value {
        Json::Number(number) => match number.is_f64() {
            true => whole(number.as_f64()?),
            false => Some(number.clone()),
        },
        _ => None,
    });
    let mut wanted = limits.chain(shown).peekable();
    if wanted.peek().is_none() {
        return said;
    }
    let wanted: Vec<serde_json::Number> = wanted.collect();
    let holds = |width: &Width| wanted.iter().all(|number| width.holds(number));
    let wider = match said {
        Width::U32 => [Width::U32, Width::I64, Width::U64],
        Width::U64 => [Width::U64, Width::I64, Width::Any],
        said => [said, Width::I64, Width::U64],
    };
    wider.into_iter().find(holds).unwrap_or(Width::Any)
}

/// A double as the whole number that was meant.
fn whole(number: f64) -> Option<serde_json::Number> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_64: f64 = 18_446_744_073_709_551_616.0;
    if number.fract() != 0.0 {
        return None;
    }
    // Limits of 64 bits lose their last digits where a document is written by way of doubles.
    Some(match number {
        n if n == TWO_63 => i64::MAX.into(),
        n if n == TWO_64 => u64::MAX.into(),
        n if (-TWO_63..TWO_63).contains(&n) => (n as i64).into(),
        n if (0.0..TWO_64).contains(&n) => (n as u64).into(),
        n => return serde_json::Number::from_f64(n),
    })
}

/// What the text of a string means. A format is not believed where the document itself shows other text.
pub(super) fn string_format(node: &Node<'_>) -> StringFormat {
    let said = match node.str("format") {
        // Swagger's word, which stayed when documents moved on.
        _ if node.str("type") == Some("file") => StringFormat::Binary,
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("time") => StringFormat::Time,
        Some("duration") => StringFormat::Duration,
        Some("uuid") => StringFormat::Uuid,
        Some("byte") => StringFormat::Base64,
        Some("binary") => StringFormat::Binary,
        Some("password") => StringFormat::Secret,
        _ => match node.str("contentEncoding") {
            Some("base64" | "base64url") => StringFormat::Base64,
            _ => StringFormat::Plain,
        },
    };
    let fits = shown(node).filter_map(Json::as_str).all(|text| said.holds(text));
    if fits { said } else { StringFormat::Plain }
}

/// The values that a document shows of a schema.
fn shown<'a>(node: &Node<'a>) -> impl Iterator<Item = &'a Json> + use<'a> {
    let one = ["default", "example", "const"].map(|key| node.get(key));
    let many = ["enum", "examples"].map(|key| node.get(key));
    let many = many.into_iter().flatten().filter_map(|list| list.value.as_array()).flatten();
    one.into_iter().flatten().map(|node| node.value).chain(many)
}

impl<'a> Lowering<'a> {
    /// A list, or a tuple where the document gives each element a type and allows no more and no fewer.
    pub(super) fn lower_array(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        hint: &str,
    ) -> TypeKind {
        let items = node.get("items");
        // Before 2020, positions stood in `items` and what follows in `additionalItems`.
        let (positions, after) = match (node.get("prefixItems"), items) {
            (None, Some(items)) if items.value.is_array() => {
                (Some(items), node.get("additionalItems"))
            }
            (positions, items) => (positions, items),
        };
        let positions: Vec<Node<'a>> =
            positions.iter().flat_map(|list| list.items().collect::<Vec<_>>()).collect();
        if positions.is_empty() {
            return TypeKind::List(match after {
                Some(items) => self.lower(out, cx, items, &item_name(hint), &Tree::default()),
                None => self.any(out, "the document gives no type of elements", &node.place),
            });
        }
        let number = |key| node.get(key).and_then(|n| n.value.as_u64());
        let count = positions.len() as u64;
        let closed = after.as_ref().is_some_and(|after| *after.value == Json::Bool(false));
        let exact = (closed || number("maxItems").is_some_and(|most| most <= count))
            // Without a minimum a shorter list is allowed, too; hardly anybody means that.
            && number("minItems").is_none_or(|least| least == count);
        let followed = if closed { None } else { after };
        let uses: Vec<TypeUse> = (positions.iter().enumerate())
            .map(|(index, position)| {
                let hint = format!("{hint}{}", index + 1);
                self.lower(out, cx, position.clone(), &hint, &Tree::default())
            })
            .collect();
        if exact && uses.len() <= LONGEST_TUPLE {
            return TypeKind::Tuple(uses);
        }
        let mut all = uses.clone();
        all.extend(followed.map(|f| self.lower(out, cx, f, &item_name(hint), &Tree::default())));
        let nullable = all.iter().any(|ty| ty.nullable);
        let same = all.windows(2).all(|pair| super::unify::same(out.types, pair[0].id, pair[1].id));
        TypeKind::List(match all.first() {
            Some(first) if same => TypeUse { nullable, ..*first },
            _ => {
                let because = "its elements have different types, and their number is not fixed";
                self.fallback(out, because, &node.place)
            }
        })
    }
}
