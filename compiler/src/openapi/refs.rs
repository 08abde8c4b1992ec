//! `$ref`: inside a document, and to other files inside its folder.

use super::rewritten::{Ids, Rewritten};
use super::{Node, Overlay};
use crate::diagnostics::codes::openapi::{DANGLING_REF, FOREIGN_REF};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::pointer;
use crate::source::{CHANGED, FileId, Json, Moves, Place, Sources};
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A `$ref` that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefError {
    /// Where the `$ref` stands.
    pub place: Place,
    /// What it says.
    pub target: String,
    /// Why it cannot be followed.
    pub kind: RefErrorKind,
}

/// Why a `$ref` cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefErrorKind {
    /// There is nothing at its end; these names are known where it breaks.
    Dangling(Vec<String>),
    /// The chain of references never ends.
    Endless,
    /// It leads to another host, or out of the folder of the document.
    Foreign,
    /// The other file cannot be read.
    Unreadable(String),
}

impl RefError {
    /// The finding.
    #[must_use]
    pub fn diagnostic(&self, severity: Severity) -> Diagnostic {
        let target = &self.target;
        let finding = match &self.kind {
            RefErrorKind::Dangling(known) => {
                let last = target.rsplit('/').next().unwrap_or(target);
                Diagnostic::warning(DANGLING_REF, format!("`{target}` leads nowhere"))
                    .at(&self.place, "")
                    .nearest(last, known.iter().map(String::as_str))
            }
            RefErrorKind::Endless => {
                Diagnostic::warning(DANGLING_REF, format!("`{target}` refers to itself"))
                    .at(&self.place, "")
            }
            RefErrorKind::Foreign => {
                let what = match is_remote(target) {
                    true => format!("`{target}` is a remote document, which is not fetched"),
                    false => format!("`{target}` leads out of the folder of the document"),
                };
                Diagnostic::warning(FOREIGN_REF, what).at(&self.place, "").help(
                    "put the file next to the document and refer to it there; nothing is fetched while compiling",
                )
            }
            RefErrorKind::Unreadable(why) => {
                Diagnostic::warning(DANGLING_REF, format!("`{target}` cannot be read: {why}"))
                    .at(&self.place, "")
            }
        };
        Diagnostic { severity, ..finding }
    }
}

/// A chain longer than this never ends.
const LONGEST_CHAIN: usize = 100;
/// More files than this are no document of one API.
const MOST_FILES: usize = 1_000;

/// The files that a document consists of; the first is the document.
#[derive(Debug)]
pub(super) struct Files {
    loaded: Vec<Loaded>,
    by_id: HashMap<FileId, usize>,
}

#[derive(Debug)]
struct Loaded {
    file: FileId,
    /// Relative to the folder of the document.
    path: PathBuf,
    value: Json,
    /// What the references of this file to others lead to, by the part before `#`.
    links: HashMap<String, Result<usize, RefErrorKind>>,
    /// What was done to the value after it was read, in order.
    moves: Vec<Arc<Moves>>,
    ids: Ids,
}

impl Files {
    /// Loads all files that references lead to, so that following them later needs no disk.
    pub(super) fn load(
        sources: &mut Sources,
        file: FileId,
        path: &Path,
        value: Json,
        overlays: &[&Overlay],
    ) -> Files {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        let mut files = Files { loaded: Vec::new(), by_id: HashMap::new() };
        files.add(Loaded {
            file,
            path: name,
            value,
            links: HashMap::new(),
            moves: Vec::new(),
            ids: Ids::default(),
        });
        let mut next = 0;
        while next < files.loaded.len() {
            let mut texts = vec![files.loaded[next].file];
            if next == 0 {
                texts.extend(overlays.iter().map(|overlay| overlay.file));
            }
            if texts.into_iter().any(|text| mentions_files(sources.text(text))) {
                for target in foreign(&files.loaded[next].value) {
                    let link = files.link(sources, &folder, next, &target);
                    files.loaded[next].links.insert(target, link);
                }
            }
            next += 1;
        }
        files
    }

    /// Rewrites the value of a file. Gives what it could not say.
    pub(super) fn rewrite(
        &mut self,
        sources: &mut Sources,
        file: FileId,
        how: impl FnOnce(Json, FileId) -> Rewritten,
    ) -> Vec<Diagnostic> {
        let Some(at) = self.by_id.get(&file) else { return Vec::new() };
        let loaded = &mut self.loaded[*at];
        let Rewritten { value, moves, findings, ids } =
            how(std::mem::take(&mut loaded.value), file);
        loaded.value = value;
        loaded.ids = ids;
        if !moves.is_empty() {
            let moves = Arc::new(moves);
            loaded.moves.push(moves.clone());
            sources.rewritten(file, moves);
        }
        findings
    }

    /// The files, in the order in which they were loaded.
    pub(super) fn ids(&self) -> Vec<FileId> {
        self.loaded.iter().map(|loaded| loaded.file).collect()
    }

    fn add(&mut self, loaded: Loaded) -> usize {
        self.by_id.insert(loaded.file, self.loaded.len());
        self.loaded.push(loaded);
        self.loaded.len() - 1
    }

    fn link(
        &mut self,
        sources: &mut Sources,
        folder: &Path,
        from: usize,
        target: &str,
    ) -> Result<usize, RefErrorKind> {
        if is_remote(target) || self.loaded.len() >= MOST_FILES {
            return Err(RefErrorKind::Foreign);
        }
        let base = self.loaded[from].path.parent().unwrap_or(Path::new(""));
        let path = inside(&base.join(percent_decode(target))).ok_or(RefErrorKind::Foreign)?;
        if let Some(known) = self.loaded.iter().position(|l| l.path == path) {
            return Ok(known);
        }
        if !sources.stays_inside(folder, &path) {
            return Err(RefErrorKind::Foreign);
        }
        let unreadable = |why: String| RefErrorKind::Unreadable(why);
        let file = sources.read(&folder.join(&path)).map_err(|e| unreadable(e.to_string()))?;
        if sources.is_lost(file) {
            return Err(unreadable(CHANGED.to_owned()));
        }
        let text = sources.text(file);
        let value = crate::source::json(text);
        // A page with tags may well be YAML: one text.
        if value.as_ref().map_or(true, Json::is_string)
            && let Some(found) = crate::source::tags(text, file)
        {
            return Err(unreadable(found.message));
        }
        let value = value.map_err(|error| unreadable(error.message))?;
        Ok(self.add(Loaded {
            file,
            path,
            value,
            links: HashMap::new(),
            moves: Vec::new(),
            ids: Ids::default(),
        }))
    }

    /// How a file can refer to another, wherever that stands; before `#`.
    pub(super) fn link_to(&mut self, from: FileId, to: FileId) -> String {
        let (Some(from), Some(to)) = (self.by_id.get(&from), self.by_id.get(&to)) else {
            return String::new();
        };
        let (from, to) = (*from, *to);
        if from == to {
            return String::new();
        }
        // No document can refer to the root of the disk, so nothing of its own has this name.
        let link = format!("/./{}", self.loaded[to].path.display());
        self.loaded[from].links.insert(link.clone(), Ok(to));
        link
    }

    pub(super) fn node(&self, place: &Place) -> Option<Node<'_>> {
        let loaded = &self.loaded[*self.by_id.get(&place.file)?];
        let value = loaded.value.pointer(&place.pointer)?;
        Some(Node {
            value,
            place: Place { part: Default::default(), within: None, ..place.clone() },
        })
    }

    pub(super) fn resolve<'d>(&'d self, node: Node<'d>) -> Result<Node<'d>, RefError> {
        let mut node = node;
        for _ in 0..LONGEST_CHAIN {
            let Some(target) = node.str("$ref") else { return Ok(node) };
            let place = node.place.child("$ref");
            node = self.follow(&node, target).map_err(|kind| RefError {
                place,
                target: target.to_owned(),
                kind,
            })?;
        }
        let target = node.str("$ref").unwrap_or_default().to_owned();
        Err(RefError { place: node.place.child("$ref"), target, kind: RefErrorKind::Endless })
    }

    pub(super) fn follow<'d>(
        &'d self,
        from: &Node<'_>,
        target: &str,
    ) -> Result<Node<'d>, RefErrorKind> {
        if let Some(own) = self.by_id.get(&from.place.file).map(|at| &self.loaded[*at])
            && let Some(pointer) = own.ids.find(target)
        {
            return own.at(&pointer);
        }
        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
        let missing = || RefErrorKind::Dangling(Vec::new());
        let start = *self.by_id.get(&from.place.file).ok_or_else(missing)?;
        let to = match file {
            "" => start,
            file => self.loaded[start].links.get(file).cloned().ok_or_else(missing)??,
        };
        let loaded = &self.loaded[to];
        let fragment = percent_decode(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let pointer = loaded.ids.find(&format!("#{fragment}")).ok_or_else(missing)?;
            return loaded.at(&pointer);
        }
        let moved = loaded.destinations(&fragment);
        let found = moved.iter().find_map(|pointer| loaded.at(pointer).ok());
        let found = found.map_or_else(|| loaded.at(&fragment), Ok);
        let root = loaded.ids.root_of(&from.place.pointer).filter(|_| file.is_empty());
        match (found, root) {
            (Err(lost), Some(root)) => loaded.at(&format!("{root}{fragment}")).map_err(|_| lost),
            (found, _) => found,
        }
    }
}

impl Loaded {
    /// Where what stood at a pointer may stand after all rewriting, the likeliest first.
    fn destinations(&self, pointer: &str) -> Vec<String> {
        let mut known = Vec::new();
        for moves in &self.moves {
            match known.is_empty() {
                true => known = moves.destinations(self.file, pointer),
                false => {
                    for pointer in std::mem::take(&mut known) {
                        let next = moves.destinations(self.file, &pointer);
                        if next.is_empty() { known.push(pointer) } else { known.extend(next) }
                    }
                }
            }
        }
        known
    }

    /// The value at the end of a pointer.
    fn at(&self, pointer: &str) -> Result<Node<'_>, RefErrorKind> {
        let mut node = Node { value: &self.value, place: Place::root(self.file) };
        for segment in pointer.split('/').skip(1) {
            let segment = pointer::unescape(segment);
            let child = match node.value {
                Json::Array(list) => segment.parse().ok().and_then(|i: usize| list.get(i)),
                value => value.get(&segment),
            };
            let Some(value) = child else {
                return Err(RefErrorKind::Dangling(node.keys().map(str::to_owned).collect()));
            };
            node = Node { value, place: node.place.child(&segment) };
        }
        Ok(node)
    }
}

/// Whether a reference leads to another host.
fn is_remote(target: &str) -> bool {
    target.contains("://") || target.starts_with("//") || target.starts_with("urn:")
}

/// Whether a text has a `$ref` that does not begin with `#`. Cheaper than a walk over a large tree that has none.
fn mentions_files(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, found)| {
        let rest = &text[at + found.len()..];
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        match rest.strip_prefix(':') {
            Some(rest) => !rest.trim_start().trim_start_matches(['"', '\'']).starts_with('#'),
            None => false,
        }
    })
}

/// The parts before `#` of all references to other files, each once.
fn foreign(root: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut stack = vec![root];
    while let Some(value) = stack.pop() {
        match value {
            Json::Object(members) => {
                if let Some(Json::String(target)) = members.get("$ref") {
                    let file = target.split('#').next().unwrap_or_default();
                    if !file.is_empty() && !found.iter().any(|f| f == file) {
                        found.push(file.to_owned());
                    }
                }
                stack.extend(members.values().rev());
            }
            Json::Array(list) => stack.extend(list.iter().rev()),
            _ => {}
        }
    }
    found
}

/// A relative path without `.` and `..`; `None` if it leads out.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

pub(super) fn percent_decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let decoded = (*first == b'%')
            .then(|| std::str::from_utf8(tail.get(..2)?).ok())
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match decoded {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
