//! What a run tells while it goes on: for progress bars, logs and tests.

use super::report::Report;
use super::state::{Counts, Mode};

/// Is told about events, in order.
///
/// A closure will do: `&mut |event: &Event<'_>| println!("{event:?}")`.
pub trait Observer: Send {
    /// Something happened.
    fn event(&mut self, event: &Event<'_>);
}

impl<F: FnMut(&Event<'_>) + Send> Observer for F {
    fn event(&mut self, event: &Event<'_>) {
        self(event);
    }
}

/// Something that happened in a run.
#[derive(Clone, Debug)]
pub enum Event<'e> {
    /// The run begins, or goes on.
    Started {
        /// Whether it goes on.
        resumed: bool,
        /// What it reads.
        mode: Mode,
        /// Records dealt with before the stop.
        read: u64,
    },
    /// A page was read.
    Page {
        /// Records read so far, those of the page included.
        read: u64,
    },
    /// The target took a batch; nothing of the page is committed yet.
    Written {
        /// Records read so far, those of the page included.
        read: u64,
        /// Records in the batch.
        records: usize,
    },
    /// All of the page is durable.
    Committed(&'e Counts),
    /// The run is complete.
    Finished(&'e Report),
}
