//! Real documents of vendors, where they are at hand: every operation lowers, without a panic and in sound types.

use super::*;
use crate::resolve::names::field_ident;
use std::collections::HashSet;
use std::io::Write as _;

/// The catalog's own documents.
#[test]
fn the_catalog_lowers() {
    for (folder, files, selected) in [
        ("hubspot", &["contacts.yaml", "owners.yaml"][..], "Contact"),
        ("salesforce", &["openapi.yaml"][..], "LeadInput"),
        ("slack", &["openapi.yaml"][..], "Message"),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(folder);
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let spec = sources.read(&folder.join("integration.yaml")).unwrap();
        let syntax: syntax::Integration = serde_yaml::from_str(sources.text(spec)).unwrap();
        let documents: Vec<Document> = files
            .iter()
            .map(|f| {
                Document::load(&mut sources, &folder.join(f), None, None, &mut diagnostics).unwrap()
            })
            .collect();
        let place = Place::root(spec).child("types");
        let mut types = Types::default();
        let mut lowering = Lowering::new(
            IntegrationId(0),
            &documents,
            &syntax.types,
            place.clone(),
            &mut diagnostics,
        );
        for (name, operation) in &syntax.operations {
            let selector = match (&operation.id, &operation.call) {
                (Some(id), _) => Selector::Id(id.clone()),
                (_, call) => Selector::call(call.as_ref().unwrap()).unwrap(),
            };
            let (index, found) = documents
                .iter()
                .enumerate()
                .find_map(|(i, d)| Some((i, d.find(&selector)?)))
                .unwrap();
            let lowered =
                lowering.operation(name, &place, index, &found, &mut types, &mut diagnostics);
            assert!(lowered.is_some());
        }
        let _ = lowering.finish(&mut types, &mut diagnostics);
        let found = diagnostics.finish();
        assert!(found.is_empty(), "{found:#?}");
        assert!(types.iter().any(|(_, d)| d.name.as_deref() == Some(selected)));
        // What several documents repeat is one type.
        let named = |name: &str| types.iter().any(|(_, d)| d.name.as_deref() == Some(name));
        assert!(!named("Error2"));
    }
}

#[test]
fn vendors_documents_lower_whole() {
    for file in [
        "hubspot/contacts-v3.json",
        "hubspot/owners-v3.json",
        "salesforce/salesforce-sobjects-beta.oas.json",
        "github/api.github.com.json",
        "stripe/stripe.oas.json",
        "airflow/airflow-3.json",
        "zendesk/tickets-openapi-original.yml",
        "xero/xero_accounting.yaml",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/openapi").join(file);
        if !path.is_file() {
            assert!(std::env::var_os("GUSSET_REQUIRE_SHARED").is_none(), "{file} is missing");
            // Past the capture of the test's output: what was not tested is to be seen.
            let line = "skipped: vendors_documents_lower_whole: vendors' documents are not here";
            let _ = writeln!(std::io::stderr(), "{line}");
            return;
        }
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let started = std::time::Instant::now();
        let document = Document::load(&mut sources, &path, None, None, &mut diagnostics).unwrap();
        let loaded = started.elapsed();
        let documents = [document];
        let (section, place) = (IndexMap::new(), documents[0].root());
        let mut types = Types::default();
        let mut lowering =
            Lowering::new(IntegrationId(0), &documents, &section, place.clone(), &mut diagnostics);
        // Of the largest document a sample: it says the same 900 times.
        let step = documents[0].operations().count() / 1_300 + 1;
        let mut count = 0;
        for found in documents[0].operations().step_by(step) {
            let name = format!("{} {}", found.method, found.path);
            lowering.operation(&name, &place, 0, &found, &mut types, &mut diagnostics).unwrap();
            count += 1;
        }
        let _ = lowering.finish(&mut types, &mut diagnostics);
        let found = diagnostics.finish();
        println!(
            "{file}: {count} operations, {} types, {} findings, loaded in {loaded:?}, all in {:?}",
            types.len(),
            found.len(),
            started.elapsed()
        );
        for finding in found.iter().take(5) {
            println!(
                "    {} {} {:?}",
                finding.code,
                finding.message,
                finding.primary.as_ref().map(|l| &l.place)
            );
        }
        sound(&types);
    }
}

/// Names are unique and valid, and structs end.
fn sound(types: &Types) {
    let mut names = HashSet::new();
    for (_, def) in types.iter() {
        if let (Some(name), true) = (&def.name, def.sent || def.received) {
            assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name}");
            assert!(names.insert(name.clone()), "{name} twice");
        }
        if let TypeKind::Struct(s) = &def.kind {
            let mut idents = HashSet::new();
            for field in &s.fields {
                assert!(syn::parse_str::<syn::Ident>(&field.ident).is_ok(), "{}", field.ident);
                assert!(idents.insert(&field.ident), "{} twice", field.ident);
                assert!(!field_ident(&field.wire).is_empty());
            }
        }
    }
}
