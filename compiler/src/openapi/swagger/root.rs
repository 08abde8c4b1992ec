//! The top of a document.

use super::pointer::Pointer;
use super::server::Address;
use super::{Rewriting, texts};
use serde_json::{Map, Value};

/// The methods that a path item has in 2.0.
pub(super) const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

impl Rewriting {
    pub(super) fn root(&mut self, mut root: Map<String, Value>) -> Map<String, Value> {
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
        for (key, value) in root {
            match (key.as_str(), value) {
                ("swagger" | "openapi" | "servers" | "components", _) => {}
                ("paths", Value::Object(paths)) => {
                    let paths = self.paths(paths, &top.child("paths"), &address);
                    out.insert(key, paths.into());
                }
                (_, value) => {
                    out.insert(key, value);
                }
            }
        }
        out.insert("components".to_owned(), components.into());
        out
    }

    fn components(&mut self, root: &mut Map<String, Value>) -> Map<String, Value> {
        let top = Pointer::root();
        let new = top.child("components");
        let mut components = Map::new();
        let mut take = |key: &str| match root.shift_remove(key) {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        let (definitions, schemas) = (take("definitions"), new.child("schemas"));
        self.moved(&schemas, &top.child("definitions"));
        let definitions = definitions.into_iter().map(|(name, schema)| (name, self.schema(schema)));
        components.insert("schemas".to_owned(), definitions.collect::<Map<_, _>>().into());

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

    pub(super) fn paths(
        &mut self,
        paths: Map<String, Value>,
        at: &Pointer,
        address: &Address,
    ) -> Map<String, Value> {
        let item = |(path, item): (String, Value)| match item {
            Value::Object(item) if !path.starts_with("x-") => {
                let item = self.path_item(item, &at.child(&path), address);
                (path, item.into())
            }
            item => (path, item),
        };
        paths.into_iter().map(item).collect()
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
