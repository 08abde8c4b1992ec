//! An IR made by hand: one integration with every shape that emission knows.

use crate::ir::*;
use crate::source::{Place, Sources};
use indexmap::IndexMap;
use std::path::Path;
use std::time::Duration;

const TICKETS: IntegrationId = IntegrationId(0);

/// Builds types at a place.
pub(super) struct Build {
    pub(super) ir: Ir,
    pub(super) sources: Sources,
    pub(super) place: Place,
}

impl Build {
    pub(super) fn new() -> Self {
        let mut sources = Sources::new()
            .with_file("specs/tickets/integration.yaml", "gusset: 1\nintegration: tickets\n");
        let file = sources.read(Path::new("specs/tickets/integration.yaml")).unwrap();
        Build { ir: Ir::default(), sources, place: Place::root(file) }
    }

    pub(super) fn shape(&mut self, kind: TypeKind) -> TypeId {
        self.def(None, kind, false, false)
    }

    pub(super) fn def(
        &mut self,
        name: Option<&str>,
        kind: TypeKind,
        sent: bool,
        received: bool,
    ) -> TypeId {
        self.ir.types.add(TypeDef {
            integration: TICKETS,
            name: name.map(str::to_owned),
            kind,
            doc: None,
            notes: crate::ir::Notes::default(),
            sent,
            received,
            same_as: None,
            place: self.place.clone(),
        })
    }

    pub(super) fn text(&mut self) -> TypeId {
        self.shape(TypeKind::String(StringFormat::Plain))
    }

    pub(super) fn field(
        &self,
        wire: &str,
        ident: &str,
        ty: TypeId,
        required: bool,
        nullable: bool,
    ) -> Field {
        Field {
            wire: wire.to_owned(),
            ident: ident.to_owned(),
            ty: TypeUse { id: ty, nullable },
            required,
            read_only: false,
            write_only: false,
            boxed: false,
            doc: None,
            notes: crate::ir::Notes::default(),
            place: self.place.clone(),
        }
    }

    pub(super) fn parameter(
        &self,
        wire: &str,
        location: ParameterIn,
        ty: TypeId,
        required: bool,
    ) -> Parameter {
        Parameter {
            wire: wire.to_owned(),
            ident: wire.to_owned(),
            location,
            ty: present(ty),
            style: Style::of(match location {
                ParameterIn::Path | ParameterIn::Header => StyleKind::Simple,
                ParameterIn::Query | ParameterIn::Cookie => StyleKind::Form,
            }),
            required,
            bounds: (None, None),
            doc: None,
            notes: crate::ir::Notes::default(),
            place: self.place.clone(),
        }
    }

    pub(super) fn operation(&self, name: &str, ident: &str, method: &str, path: &str) -> Operation {
        Operation {
            name: name.to_owned(),
            ident: ident.to_owned(),
            integration: TICKETS,
            method: method.to_owned(),
            path: path.to_owned(),
            parameters: Vec::new(),
            body: None,
            output: Output::Empty,
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
            place: self.place.clone(),
            defined: self.place.clone(),
        }
    }

    pub(super) fn template(&self, parts: Vec<TemplatePart>) -> Template {
        Template { parts, place: self.place.clone() }
    }

    pub(super) fn integration(&self, operations: Vec<Operation>) -> Integration {
        Integration {
            name: "tickets".to_owned(),
            about: About { title: Some("Tickets".to_owned()), ..About::default() },
            servers: Vec::new(),
            server: self.template(vec![TemplatePart::Text("https://api.example.com".to_owned())]),
            settings: IndexMap::new(),
            auth: IndexMap::new(),
            combined: Vec::new(),
            unlimited: IndexMap::new(),
            anonymous: false,
            limits: IndexMap::new(),
            hooks: IndexMap::new(),
            errors: Errors::default(),
            operations: operations.into_iter().map(|o| (o.name.clone(), o)).collect(),
            resources: IndexMap::new(),
            verify: None,
            sandbox: IndexMap::new(),
            documented: 0,
            schemas: crate::ir::Schemas::default(),
            place: self.place.clone(),
        }
    }

    /// The emitted files with that integration, by name.
    pub(super) fn files(
        mut self,
        integration: Integration,
    ) -> std::collections::BTreeMap<String, String> {
        self.ir.integrations.push(integration);
        let units = super::super::emit(&self.ir, &self.sources);
        let files = units
            .iter()
            .flat_map(|u| super::super::crate_files(u, &super::super::CrateOptions::default()));
        files
            .map(|f| (f.path.file_name().unwrap().to_string_lossy().into_owned(), f.text))
            .collect()
    }
}

pub(super) fn present(id: TypeId) -> TypeUse {
    TypeUse { id, nullable: false }
}

pub(super) fn setting(
    build: &Build,
    name: &str,
    kind: SettingKind,
    default: Option<Scalar>,
) -> Setting {
    Setting {
        name: name.to_owned(),
        ident: name.to_owned(),
        kind,
        default,
        given: false,
        doc: None,
        place: build.place.clone(),
    }
}

/// Everything at once.
pub(super) fn everything(build: &mut Build) -> Integration {
    let text = build.text();
    let time = build.shape(TypeKind::String(StringFormat::DateTime));
    let number = build.shape(TypeKind::Number);
    let whole = build.shape(TypeKind::Integer(Width::I64));
    let flag = build.shape(TypeKind::Boolean);
    let score = build.shape(TypeKind::InString(number));
    let json = build.shape(TypeKind::any("no type"));
    let texts = build.shape(TypeKind::List(present(text)));
    let variants = ["open", "on hold"].into_iter().zip(["Open", "OnHold"]);
    let variants = variants
        .map(|(w, i)| Variant { wire: w.to_owned(), ident: i.to_owned(), doc: None })
        .collect();
    let status = build.def(Some("Status"), TypeKind::Enum(Enum { variants }), true, true);

    let parent = build.def(Some("Ticket"), TypeKind::Struct(Struct::default()), false, true);
    let mut fields = vec![
        build.field("id", "id", text, true, false),
        build.field("createdAt", "created_at", time, true, false),
        build.field("type", "r#type", status, true, false),
        build.field("score", "score", score, false, true),
        build.field("closed", "closed", flag, true, true),
        build.field("parent", "parent", parent, false, false),
        build.field("extra", "extra", json, false, false),
    ];
    fields[5].boxed = true;
    fields[0].doc =
        Some("The id. See [docs](https://example.com/a_b) or <b>ask</b> [Ticket].".to_owned());
    let body =
        Struct { fields, rest: Some(TypeUse { id: text, nullable: true }), ..Struct::default() };
    build.ir.types.get_mut(parent).kind = TypeKind::Struct(body);

    let fields = vec![
        build.field("id", "id", text, true, false),
        build.field("type", "r#type", status, true, false),
        build.field("note", "note", text, false, true),
        build.field("tags", "tags", texts, false, false),
    ];
    let input = build.def(
        Some("TicketInput"),
        TypeKind::Struct(Struct { fields, ..Struct::default() }),
        true,
        false,
    );
    let fields = vec![build.field("after", "after", text, true, false)];
    let next = build.def(
        Some("Next"),
        TypeKind::Struct(Struct { fields, ..Struct::default() }),
        false,
        true,
    );
    let fields = vec![build.field("next", "next", next, false, true)];
    let paging = build.def(
        Some("Paging"),
        TypeKind::Struct(Struct { fields, ..Struct::default() }),
        false,
        true,
    );
    let tickets = build.shape(TypeKind::List(present(parent)));
    let fields = vec![
        build.field("results", "results", tickets, true, false),
        build.field("paging", "paging", paging, false, false),
        build.field("total", "total", whole, false, false),
        build.field("last", "last", flag, false, false),
    ];
    let page = build.def(
        Some("TicketPage"),
        TypeKind::Struct(Struct { fields, ..Struct::default() }),
        false,
        true,
    );

    let path = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let mut list = build.operation("list_tickets", "ListTickets", "GET", "/tickets");
    list.parameters = vec![
        build.parameter("limit", ParameterIn::Query, whole, false),
        build.parameter("after", ParameterIn::Query, text, false),
        build.parameter("fields", ParameterIn::Query, texts, false),
        build.parameter("status", ParameterIn::Query, status, false),
    ];
    list.output = Output::Json { ty: present(page), place: build.place.clone() };
    list.limits = vec!["burst".to_owned()];
    list.pagination = Some(Pagination {
        items: path(&["results"]),
        item: present(parent),
        next: Next::Cursor {
            from: path(&["paging", "next", "after"]),
            into: Slot::Query("after".to_owned()),
            more: Some(More { from: path(&["last"]), inverted: true }),
        },
        size: Some(PageSize { into: Some(Slot::Query("limit".to_owned())), value: 100 }),
        exclusive: false,
        absent_is_empty: false,
        place: build.place.clone(),
    });
    let mut offset = list.clone();
    (offset.name, offset.ident) = ("page_tickets".to_owned(), "PageTickets".to_owned());
    offset.pagination = offset.pagination.map(|p| Pagination {
        next: Next::Offset {
            into: Slot::Query("after".to_owned()),
            first: 0,
            template: None,
            total: Some(path(&["total"])),
            more: None,
        },
        ..p
    });
    let mut get = build.operation("get_ticket", "GetTicket", "GET", "/tickets/{id}");
    get.parameters = vec![
        build.parameter("id", ParameterIn::Path, text, true),
        build.parameter("ids", ParameterIn::Header, texts, false),
    ];
    get.output = Output::Json { ty: present(parent), place: build.place.clone() };
    let mut create = build.operation("create_ticket", "CreateTicket", "POST", "/tickets");
    create.repeat = Repeat::Never;
    create.body = Some(RequestBody {
        ty: present(input),
        media: Media::Json("application/json".to_owned()),
        encodings: Vec::new(),
        choices: None,
        required: true,
        place: build.place.clone(),
    });
    create.output = Output::Json { ty: present(parent), place: build.place.clone() };
    let mut upload = build.operation("upload", "Upload", "PUT", "/tickets/{id}/file");
    upload.parameters = vec![build.parameter("id", ParameterIn::Path, text, true)];
    upload.body = Some(RequestBody {
        ty: present(json),
        media: Media::Bytes("image/png".to_owned()),
        encodings: Vec::new(),
        choices: None,
        required: false,
        place: build.place.clone(),
    });

    let mut integration = build.integration(vec![list, offset, get, create, upload]);
    everything_else(build, &mut integration, parent, input);
    integration
}

/// Settings, credentials, limits and resources.
fn everything_else(build: &Build, integration: &mut Integration, record: TypeId, input: TypeId) {
    let place = build.place.clone();
    let text = |t: &str| TemplatePart::Text(t.to_owned());
    integration.server = build.template(vec![
        text("https://"),
        TemplatePart::Setting("site".to_owned()),
        text(".example.com/{v1}"),
    ]);
    let settings = [
        setting(build, "site", SettingKind::String, None),
        setting(
            build,
            "age",
            SettingKind::Duration,
            Some(Scalar::Duration(Duration::from_millis(1500))),
        ),
    ];
    integration.settings = settings.into_iter().map(|s| (s.name.clone(), s)).collect();
    let ways = [
        (
            "api_key",
            "ApiKey",
            AuthKind::ApiKey(KeyIn::Header { name: "X-Key".to_owned(), prefix: String::new() }),
        ),
        ("basic", "Basic", AuthKind::Basic),
        (
            "oauth",
            "Oauth",
            AuthKind::OAuth2(Box::new(OAuth2::new(
                OAuthFlow::ClientCredentials,
                build.template(vec![text("https://"), TemplatePart::Setting("site".to_owned())]),
                vec!["read".to_owned()],
                ClientAuth::Basic,
            ))),
        ),
    ];
    for (name, ident, kind) in ways {
        let scheme = AuthScheme {
            name: name.to_owned(),
            ident: ident.to_owned(),
            kind,
            doc: None,
            place: place.clone(),
        };
        integration.auth.insert(name.to_owned(), scheme);
    }
    let burst = Limit {
        name: "burst".to_owned(),
        kind: LimitKind::Quota { calls: 100, per: Duration::from_secs(10) },
        scope: Scope::Connection,
        auth: Vec::new(),
        operations: Vec::new(),
        cost: Vec::new(),
        observe: Observe {
            reset: Some(("X-Reset".to_owned(), ResetUnit::EpochSeconds)),
            ..Observe::default()
        },
        place: place.clone(),
    };
    integration.limits.insert("burst".to_owned(), burst);
    let one = |operation: &str| One {
        operation: operation.to_owned(),
        key: Slot::Path("id".to_owned()),
        item: None,
        into: None,
        preset: Preset::default(),
        place: place.clone(),
    };
    let preset =
        Preset { values: vec![(Slot::Query("fields".to_owned()), "id".to_owned())], body: None };
    let tickets = Resource {
        name: "tickets".to_owned(),
        ident: "Tickets".to_owned(),
        ty: record,
        key: "id".to_owned(),
        list: Some(Listing {
            operation: "list_tickets".to_owned(),
            preset: preset.clone(),
            place: place.clone(),
        }),
        changes: Some(Changes {
            operation: "page_tickets".to_owned(),
            preset,
            since: Slot::Query("since".to_owned()),
            template: None,
            format: TimeFormat::EpochMillis,
            cursor: vec!["createdAt".to_owned()],
            lookback: Duration::from_secs(60),
            reach: None,
            cap: Some(10_000),
            ascending: true,
            because: None,
            place: place.clone(),
        }),
        feed: None,
        get: Some(one("get_ticket")),
        create: Some(Create {
            id: None,
            item: None,
            into: None,
            operation: "create_ticket".to_owned(),
            preset: Preset::default(),
            place: place.clone(),
        }),
        update: None,
        upsert: Some(Upsert {
            operation: "create_ticket".to_owned(),
            by: "id".to_owned(),
            preset: Preset::default(),
            record: input,
            into: None,
            key: None,
            each: Some(serde_json::json!({"attributes": {"type": "Ticket"}})),
            records: Some("/records".to_owned()),
            batch: 200,
            results: Results { id: Some("/id".to_owned()), ..Results::default() },
            place: place.clone(),
        }),
        delete: None,
        place,
    };
    integration.resources.insert("tickets".to_owned(), tickets);
}
