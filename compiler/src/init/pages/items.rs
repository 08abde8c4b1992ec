//! Where the records of a page are.

use super::Recognising;
use crate::init::view::{Value, list_of, output, plain_name};
use crate::ir::{TypeKind, TypeUse};

/// The array of records of a page.
#[derive(Clone, Debug)]
pub(in crate::init) struct Items {
    /// `body.results`.
    pub(in crate::init) path: String,
    /// The type of one.
    pub(in crate::init) item: TypeUse,
    /// Whether a page may come without it.
    pub(super) optional: bool,
    /// Why this one, where there are others.
    pub(super) note: Option<String>,
}

/// Names of arrays of records.
const RECORDS: [&str; 22] = [
    "collection",
    "content",
    "contents",
    "data",
    "elements",
    "entities",
    "entries",
    "hits",
    "items",
    "list",
    "matches",
    "members",
    "nodes",
    "objects",
    "records",
    "resources",
    "response",
    "result",
    "results",
    "rows",
    "value",
    "values",
];

/// Arrays that stand beside the records.
const BESIDE: [&str; 24] = [
    "actions",
    "aggregations",
    "columns",
    "error",
    "errors",
    "errormessages",
    "expand",
    "facets",
    "fields",
    "filters",
    "included",
    "includes",
    "info",
    "infos",
    "link",
    "links",
    "messages",
    "names",
    "notices",
    "order",
    "related",
    "sort",
    "warningmessages",
    "warnings",
];

/// The array of records; else why it is not clear which one it is, if there are any.
pub(super) fn find(seen: &Recognising<'_>) -> Result<Items, Option<String>> {
    let types = seen.types;
    if let Some((ty, _)) = output(seen.operation)
        && let Some(item) = list_of(types, ty)
    {
        return Ok(Items { path: "body".to_owned(), item, optional: false, note: None });
    }
    let lists = seen.answer.iter().filter_map(|value| Some((value, list_of(types, value.ty)?)));
    let lists: Vec<(&Value, TypeUse, i32)> =
        lists.map(|(value, item)| (value, item, rank(seen, value, item))).collect();
    let Some(best) = lists.iter().map(|(_, _, rank)| *rank).max() else { return Err(None) };
    let mut of_best = lists.iter().filter(|(_, _, rank)| *rank == best);
    let (Some((value, item, _)), second) = (of_best.next(), of_best.next()) else {
        return Err(None);
    };
    if let Some((other, _, _)) = second {
        return Err(Some(format!("the records may be at `{}` or at `{}`", value.path, other.path)));
    }
    let note = match lists.len() {
        1 => None,
        _ if named_by_path(seen, value) => Some("named like the path".to_owned()),
        _ if RECORDS.contains(&value.name()) => {
            Some("by its name; there are other arrays".to_owned())
        }
        _ => Some("the only array of objects".to_owned()),
    };
    Ok(Items { path: value.path.clone(), item: *item, optional: !value.always, note })
}

/// How much an array looks like the records.
fn rank(seen: &Recognising<'_>, value: &Value, item: TypeUse) -> i32 {
    let kind = match seen.types.get(item.id).kind {
        TypeKind::Struct(_) | TypeKind::Union(_) => 4,
        TypeKind::Map(_) => 3,
        TypeKind::Any { .. } => 2,
        _ => 0,
    };
    let named = i32::from(RECORDS.contains(&value.name())) * 3;
    let path = i32::from(named_by_path(seen, value)) * 4;
    let beside = i32::from(BESIDE.contains(&value.name())) * -6;
    let deep = -i32::try_from(value.names.len()).unwrap_or(i32::MAX);
    kind + named + path + if path == 0 { beside } else { 0 } + deep
}

/// Whether an array is called what the path is about: `tickets` in `/api/v2/tickets.json`, `members` in `users.list` is
/// not.
fn named_by_path(seen: &Recognising<'_>, value: &Value) -> bool {
    let segments = seen.operation.path.split(['/', '.']).filter(|segment| !segment.contains('{'));
    let mut words = segments.map(plain_name).filter(|word| !word.is_empty());
    let name = value.name();
    words.any(|word| {
        word == name
            || (word.len() > 3 && name.len() > 3 && (word.ends_with(name) || name.ends_with(&word)))
    })
}
