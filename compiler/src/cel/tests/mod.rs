//! One world of types for the tests of expressions.
#![allow(clippy::unwrap_used, clippy::panic)]

mod check;
mod emit;
mod total;

use super::Env;
use crate::diagnostics::Diagnostics;
use crate::ir::{
    Enum, Expr, Field, IntegrationId, Setting, SettingKind, StringFormat, Struct, Ty, TypeDef,
    TypeId, TypeKind, TypeUse, Types, Variant, Width,
};
use crate::source::{Place, Sources};
use indexmap::IndexMap;

/// The arena, and the ids that tests speak of.
pub(super) struct World {
    pub(super) types: Types,
    pub(super) contact: TypeId,
    pub(super) owner: TypeId,
    pub(super) lead: TypeId,
    pub(super) result: TypeId,
    pub(super) place: Place,
}

/// A place in some file.
pub(super) fn place(text: &str) -> Place {
    let mut sources = Sources::new().with_file("sync.yaml", text.to_owned());
    Place::root(sources.read(std::path::Path::new("sync.yaml")).unwrap())
}

struct Builder {
    types: Types,
    place: Place,
}

impl Builder {
    fn add(&mut self, name: Option<&str>, kind: TypeKind, sent: bool) -> TypeId {
        self.types.add(TypeDef {
            integration: IntegrationId(0),
            name: name.map(str::to_owned),
            kind,
            doc: None,
            notes: crate::ir::Notes::default(),
            sent,
            received: !sent,
            same_as: None,
            place: self.place.clone(),
        })
    }

    /// A field from `name: type`, with `?` for optional and `|null` for nullable.
    fn field(&mut self, said: &str) -> Field {
        let (name, ty) = said.split_once(": ").unwrap();
        let (ty, nullable) = ty.strip_suffix("|null").map_or((ty, false), |ty| (ty, true));
        let (ty, required) = ty.strip_suffix('?').map_or((ty, true), |ty| (ty, false));
        let id = self.ty(ty);
        let ident = match name {
            "type" => "r#type".to_owned(),
            other => other.to_lowercase(),
        };
        Field {
            wire: name.to_owned(),
            ident,
            ty: TypeUse { id, nullable },
            required,
            read_only: false,
            write_only: false,
            boxed: false,
            doc: None,
            notes: crate::ir::Notes::default(),
            place: self.place.child(name),
        }
    }

    fn ty(&mut self, ty: &str) -> TypeId {
        if let Some(item) = ty.strip_prefix("[").and_then(|t| t.strip_suffix(']')) {
            let (item, nullable) = item.strip_suffix('?').map_or((item, false), |t| (t, true));
            let id = self.ty(item);
            return self.add(None, TypeKind::List(TypeUse { id, nullable }), false);
        }
        if let Some((id, _)) = self.types.iter().find(|(_, d)| d.name.as_deref() == Some(ty)) {
            return id;
        }
        let kind = match ty {
            "bool" => TypeKind::Boolean,
            "int" => TypeKind::Integer(Width::I64),
            "int32" => TypeKind::Integer(Width::I32),
            "number" => TypeKind::Number,
            "string" => TypeKind::String(StringFormat::Plain),
            "time" => TypeKind::String(StringFormat::DateTime),
            "date" => TypeKind::String(StringFormat::Date),
            "any" => TypeKind::any("a test"),
            "number in string" => {
                let number = self.ty("number");
                TypeKind::InString(number)
            }
            other => panic!("{other}"),
        };
        self.add(None, kind, false)
    }

    fn record(&mut self, name: &str, sent: bool, fields: &[&str], rest: Option<&str>) -> TypeId {
        let fields = fields.iter().map(|f| self.field(f)).collect();
        let rest = rest.map(|ty| {
            let (ty, nullable) = ty.strip_suffix('?').map_or((ty, false), |t| (t, true));
            TypeUse { id: self.ty(ty), nullable }
        });
        self.add(Some(name), TypeKind::Struct(Struct { fields, rest, ..Struct::default() }), sent)
    }
}

pub(super) fn world() -> World {
    let mut b = Builder { types: Types::default(), place: place("x") };
    let variant = |wire: &str, ident: &str| Variant {
        wire: wire.to_owned(),
        ident: ident.to_owned(),
        doc: None,
    };
    let variants = vec![variant("open", "Open"), variant("closed", "Closed")];
    b.add(Some("Status"), TypeKind::Enum(Enum { variants: variants.clone() }), false);
    b.add(Some("Rating"), TypeKind::Enum(Enum { variants }), true);
    b.record("Address", false, &["city: string?", "zip: string"], None);
    b.record(
        "Properties",
        false,
        &["email: string?|null", "score: number in string?|null", "type: string?"],
        Some("string?"),
    );
    let contact = b.record(
        "Contact",
        false,
        &[
            "id: string",
            "age: int",
            "small: int32",
            "weight: number",
            "active: bool",
            "updated: time",
            "born: date",
            "status: Status",
            "nick: string?",
            "count: int?",
            "short: int32?",
            "state: Status?",
            "seen: time?",
            "birthday: date?|null",
            "address: Address?",
            "home: Address",
            "properties: Properties",
            "tags: [string]",
            "labels: [string]?",
            "states: [Status]",
            "notes: [string?]",
            "addresses: [Address]",
            "extra: any?",
            "raw: any",
            "scores: [number]",
        ],
        None,
    );
    let owner = b.record("Owner", false, &["id: string", "email: string?"], None);
    let lead = b.record(
        "LeadInput",
        true,
        &[
            "LastName: string",
            "Company: string",
            "Email: string?|null",
            "Score: number?",
            "Count: int32?",
            "Rating: Rating?",
            "Born: date?",
            "Seen: time?",
            "Tags: [string]?",
            "Raw: any?",
            "Active: bool|null",
            "Size: int",
        ],
        None,
    );
    b.record("Problem", false, &["statusCode: string", "message: string?"], None);
    let result = b.record(
        "SaveResult",
        false,
        &["success: bool", "errors: [Problem]", "id: string?", "score: number in string?"],
        None,
    );
    World { types: b.types, contact, owner, lead, result, place: b.place }
}

impl World {
    pub(super) fn settings(&self) -> IndexMap<String, Setting> {
        let setting = |name: &str, kind| {
            let setting = Setting {
                name: name.to_owned(),
                ident: name.to_owned(),
                kind,
                default: None,
                given: false,
                doc: None,
                place: self.place.clone(),
            };
            (name.to_owned(), setting)
        };
        [
            setting("threshold", SettingKind::Number),
            setting("region", SettingKind::String),
            setting("limit", SettingKind::Integer),
            setting("pause", SettingKind::Duration),
        ]
        .into()
    }

    /// What a sync's expressions see.
    pub(super) fn sync(&self) -> Env {
        let mut env = Env::sync(self.contact, &self.settings());
        env.add_lookup_of("owner", self.owner);
        env
    }

    /// Compiles in an environment; the error's lines otherwise.
    pub(super) fn compile_in(
        &self,
        env: &Env,
        text: &str,
        expected: Option<&Ty>,
    ) -> Result<Expr, String> {
        let mut diagnostics = Diagnostics::new();
        let expr = super::compile(text, &self.place, env, &self.types, expected, &mut diagnostics);
        let found = diagnostics.finish();
        let mut lines = String::new();
        for d in &found {
            let within = d.primary.as_ref().and_then(|l| l.place.within);
            let part =
                within.and_then(|(a, b)| text.get(a as usize..b as usize)).unwrap_or_default();
            lines.push_str(&format!("{} [{part}] {}", d.code, d.message));
            for help in &d.help {
                lines.push_str(&format!(" | {help}"));
            }
            lines.push('\n');
        }
        match expr {
            Some(expr) if found.is_empty() => Ok(expr),
            _ => Err(lines.trim_end().to_owned()),
        }
    }
}
