//! How far a compilation is, for whoever watches.

use std::fmt;
use std::sync::Arc;

/// Where a compilation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files are read.
    Reading,
    /// Operations that are included become part of the IR.
    Lowering {
        /// How many are done.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// What was read is proven.
    Checking,
    /// Rust is made and written, file by file.
    Emitting,
}

/// Who is told; nobody by default.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<Watcher>>);

type Watcher = dyn Fn(Step) + Send + Sync;

impl Progress {
    /// Tells a function, which must be quick.
    #[must_use]
    pub fn to(watcher: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Progress(Some(Arc::new(watcher)))
    }

    pub(crate) fn tell(&self, step: Step) {
        if let Some(watcher) = &self.0 {
            watcher(step);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(watched)" } else { "Progress" })
    }
}
