//! A progress bar for what takes longer than a second, on terminals only.

use gusset_compiler::progress::{Progress, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Less than this needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar, until it is dropped.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// Dropped to end the wait.
    ended: Option<Sender<()>>,
    waiting: Option<JoinHandle<()>>,
}

impl Bar {
    /// A bar that shows up if it takes long; nothing where stderr is no terminal.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos}/{len} {wide_bar}") {
            bar.set_style(style);
        }
        let (ended, end) = channel();
        let shown = bar.clone();
        let waiting = std::io::stderr().is_terminal().then(|| {
            std::thread::spawn(move || {
                if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(Duration::from_millis(100));
                }
            })
        });
        Bar { bar, ended: Some(ended), waiting }
    }

    /// Who tells it how far things are.
    pub(crate) fn progress(&self) -> Progress {
        let bar = self.bar.clone();
        Progress::to(move |step| show(&bar, step))
    }
}

/// Stages count as well, so that the bar is never empty for long.
const STAGES: u64 = 4;

fn show(bar: &ProgressBar, step: Step) {
    let stage = |number, what: &'static str| {
        bar.set_length(STAGES);
        bar.set_position(number);
        bar.set_message(what);
    };
    match step {
        Step::Reading => stage(0, "reading"),
        Step::Lowering { done, total } => {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            bar.set_message("operations");
        }
        Step::Checking => stage(2, "checking"),
        Step::Emitting => stage(3, "emitting"),
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.ended = None;
        if let Some(waiting) = self.waiting.take() {
            // It only waits and draws.
            let _ = waiting.join();
        }
        self.bar.finish_and_clear();
    }
}
