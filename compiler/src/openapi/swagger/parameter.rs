//! Parameters of paths, queries and headers, and headers of responses: their type goes into a schema.

use super::Rewriting;
use super::pointer::Pointer;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use serde_json::{Map, Value};

/// The keywords that say what a value is.
const OF_SCHEMA: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "nullable",
    "x-nullable",
];

/// How the elements of a list are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListStyle {
    pub(super) style: &'static str,
    pub(super) explode: bool,
}

/// A parameter or a header: its type, and what else it says.
pub(super) struct Parted {
    pub(super) schema: Value,
    pub(super) rest: Map<String, Value>,
    /// If it is a list.
    pub(super) list: Option<ListStyle>,
}

impl Rewriting {
    pub(super) fn parameter(
        &mut self,
        parameter: Map<String, Value>,
        new: &Pointer,
        old: &Pointer,
    ) -> Map<String, Value> {
        let location = parameter.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.moved(new, old);
        // What has a schema is written as in 3.0.
        if !parameter.get("schema").is_some_and(Value::is_object) {
            // The parameter and its schema stood in one place, and a reference to that means the parameter.
            self.moves.record(new.as_str(), self.file, old.as_str());
            self.moved(&new.child("schema"), old);
        }
        let Parted { schema, mut rest, list } = self.part(parameter, &location, new);
        rest.insert("schema".to_owned(), schema);
        if let Some(ListStyle { style, explode }) = list {
            rest.insert("style".to_owned(), style.into());
            rest.insert("explode".to_owned(), explode.into());
        }
        rest
    }

    /// Takes the type out of a parameter that stands at `at` when all is done.
    pub(super) fn part(
        &mut self,
        parameter: Map<String, Value>,
        location: &str,
        at: &Pointer,
    ) -> Parted {
        let (mut schema, mut rest, mut format) = (Map::new(), Map::new(), None);
        for (key, value) in parameter {
            match (key.as_str(), value) {
                ("collectionFormat", Value::String(said)) => format = Some(said),
                ("collectionFormat", _) => {}
                ("schema", Value::Object(whole)) => {
                    schema.extend(whole);
                }
                ("x-example", value) => {
                    rest.insert("example".to_owned(), value);
                }
                (of_schema, value) if OF_SCHEMA.contains(&of_schema) => {
                    schema.entry(key).or_insert(value);
                }
                (_, value) => {
                    rest.insert(key, value);
                }
            }
        }
        let is_list = match schema.get("type") {
            Some(Value::String(one)) => one == "array",
            Some(Value::Array(several)) => several.iter().any(|one| one == "array"),
            _ => schema.contains_key("items"),
        };
        let list = is_list.then(|| self.list_style(format.as_deref(), location, at));
        Parted { schema: self.schema(schema.into()), rest, list }
    }

    fn list_style(&mut self, format: Option<&str>, location: &str, at: &Pointer) -> ListStyle {
        let form = !matches!(location, "path" | "header");
        let plain = ListStyle { style: if form { "form" } else { "simple" }, explode: false };
        match (format.unwrap_or("csv"), form) {
            ("csv", _) => plain,
            ("multi", true) => ListStyle { style: "form", explode: true },
            ("ssv", true) => ListStyle { style: "spaceDelimited", explode: false },
            ("pipes", true) => ListStyle { style: "pipeDelimited", explode: false },
            (other, _) => {
                let message = format!("`collectionFormat: {other}` cannot be sent here");
                let place = self.place(&at.child("collectionFormat"));
                self.findings.push(
                    Diagnostic::warning(PARAMETER, message)
                        .at(&place, "the elements are separated by commas")
                        .help("known are csv, and in queries and forms ssv, pipes and multi"),
                );
                plain
            }
        }
    }
}
