//! A small shop, declared by hand: its items, and one way after the other to page through them.
#![allow(dead_code, clippy::unwrap_used)]

use gusset_compiler::cel;
use gusset_compiler::diagnostics::Diagnostics;
use gusset_compiler::ir::*;
use gusset_compiler::source::{Place, Sources};
use gusset_sandbox::{Clock, Sandbox};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

pub(crate) struct Kit {
    pub(crate) ir: Ir,
    place: Place,
}

/// How a field stands in a struct.
pub(crate) fn required(name: &str, ty: TypeUse) -> (&str, TypeUse, bool) {
    (name, ty, true)
}

pub(crate) fn optional(name: &str, ty: TypeUse) -> (&str, TypeUse, bool) {
    (name, ty, false)
}

pub(crate) fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

impl Kit {
    pub(crate) fn new() -> Self {
        let file = Sources::new().with_file("shop.yaml", "").read("shop.yaml".as_ref()).unwrap();
        let place = Place::root(file);
        let template = |text: &str| Template {
            parts: vec![
                TemplatePart::Text("https://".to_owned()),
                TemplatePart::Setting("site".to_owned()),
                TemplatePart::Text(text.to_owned()),
            ],
            place: place.clone(),
        };
        let integration = Integration {
            name: "shop".to_owned(),
            about: About::default(),
            servers: Vec::new(),
            server: template(".example.com/api/v1"),
            settings: IndexMap::new(),
            auth: IndexMap::new(),
            combined: Vec::new(),
            unlimited: IndexMap::new(),
            anonymous: false,
            limits: IndexMap::new(),
            errors: Errors::default(),
            hooks: IndexMap::new(),
            operations: IndexMap::new(),
            resources: IndexMap::new(),
            verify: None,
            documented: 0,
            schemas: Default::default(),
            sandbox: IndexMap::new(),
            place: place.clone(),
        };
        Kit { ir: Ir { integrations: vec![integration], ..Ir::default() }, place }
    }

    pub(crate) fn shop(&mut self) -> &mut Integration {
        &mut self.ir.integrations[0]
    }

    pub(crate) fn ty(&mut self, kind: TypeKind) -> TypeUse {
        let named = matches!(kind, TypeKind::Struct(_) | TypeKind::Enum(_));
        let name = named.then(|| format!("T{}", self.ir.types.iter().count()));
        let place = self.place.clone();
        let def = TypeDef {
            integration: IntegrationId(0),
            name,
            kind,
            doc: None,
            notes: gusset_compiler::ir::Notes::default(),
            sent: true,
            received: true,
            same_as: None,
            place,
        };
        TypeUse { id: self.ir.types.add(def), nullable: false }
    }

    pub(crate) fn text(&mut self) -> TypeUse {
        self.ty(TypeKind::String(StringFormat::Plain))
    }

    pub(crate) fn integer(&mut self) -> TypeUse {
        self.ty(TypeKind::Integer(Width::I64))
    }

    pub(crate) fn boolean(&mut self) -> TypeUse {
        self.ty(TypeKind::Boolean)
    }

    pub(crate) fn list(&mut self, of: TypeUse) -> TypeUse {
        self.ty(TypeKind::List(of))
    }

    pub(crate) fn object(&mut self, fields: &[(&str, TypeUse, bool)]) -> TypeUse {
        let place = self.place.clone();
        let fields = fields.iter().map(|(wire, ty, required)| Field {
            wire: (*wire).to_owned(),
            ident: (*wire).to_owned(),
            ty: *ty,
            required: *required,
            read_only: false,
            write_only: false,
            boxed: false,
            doc: None,
            notes: gusset_compiler::ir::Notes::default(),
            place: place.clone(),
        });
        let fields = fields.collect();
        self.ty(TypeKind::Struct(Struct { fields, ..Struct::default() }))
    }

    /// The item that the shop sells.
    pub(crate) fn item(&mut self) -> TypeUse {
        let (text, boolean, number) = (self.text(), self.boolean(), self.ty(TypeKind::Number));
        let time = self.ty(TypeKind::String(StringFormat::DateTime));
        let price = self.ty(TypeKind::InString(number.id));
        let kinds = ["book", "lamp"].map(|k| Variant {
            wire: k.to_owned(),
            ident: k.to_owned(),
            doc: None,
        });
        let kind = self.ty(TypeKind::Enum(Enum { variants: kinds.to_vec() }));
        let null = TypeUse { nullable: true, ..text };
        self.object(&[
            required("id", text),
            required("name", text),
            required("kind", kind),
            optional("price", price),
            optional("owner", null),
            required("archived", boolean),
            required("created_at", time),
            required("updated_at", time),
        ])
    }

    pub(crate) fn operation(
        &mut self,
        name: &str,
        call: &str,
        output: Option<TypeUse>,
    ) -> &mut Operation {
        let (method, template) = call.split_once(' ').unwrap();
        let place = self.place.clone();
        let output = match output {
            Some(ty) => Output::Json { ty, place: place.clone() },
            None => Output::Empty,
        };
        let operation = Operation {
            name: name.to_owned(),
            ident: name.to_owned(),
            integration: IntegrationId(0),
            method: method.to_owned(),
            path: template.to_owned(),
            parameters: Vec::new(),
            body: None,
            output,
            successes: Vec::new(),
            accept: None,
            error: None,
            failures: Vec::new(),
            headers: None,
            events: None,
            server: None,
            public: false,
            repeat: Repeat::Safe,
            limits: Vec::new(),
            pagination: None,
            deprecated: false,
            tag: None,
            doc: None,
            place: place.clone(),
            defined: place,
        };
        let entry = self.shop().operations.entry(name.to_owned());
        entry.insert_entry(operation).into_mut()
    }

    pub(crate) fn pagination(
        &self,
        items: &str,
        item: TypeUse,
        next: Next,
        size: Option<(&str, i64)>,
    ) -> Pagination {
        Pagination {
            items: if items.is_empty() { Vec::new() } else { path(items) },
            item,
            next,
            size: size
                .map(|(name, value)| PageSize { into: Some(Slot::Query(name.to_owned())), value }),
            exclusive: false,
            absent_is_empty: false,
            place: self.place.clone(),
        }
    }

    pub(crate) fn body(&mut self, operation: &str, ty: TypeUse) {
        let place = self.place.clone();
        let body = RequestBody {
            ty,
            media: Media::Json("application/json".to_owned()),
            encodings: Vec::new(),
            choices: None,
            required: true,
            place,
        };
        self.shop().operations[operation].body = Some(body);
    }

    pub(crate) fn parameter(
        &mut self,
        operation: &str,
        name: &str,
        ty: TypeUse,
        bounds: (Option<i64>, Option<i64>),
    ) {
        let parameter = Parameter {
            wire: name.to_owned(),
            ident: name.to_owned(),
            location: ParameterIn::Query,
            ty,
            style: Style { explode: true, ..Style::of(StyleKind::Form) },
            required: false,
            bounds,
            doc: None,
            notes: gusset_compiler::ir::Notes::default(),
            place: self.place.clone(),
        };
        self.shop().operations[operation].parameters.push(parameter);
    }

    pub(crate) fn resource(&mut self, name: &str, ty: TypeUse) -> &mut Resource {
        let resource = Resource {
            name: name.to_owned(),
            ident: name.to_owned(),
            ty: ty.id,
            key: "id".to_owned(),
            list: None,
            changes: None,
            feed: None,
            get: None,
            create: None,
            update: None,
            upsert: None,
            delete: None,
            place: self.place.clone(),
        };
        self.shop().resources.entry(name.to_owned()).insert_entry(resource).into_mut()
    }

    pub(crate) fn listing(&self, operation: &str) -> Option<Listing> {
        let operation = operation.to_owned();
        Some(Listing { operation, preset: Preset::default(), place: self.place.clone() })
    }

    pub(crate) fn one(&self, operation: &str) -> Option<One> {
        let key = Slot::Path("id".to_owned());
        Some(One {
            operation: operation.to_owned(),
            key,
            item: None,
            into: None,
            preset: Preset::default(),
            place: self.place.clone(),
        })
    }

    pub(crate) fn create(&self, operation: &str) -> Option<Create> {
        let operation = operation.to_owned();
        Some(Create {
            operation,
            item: None,
            into: None,
            id: None,
            preset: Preset::default(),
            place: self.place.clone(),
        })
    }

    pub(crate) fn changes(&self, operation: &str, since: Slot, format: TimeFormat) -> Changes {
        Changes {
            operation: operation.to_owned(),
            preset: Preset::default(),
            since,
            format,
            template: None,
            cursor: path("updated_at"),
            lookback: Duration::ZERO,
            reach: None,
            cap: None,
            ascending: true,
            because: None,
            place: self.place.clone(),
        }
    }

    pub(crate) fn upsert(&self, operation: &str, record: TypeUse, results: Results) -> Upsert {
        Upsert {
            operation: operation.to_owned(),
            by: "name".to_owned(),
            preset: Preset::default(),
            record: record.id,
            into: None,
            key: None,
            each: None,
            records: None,
            batch: 1,
            results,
            place: self.place.clone(),
        }
    }

    pub(crate) fn auth(&mut self, name: &str, kind: AuthKind) {
        let place = self.place.clone();
        let scheme =
            AuthScheme { name: name.to_owned(), ident: name.to_owned(), kind, doc: None, place };
        self.shop().auth.insert(name.to_owned(), scheme);
    }

    pub(crate) fn oauth(&mut self, name: &str, flow: OAuthFlow, client: ClientAuth) {
        let token_url = Template { parts: Vec::new(), place: self.place.clone() };
        self.auth(
            name,
            AuthKind::OAuth2(Box::new(OAuth2::new(flow, token_url, Vec::new(), client))),
        );
    }

    /// A limit of all operations.
    pub(crate) fn limit(&mut self, name: &str, kind: LimitKind, observe: Observe) {
        let place = self.place.clone();
        let limit = Limit {
            name: name.to_owned(),
            kind,
            scope: Scope::Connection,
            auth: Vec::new(),
            operations: Vec::new(),
            cost: Vec::new(),
            observe,
            place,
        };
        let shop = self.shop();
        shop.limits.insert(name.to_owned(), limit);
        shop.operations.values_mut().for_each(|o| o.limits.push(name.to_owned()));
    }

    pub(crate) fn rule(&mut self, when: &str, action: Action, wait: Option<&str>) {
        let mut env = cel::Env::response(None);
        env = env.with("result", Ty::Dyn);
        let text = when.to_owned();
        let when = self.expr(when, &env);
        let wait = wait.map(|wait| self.expr(wait, &env));
        let place = self.place.clone();
        self.shop().errors.rules.push(ErrorRule { when, text, action, wait, place });
    }

    pub(crate) fn condition(&self, text: &str) -> Expr {
        self.expr(text, &cel::Env::result(None))
    }

    fn expr(&self, text: &str, env: &cel::Env) -> Expr {
        let mut diagnostics = Diagnostics::new();
        let expr = cel::compile(text, &self.place, env, &self.ir.types, None, &mut diagnostics);
        let found = diagnostics.finish();
        assert!(found.iter().all(|d| !format!("{d:?}").contains("Error")), "{found:?}");
        expr.unwrap()
    }

    /// Starts the shop at noon, with a clock that a test moves.
    pub(crate) async fn start(self, records: u64) -> (Sandbox, Time) {
        let time = Time::default();
        let sandbox =
            Sandbox::builder(self.ir).records(records).clock(time.clock()).start().await.unwrap();
        (sandbox, time)
    }
}

/// The time of a test.
#[derive(Clone)]
pub(crate) struct Time(Arc<AtomicI64>);

impl Default for Time {
    fn default() -> Self {
        Time(Arc::new(AtomicI64::new(1_790_000_000_000)))
    }
}

impl Time {
    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Clock::new(move || {
            Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap_or_default()
        })
    }

    pub(crate) fn pass(&self, duration: Duration) {
        self.0.fetch_add(duration.as_millis() as i64, Ordering::SeqCst);
    }

    pub(crate) fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A client over loopback.
pub(crate) fn http() -> reqwest::Client {
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Sends a form.
pub(crate) fn form(
    request: reqwest::RequestBuilder,
    pairs: &[(&str, &str)],
) -> reqwest::RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// Status and JSON of a GET.
pub(crate) async fn get(url: &str) -> (u16, Value) {
    let response = http().get(url).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}
