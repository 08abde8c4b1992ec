//! Responses: their schema and examples go below media types.

use super::Rewriting;
use super::body::content;
use super::parameter::{ListStyle, Parted};
use super::pointer::Pointer;
use serde_json::{Map, Value, json};

const JSON: &str = "application/json";
const BINARY: &str = "application/octet-stream";

/// The media type under which a schema stands: JSON if it is among them, or if there is none.
pub(super) fn preferred(media: &[String]) -> &str {
    let json = media.iter().find(|media| media.as_str() == JSON);
    let json = json.or_else(|| media.iter().find(|media| is_json(media)));
    json.or(media.first()).map_or(JSON, String::as_str)
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase();
    essence == JSON || essence.ends_with("+json")
}

impl Rewriting {
    /// The response at `new` that stood at `old`.
    pub(super) fn response(
        &mut self,
        response: Value,
        new: &Pointer,
        old: &Pointer,
        produces: &[String],
    ) -> Value {
        let Value::Object(mut response) = response else { return response };
        let schema = response.shift_remove("schema");
        let examples = response.shift_remove("examples");
        let binary = [BINARY.to_owned()];
        let file =
            schema.as_ref().is_some_and(|schema| schema.get("type").is_some_and(|t| t == "file"));
        let produces = if file && produces.is_empty() { &binary } else { produces };
        let at = new.child("content");
        let mut media = Map::new();
        if let Some(schema) = schema {
            let first = preferred(produces);
            self.moved(&at.child(first).child("schema"), &old.child("schema"));
            media = content(Some(self.schema(schema)), &at, produces);
        }
        if let Some(Value::Object(examples)) = examples {
            let schema = (!media.is_empty()).then(|| preferred(produces));
            self.examples(examples, &mut media, schema, &at, &old.child("examples"));
        }
        if !media.is_empty() {
            response.insert("content".to_owned(), media.into());
        }
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            for (name, header) in headers.iter_mut() {
                let (new, old) =
                    (new.child("headers").child(name), old.child("headers").child(name));
                if let Value::Object(members) = header {
                    *header = self.header(std::mem::take(members), &new, &old).into();
                }
            }
        }
        response.into()
    }

    /// Puts examples below their media types; `schema` is the one under which the schema stands.
    fn examples(
        &mut self,
        examples: Map<String, Value>,
        media: &mut Map<String, Value>,
        schema: Option<&str>,
        at: &Pointer,
        old: &Pointer,
    ) {
        let schema = schema.map(|media| at.child(media).child("schema").reference());
        for (name, example) in examples {
            if !name.contains('/') {
                continue; // Some give the example itself here, without a media type.
            }
            let known = media.contains_key(&name);
            let json = media.keys().find(|m| is_json(m)).filter(|_| is_json(&name)).cloned();
            let to = if known { name.clone() } else { json.unwrap_or_else(|| name.clone()) };
            self.moved(&at.child(&to).child("example"), &old.child(&name));
            let entry = media.entry(to).or_insert_with(|| match &schema {
                Some(schema) => json!({"schema": schema}),
                None => json!({}),
            });
            if let Some(entry) = entry.as_object_mut() {
                entry.insert("example".to_owned(), example);
            }
        }
    }

    fn header(
        &mut self,
        header: Map<String, Value>,
        new: &Pointer,
        old: &Pointer,
    ) -> Map<String, Value> {
        if header.contains_key("$ref") {
            return header;
        }
        self.moved(&new.child("schema"), old);
        let Parted { schema, mut rest, list } = self.part(header, "header", new);
        rest.insert("schema".to_owned(), schema);
        if let Some(ListStyle { style, explode }) = list {
            rest.insert("style".to_owned(), style.into());
            rest.insert("explode".to_owned(), explode.into());
        }
        rest
    }
}
