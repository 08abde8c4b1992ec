//! Operations: their parameters are told apart, their responses get media types.

use super::body::{BodyParameter, FormField, Shared};
use super::pointer::Pointer;
use super::server::Address;
use super::{Rewriting, texts};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use serde_json::{Map, Value};

/// What a list of parameters holds.
#[derive(Default)]
pub(super) struct Sorted {
    /// Parameters of 3.0.
    pub(super) plain: Vec<Value>,
    /// The body.
    pub(super) body: Option<BodyParameter>,
    /// The fields of a form.
    pub(super) fields: Vec<FormField>,
}

/// What all operations of a path item share.
#[derive(Default)]
pub(super) struct Common {
    pub(super) shared: Vec<Shared>,
    /// Members of the path item that the operations refer to.
    pub(super) parts: Map<String, Value>,
}

impl Rewriting {
    pub(super) fn operation(
        &mut self,
        mut operation: Map<String, Value>,
        at: &Pointer,
        common: &Common,
        address: &Address,
    ) -> Map<String, Value> {
        let own = |operation: &mut Map<String, Value>, key: &str| {
            texts(operation.shift_remove(key).as_ref())
        };
        let consumes = own(&mut operation, "consumes").unwrap_or_else(|| self.consumes.clone());
        let produces = own(&mut operation, "produces").unwrap_or_else(|| self.produces.clone());
        let schemes = own(&mut operation, "schemes").filter(|schemes| *schemes != self.schemes);
        if let Some(schemes) = schemes.filter(|schemes| !schemes.is_empty()) {
            let servers = address.servers(&schemes);
            if servers != address.servers(&self.schemes) {
                self.moved(&at.child("servers"), &at.child("schemes"));
                operation.insert("servers".to_owned(), servers.into());
            }
        }
        let mut sorted = match operation.shift_remove("parameters") {
            Some(Value::Array(list)) => self.sort(list, &at.child("parameters")),
            Some(other) => {
                operation.insert("parameters".to_owned(), other);
                Sorted::default()
            }
            None => Sorted::default(),
        };
        if !sorted.plain.is_empty() {
            operation.insert("parameters".to_owned(), sorted.plain.into());
        }
        for shared in &common.shared {
            match shared {
                Shared::Body(body) if sorted.body.is_none() => {
                    sorted.body = Some(BodyParameter::Shared(body.clone()));
                }
                Shared::Field(field) if !sorted.fields.iter().any(|f| f.name() == field.name) => {
                    sorted.fields.push(FormField::Shared(field.clone()));
                }
                _ => {}
            }
        }
        let body_at = at.child("requestBody");
        if sorted.body.is_some() && !sorted.fields.is_empty() {
            let finding = "an operation has a body and fields of a form; the fields are left out";
            self.findings
                .push(Diagnostic::warning(PARAMETER, finding).at(&self.place(at).key(), ""));
        }
        let body = match sorted.body {
            Some(body) => Some(self.body(body, &body_at, &consumes)),
            None if sorted.fields.is_empty() => None,
            None => Some(self.form(sorted.fields, &body_at, &consumes)),
        };
        if let Some(body) = body {
            operation.insert("requestBody".to_owned(), body);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let at = at.child("responses");
            for (status, response) in responses.iter_mut() {
                let at = at.child(status);
                *response = self.response(response.take(), &at, &at, &produces);
            }
        }
        operation
    }

    /// The parameters of a path item. Bodies and forms go where the operations can refer to them.
    pub(super) fn common_parameters(
        &mut self,
        item: &mut Map<String, Value>,
        at: &Pointer,
    ) -> Common {
        let mut common = Common::default();
        let Some(Value::Array(list)) = item.get_mut("parameters") else { return common };
        let list = std::mem::take(list);
        let sorted = self.sort(list, &at.child("parameters"));
        item.insert("parameters".to_owned(), sorted.plain.into());
        if let Some(body) = sorted.body {
            let consumes = self.consumes.clone();
            let to = at.child("x-body");
            let (shared, value) = self.share_body(body, &to, &consumes);
            common.shared.push(Shared::Body(shared));
            common.parts.insert("x-body".to_owned(), value);
        }
        let mut form = Map::new();
        for field in sorted.fields {
            let to = at.child("x-form").child(field.name());
            let (shared, value) = self.share_field(field, &to);
            form.insert(shared.name.clone(), value);
            common.shared.push(Shared::Field(shared));
        }
        if !form.is_empty() {
            common.parts.insert("x-form".to_owned(), form.into());
        }
        common
    }

    /// Tells the parameters of a list apart, and rewrites those that stay.
    fn sort(&mut self, list: Vec<Value>, at: &Pointer) -> Sorted {
        let mut sorted = Sorted::default();
        for (index, value) in list.into_iter().enumerate() {
            let old = at.index(index);
            let Value::Object(mut parameter) = value else {
                self.moved(&at.index(sorted.plain.len()), &old);
                sorted.plain.push(value);
                continue;
            };
            let target = parameter.get("$ref").and_then(Value::as_str);
            if let Some(distant) = target.and_then(|target| self.distant.get(target)) {
                parameter = distant.clone();
            } else if let Some(target) = target {
                match self.shared(target) {
                    Some(Shared::Body(body)) => sorted.body = Some(BodyParameter::Shared(body)),
                    Some(Shared::Field(field)) => sorted.fields.push(FormField::Shared(field)),
                    None => {
                        self.moved(&at.index(sorted.plain.len()), &old);
                        sorted.plain.push(parameter.into());
                    }
                }
                continue;
            }
            match parameter.get("in").and_then(Value::as_str) {
                Some("body") => {
                    if sorted.body.is_some() {
                        self.twice("a body", at);
                    }
                    sorted.body = Some(BodyParameter::Own(parameter, old));
                }
                Some("formData") if parameter.get("name").is_some_and(Value::is_string) => {
                    let name = parameter.get("name").and_then(Value::as_str);
                    if sorted.fields.iter().any(|field| Some(field.name()) == name) {
                        self.twice(&format!("the field `{}`", name.unwrap_or_default()), at);
                    }
                    sorted.fields.push(FormField::Own(parameter, old));
                }
                _ => {
                    let new = at.index(sorted.plain.len());
                    let parameter = self.parameter(parameter, &new, &old);
                    sorted.plain.push(parameter.into());
                }
            }
        }
        sorted
    }

    fn twice(&mut self, what: &str, list: &Pointer) {
        let finding = Diagnostic::warning(PARAMETER, format!("{what} is there twice"));
        self.findings.push(finding.at(&self.place(list).key(), "the last one counts"));
    }

    /// What a reference to a shared parameter means, if it is no parameter in 3.0.
    fn shared(&self, target: &str) -> Option<Shared> {
        let name = target.strip_prefix("#/parameters/")?;
        let name = crate::openapi::refs::percent_decode(name).replace("~1", "/").replace("~0", "~");
        self.shared.get(&name).cloned()
    }
}
