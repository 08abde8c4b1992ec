#![allow(clippy::unwrap_used)]

mod fixture;

use super::{CrateOptions, GussetDep, UnitKind, crate_files, emit, emit_files, inline_file};
use crate::ir::{
    Enum, Integration, Next, Output, RequestBody, Slot, Struct, TypeKind, Variant, Width,
};
use fixture::{Build, everything, present};

/// The file of that name among the emitted ones.
#[track_caller]
fn emitted(name: &str, change: impl FnOnce(&mut Build, &mut Integration)) -> String {
    let mut build = Build::new();
    let mut integration = everything(&mut build);
    change(&mut build, &mut integration);
    let files = build.files(integration);
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".rs")) {
        assert!(syn::parse_file(text).is_ok(), "{name} is no Rust:\n{text}");
        assert_ne!(text.lines().count(), 1, "{name} is formatted");
    }
    files.get(name).cloned().unwrap_or_default()
}

#[track_caller]
fn contains(name: &str, parts: &[&str]) {
    let text = emitted(name, |_, _| {});
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}

#[test]
fn structs_say_what_travels() {
    contains(
        "types.rs",
        &[
            "#[derive(Clone, Debug, PartialEq)]\npub struct Ticket {",
            "    pub created_at: gusset::DateTime,",
            "    pub r#type: Status,",
            "    pub score: Option<f64>,",
            "    pub closed: Option<bool>,",
            "    pub parent: Option<Box<Ticket>>,",
            "    pub rest: std::collections::BTreeMap<String, Option<String>>,",
            "    pub note: gusset::Patch<String>,",
            "created_at = \"createdAt\"",
            "#[in_string] [score]",
            "..rest",
            "    id, r#type = \"type\", [note, tags]\n} new(id: impl Into<String>, r#type: Status));",
        ],
    );
}

#[test]
fn a_path_that_takes_numbers_is_told_so_where_keys_are_text() {
    let resources = |integer: bool| {
        emitted("resources.rs", |build, integration| {
            let number = build.shape(TypeKind::Integer(Width::I64));
            let parameters = &mut integration.operations["get_ticket"].parameters;
            for parameter in parameters.iter_mut().filter(|p| integer && p.wire == "id") {
                parameter.ty = present(number);
            }
        })
    };
    assert!(resources(true).contains("key: gusset::Slot::Digits(\"id\")"), "{}", resources(true));
    assert!(!resources(false).contains("Slot::Digits"));
}

#[test]
fn values_in_text_are_read_wherever_they_are() {
    let text = emitted("types.rs", |build, integration| {
        let number = build.shape(TypeKind::Number);
        let score = build.shape(TypeKind::InString(number));
        let scores = build.shape(TypeKind::List(present(score)));
        let fields = vec![build.field("scores", "scores", scores, true, false)];
        let body = Struct { fields, rest: Some(present(score)), ..Struct::default() };
        let holder = build.def(Some("Scores"), TypeKind::Struct(body), false, true);
        let place = build.place.clone();
        integration.operations["upload"].output = Output::Json { ty: present(holder), place };
    });
    for part in [
        "    pub scores: Vec<f64>,",
        "\n}\ngusset::record!(Scores: read { #[in_string] scores, #[in_string] ..rest });\n",
    ] {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}

#[test]
fn only_the_direction_that_is_used_is_derived() {
    let text = emitted("types.rs", |_, _| {});
    for way in ["gusset::record!(Ticket: read {", "gusset::record!(TicketInput: write {"] {
        assert!(text.contains(way), "`{way}` is not in:\n{text}");
    }
}

#[test]
fn enums_keep_what_they_do_not_know() {
    contains(
        "types.rs",
        &["gusset::open_enum! {\n", "    pub enum Status {\n", " OnHold = \"on hold\","],
    );
}

#[test]
fn an_enum_without_values_is_text() {
    let text = emitted("types.rs", |build, integration| {
        let none: Vec<Variant> = Vec::new();
        let id = build.def(Some("Nothing"), TypeKind::Enum(Enum { variants: none }), false, true);
        let field = build.field("nothing", "nothing", id, true, false);
        let body = Struct { fields: vec![field], ..Struct::default() };
        let holder = build.def(Some("Holder"), TypeKind::Struct(body), false, true);
        let place = build.place.clone();
        integration.operations["upload"].output = Output::Json { ty: present(holder), place };
    });
    assert!(text.contains("pub nothing: String,") && !text.contains("enum Nothing"), "{text}");
}

#[test]
fn operations_are_values_that_become_requests() {
    contains(
        "operations.rs",
        &[
            "#[derive(Clone, Debug, Default)]\npub struct ListTickets {",
            "    pub fields: Vec<String>,",
            "query_as(gusset::Style::FORM) [fields]",
            "header_as(gusset::Style::SIMPLE) [ids]",
            " path id",
            " json body",
            "    with [body]: |body, request| request.bytes(\"image/png\", body.clone())\n}",
            ", limits(&[0])",
            ": post \"/",
        ],
    );
}

#[test]
fn pages_say_what_comes_next() {
    contains(
        "operations.rs",
        &[
            ".and_then(|v| v.next.as_ref())\n                .map(|v| v.after.as_str().into()),",
            "more: page.last.map(|v| !v),",
            "total: page.total.and_then(|v| u64::try_from(v).ok()),",
            "        page.results\n",
        ],
    );
}

#[test]
fn a_page_that_may_lack_its_items_is_asked_for_them() {
    for nullable in [false, true] {
        let text = emitted("operations.rs", |build, integration| {
            let list = integration.operations.get_mut("list_tickets").unwrap();
            let Output::Json { ty, .. } = &mut list.output else { panic!("no output") };
            ty.nullable = nullable;
            let TypeKind::Struct(page) = &mut build.ir.types.get_mut(ty.id).kind else {
                panic!("no page")
            };
            page.fields.iter_mut().for_each(|f| f.required &= f.wire != "results");
        });
        let there = match nullable {
            false => "        page.results.as_ref().is_some()\n",
            true => "        page.as_ref().is_none_or(|v| v.results.as_ref().is_some())\n",
        };
        assert!(text.contains(there), "{text}");
    }
    assert!(!emitted("operations.rs", |_, _| {}).contains("has_items"));
}

#[test]
fn a_cursor_that_a_body_takes_as_a_number_is_sent_as_one() {
    for (bits, slot) in [(Some(Width::I64), "Number"), (None, "Body")] {
        let text = emitted("operations.rs", |build, integration| {
            let after = match bits {
                Some(bits) => build.shape(TypeKind::Integer(bits)),
                None => build.text(),
            };
            let fields = vec![build.field("after", "after", after, false, false)];
            let search = Struct { fields, ..Struct::default() };
            let ty = build.def(Some("Search"), TypeKind::Struct(search), true, false);
            let body = integration.operations["create_ticket"].body.clone();
            let list = integration.operations.get_mut("list_tickets").unwrap();
            list.body = body.map(|body| RequestBody { ty: present(ty), ..body });
            let plan = list.pagination.as_mut().unwrap();
            if let Next::Cursor { into, .. } = &mut plan.next {
                *into = Slot::Body("/after".to_owned());
            }
        });
        assert!(text.contains(&format!("gusset::Slot::{slot}(\"/after\")")), "{text}");
    }
}

#[test]
fn clients_hold_what_the_spec_says() {
    contains(
        "lib.rs",
        &[
            "format!(\"https://{}.example.com/{{v1}}\", settings.site)",
            "pub fn new(site: impl Into<String>) -> Self {",
            "age: std::time::Duration::from_millis(1500)",
            "gusset::Auth::api_key_header(\"X-Key\", \"\", key)",
            "reset: Some((\"X-Reset\", gusset::ResetUnit::EpochSeconds)),",
            "pub fn tickets(&self) -> resources::Tickets<'_> {",
        ],
    );
}

#[test]
fn a_resource_named_like_a_method_keeps_both() {
    let text = emitted("lib.rs", |_, integration| {
        let mut pages = integration.resources["tickets"].clone();
        (pages.name, pages.ident) = ("pages".to_owned(), "Pages".to_owned());
        integration.resources.insert("pages".to_owned(), pages);
    });
    assert!(text.contains("pub fn pages_resource(&self) -> resources::Pages<'_>"), "{text}");
}

#[test]
fn a_provider_without_credentials_needs_none() {
    let text = emitted("lib.rs", |_, integration| integration.auth.clear());
    assert!(text.contains("Credentials::None => gusset::Auth::none(),"), "{text}");
    assert!(text.contains("Credentials::Other(auth) => auth,"), "{text}");
    assert!(text.contains("fn into_auth(self, _settings: &Settings)"), "{text}");
}

#[test]
fn manifests_find_the_runtime() {
    let mut build = Build::new();
    let integration = everything(&mut build);
    build.ir.integrations.push(integration);
    let units = emit(&build.ir, &build.sources);
    assert_eq!(units[0].kind, UnitKind::Integration);
    let manifest = |gusset| crate_files(&units[0], &CrateOptions { gusset })[0].text.clone();
    let workspace = manifest(GussetDep::Workspace);
    assert!(
        workspace.contains("gusset.workspace = true\n\n[lints]\nworkspace = true\n"),
        "{workspace}"
    );
    let path = manifest(GussetDep::Path("../a \"b\"".into()));
    assert!(
        path.contains(r#"gusset = { path = "../a \"b\"" }"#) && !path.contains("workspace"),
        "{path}"
    );
    assert!(manifest(GussetDep::Version("0.1".to_owned())).contains("gusset = \"0.1\"\n"));
}

#[test]
fn modules_stand_in_one_file() {
    let mut build = Build::new();
    let integration = everything(&mut build);
    build.ir.integrations.push(integration);
    let text = inline_file(&emit(&build.ir, &build.sources));
    assert!(text.starts_with("// Generated by gusset "), "{text}");
    let file = syn::parse_file(&text).unwrap();
    assert!(file.attrs.is_empty(), "an included file has no inner attributes");
    assert_eq!(file.items.len(), 1);
}

#[test]
fn files_that_are_given_away_are_those_of_the_units() {
    let mut build = Build::new();
    let integration = everything(&mut build);
    build.ir.integrations.push(integration);
    let options = CrateOptions::default();
    let whole: Vec<_> = emit(&build.ir, &build.sources)
        .iter()
        .flat_map(|unit| crate_files(unit, &options))
        .map(|file| (0, file))
        .collect();
    let mut given = Vec::new();
    let done: Result<_, ()> = emit_files(&build.ir, &build.sources, &options, |unit, file| {
        given.push((unit, file));
        Ok(())
    });
    assert!(done.is_ok_and(|units| units.len() == 1));
    assert_eq!(given, whole);
    // What takes them may say that it is enough.
    let mut taken = 0;
    let failed = emit_files(&build.ir, &build.sources, &options, |_, _| {
        taken += 1;
        Err("the disk is full")
    });
    assert_eq!((failed.err(), taken), (Some("the disk is full"), 1));
}
