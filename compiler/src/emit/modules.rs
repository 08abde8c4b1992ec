//! Modules and their parts: a big API is spread over several files, so that an editor opens each fast.
//!
//! Nothing depends on which part an item is in: the module gives all of them by their names, so paths stay as they
//! are when a document grows. Items stay together that belong together: a [`Key`] says where an item belongs, first
//! in general (the tag of an operation), then more closely (the words of its path).

use super::paths::ident;
use super::text::Text;
use crate::resolve::names::{KEYWORDS, Scope, snake_case};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, HashMap};

/// A module below a unit's root, as formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its name, which is also that of its file.
    pub name: String,
    /// Its documentation: inner attributes.
    pub head: String,
    /// Its items, without the declarations of its parts.
    pub text: String,
    /// The parts that it is spread over, if it is big. They are private; the module gives what is in them.
    pub parts: Vec<Module>,
}

/// A file should not be longer than this.
const MOST_LINES: usize = 3_000;
/// What would be shorter is no file of its own, but for the first word of a key.
const LEAST_LINES: usize = 300;
/// More words than this make no names of files.
const DEEPEST: usize = 4;
/// More first words than this are no subjects: what is short of them is numbered in the order of the document.
const MOST_SUBJECTS: usize = 200;

/// What a module begins with in which something has no description: a text of ours would say what the name says.
const UNDESCRIBED: &str =
    "#![allow(missing_docs, reason = \"the document does not describe everything\")]\n";

/// Where an item belongs, from the general to the special.
pub(super) type Key = Vec<String>;

/// An item of a module.
pub(super) struct Piece {
    pub(super) key: Key,
    pub(super) name: String,
    pub(super) text: Text,
    /// What it names of the modules beside its own.
    pub(super) outer: Vec<&'static str>,
    /// What it names of its own module.
    pub(super) inner: Vec<String>,
}

/// Puts a module together; in parts if it is too long for one. Its documentation is whose it is, and what is in it;
/// that of a part says which.
pub(super) fn module(name: &str, whose: &str, what: &str, mut pieces: Vec<Piece>) -> Module {
    let doc = |text: String| Text::of(super::docs::inner(&[text])).into_string();
    let places = places(&pieces);
    let mut outer: Vec<&str> = pieces.iter().flat_map(|piece| piece.outer.clone()).collect();
    sort(&mut outer);
    let documented = pieces.iter().all(|piece| piece.text.is_documented());
    let allow = if documented { "" } else { UNDESCRIBED };
    let whole = doc(format!("{whose}: {what}.")) + allow;
    let mut text = Text::default();
    text.push(imports(&outer));
    let Some(places) = places else {
        // Each text goes when it is taken over: all of them twice is much for a big document.
        pieces.into_iter().for_each(|piece| text.push_text(&piece.text));
        let text = text.into_string();
        return Module { name: name.to_owned(), head: whole, text, parts: vec![] };
    };
    let mut texts: Vec<Text> =
        pieces.iter_mut().map(|piece| std::mem::take(&mut piece.text)).collect();
    let named = pieces.iter().map(|piece| piece.name.as_str());
    let homes: HashMap<&str, &str> = named.zip(places.iter().map(String::as_str)).collect();
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        parts.entry(place).or_default().push(at);
    }
    let parts = parts.into_iter().map(|(place, these)| {
        let elsewhere = |name: &&str| homes.get(name).is_some_and(|home| *home != place);
        let names = these.iter().flat_map(|at| pieces[*at].outer.iter().copied());
        let inner = these.iter().flat_map(|at| pieces[*at].inner.iter().map(String::as_str));
        let mut names: Vec<&str> = names.chain(inner.filter(elsewhere)).collect();
        sort(&mut names);
        let mut text = Text::default();
        text.push(imports(&names));
        these.iter().for_each(|at| text.push_text(&std::mem::take(&mut texts[*at])));
        let head = doc(format!("{whose}: {}.", place.replace('_', " ")));
        Module { name: place.to_owned(), head, text: text.into_string(), parts: vec![] }
    });
    let parts = parts.collect();
    Module { name: name.to_owned(), head: whole, text: text.into_string(), parts }
}

/// What declares modules: of a root, or the parts of a module.
pub(super) fn declared<'n>(names: impl Iterator<Item = &'n str>, public: bool) -> String {
    let public = if public { "pub " } else { "" };
    names.map(|name| format!("{public}mod {name};\n")).collect()
}

/// What makes the items of parts those of their module.
pub(super) fn given(modules: &[Module]) -> String {
    modules.iter().map(|part| format!("pub use {}::*;\n", part.name)).collect()
}

fn imports(names: &[&str]) -> TokenStream {
    let names = names.iter().map(|name| ident(name));
    match names.len() {
        0 => TokenStream::new(),
        1 => quote!(#(use super::#names;)*),
        _ => quote!(use super::{#(#names),*};),
    }
}

fn sort(names: &mut Vec<&str>) {
    names.sort_unstable();
    names.dedup();
}

/// The part that each piece goes to; `None` if all fit into one file.
fn places(pieces: &[Piece]) -> Option<Vec<String>> {
    let lines: Vec<usize> =
        pieces.iter().map(|piece| piece.text.as_str().lines().count() + 1).collect();
    if lines.iter().sum::<usize>() <= MOST_LINES {
        return None;
    }
    let mut keys: Vec<Key> = vec![Key::new(); pieces.len()];
    let all: Vec<usize> = (0..pieces.len()).collect();
    spread(pieces, &lines, &all, &mut keys);
    // Different keys may come down to the same name.
    let mut names: BTreeMap<Key, String> = BTreeMap::new();
    let mut scope = Scope::new(&["operations", "resources", "types"]);
    let mut places: Vec<String> = keys
        .into_iter()
        .map(|key| {
            let name = || scope.unique(part_name(&key));
            names.entry(key.clone()).or_insert_with(name).clone()
        })
        .collect();
    // What no key tells apart is parted in the order of the document.
    let mut long: HashMap<String, (usize, String)> = HashMap::new();
    for (place, lines) in places.iter_mut().zip(lines) {
        let (so_far, part) = long.entry(place.clone()).or_insert_with(|| (0, place.clone()));
        if *so_far > 0 && *so_far + lines > MOST_LINES {
            *so_far = 0;
            *part = scope.unique(place.clone());
        }
        *so_far += lines;
        place.clone_from(part);
    }
    let several = places.first().is_some_and(|first| places.iter().any(|place| place != first));
    several.then_some(places)
}

/// Gives each of these pieces, which have the beginning of their keys in common, the key of its part.
fn spread(pieces: &[Piece], lines: &[usize], these: &[usize], keys: &mut [Key]) {
    let mut open = vec![(0, these.to_vec())];
    while let Some((depth, these)) = open.pop() {
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in these {
            if let Some(word) = pieces[at].key.get(depth) {
                by_word.entry(word).or_default().push(at);
            }
        }
        let joins = depth > 0 || by_word.len() > MOST_SUBJECTS;
        for (word, these) in by_word {
            let long: usize = these.iter().map(|at| lines[*at]).sum();
            if joins && long < LEAST_LINES {
                continue;
            }
            for at in &these {
                keys[*at].push(word.to_owned());
            }
            if long > MOST_LINES && depth + 1 < DEEPEST {
                open.push((depth + 1, these));
            }
        }
    }
}

fn part_name(key: &Key) -> String {
    let name = snake_case(&key.join("_"));
    match name.as_str() {
        "" => "others".to_owned(),
        _ if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("part_{name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(key: &[&str], name: &str, fields: usize) -> Piece {
        let name_ident = ident(name);
        let fields = (0..fields).map(|i| quote::format_ident!("f{i}"));
        Piece {
            key: key.iter().map(|&word| word.to_owned()).collect(),
            name: name.to_owned(),
            text: Text::of(quote!(pub struct #name_ident { #(#fields: u8,)* })),
            outer: Vec::new(),
            inner: Vec::new(),
        }
    }

    fn parts(pieces: Vec<Piece>) -> Vec<String> {
        module("types", "Types", "all", pieces).parts.into_iter().map(|part| part.name).collect()
    }

    #[test]
    fn what_fits_stays_together() {
        assert!(parts(vec![piece(&["a"], "A", 1_400), piece(&["b"], "B", 1_400)]).is_empty());
        assert!(parts(vec![piece(&["a"], "A", 4_000)]).is_empty(), "there is nothing to part");
    }

    #[test]
    fn thousands_of_subjects_are_no_thousands_of_files() {
        let subject = |i: usize| piece(&[&format!("thing{i}")], &format!("T{i}"), 30);
        assert_eq!(parts((0..MOST_SUBJECTS).map(subject).collect()).len(), MOST_SUBJECTS);
        let long = piece(&["long"], "Long", 400);
        let many = parts((0..1_000).map(subject).chain([long]).collect());
        assert!(many.len() < 20 && many.contains(&"others2".to_owned()), "{many:?}");
        assert!(many.contains(&"long".to_owned()), "{many:?}");
    }

    #[test]
    fn what_no_key_tells_apart_is_numbered() {
        let pieces = ["A", "B", "C"].map(|name| piece(&["a"], name, 2_000));
        assert_eq!(parts(pieces.into()), ["a", "a2", "a3"]);
    }

    #[test]
    fn what_does_not_is_parted_by_its_keys() {
        let pieces = vec![
            piece(&["users"], "A", 2_000),
            piece(&["repos", "branches"], "B", 2_000),
            piece(&["repos", "tags"], "C", 2_000),
            piece(&["repos", "few"], "D", 10),
            piece(&["repos"], "E", 10),
            piece(&["type"], "F", 1),
            piece(&["2 fa"], "G", 1),
        ];
        let wanted = ["part_2_fa", "repos", "repos_branches", "repos_tags", "type_", "users"];
        assert_eq!(parts(pieces), wanted);
    }

    #[test]
    fn parts_import_what_is_elsewhere() {
        let pieces = vec![
            Piece { inner: vec!["B".into(), "C".into()], ..piece(&["a"], "A", 2_000) },
            Piece { outer: vec!["types"], ..piece(&["b"], "B", 2_000) },
            piece(&["a"], "C", 1),
        ];
        let module = module("operations", "Operations", "all", pieces);
        assert_eq!(module.text, "use super::types;\n");
        assert!(module.parts[0].text.starts_with("use super::B;\n\npub struct A {"));
        assert!(module.parts[1].text.starts_with("use super::types;\n\npub struct B {"));
        assert_eq!(module.parts[0].head, "//! Operations: a.\n");
        assert_eq!(
            declared(module.parts.iter().map(|part| part.name.as_str()), false),
            "mod a;\nmod b;\n"
        );
        assert_eq!(given(&module.parts), "pub use a::*;\npub use b::*;\n");
    }
}
