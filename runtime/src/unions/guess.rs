//! What guesses teach.
//!
//! While variants are tried one after the other, the unions inside them meet the same text again. Were they to try
//! everything again, the time would multiply with every level; so they remember how many of theirs did not fit.

use std::cell::RefCell;
use std::collections::HashMap;

#[derive(Default)]
struct Guesses {
    /// How many guesses inside each other may be made again.
    open: usize,
    /// For a union (by the address of its variants) and a text, how many of the likely variants do not fit.
    failed: HashMap<usize, HashMap<Box<str>, usize>>,
}

thread_local! {
    static GUESSES: RefCell<Guesses> = RefCell::default();
}

/// A union tries its variants, until this is dropped.
pub(super) struct Guess<'t> {
    union: usize,
    text: &'t str,
    /// Whether it has a choice: what is inside is then perhaps read again.
    open: bool,
}

impl<'t> Guess<'t> {
    pub(super) fn of(union: usize, text: &'t str, likely: usize) -> Self {
        let open = likely > 1;
        GUESSES.with_borrow_mut(|all| all.open += usize::from(open));
        Guess { union, text, open }
    }

    /// How many variants were already found not to fit.
    pub(super) fn failed(&self) -> usize {
        GUESSES.with_borrow(|all| {
            all.failed.get(&self.union).and_then(|texts| texts.get(self.text)).map_or(0, |n| *n)
        })
    }

    /// Remembers how many do not fit, if somebody may ask again.
    pub(super) fn learn(&self, failed: usize) {
        GUESSES.with_borrow_mut(|all| {
            if failed > 0 && all.open > usize::from(self.open) {
                all.failed.entry(self.union).or_default().insert(self.text.into(), failed);
            }
        });
    }
}

impl Drop for Guess<'_> {
    fn drop(&mut self) {
        GUESSES.with_borrow_mut(|all| {
            all.open -= usize::from(self.open);
            if all.open == 0 && !all.failed.is_empty() {
                all.failed.clear();
            }
        });
    }
}
