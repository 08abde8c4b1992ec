//! What is seen while the sync runs; and the kill.

use gusset::sync::{Event, Mode, Observer};
use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar, where standard error is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    contacts: usize,
    kill_after: Option<u64>,
}

impl Progress {
    pub(crate) fn new(contacts: usize, kill_after: Option<u64>) -> Self {
        Progress { bar: ProgressBar::no_length(), contacts, kill_after }
    }

    fn start(&self, mode: Mode, read: u64) {
        let template = match mode {
            Mode::Full => "{wide_bar} {pos}/{len} contacts, {msg}",
            // Nobody knows beforehand how many contacts have changed.
            Mode::Changes { .. } => "{spinner} {pos} changed contacts, {msg}",
        };
        if mode == Mode::Full {
            self.bar.set_length(self.contacts as u64);
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_position(read);
    }
}

impl Observer for Progress {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Started { mode, read, .. } => self.start(*mode, *read),
            Event::Page { read } => self.bar.set_position(*read),
            Event::Written { read, .. } => {
                if self.kill_after.is_some_and(|limit| *read >= limit) {
                    self.bar.abandon();
                    eprintln!("killed after {read} contacts; run again to go on");
                    // As a killed process ends (128 + SIGKILL): no destructor runs, nothing is committed.
                    std::process::exit(137);
                }
            }
            Event::Committed(counts) => {
                self.bar.set_message(format!("{} leads", counts.taken()));
            }
            Event::Finished(report) => {
                self.bar.finish_and_clear();
                if let Some(limit) = self.kill_after {
                    eprintln!(
                        "not killed: {} contacts were read, not {limit}; `--reset` starts over",
                        report.counts.read
                    );
                }
            }
        }
    }
}
