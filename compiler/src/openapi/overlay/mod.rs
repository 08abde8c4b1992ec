//! OpenAPI Overlays: what users change in a document that is not theirs.
//!
//! [Overlay 1.0 and 1.1](https://spec.openapis.org/overlay/latest.html): a list of actions, each with a JSONPath and what
//! to do with all that it selects. They are applied to the document as its vendor wrote it, before anything is rewritten.

mod apply;
mod merge;
mod read;
mod remove;

pub(super) use apply::apply;

use crate::source::{FileId, Moves, Place};
use serde_json::Value;
use serde_json_path::JsonPath;
use std::path::PathBuf;

/// An overlay that was read.
#[derive(Debug)]
pub struct Overlay {
    /// The file.
    pub file: FileId,
    /// The document it says it is for, as it says it.
    pub extends: Option<String>,
    /// The same as a file, relative to the overlay.
    pub(crate) extended: Option<PathBuf>,
    actions: Vec<Action>,
}

/// One thing to do.
#[derive(Debug)]
struct Action {
    target: JsonPath,
    place: Place,
    change: Change,
}

#[derive(Debug)]
enum Change {
    /// Merges a value into what is selected.
    Update(Value),
    /// Merges what stands elsewhere in the document.
    Copy(JsonPath),
    /// Takes away what is selected.
    Remove,
}

/// What stands where after overlays, in the order in which it was done.
#[derive(Debug, Default)]
struct Layers {
    layers: Vec<Moves>,
    /// Whether the last layer may be added to: nothing in it shifts what others stand at.
    open: bool,
    /// How many values were added.
    added: usize,
}

impl Layers {
    /// Where an update records what it adds.
    fn of_update(&mut self) -> &mut Moves {
        if !self.open {
            self.layers.push(Moves::default());
            self.open = true;
        }
        let last = self.layers.len() - 1;
        &mut self.layers[last]
    }

    /// Adds what a removal shifted.
    fn shifted(&mut self, moves: Moves) {
        if !moves.is_empty() {
            self.layers.push(moves);
            self.open = false;
        }
    }
}

#[cfg(test)]
mod tests;
