//! Names of operations, made from the document.
//!
//! They depend on which operations there are, never on the order in which the document has them.

use crate::openapi::FoundOperation;
use crate::resolve::names::{type_ident, words};
use std::collections::{HashMap, HashSet};

/// No name is longer than this.
const LONGEST: usize = 60;

/// A name for each operation, in their order. `taken` are names that others have.
pub(super) fn of<'f>(
    operations: impl IntoIterator<Item = &'f FoundOperation>,
    taken: impl IntoIterator<Item = &'f str>,
) -> Vec<String> {
    let operations: Vec<&FoundOperation> = operations.into_iter().collect();
    let taken: HashSet<String> = taken.into_iter().map(type_ident).collect();
    let mut levels = vec![0; operations.len()];
    let mut names: Vec<String> = operations.iter().map(|found| candidate(found, 0)).collect();
    // Each round brings at least one operation further, most rounds all that clash.
    for _ in 0..ROUNDS {
        let clashing = clashing(&names, &taken);
        if clashing.is_empty() {
            return names;
        }
        for at in clashing {
            levels[at] += 1;
            names[at] = candidate(operations[at], levels[at]);
        }
    }
    number(&operations, &mut names, taken);
    names
}

const ROUNDS: usize = 12;

/// The operations whose types would have the same name.
fn clashing(names: &[String], taken: &HashSet<String>) -> Vec<usize> {
    let idents: Vec<String> = names.iter().map(|name| type_ident(name)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ident in &idents {
        *counts.entry(ident).or_default() += 1;
    }
    let clashes = |ident: &String| counts[ident.as_str()] > 1 || taken.contains(ident);
    (0..names.len()).filter(|at| clashes(&idents[*at])).collect()
}

/// Numbers in the order of method and path, for what nothing else tells apart.
fn number(operations: &[&FoundOperation], names: &mut [String], mut taken: HashSet<String>) {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| (&operations[*at].path, &operations[*at].method));
    for at in order {
        let base = names[at].clone();
        let mut number = 1;
        while !taken.insert(type_ident(&names[at])) {
            number += 1;
            names[at] = format!("{base}_n{number}");
        }
    }
}

/// The name at a level; the higher, the more it says.
fn candidate(found: &FoundOperation, level: usize) -> String {
    let id = found.id.as_deref().map(of_id).filter(|words| !words.is_empty());
    let method = found.method.to_lowercase();
    let path = path_words(&found.path, level > 0);
    let mut said = match (id, level) {
        (Some(id), 0) => without_call(&id, found).to_vec(),
        (Some(id), 1) if without_call(&id, found) != id => id,
        (Some(id), 1) => [id, vec![method]].concat(),
        (Some(id), 2) => [id, path].concat(),
        (Some(id), _) => [id, vec![method], path].concat(),
        (None, _) => [vec![method], path].concat(),
    };
    if level > 3 {
        // Paths that differ in signs only.
        let text = format!("{} {}", found.method, found.path);
        said.push(format!("h{:08x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()) >> 32));
    }
    if said.first().is_some_and(|first| first.starts_with(|c: char| c.is_numeric())) {
        said.insert(0, found.method.to_lowercase());
    }
    shorten(said, level > 3)
}

/// The words of an `operationId`, without a group that is said twice (`contacts/contacts-list`).
fn of_id(id: &str) -> Vec<String> {
    let words: Vec<String> = words(id).into_iter().map(|word| word.to_lowercase()).collect();
    let twice = |n: &usize| words.len() > 2 * n && words[..*n] == words[*n..2 * n];
    let said = (1..=words.len() / 2).rev().find(twice).unwrap_or(0);
    words[said..].to_vec()
}

/// The words of an id without the path and the method that some frameworks end each id with:
/// `read_flow_flows__id__get` of `GET /flows/{id}` is `read flow`.
fn without_call<'w>(id: &'w [String], found: &FoundOperation) -> &'w [String] {
    let method = found.method.to_lowercase();
    let Some(before) = id.strip_suffix(std::slice::from_ref(&method)) else { return id };
    let call: Vec<String> =
        words(&found.path).into_iter().map(|word| word.to_lowercase()).collect();
    match before.strip_suffix(call.as_slice()) {
        Some(said) if !said.is_empty() && !call.is_empty() => said,
        _ => id,
    }
}

/// `/repos/{owner}/{repo}/issues` -> `repos by owner and repo issues`. Unless `whole`, without what all paths of an API
/// begin with (`/api/v2`).
fn path_words(path: &str, whole: bool) -> Vec<String> {
    let mut said = Vec::new();
    let mut begun = whole;
    let mut behind_parameter = false;
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if !begun && is_prefix(segment) {
            continue;
        }
        begun = true;
        for (parameter, text) in parts(segment) {
            let words: Vec<String> = words(text).into_iter().map(|w| w.to_lowercase()).collect();
            if words.is_empty() {
                continue;
            }
            if parameter {
                said.push(if behind_parameter { "and" } else { "by" }.to_owned());
            }
            said.extend(words);
            behind_parameter = parameter;
        }
    }
    if said.is_empty() && !whole {
        return path_words(path, true);
    }
    if said.is_empty() {
        said.push("root".to_owned());
    }
    said
}

/// The texts of a segment, and whether each is a parameter.
fn parts(segment: &str) -> impl Iterator<Item = (bool, &str)> {
    segment.split('{').enumerate().flat_map(|(at, piece)| {
        let (inside, outside) = match piece.split_once('}') {
            Some((inside, outside)) if at > 0 => (inside, outside),
            _ => ("", piece),
        };
        [(true, inside), (false, outside)].into_iter().filter(|(_, text)| !text.is_empty())
    })
}

fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let version = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    version || segment.eq_ignore_ascii_case("api") || segment.eq_ignore_ascii_case("rest")
}

/// Joined; if that is too long, words in the middle go. With `keep_last`, the last word stays whole.
fn shorten(mut words: Vec<String>, keep_last: bool) -> String {
    let length = |words: &[String]| words.iter().map(|word| word.len() + 1).sum::<usize>() - 1;
    while words.len() > 3 && length(&words) > LONGEST {
        let middle = words.len() * 2 / 3;
        words.remove(middle.min(words.len() - 2));
    }
    if length(&words) > LONGEST {
        let last = words.len() - usize::from(keep_last);
        let most = LONGEST / words.len().max(1);
        for word in &mut words[..last] {
            let mut end = word.len().min(most);
            while !word.is_char_boundary(end) {
                end -= 1;
            }
            word.truncate(end);
        }
    }
    words.join("_")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::{FileId, Place};
    use std::collections::BTreeMap;

    fn found((method, path, id): &(String, String, Option<String>)) -> FoundOperation {
        let place = Place::root(FileId(0));
        FoundOperation {
            method: method.clone(),
            path: path.clone(),
            id: id.clone(),
            item: place.clone(),
            place,
        }
    }

    #[track_caller]
    fn check(operations: &[(&str, &str, &str)], taken: &[&str]) {
        let given = |(call, id, _): &(&str, &str, &str)| {
            let (method, path) = call.split_once(' ').unwrap();
            let id = Some((*id).to_owned()).filter(|id| !id.is_empty());
            found(&(method.to_owned(), path.to_owned(), id))
        };
        let given: Vec<FoundOperation> = operations.iter().map(given).collect();
        let expected: Vec<&str> = operations.iter().map(|(_, _, name)| *name).collect();
        assert_eq!(of(&given, taken.iter().copied()), expected);
    }

    #[test]
    fn from_ids() {
        check(
            &[
                ("GET /things", "listThings", "list_things"),
                ("GET /repos", "repos/list-for-org", "repos_list_for_org"),
                ("GET /contacts", "contacts/contacts-list", "contacts_list"),
                ("GET /a", "chat.postMessage", "chat_post_message"),
                ("GET /b", "2fa", "get_2fa"),
                ("GET /c", "!!", "get_c"),
            ],
            &[],
        );
    }

    #[test]
    fn ids_that_end_with_their_call() {
        check(
            &[
                ("GET /flows/{id}", "read_flow_flows__id__get", "read_flow"),
                ("POST /flows/filter", "read_flows_flows_filter_post", "read_flows"),
                // Two that would be alike say all.
                ("DELETE /flows/{id}", "delete_flows__id__delete", "delete_flows_id_delete"),
                ("DELETE /tasks/{id}", "delete_tasks__id__delete", "delete_tasks_id_delete"),
                ("GET /things", "things_get", "things_get"),
                ("GET /others", "list_others_get", "list"),
            ],
            &[],
        );
    }

    #[test]
    fn from_methods_and_paths() {
        check(
            &[
                ("GET /repos/{owner}", "", "get_repos_by_owner"),
                ("GET /repos/{owner}/{repo}/issues", "", "get_repos_by_owner_and_repo_issues"),
                ("POST /api/v2/things", "", "post_things"),
                ("GET /", "", "get_root"),
                ("GET /files/{name}.{ext}", "", "get_files_by_name_and_ext"),
                ("GET /v1", "", "get_v1"),
                ("GET /broken/{id", "", "get_broken_id"),
            ],
            &[],
        );
    }

    #[test]
    fn what_clashes_says_more() {
        check(
            &[
                ("GET /things", "things", "things_get"),
                ("POST /things", "things", "things_post"),
                ("GET /a/x", "getX", "get_x_a_x"),
                ("GET /b/x", "get-x", "get_x_b_x"),
                ("GET /v1/y", "", "get_v1_y"),
                ("GET /v2/y", "", "get_v2_y"),
                ("GET /z", "getZ", "get_z_get"),
            ],
            &["get_z"],
        );
        // Only signs differ, so nothing readable does.
        let names = of(
            &[("GET", "/a-b"), ("GET", "/a_b")]
                .map(|(method, path)| found(&(method.to_owned(), path.to_owned(), None))),
            [],
        );
        assert!(names.iter().all(|name| name.starts_with("get_a_b_h")), "{names:?}");
    }

    #[test]
    fn long_names_keep_their_ends() {
        let id = "thisIsTheLongestNameThatAnybodyHasEverGivenToAnOperationOfAnInterfaceByHand";
        let names = of(&[found(&("GET".to_owned(), "/a".to_owned(), Some(id.to_owned())))], []);
        assert_eq!(names, ["this_is_the_longest_name_that_anybody_has_interface_by_hand"]);
        let id = "x".repeat(500);
        let names = of(&[found(&("GET".to_owned(), "/a".to_owned(), Some(id)))], []);
        assert_eq!(names[0].len(), LONGEST);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]
        #[test]
        fn the_order_of_the_document_does_not_matter(
            operations in proptest::collection::btree_map(
                ("GET|POST", "(/(a|b|a-b|v1|\\{x\\}|é)){0,4}"),
                proptest::option::of("(get|a|A|B|-|_|9){0,3}"),
                0..24,
            ),
            seed in 0usize..1000,
        ) {
            let one = |((method, path), id): (&(String, String), &Option<String>)| {
                found(&(method.clone(), path.clone(), id.clone()))
            };
            let given: Vec<FoundOperation> = operations.iter().map(one).collect();
            let mut other = given.clone();
            let turn = seed % other.len().max(1);
            other.rotate_left(turn);
            if seed % 2 == 0 {
                other.reverse();
            }
            let named = |list: &[FoundOperation]| -> BTreeMap<(String, String), String> {
                let names = of(list, ["get_a"]);
                let call = |found: &FoundOperation| (found.method.clone(), found.path.clone());
                list.iter().map(call).zip(names).collect()
            };
            let names = named(&given);
            proptest::prop_assert_eq!(&names, &named(&other));
            let idents: HashSet<String> = names.values().map(|name| type_ident(name)).collect();
            proptest::prop_assert_eq!(idents.len(), given.len());
            for name in names.values() {
                proptest::prop_assert!(name.chars().next().is_some_and(|c| !c.is_numeric()));
            }
        }
    }
}
