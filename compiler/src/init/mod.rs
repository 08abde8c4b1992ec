//! `gusset init`: a spec for a document, that passes `check`.
//!
//! Everything is read from the compiler's own view of the document. What is written is compiled; what the compiler
//! refuses becomes a comment with its reason, so that what is left always passes.

mod auth;
mod errors;
mod limits;
mod outline;
mod pages;
mod resources;
mod server;
mod settle;
mod view;

pub use pages::Shape;

use crate::diagnostics::Diagnostics;
use crate::ir::{Operation, Types};
use crate::openapi::{Document, FoundOperation};
use crate::progress::Progress;
use crate::report::shortened;
use crate::resolve::{self, Documents, names};
use crate::source::{Place, Sources};
use crate::spec::{self, Specs};
use crate::{Alone, Input, Outcome};
use indexmap::IndexMap;
use outline::{Entry, scalar};
use pages::{Pages, Seen, Unclear};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// What a spec is written for.
#[derive(Clone, Debug, Default)]
pub struct InitOptions {
    /// The document.
    pub document: PathBuf,
    /// The name of the integration; without it, from the document.
    pub name: Option<String>,
    /// Who is told how far it is.
    pub progress: Progress,
}

/// A spec, and what it was made of.
#[derive(Clone, Debug)]
pub struct Initial {
    /// The name of the integration.
    pub name: String,
    /// The ways to authorise, by name.
    pub auth: Vec<String>,
    /// The operations that are paginated, by shape.
    pub paginated: Vec<(Shape, Vec<String>)>,
    /// The resources, each with what can be done with it (`list`, `get`).
    pub resources: Vec<(String, Vec<String>)>,
    /// How many operations the document has.
    pub documented: usize,
    /// How many operations the spec names; without any, it includes all.
    pub selected: usize,
    /// How many entries are comments, because the compiler refused them.
    pub refused: usize,
    /// The spec, but for where the document is.
    spec: Entry,
    /// The files that the document consists of, itself first.
    pub files: Vec<PathBuf>,
}

impl Initial {
    /// The text of `integration.yaml`. `document` is the way from its folder to the document, `schema` that to its JSON
    /// Schema, which editors follow.
    #[must_use]
    pub fn text(&self, document: &str, schema: &str) -> String {
        let mut spec = self.spec.clone();
        spec.set("document", scalar(document));
        format!("# yaml-language-server: $schema={schema}\n{}", spec.render())
    }
}

/// Stands for the way to the document until that is known.
const DOCUMENT: &str = "openapi.yaml";

/// Writes a spec for a document.
///
/// There is none only where the document cannot be read at all.
pub fn init(options: &InitOptions, sources: &mut Sources) -> Outcome<Initial> {
    let mut diagnostics = Diagnostics::new();
    let initial = attempt(options, sources, &mut diagnostics);
    Outcome { value: initial, diagnostics: diagnostics.settle(sources) }
}

fn attempt(
    options: &InitOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Initial> {
    let alone =
        Alone { name: options.name.clone(), path: options.document.clone(), ..Alone::default() };
    let input =
        Input { alone: vec![alone], progress: options.progress.clone(), ..Input::default() };
    let mut specs = spec::read(&[], &input.alone, sources, diagnostics);
    let documents = resolve::load(&mut specs, &input, sources, diagnostics);
    diagnostics.stop_if_errors().ok()?;
    let files: Vec<PathBuf> = sources.files().map(PathBuf::from).collect();
    let (mut spec, pages) = write(&specs, documents.first()?, &options.progress);
    settle::settle(&mut spec, &documents, sources, diagnostics)?;
    let on = |entry: Option<&Entry>| entry.map(|e| e.keys().map(str::to_owned).collect::<Vec<_>>());
    let names = |section: &str| on(spec.at(&[section])).unwrap_or_default();
    let mut paginated: Vec<(Shape, Vec<String>)> = Vec::new();
    for (name, pages) in &pages {
        if spec.at(&["operations", name, "paginate"]).is_none() {
            continue;
        }
        match paginated.iter_mut().find(|(shape, _)| *shape == pages.shape) {
            Some((_, names)) => names.push(name.clone()),
            None => paginated.push((pages.shape, vec![name.clone()])),
        }
    }
    paginated.sort_by_key(|(shape, _)| *shape);
    let resources = names("resources").into_iter().map(|name| {
        let verbs = on(spec.at(&["resources", &name])).unwrap_or_default();
        let verbs = verbs.into_iter().filter(|verb| !["type", "key"].contains(&verb.as_str()));
        (name, verbs.collect())
    });
    Some(Initial {
        name: specs.integrations.first()?.syntax.integration.clone(),
        auth: names("auth"),
        paginated,
        resources: resources.collect(),
        documented: documents.first()?.list.iter().map(|d| d.operations().count()).sum(),
        selected: names("operations").len(),
        refused: spec.refused(),
        spec,
        files,
    })
}

/// The spec as it should be; and the pages of its operations.
fn write(
    specs: &Specs,
    documents: &Documents,
    progress: &Progress,
) -> (Entry, IndexMap<String, Pages>) {
    // What the document has wrong is said when the spec is checked.
    let mut silent = Diagnostics::new();
    let ir = resolve::integrations(
        specs,
        std::slice::from_ref(documents),
        progress,
        &mut silent,
        |_, _| {},
    );
    let _ = silent.finish();
    let lowered = ir.integrations.first();
    let operations: Vec<&Operation> =
        lowered.iter().flat_map(|integration| integration.operations.values()).collect();
    let mut spec = Entry::map("", Vec::new());
    let Some(document) = documents.list.first() else { return (spec, IndexMap::new()) };
    let found: Vec<FoundOperation> = document.operations().collect();
    let (pages, unclear) = recognise(&documents.list, &ir.types, &operations);
    let resources = resources::section(document, &ir.types, &operations, &pages);
    let selected: Vec<&Operation> = operations
        .iter()
        .copied()
        .filter(|operation| {
            let name = operation.name.as_str();
            pages.contains_key(name) || resources.used.contains(name) || reads_on(&pages, name)
        })
        .collect();
    spec.push(Entry::text("gusset", "1"));
    let name = specs.integrations.first().map_or("api", |spec| spec.syntax.integration.as_str());
    spec.push(Entry::text("integration", scalar(name)));
    if let Some(title) = document.title().map(str::trim).filter(|title| !title.is_empty()) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = Entry::text("about", format!("{{title: {}}}", scalar(&title)));
        spec.push(title.note("also: purpose, owners, reference"));
    }
    spec.push(Entry::text("document", DOCUMENT));
    for entry in server::entries(document) {
        spec.push(entry);
    }
    let places: HashSet<&Place> = selected.iter().map(|operation| &operation.defined).collect();
    // Without any, the spec includes all.
    let used = found.iter().filter(|found| places.is_empty() || places.contains(&found.place));
    spec.push(auth::section(document, &found, &used.collect::<Vec<_>>()));
    spec.push(limits::section(document, &found));
    spec.push(errors::section(&ir.types, &selected));
    spec.push(section(&found, &selected, &pages, &unclear));
    include(selected.len(), found.len()).into_iter().for_each(|entry| spec.push(entry));
    spec.push(resources.types);
    spec.push(resources.resources);
    (spec, pages)
}

/// Whether pages are read on by an operation.
fn reads_on(pages: &IndexMap<String, Pages>, name: &str) -> bool {
    pages.values().any(|pages| pages.reads_on() == Some(name))
}

/// The pages of all operations; and, of what looks like pages, what is unclear.
fn recognise(
    documents: &[Document],
    types: &Types,
    operations: &[&Operation],
) -> (IndexMap<String, Pages>, IndexMap<String, Unclear>) {
    let (mut pages, mut unclear) = (IndexMap::new(), IndexMap::new());
    for operation in operations {
        if !may_list(operation) {
            continue;
        }
        match pages::recognise(documents, types, operation, operations) {
            Seen::Pages(found) => {
                pages.insert(operation.name.clone(), *found);
            }
            Seen::Unclear(why) => {
                unclear.insert(operation.name.clone(), why);
            }
            Seen::Nothing => {}
        }
    }
    (pages, unclear)
}

/// Whether an operation may be read page by page: it reads, or is called like what does. Others would write with each page.
fn may_list(operation: &Operation) -> bool {
    const READS: [&str; 21] = [
        "search",
        "query",
        "list",
        "find",
        "filter",
        "lookup",
        "fetch",
        "get",
        "read",
        "scan",
        "browse",
        "export",
        "report",
        "count",
        "select",
        "all",
        "suggested",
        "preview",
        "paginate",
        "paginated",
        "history",
    ];
    let last = operation.path.rsplit('/').find(|part| !part.contains('{')).unwrap_or_default();
    let called = [last, operation.name.as_str()];
    let mut words = called.iter().flat_map(|name| names::words(name));
    operation.method == "GET"
        || (operation.method == "POST"
            && words.any(|word| READS.contains(&word.to_lowercase().as_str())))
}

/// `operations:`.
fn section(
    found: &[FoundOperation],
    selected: &[&Operation],
    pages: &IndexMap<String, Pages>,
    unclear: &IndexMap<String, Unclear>,
) -> Entry {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for id in found.iter().filter_map(|found| found.id.as_deref()) {
        *ids.entry(id).or_default() += 1;
    }
    let ids_by_place: HashMap<_, _> =
        found.iter().map(|found| (&found.place, found.id.as_deref())).collect();
    let mut section = Entry::map("operations", Vec::new());
    for operation in selected {
        let id = ids_by_place.get(&operation.defined).copied().flatten();
        let id = id.filter(|id| ids.get(id) == Some(&1) && !id.trim().is_empty());
        let selects = match id {
            Some(id) => Entry::text("id", scalar(id)),
            None => {
                Entry::text("call", scalar(&format!("{} {}", operation.method, operation.path)))
            }
        };
        let mut entry = Entry::map(operation.name.clone(), vec![selects]).optional();
        if id.is_some() {
            entry = entry.why(format!("{} {}", operation.method, operation.path));
        }
        if let Some(pages) = pages.get(&operation.name) {
            if operation.method == "POST" {
                let repeat =
                    Entry::text("repeat", "safe").note("if it only reads; with a `because`");
                entry.push(repeat.proposed());
            }
            entry.push(pages.entry());
        }
        section.push(entry);
    }
    let mut reasons: IndexMap<&Unclear, Vec<&str>> = IndexMap::new();
    for (name, why) in unclear {
        reasons.entry(why).or_default().push(name);
    }
    for (why, names) in reasons {
        const SHOWN: usize = 6;
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let list = shortened(&names, SHOWN);
        section.push(Entry::comment(match why {
            Unclear::Perhaps(why) => format!("perhaps pages, but {why}: {list}"),
            Unclear::Single => format!(
                "lists, and nothing in the document leads to a next page. Where all records come in one answer, `items` \
                 with `single: true` says so: {list}"
            ),
        }));
    }
    section
}

/// `include:`, where nothing else selects operations.
fn include(selected: usize, all: usize) -> Option<Entry> {
    let rest = all.saturating_sub(selected);
    if rest == 0 && selected > 0 {
        return None;
    }
    let entry = Entry::text("include", "['/**']");
    let entry = match selected {
        0 => entry.why(format!("all {all} operations, under names made from the document")),
        _ => entry.why(format!("the other {rest} operations, under names made from the document")),
    };
    Some(entry.proposed())
}

#[cfg(test)]
mod tests;
