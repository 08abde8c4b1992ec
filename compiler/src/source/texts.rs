//! Texts that are kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// Texts that were met, to be shared.
#[derive(Debug, Default)]
pub(crate) struct Texts(HashSet<Arc<str>>);

/// Longer ones are rarely written twice.
const LONGEST: usize = 64;

impl Texts {
    /// A text, the same one for the same characters.
    pub(super) fn share(&mut self, text: &str) -> Arc<str> {
        if text.len() > LONGEST {
            return text.into();
        }
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.0.insert(new.clone());
        new
    }
}
