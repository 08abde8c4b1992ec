//! The part of the IR that one sandbox serves.

use crate::Error;
use gusset_compiler::ir::{
    Integration, Ir, Operation, Output, Resource, Scalar, Template, TemplatePart, TypeUse, Types,
};
use std::sync::Arc;
use std::time::Duration;

/// One integration of an IR.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    ir: Arc<Ir>,
    index: usize,
}

impl Model {
    /// The integration of that name; without a name, the only one.
    pub(crate) fn new(ir: Arc<Ir>, name: Option<&str>) -> Result<Self, Error> {
        let known = || ir.integrations.iter().map(|i| i.name.clone()).collect::<Vec<_>>();
        let index = match name {
            Some(name) => ir.integrations.iter().position(|i| i.name == name),
            None if ir.integrations.len() == 1 => Some(0),
            None => None,
        };
        match index {
            Some(index) => Ok(Model { ir, index }),
            None => Err(Error::Integration { asked: name.map(str::to_owned), known: known() }),
        }
    }

    pub(crate) fn integration(&self) -> &Integration {
        &self.ir.integrations[self.index]
    }

    pub(crate) fn types(&self) -> &Types {
        &self.ir.types
    }

    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        self.integration().operations.get(name)
    }

    pub(crate) fn resource(&self, name: &str) -> Option<&Resource> {
        self.integration().resources.get(name)
    }

    /// The record of a resource, as read.
    pub(crate) fn record(&self, resource: &Resource) -> TypeUse {
        TypeUse { id: resource.ty, nullable: false }
    }

    /// The path of the server's URL, without a slash at its end. Settings only matter where they are part of it.
    pub(crate) fn base_path(&self) -> String {
        let url = render(self.integration(), &self.integration().server);
        let path = url::Url::parse(&url).map(|u| u.path().to_owned()).unwrap_or_default();
        path.trim_end_matches('/').to_owned()
    }

    /// Whether the provider answers errors with status 200: its rules tell such answers apart.
    pub(crate) fn always_200(&self) -> bool {
        self.integration()
            .errors
            .rules
            .iter()
            .any(|r| crate::witness::of(&r.when).status == Some(200))
    }
}

/// The JSON type that an operation answers with.
pub(crate) fn output(operation: &Operation) -> Option<TypeUse> {
    match &operation.output {
        Output::Json { ty, .. } => Some(*ty),
        _ => None,
    }
}

fn render(integration: &Integration, template: &Template) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            TemplatePart::Text(text) => text.clone(),
            TemplatePart::Setting(name) => integration
                .settings
                .get(name)
                .and_then(|s| s.default.as_ref())
                .map_or_else(|| "sandbox".to_owned(), scalar),
        })
        .collect()
}

fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(n) => n.to_string(),
        Scalar::Number(n) => n.to_string(),
        Scalar::Boolean(b) => b.to_string(),
        Scalar::Duration(d) => seconds(*d),
    }
}

fn seconds(duration: Duration) -> String {
    duration.as_secs().to_string()
}
