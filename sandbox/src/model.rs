//! The part of the IR that one sandbox serves.

use crate::Error;
use crate::routes::{Role, Use};
use gusset_compiler::ir::{
    Field, Integration, Ir, Listing, Next, Operation, Output, Preset, Resource, Scalar,
    StringFormat, Template, TemplatePart, TypeKind, TypeUse, Types,
};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// One integration of an IR.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    ir: Arc<Ir>,
    index: usize,
    /// Listings that no resource declares, of the records of one.
    alone: Arc<[Use]>,
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
            Some(index) => {
                let (ir, alone) = alone(ir, index);
                Ok(Model { ir, index, alone: alone.into() })
            }
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

    /// Listings that no resource declares, of the records of one.
    pub(crate) fn alone(&self) -> &[Use] {
        &self.alone
    }

    /// The record of a resource, as read.
    pub(crate) fn record(&self, resource: &Resource) -> TypeUse {
        TypeUse { id: resource.ty, nullable: false }
    }

    /// The path of the server's URL, without a slash at its end. Settings only matter where they are part of it.
    pub(crate) fn base_path(&self) -> String {
        let mut url = render(self.integration(), &self.integration().server);
        // A setting may be the whole of an origin.
        if !url.contains("://") {
            url = format!("https://{url}");
        }
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

/// Listings that no resource declares give the records of the resource that has such records, else those of one of
/// their own, which is named like the operation.
fn alone(ir: Arc<Ir>, index: usize) -> (Arc<Ir>, Vec<Use>) {
    let integration = &ir.integrations[index];
    let declared = integration.resources.values();
    let mut used: HashSet<&String> = declared
        .flat_map(|r| {
            [r.list.as_ref().map(|l| &l.operation), r.changes.as_ref().map(|c| &c.operation)]
        })
        .flatten()
        .collect();
    // What reads on begins nowhere.
    used.extend(integration.operations.values().filter_map(
        |o| match &o.pagination.as_ref()?.next {
            Next::Continue { operation, .. } | Next::Url { operation: Some(operation), .. } => {
                Some(operation)
            }
            _ => None,
        },
    ));
    let (mut uses, mut made) = (Vec::new(), Vec::new());
    for (name, operation) in &integration.operations {
        let Some(plan) = operation.pagination.as_ref().filter(|_| !used.contains(name)) else {
            continue;
        };
        if let Some(known) = integration.resources.values().find(|r| r.ty == plan.item.id) {
            let resource = known.name.clone();
            uses.push(Use { resource, operation: name.clone(), role: Role::Alone });
            continue;
        }
        let taken = integration.resources.contains_key(name);
        made.push(Resource {
            name: if taken { format!("{name}_records") } else { name.clone() },
            ident: operation.ident.clone(),
            ty: plan.item.id,
            key: key(&ir.types, plan.item),
            list: Some(Listing {
                operation: name.clone(),
                preset: Preset::default(),
                place: operation.place.clone(),
            }),
            changes: None,
            feed: None,
            get: None,
            create: None,
            update: None,
            upsert: None,
            delete: None,
            place: operation.place.clone(),
        });
    }
    if made.is_empty() {
        return (ir, uses);
    }
    let mut ir = Arc::unwrap_or_clone(ir);
    let resources = made.into_iter().map(|resource| (resource.name.clone(), resource));
    ir.integrations[index].resources.extend(resources);
    (Arc::new(ir), uses)
}

/// The member that looks like a record's key; empty if there is none.
fn key(types: &Types, record: TypeUse) -> String {
    let fields = types.as_struct(record.id).map(|s| s.fields.as_slice()).unwrap_or_default();
    let plain = |field: &&Field| {
        matches!(
            types.get(field.ty.id).kind,
            TypeKind::String(StringFormat::Plain) | TypeKind::Integer(_)
        )
    };
    let known = ["id", "gid", "uuid", "key"];
    let named = known.iter().find_map(|name| {
        fields.iter().filter(plain).find(|field| field.wire.eq_ignore_ascii_case(name))
    });
    let ends = || fields.iter().filter(plain).find(|f| f.required && f.wire.ends_with("id"));
    named.or_else(ends).map(|field| field.wire.clone()).unwrap_or_default()
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
