//! What is said in the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// How one document fared.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Examples in all.
    pub(crate) examples: usize,
    /// Examples that their own schemas do not allow: where they stand, and why.
    pub(crate) invalid: Vec<String>,
    /// Examples of schemas that nothing needed, or that became part of another type: where they stand.
    pub(crate) untyped: Vec<String>,
    /// Schemas that the validator cannot use.
    pub(crate) unusable: Vec<String>,
    /// Examples that were tried, and that came back.
    pub(crate) trips: (usize, usize),
    /// Schemas with random instances, and those of which none was found.
    pub(crate) schemas: usize,
    pub(crate) without_instance: usize,
    /// Random instances that were tried, and that came back.
    pub(crate) random: (usize, usize),
    /// Reason, and what did not come back.
    pub(crate) exceptions: Vec<(&'static str, String)>,
}

/// How all fared.
#[derive(Default)]
pub(crate) struct Report {
    trips: (usize, usize),
    random: (usize, usize),
    failed: usize,
    headed: bool,
    reasons: BTreeMap<&'static str, usize>,
    exceptions: String,
}

impl Report {
    pub(crate) fn add(&mut self, path: &Path, outcome: &Outcome) {
        if !self.headed {
            self.headed = true;
            println!(
                "document: examples (invalid, untyped, unusable) tried = back; schemas (without instance) tried = back"
            );
        }
        let Outcome {
            examples,
            invalid,
            untyped,
            unusable,
            trips,
            schemas,
            without_instance,
            random,
            exceptions,
        } = outcome;
        println!(
            "{}: {examples} ({}, {}, {}) {} = {}; {schemas} ({without_instance}) {} = {}",
            path.display(),
            invalid.len(),
            untyped.len(),
            unusable.len(),
            trips.0,
            trips.1,
            random.0,
            random.1,
        );
        self.trips = (self.trips.0 + trips.0, self.trips.1 + trips.1);
        self.random = (self.random.0 + random.0, self.random.1 + random.1);
        for (reason, what) in exceptions {
            *self.reasons.entry(reason).or_default() += 1;
            let _ = writeln!(self.exceptions, "{}: {what}", path.display());
        }
        for (kind, places) in [("unusable", unusable), ("invalid", invalid), ("untyped", untyped)] {
            for what in places {
                let _ = writeln!(self.exceptions, "{}: {kind}: {what}", path.display());
            }
        }
    }

    pub(crate) fn fail(&mut self, path: &Path, why: &str) {
        self.failed += 1;
        println!("{}: FAILED: {why}", path.display());
        let _ = writeln!(self.exceptions, "{}: failed: {why}", path.display());
    }

    /// Every exception, one a line.
    pub(crate) fn exceptions(&self) -> &str {
        &self.exceptions
    }

    pub(crate) fn finish(&self, least: f64) -> ExitCode {
        for (reason, count) in &self.reasons {
            println!("{reason}: {count}");
        }
        let (trips, random) = (percent(self.trips), percent(self.random));
        println!("examples: {} of {} came back, {trips:.2} %", self.trips.1, self.trips.0);
        println!("random: {} of {} came back, {random:.2} %", self.random.1, self.random.0);
        let enough = self.failed == 0 && trips >= least && random >= least;
        if !enough {
            // So that a log of CI says why.
            self.exceptions.lines().take(40).for_each(|line| println!("{line}"));
        }
        ExitCode::from(u8::from(!enough))
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
fn percent((tried, back): (usize, usize)) -> f64 {
    if tried == 0 { 100.0 } else { 100.0 * back as f64 / tried as f64 }
}
