//! Which items belong together: operations by their tag and path, types by the operations that they travel with.

use super::modules::Key;
use crate::ir::{Integration, Operation, TypeId, Types};
use crate::resolve::names::words;
use std::collections::HashMap;
use std::rc::Rc;

/// An operation belongs to its first tag, and then to what its path is about.
pub(super) fn of_operation(operation: &Operation) -> Key {
    let says = |part: &&str| !part.is_empty() && !part.contains('{') && !is_noise(part);
    let path = operation.path.split('/').filter(says);
    operation.tag.iter().map(String::as_str).chain(path).map(str::to_owned).collect()
}

/// Parts of paths that say nothing of what they are about: `rest`, `api`, `v3`, `3.1`.
fn is_noise(part: &str) -> bool {
    let version = part.trim_start_matches(['v', 'V']);
    let version = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    version || ["api", "rest"].iter().any(|noise| part.eq_ignore_ascii_case(noise))
}

/// Where the types belong that travel: with what all operations have in common that they travel with. Most have their
/// key from another.
pub(super) fn of_types(types: &Types, integration: &Integration) -> HashMap<TypeId, Rc<Key>> {
    let operations = integration.operations.values().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|p| p.ty.id);
        let body = operation.body.iter().flat_map(|b| b.types()).map(|ty| ty.id);
        let output = operation.output.types().map(|ty| ty.id);
        let failures = operation.failures.iter().filter_map(|f| Some(f.ty?.id));
        let item = operation.pagination.as_ref().map(|p| p.item.id);
        let key = Rc::new(of_operation(operation));
        parameters
            .chain(body)
            .chain(output)
            .chain(failures)
            .chain(operation.events.and_then(|e| e.ty).map(|ty| ty.id))
            .chain(item)
            .map(move |id| (id, key.clone()))
    });
    let resources = integration.resources.values().flat_map(|resource| {
        let record = resource.upsert.as_ref().map(|u| u.record);
        [Some(resource.ty), record].into_iter().flatten().map(|id| (id, Rc::default()))
    });
    let mut open: Vec<(TypeId, Rc<Key>)> = operations.chain(resources).collect();
    let mut keys: HashMap<TypeId, Rc<Key>> = HashMap::new();
    // A key only ever gets shorter, so each type is looked into a few times at most.
    while let Some((id, key)) = open.pop() {
        let key = match keys.get(&id) {
            None => key,
            Some(known) => {
                let common = known.iter().zip(key.iter()).take_while(|(a, b)| a == b).count();
                if common == known.len() {
                    continue;
                }
                Rc::new(known[..common].to_vec())
            }
        };
        let def = types.get(id);
        let parts = def.kind.parts().into_iter().map(|part| part.id);
        open.extend(parts.chain(def.same_as).map(|part| (part, key.clone())));
        keys.insert(id, key);
    }
    keys
}

/// A type among those with the same key: what many share is told apart by the words of its name.
pub(super) fn of_type(shared: &Key, name: &str) -> Key {
    let home = if shared.is_empty() { &["shared".to_owned()][..] } else { shared };
    home.iter().cloned().chain(words(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::is_noise;

    #[test]
    fn what_every_path_may_have_says_nothing() {
        assert!(["rest", "API", "v3", "3.1", "2"].iter().all(|part| is_noise(part)));
        assert!(!["users", "v", "api-keys", "v1beta"].iter().any(|part| is_noise(part)));
    }
}
