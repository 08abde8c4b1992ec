//! `in: body` and `in: formData` become `requestBody`.

use super::Rewriting;
use super::parameter::{ListStyle, Parted};
use super::pointer::Pointer;
use super::response::preferred;
use serde_json::{Map, Value, json};

/// A parameter that several operations refer to, and that is no parameter in 3.0.
#[derive(Clone, Debug)]
pub(super) enum Shared {
    Body(SharedBody),
    Field(SharedField),
}

/// A body that stands somewhere as a `requestBody`.
#[derive(Clone, Debug)]
pub(super) struct SharedBody {
    /// Where it stands.
    at: Pointer,
    /// Its media types there.
    consumes: Vec<String>,
    /// Where its schema stands.
    schema: Option<Value>,
    required: bool,
}

/// A field of a form, whose schema stands somewhere.
#[derive(Clone, Debug)]
pub(super) struct SharedField {
    pub(super) name: String,
    schema: Pointer,
    required: bool,
    file: bool,
    list: Option<ListStyle>,
}

/// The body of an operation.
pub(super) enum BodyParameter {
    Own(Map<String, Value>, Pointer),
    Shared(SharedBody),
}

/// A field of the form of an operation.
pub(super) enum FormField {
    Own(Map<String, Value>, Pointer),
    Shared(SharedField),
}

impl FormField {
    pub(super) fn name(&self) -> &str {
        match self {
            FormField::Own(field, _) => field.get("name").and_then(Value::as_str).unwrap_or(""),
            FormField::Shared(field) => &field.name,
        }
    }
}

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl Rewriting {
    /// The parameters at the root. What is a body or a field of a form in 3.0 is known by name from here on.
    pub(super) fn shared_parameters(
        &mut self,
        parameters: Map<String, Value>,
        components: &Pointer,
        out: &mut Map<String, Value>,
    ) {
        let top = Pointer::root().child("parameters");
        let (mut plain, mut bodies, mut form) = (Map::new(), Map::new(), Map::new());
        self.moved(&components.child("parameters"), &top);
        let consumes = self.consumes.clone();
        for (name, value) in parameters {
            let old = top.child(&name);
            let Value::Object(parameter) = value else {
                plain.insert(name, value);
                continue;
            };
            match parameter.get("in").and_then(Value::as_str) {
                Some("body") => {
                    let at = components.child("requestBodies").child(&name);
                    let own = BodyParameter::Own(parameter, old);
                    let (shared, value) = self.share_body(own, &at, &consumes);
                    bodies.insert(name.clone(), value);
                    self.shared.insert(name, Shared::Body(shared));
                }
                Some("formData") if parameter.get("name").is_some_and(Value::is_string) => {
                    let at = components.child("x-form").child(&name);
                    let (shared, value) = self.share_field(FormField::Own(parameter, old), &at);
                    form.insert(name.clone(), value);
                    self.shared.insert(name, Shared::Field(shared));
                }
                _ => {
                    let new = components.child("parameters").child(&name);
                    let value = self.parameter(parameter, &new, &old);
                    plain.insert(name, value.into());
                }
            }
        }
        for (key, members) in [("parameters", plain), ("requestBodies", bodies), ("x-form", form)] {
            if !members.is_empty() {
                out.insert(key.to_owned(), members.into());
            }
        }
    }

    /// Makes a body that operations can refer to. One that stands elsewhere already stays there.
    pub(super) fn share_body(
        &mut self,
        body: BodyParameter,
        at: &Pointer,
        consumes: &[String],
    ) -> (SharedBody, Value) {
        if let BodyParameter::Shared(shared) = body {
            let value = shared.at.reference();
            return (shared, value);
        }
        let value = self.body(body, at, consumes);
        let content = value.get("content").and_then(Value::as_object);
        let schema = content.and_then(|content| {
            let (media, _) = content.iter().find(|(_, media)| media.get("schema").is_some())?;
            Some(at.child("content").child(media).child("schema").reference())
        });
        let required = value.get("required") == Some(&Value::Bool(true));
        (SharedBody { at: at.clone(), consumes: consumes.to_vec(), schema, required }, value)
    }

    /// Makes a field of a form that operations can refer to: its schema.
    pub(super) fn share_field(&mut self, field: FormField, at: &Pointer) -> (SharedField, Value) {
        match field {
            FormField::Shared(shared) => {
                let value = shared.schema.reference();
                (shared, value)
            }
            FormField::Own(parameter, old) => {
                let name = parameter.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
                let field = self.field(parameter, at, &old);
                let schema = at.clone();
                let Field { required, file, list, .. } = field;
                (SharedField { name, schema, required, file, list }, field.schema)
            }
        }
    }

    /// The `requestBody` at `at` that a body parameter becomes.
    pub(super) fn body(&mut self, body: BodyParameter, at: &Pointer, consumes: &[String]) -> Value {
        let (parameter, old) = match body {
            BodyParameter::Own(parameter, old) => (parameter, old),
            BodyParameter::Shared(shared) if shared.consumes == consumes => {
                return shared.at.reference();
            }
            BodyParameter::Shared(shared) => {
                let content = content(shared.schema, &at.child("content"), consumes);
                return json!({"required": shared.required, "content": content});
            }
        };
        self.moved(at, &old);
        let mut out = Map::new();
        let mut schema = None;
        for (key, value) in parameter {
            match key.as_str() {
                "schema" => schema = Some(self.schema(value)),
                "in" | "name" => {}
                _ => {
                    out.insert(key, value);
                }
            }
        }
        let to = at.child("content");
        self.moved(&to.child(preferred(consumes)).child("schema"), &old.child("schema"));
        out.insert("content".to_owned(), content(schema, &to, consumes).into());
        out.into()
    }

    /// The `requestBody` at `at` that the fields of a form become.
    pub(super) fn form(
        &mut self,
        fields: Vec<FormField>,
        at: &Pointer,
        consumes: &[String],
    ) -> Value {
        let files = fields.iter().any(|field| match field {
            FormField::Own(field, _) => field.get("type").is_some_and(|t| t == "file"),
            FormField::Shared(field) => field.file,
        });
        let has = |media: &str| consumes.iter().any(|m| m.to_ascii_lowercase().starts_with(media));
        let media: &[&str] = match (files, has(URLENCODED), has(MULTIPART)) {
            (true, ..) | (_, false, true) => &[MULTIPART],
            (_, true, true) => &[URLENCODED, MULTIPART],
            _ => &[URLENCODED],
        };
        let media: Vec<String> = media.iter().map(|media| (*media).to_owned()).collect();
        let to = at.child("content");
        let below = to.child(&media[0]).child("schema").child("properties");
        let (mut properties, mut required, mut encoding) = (Map::new(), Vec::new(), Map::new());
        for field in fields {
            let (name, field) = match field {
                FormField::Own(parameter, old) => {
                    let name = parameter.get("name").and_then(Value::as_str).unwrap_or("");
                    let name = name.to_owned();
                    let at = below.child(&name);
                    let field = self.field(parameter, &at, &old);
                    (name, field)
                }
                FormField::Shared(shared) => {
                    let schema = shared.schema.reference();
                    let SharedField { required, file, list, .. } = shared;
                    (shared.name, Field { schema, required, file, list })
                }
            };
            if field.required {
                required.push(Value::String(name.clone()));
            }
            if let Some(ListStyle { style, explode }) = field.list {
                encoding.insert(name.clone(), json!({"style": style, "explode": explode}));
            }
            properties.insert(name, field.schema);
        }
        let needed = !required.is_empty();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), properties.into());
        if needed {
            schema.insert("required".to_owned(), required.into());
        }
        let mut content = content(Some(schema.into()), &to, &media);
        if !encoding.is_empty() {
            for media in content.values_mut().filter_map(Value::as_object_mut) {
                media.insert("encoding".to_owned(), encoding.clone().into());
            }
        }
        json!({"required": needed, "content": content})
    }

    /// The schema at `at` that a field of a form becomes.
    fn field(&mut self, parameter: Map<String, Value>, at: &Pointer, old: &Pointer) -> Field {
        self.moved(at, old);
        let file = parameter.get("type").is_some_and(|t| t == "file");
        let Parted { mut schema, rest, list } = self.part(parameter, "formData", at);
        let required = rest.get("required") == Some(&Value::Bool(true));
        if let Some(schema) = schema.as_object_mut() {
            for (key, value) in rest {
                if !matches!(key.as_str(), "name" | "in" | "required" | "allowEmptyValue") {
                    schema.insert(key, value);
                }
            }
        }
        Field { schema, required, file, list }
    }
}

struct Field {
    schema: Value,
    required: bool,
    file: bool,
    list: Option<ListStyle>,
}

/// A schema under each of the media types: it stands under the one that is preferred, the others refer to it.
pub(super) fn content(schema: Option<Value>, at: &Pointer, media: &[String]) -> Map<String, Value> {
    let first = preferred(media);
    let mut out = Map::new();
    let Some(schema) = schema else {
        out.insert(first.to_owned(), json!({}));
        return out;
    };
    let other = match schema.as_object() {
        Some(only) if only.len() == 1 && only.contains_key("$ref") => schema.clone(),
        _ => at.child(first).child("schema").reference(),
    };
    for media in media {
        out.insert(media.clone(), json!({"schema": other}));
    }
    out.insert(first.to_owned(), json!({"schema": schema}));
    out
}
