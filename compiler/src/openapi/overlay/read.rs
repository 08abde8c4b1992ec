//! Reads an overlay: everything that is wrong with it is said at once.

use super::{Action, Change, Overlay};
use crate::diagnostics::codes::openapi::OVERLAY;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::openapi::Node;
use crate::source::{Json, Place, Sources};
use serde_json_path::JsonPath;
use std::path::Path;

/// JSONPaths longer or deeper than this are no paths of people; their parser recurses.
const LONGEST: usize = 10_000;
const DEEPEST: usize = 32;

impl Overlay {
    /// Reads an overlay. `asked` is where a spec names it.
    ///
    /// `None` after an error was pushed.
    pub fn load(
        sources: &mut Sources,
        path: &Path,
        asked: Option<&Place>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Overlay> {
        let file = sources.open(path, asked, diagnostics)?;
        let value = sources.json(file, diagnostics)?;
        let root = Node { value: &value, place: Place::root(file) };
        let mut wrong = Vec::new();
        let actions = read(&root, &mut wrong);
        let fine = wrong.is_empty();
        for finding in wrong {
            diagnostics.push(match asked {
                Some(asked) => finding.and(asked, "named here"),
                None => finding,
            });
        }
        let extends = root.str("extends").map(str::to_owned);
        let folder = path.parent().unwrap_or(Path::new(""));
        let extended = extends.as_ref().map(|extends| crate::spec::normal(&folder.join(extends)));
        fine.then_some(Overlay { file, extends, extended, actions })
    }
}

fn error(place: &Place, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::error(OVERLAY, message).at(place, label)
}

fn read(root: &Node<'_>, wrong: &mut Vec<Diagnostic>) -> Vec<Action> {
    let Some(version) = root.get("overlay") else {
        wrong.push(
            error(&root.place, "this is no overlay", "no `overlay` key at the top")
                .nearest("overlay", root.keys())
                .help("an overlay begins with `overlay: 1.0.0`"),
        );
        return Vec::new();
    };
    let said = version.value.as_str().map_or_else(|| version.value.to_string(), str::to_owned);
    if said.split('.').next() != Some("1") {
        let finding = error(&version.place, format!("overlays of version {said} are not read"), "");
        wrong.push(finding.help("versions 1.0 and 1.1 are read"));
        return Vec::new();
    }
    match root.get("actions") {
        Some(list) if list.value.is_array() => {
            list.items().filter_map(|action| read_action(&action, wrong)).collect()
        }
        Some(other) => {
            wrong.push(error(&other.place, "`actions` is no list", "expected a list of actions"));
            Vec::new()
        }
        None => {
            let finding = error(&root.place, "the overlay has no `actions`", "");
            wrong.push(finding.nearest("actions", root.keys()));
            Vec::new()
        }
    }
}

fn read_action(action: &Node<'_>, wrong: &mut Vec<Diagnostic>) -> Option<Action> {
    let known = ["target", "description", "update", "remove", "copy"];
    for key in action.keys().filter(|key| !known.contains(key) && !key.starts_with("x-")) {
        let finding =
            error(&action.place.child(key).key(), format!("an action has no `{key}`"), "");
        wrong.push(finding.nearest(key, known));
    }
    let Some(target) = action.get("target") else {
        let finding = error(&action.place, "an action has no `target`", "");
        wrong.push(finding.help("say what to change: `target: $.paths['/things'].get`"));
        return None;
    };
    let path = read_path(&target, wrong);
    let remove = match action.get("remove") {
        None => false,
        Some(Node { value: Json::Bool(remove), .. }) => *remove,
        Some(other) => {
            wrong.push(error(&other.place, "`remove` is true or false", ""));
            return None;
        }
    };
    let change = match (remove, action.get("update"), action.get("copy")) {
        (true, ..) => Change::Remove,
        (false, Some(update), _) => Change::Update(update.value.to_value()),
        (false, None, Some(copy)) => Change::Copy(read_path(&copy, wrong)?),
        (false, None, None) => {
            let finding = error(&action.place, "the action does nothing", "");
            wrong.push(finding.help("add `update: ..` or `remove: true`"));
            return None;
        }
    };
    Some(Action { target: path?, place: target.place, change })
}

fn read_path(node: &Node<'_>, wrong: &mut Vec<Diagnostic>) -> Option<JsonPath> {
    let Some(text) = node.value.as_str() else {
        wrong.push(error(&node.place, "a JSONPath is text", "expected text"));
        return None;
    };
    let depth = text.bytes().filter(|byte| matches!(byte, b'(' | b'[')).count();
    if text.len() > LONGEST || depth > DEEPEST * 8 || nesting(text) > DEEPEST {
        wrong.push(error(&node.place, "the JSONPath is too long, or nested too deeply", ""));
        return None;
    }
    match JsonPath::parse(text) {
        Ok(path) => Some(path),
        Err(parse) => {
            let at = parse.position().saturating_sub(1);
            let place = node.place.within(at, at + 1);
            let finding = error(&place, "this is no JSONPath (RFC 9535)", parse.message());
            wrong.push(finding.help(
                "names with other signs than letters, digits and _ are quoted: $.paths['/things'].get",
            ));
            None
        }
    }
}

/// How deep brackets are nested, at most.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
