//! The top of a document.

use super::pointer::Pointer;
use super::server::Address;
use super::{Rewriting, texts, values};
use crate::source::{Json, Members};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The methods that a path item has in 2.0.
pub(super) const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

impl Rewriting {
    /// A document. Its schemas and its paths are nearly all of it: they are changed one by one, because what can be
    /// changed takes thrice the room.
    pub(super) fn whole(&mut self, mut members: Members) -> Json {
        let mut take = |key: &str| match members.get_mut(key) {
            Some(Json::Object(members)) => std::mem::take(members),
            _ => Members::default(),
        };
        let (schemas, paths) = (take("definitions"), take("paths"));
        let (root, address) = self.root(values(members));
        let mut root = Json::of(root.into(), &mut self.texts);
        if let Some(Json::Object(components)) = root.get_mut("components") {
            let schema = |(name, schema): (_, Json)| {
                let schema = self.schema(schema.into_value());
                (name, Json::of(schema, &mut self.texts))
            };
            let schemas = schemas.into_entries().into_iter().map(schema);
            components.insert("schemas", Json::Object(schemas.collect()));
        }
        if let Some(home) = root.get_mut("paths").filter(|paths| paths.is_object()) {
            let at = Pointer::root().child("paths");
            *home = self.paths(paths, &at, &address);
        }
        root
    }

    /// What a document says beside its schemas and its paths, and where the API is.
    fn root(&mut self, mut root: Map<String, Value>) -> (Map<String, Value>, Address) {
        let top = Pointer::root();
        for (key, to) in [
            ("consumes", &mut self.consumes),
            ("produces", &mut self.produces),
            ("schemes", &mut self.schemes),
        ] {
            if let Some(said) = texts(root.shift_remove(key).as_ref()) {
                *to = said;
            }
        }
        self.moved(&top.child("openapi"), &top.child("swagger"));
        let host = if root.contains_key("host") { "host" } else { "basePath" };
        self.moved(&top.child("servers"), &top.child(host));
        let address = Address::take(&mut root);

        let mut out = Map::new();
        out.insert("openapi".to_owned(), "3.0.3".into());
        out.insert("servers".to_owned(), address.servers(&self.schemes).into());
        let components = self.components(&mut root);
        // The schemas come last: `whole` puts them where they belong.
        let made = ["swagger", "openapi", "servers", "components", "definitions"];
        out.extend(root.into_iter().filter(|(key, _)| !made.contains(&key.as_str())));
        out.insert("components".to_owned(), components.into());
        (out, address)
    }

    fn components(&mut self, root: &mut Map<String, Value>) -> Map<String, Value> {
        let top = Pointer::root();
        let new = top.child("components");
        let mut components = Map::new();
        let mut take = |key: &str| match root.shift_remove(key) {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        self.moved(&new.child("schemas"), &top.child("definitions"));

        self.shared_parameters(take("parameters"), &new, &mut components);

        let (responses, at) = (take("responses"), new.child("responses"));
        self.moved(&at, &top.child("responses"));
        let produces = self.produces.clone();
        let responses = responses.into_iter().map(|(name, response)| {
            let (new, old) = (at.child(&name), top.child("responses").child(&name));
            (name, self.response(response, &new, &old, &produces))
        });
        components.insert("responses".to_owned(), responses.collect::<Map<_, _>>().into());

        let (schemes, at) = (take("securityDefinitions"), new.child("securitySchemes"));
        self.moved(&at, &top.child("securityDefinitions"));
        let schemes = schemes.into_iter().map(|(name, scheme)| {
            let (new, old) = (at.child(&name), top.child("securityDefinitions").child(&name));
            (name, self.security_scheme(scheme, &new, &old))
        });
        components.insert("securitySchemes".to_owned(), schemes.collect::<Map<_, _>>().into());
        components
    }

    pub(super) fn paths(&mut self, paths: Members, at: &Pointer, address: &Address) -> Json {
        let item = |(path, item): (Arc<str>, Json)| match item {
            Json::Object(item) if !path.starts_with("x-") => {
                let item = self.path_item(values(item), &at.child(&path), address);
                (path, Json::of(item.into(), &mut self.texts))
            }
            item => (path, item),
        };
        Json::Object(paths.into_entries().into_iter().map(item).collect())
    }

    pub(super) fn path_item(
        &mut self,
        mut item: Map<String, Value>,
        at: &Pointer,
        address: &Address,
    ) -> Map<String, Value> {
        let common = self.common_parameters(&mut item, at);
        let mut out = Map::new();
        for (key, value) in item {
            let value = match value {
                Value::Object(operation) if METHODS.contains(&key.as_str()) => {
                    self.operation(operation, &at.child(&key), &common, address).into()
                }
                value => value,
            };
            out.insert(key, value);
        }
        for (key, value) in common.parts {
            out.insert(key, value);
        }
        out
    }
}
