//! Takes away what is selected.

use super::Layers;
use super::apply::{Step, pointer};
use crate::source::{FileId, Moves};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Takes away targets, the deepest first, so that the paths of the others stay right. Lists at one depth are never
/// inside each other: what was shifted in them is one layer.
pub(super) fn remove(
    value: &mut Value,
    targets: Vec<Vec<Step>>,
    file: FileId,
    layers: &mut Layers,
) {
    let mut by_depth: BTreeMap<usize, BTreeMap<Vec<Step>, HashSet<Step>>> = BTreeMap::new();
    for mut target in targets {
        let Some(last) = target.pop() else { continue };
        by_depth.entry(target.len()).or_default().entry(target).or_default().insert(last);
    }
    for parents in by_depth.into_values().rev() {
        let mut moves = Moves::default();
        for (parent, gone) in parents {
            let at = pointer(&parent);
            match value.pointer_mut(&at) {
                Some(Value::Object(members)) => {
                    members.retain(|key, _| !gone.contains(&Step::Key(key.clone())));
                }
                Some(Value::Array(list)) => {
                    let (mut old, mut new) = (0, 0);
                    list.retain(|_| {
                        let stays = !gone.contains(&Step::Index(old));
                        if stays && new != old {
                            moves.record(format!("{at}/{new}"), file, format!("{at}/{old}"));
                        }
                        old += 1;
                        new += usize::from(stays);
                        stays
                    });
                }
                _ => {}
            }
        }
        layers.shifted(moves);
    }
}
