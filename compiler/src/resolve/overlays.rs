//! Which overlays are for which document.

use crate::diagnostics::codes::openapi::OVERLAY;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::openapi::Overlay;
use crate::source::{Place, Sources};
use crate::spec::{IntegrationSpec, normal};
use std::path::{Path, PathBuf};

/// The overlays that a spec names.
pub(super) fn of_spec(
    spec: &IntegrationSpec,
    documents: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Overlay> {
    let place = spec.place.child("overlays");
    let mut overlays = Vec::new();
    for (index, path) in spec.syntax.overlays.iter().enumerate() {
        let (path, place) = (normal(&spec.folder.join(path)), place.child(index));
        overlays.extend(read(&path, Some(&place), documents, sources, diagnostics));
    }
    overlays
}

/// The overlays that are given beside the specs.
pub(super) fn given(
    paths: &[PathBuf],
    documents: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Overlay> {
    paths.iter().filter_map(|path| read(path, None, documents, sources, diagnostics)).collect()
}

/// Reads an overlay, which is for one of the documents at least.
fn read(
    path: &Path,
    asked: Option<&Place>,
    documents: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Overlay> {
    let overlay = Overlay::load(sources, path, asked, diagnostics)?;
    if documents.is_empty() || documents.iter().any(|d| is_for(&overlay, d, documents.len())) {
        return Some(overlay);
    }
    let root = Place::root(overlay.file);
    let finding = match &overlay.extends {
        Some(extends) => Diagnostic::error(
            OVERLAY,
            format!("the overlay extends `{extends}`, which is not read"),
        )
        .at(&root.child("extends"), ""),
        None => Diagnostic::error(OVERLAY, "the overlay could be for any of several documents")
            .at(&root, ""),
    };
    let finding = match asked {
        Some(asked) => finding.and(asked, "named here"),
        None => finding,
    };
    let known = documents.iter().filter_map(|document| document.file_name()?.to_str());
    let known: Vec<_> = known.map(|name| format!("`extends: {name}`")).collect();
    diagnostics.push(finding.help(format!("say which document it is for: {}", known.join(" or "))));
    None
}

/// Whether an overlay is for a document: the only one, or the one that it says it extends.
pub(super) fn is_for(overlay: &Overlay, document: &Path, of: usize) -> bool {
    let name = |text: &str| text.rsplit('/').next().map(str::to_owned);
    of == 1
        || overlay.extended.as_ref().is_some_and(|extended| extended == document)
        || overlay.extends.as_deref().and_then(name).is_some_and(|extends| {
            document.file_name().and_then(|n| n.to_str()).is_some_and(|n| n == extends)
        })
}

#[cfg(test)]
mod tests {
    use crate::source::Sources;
    use crate::{Alone, Input, check};

    const DOCUMENT: &str = "{openapi: 3.0.0, info: {title: Shop, version: '1'}, servers: [{url: 'https://a.b'}], paths: {/a: {get: {operationId: a, responses: {}}}}}";

    fn compile(files: &[(&str, &str)], input: &Input) -> (Vec<String>, Vec<String>) {
        let mut sources = Sources::new()
            .with_file("s/one.yaml", DOCUMENT)
            .with_file("s/two.yaml", DOCUMENT.replace("operationId: a", "operationId: b"));
        for (path, text) in files {
            sources = sources.with_file(path, *text);
        }
        let outcome = check(input, &mut sources);
        let ids = outcome.value.map_or_else(Vec::new, |ir| {
            let all = ir.integrations.iter().flat_map(|i| &i.operations);
            all.map(|(name, _)| name.clone()).collect()
        });
        (ids, outcome.diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect())
    }

    fn overlay(extends: &str, id: &str) -> String {
        format!(
            "{{overlay: 1.0.0, {extends} actions: [{{target: $.paths.*.*, update: {{operationId: {id}}}}}]}}"
        )
    }
    #[test]
    fn a_document_alone_is_changed() {
        let changed = overlay("", "changed");
        let input = Input {
            alone: vec![Alone { path: "s/one.yaml".into(), ..Alone::default() }],
            overlays: vec!["o.yaml".into()],
            ..Input::default()
        };
        let (ids, found) = compile(&[("o.yaml", &changed)], &input);
        assert_eq!((ids, found), (vec!["changed".to_owned()], Vec::new()));
    }

    #[test]
    fn each_overlay_is_for_its_document() {
        const SPEC: &str = "{gusset: 1, integration: shop, documents: {one: one.yaml, two: two.yaml}, server: 'https://a.b', overlays: [o.yaml, p.yaml], limits: {all: {quota: 9 per 1s}}, operations: {x: {id: one/x}, y: {id: two/y}}}";
        let input = Input { specs: vec!["s/integration.yaml".into()], ..Input::default() };
        let with = |first: &str, second: &str| {
            let (first, second) = (overlay(first, "x"), overlay(second, "y"));
            let spec = SPEC.replace("{id: one/x}", "{document: one, id: x}");
            let spec = spec.replace("{id: two/y}", "{document: two, id: y}");
            compile(
                &[("s/integration.yaml", &spec), ("s/o.yaml", &first), ("s/p.yaml", &second)],
                &input,
            )
        };
        let (ids, found) =
            with("extends: one.yaml,", "extends: 'https://example.com/api/two.yaml',");
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(ids, ["x", "y"]);
        let (_, found) = with("", "extends: three.yaml,");
        assert_eq!(
            found,
            [
                "GS0107 the overlay could be for any of several documents",
                "GS0107 the overlay extends `three.yaml`, which is not read",
            ]
        );
    }
}
