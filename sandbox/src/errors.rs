//! Refusals, in the shape in which the document describes errors.

use crate::model::Model;
use crate::values::{self, Sampler};
use gusset_compiler::ir::{Action, ErrorText, Operation, StringFormat, TypeKind, TypeUse};
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

/// Why a request is not served.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// For programs; where the document has a place for it.
    pub(crate) code: String,
    /// For people.
    pub(crate) message: String,
    pub(crate) headers: Vec<(String, String)>,
    /// Body members that must be so, by wire path.
    pub(crate) body: Vec<(Vec<String>, Value)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Refusal {
            status,
            code: code.to_owned(),
            message: message.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The request is not what the document asks for.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Refusal::new(400, "bad_request", message)
    }

    /// There is no such record.
    pub(crate) fn missing(resource: &str, key: &str) -> Self {
        Refusal::new(404, "not_found", format!("no record of {resource} has the key `{key}`"))
    }

    /// A limit was hit: as the first rule that makes clients wait describes it.
    pub(crate) fn limited(model: &Model, limit: &str, retry_after: i64) -> Self {
        let mut refusal =
            Refusal::new(429, "rate_limited", format!("the limit `{limit}` is used up"));
        let rule = model.integration().errors.rules.iter().find(|r| r.action == Action::Wait);
        if let Some(rule) = rule {
            let witness = crate::witness::of(&rule.when);
            refusal.status = witness.status.unwrap_or(429);
            refusal.headers = witness.headers;
            refusal.body = witness.body;
        }
        // Providers whose rule looks for no such header do not send it.
        if rule
            .is_none_or(|r| r.wait.as_ref().is_none_or(|w| crate::witness::calls(w, "retry_after")))
        {
            refusal.headers.push(("retry-after".to_owned(), retry_after.max(1).to_string()));
        }
        refusal
    }

    /// Status, headers and body of the answer.
    pub(crate) fn answer(
        &self,
        model: &Model,
        operation: Option<&Operation>,
        now: i64,
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let errors = &model.integration().errors;
        let ty = operation.and_then(|o| o.error).or(errors.body);
        let body = self.body(model, ty, now);
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        let told = [(&errors.message, &self.message), (&errors.code, &self.code)];
        let told = told.into_iter().filter_map(|(text, value)| match text {
            Some(ErrorText::Header(name)) => Some((name.clone(), value.clone())),
            _ => None,
        });
        for (name, value) in self.headers.iter().cloned().chain(told) {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::from_str(&value))
            {
                headers.insert(name, value);
            }
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, headers, body.to_string().into_bytes())
    }

    fn body(&self, model: &Model, ty: Option<TypeUse>, now: i64) -> Value {
        let errors = &model.integration().errors;
        let sampler = Sampler { success: false, ..Sampler::answer(model.types(), now) };
        let mut body =
            ty.map_or_else(|| Value::Object(Map::new()), |ty| sampler.value(ty, "error"));
        let is_object = body.is_object();
        let mut place =
            |path: &[String], value: Value| values::place(&sampler, ty, &mut body, path, value);
        // Where nobody says where messages are, people still want to see them.
        if errors.message.is_none() && is_object && ty.is_some() {
            let name = ty.and_then(|ty| told_in(model, ty)).unwrap_or("message");
            place(&[name.to_owned()], Value::String(self.message.clone()));
        }
        match (&errors.message, &errors.code) {
            (None, None) if ty.is_none() => {
                place(&["message".to_owned()], Value::String(self.message.clone()));
                place(&["code".to_owned()], Value::String(self.code.clone()));
            }
            (message, code) => {
                if let Some(ErrorText::Body(pointer)) = message {
                    place(&values::steps(pointer), Value::String(self.message.clone()));
                }
                if let Some(ErrorText::Body(pointer)) = code {
                    place(&values::steps(pointer), Value::String(self.code.clone()));
                }
            }
        }
        for (path, value) in &self.body {
            place(path, value.clone());
        }
        body
    }
}

/// The member of an error's body that looks like its message.
fn told_in(model: &Model, ty: TypeUse) -> Option<&'static str> {
    let types = model.types();
    let body = types.as_struct(ty.id)?;
    let is_text = |name: &&str| {
        body.field(name).is_some_and(|field| {
            matches!(types.get(field.ty.id).kind, TypeKind::String(StringFormat::Plain))
        })
    };
    ["message", "detail", "error_description", "error", "description", "title"]
        .into_iter()
        .find(is_text)
}
