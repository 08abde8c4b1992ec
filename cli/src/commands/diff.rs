//! `gusset diff`.

use super::{Failure, status};
use crate::machine::{Machine, print_line};
use crate::output::{Format, Report, count};
use crate::progress::Bar;
use clap::Args;
use gusset_compiler::diagnostics::sarif::Sarif;
use gusset_compiler::diagnostics::{Style, positions_of};
use gusset_compiler::diff::{Change, DiffOptions, Effect, Specs, diff};
use gusset_compiler::report::shortened;
use gusset_compiler::source::{Place, Position, Sources};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what changed between two versions of an OpenAPI document, and which specs break
///
/// Compared is what the documents mean: the order of things, references and other ways of writing the same are no
/// change. A change is breaking where a caller of the old version may fail with the new one: a request has to hold
/// more or may hold less, an answer holds less or may hold other types. New values of enums are additive, because
/// emitted enums are open. A change in what several operations share (a schema, a parameter, an answer) is told once, at
/// the first of them, and people see changes that say the same of several operations as one.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    gusset diff old.yaml new.yaml                      what changed\n  \
    gusset diff old.yaml new.yaml --specs specs        which specs break, and at which lines\n  \
    gusset diff specs/shop/openapi.yaml new.yaml --specs specs/shop --format json\n\n\
    Exit status: without --specs 1 if a change is breaking, with --specs 1 if a spec breaks; else 0; 2 usage or \
    input/output.")]
pub(crate) struct Diff {
    /// The old version
    old: PathBuf,

    /// The new version
    new: PathBuf,

    /// Compile these specs (files, or folders of them) with NEW in place of OLD, and show what breaks. OLD is the
    /// specs' own document, or a copy of it
    #[arg(long, value_name = "PATH", num_args = 1..)]
    specs: Vec<PathBuf>,

    /// How changes are printed: for people, or one JSON object a line
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Diff {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        Machine::run(self.format, |machine| self.diff(machine))
    }

    fn diff(&self, machine: &mut Machine) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let bar = Bar::new();
        let options = DiffOptions {
            old: self.old.clone(),
            new: self.new.clone(),
            specs: self.specs.clone(),
            progress: bar.progress(),
        };
        let outcome = diff(&options, &mut sources);
        drop(bar);
        let report = Report::new(&outcome.diagnostics, &sources).all_warnings(true);
        report.print(machine);
        let Some(found) = outcome.value else {
            machine.report(report.found());
            return Ok(status(&outcome.diagnostics));
        };
        let shown = Shown::new(&found.changes, &sources);
        let breaking =
            found.changes.iter().filter(|change| change.effect == Effect::Breaking).count();
        let additive = found.changes.len() - breaking;
        shown.print(machine);
        let broken = found.specs.as_ref().map(|specs| self::specs(specs, &sources, machine));
        if machine.is_none() {
            let totals = format!("{}, {additive} additive", count(breaking, "breaking change"));
            let nothing = found.changes.is_empty();
            anstream::eprintln!("{}", if nothing { "nothing changed" } else { &totals });
        }
        machine.report(json!({"breaking": breaking, "additive": additive, "spec_errors": broken}));
        Ok(if broken.unwrap_or(breaking) > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Prints what specs say; gives the number of their errors.
fn specs(specs: &Specs, sources: &Sources, machine: &mut Machine) -> usize {
    let before = !specs.before.is_empty();
    let errors = if before { &specs.before } else { &specs.breaks };
    Report::new(errors, sources).grouped().print(machine);
    if before && machine.is_none() {
        anstream::eprintln!(
            "the specs have these errors with their own documents already; mend them to see what breaks"
        );
    } else if errors.is_empty() && machine.is_none() {
        anstream::eprintln!(
            "no spec breaks ({} with this document)",
            count(specs.integrations, "spec")
        );
    }
    errors.len()
}

/// Operations that are named for a change of several; more are counted.
const NAMED: usize = 2;

/// So many changes that say the same are told as one to people; machines get each.
const ALIKE: usize = 3;

/// Changes with the positions of their places.
struct Shown<'s> {
    changes: &'s [Change],
    positions: HashMap<&'s Place, (String, Option<Position>)>,
}

impl<'s> Shown<'s> {
    fn new(changes: &'s [Change], sources: &Sources) -> Self {
        let places: Vec<&Place> =
            changes.iter().flat_map(|change| change.old.iter().chain(&change.new)).collect();
        let positions = places.iter().copied().zip(positions_of(&places, sources)).collect();
        Shown { changes, positions }
    }

    fn print(&self, machine: &mut Machine) {
        match machine {
            Machine::None => self.print_human(),
            Machine::Lines => self.print_json(),
            Machine::Log(log) => self.add_to(&mut log.sarif),
        }
    }

    /// Each change is a result; its rule is its kind.
    fn add_to(&self, sarif: &mut Sarif) {
        for change in self.changes {
            let (level, kind) = match change.effect {
                Effect::Breaking => ("warning", "fail"),
                Effect::Additive => ("none", "informational"),
            };
            let of = change.operations.first().map_or("the document", |first| &**first);
            let what = [of, &change.subject, &change.message];
            let what: Vec<&str> = what.into_iter().filter(|text| !text.is_empty()).collect();
            let at = |place: &Place| {
                let (path, at) = self.positions.get(place)?;
                Some(sarif.location(path, *at))
            };
            let operations: Vec<&str> = change.operations.iter().map(|name| &**name).collect();
            let mut result = json!({
                "level": level,
                "kind": kind,
                "message": {"text": format!("{}{}", what.join(" "), others(change))},
                "properties": {"effect": change.effect.word(), "operations": operations},
            });
            let (old, new) = (change.old.as_ref().and_then(at), change.new.as_ref().and_then(at));
            match (old, new) {
                (Some(old), Some(new)) => {
                    result["locations"] = json!([new]);
                    result["relatedLocations"] = json!([old]);
                }
                (one, other) => {
                    result["locations"] = one.or(other).into_iter().collect();
                }
            }
            sarif.result(change.kind, &change.kind.replace('_', " "), result);
        }
    }

    fn print_human(&self) {
        let style = match std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            true => Style::Colour,
            false => Style::Plain,
        };
        let mut group: Option<String> = None;
        for (change, alike) in self.grouped() {
            let (title, others) = match alike.as_slice() {
                [] => (change.operations.first().map(|call| call.to_string()), others(change)),
                all => {
                    let named = shortened(all, NAMED);
                    (Some(format!("in {}: {named}", count(all.len(), "operation"))), String::new())
                }
            };
            let title = title.unwrap_or_else(|| "the document".to_owned());
            if group.as_ref() != Some(&title) {
                anstream::println!("{}{title}", if group.is_some() { "\n" } else { "" });
                group = Some(title);
            }
            let effect = match (change.effect, style) {
                (Effect::Breaking, Style::Colour) => "\u{1b}[31mbreaking\u{1b}[0m",
                (effect, _) => effect.word(),
            };
            let what = [change.subject.as_str(), change.message.as_str()];
            let what: Vec<&str> = what.into_iter().filter(|text| !text.is_empty()).collect();
            anstream::println!("  {effect}  {}{others}", what.join(" "));
            let places: Vec<String> =
                change.old.iter().chain(&change.new).map(|place| self.position(place)).collect();
            let such = if alike.is_empty() { "" } else { "such as " };
            anstream::println!("            {such}{}", places.join(" -> "));
        }
        if !self.changes.is_empty() {
            anstream::println!();
        }
    }

    /// What people are shown: of changes that say the same of several operations the first, with all of these. What an
    /// operation is itself is said of each.
    fn grouped(&self) -> Vec<(&'s Change, Vec<&'s str>)> {
        let key =
            |change: &'s Change| (change.kind, change.effect, &*change.subject, &*change.message);
        let mut alike: HashMap<_, Vec<&'s Change>> = HashMap::new();
        for change in self.changes.iter().filter(|change| !change.subject.is_empty()) {
            alike.entry(key(change)).or_default().push(change);
        }
        alike.retain(|_, changes| changes.len() >= ALIKE);
        let mut shown = Vec::new();
        for change in self.changes {
            match alike.get_mut(&key(change)) {
                None => shown.push((change, Vec::new())),
                // Told with the first of them.
                Some(changes) if changes.is_empty() => {}
                Some(changes) => {
                    let all = std::mem::take(changes);
                    let mut met = HashSet::new();
                    let calls = all.iter().flat_map(|change| change.operations.iter());
                    let calls = calls.map(|call| &**call).filter(|call| met.insert(*call));
                    shown.push((change, calls.collect()));
                }
            }
        }
        shown
    }

    fn position(&self, place: &Place) -> String {
        match self.positions.get(place) {
            Some((path, Some(at))) => format!("{path}:{}:{}", at.line, at.column),
            Some((path, None)) => path.clone(),
            None => String::new(),
        }
    }

    fn print_json(&self) {
        let at = |place: &Option<Place>| -> Value {
            let Some(place) = place else { return Value::Null };
            let Some((path, at)) = self.positions.get(place) else { return Value::Null };
            json!({
                "file": path,
                "line": at.as_ref().map(|at| at.line),
                "column": at.as_ref().map(|at| at.column),
                "pointer": &*place.pointer,
            })
        };
        for change in self.changes {
            let object = json!({
                "change": change.kind,
                "effect": change.effect.word(),
                "operations": change.operations.iter().map(|call| &**call).collect::<Vec<&str>>(),
                "subject": change.subject,
                "message": change.message,
                "old": at(&change.old),
                "new": at(&change.new),
            });
            print_line("change", object);
        }
    }
}

/// The other operations of a change.
fn others(change: &Change) -> String {
    let Some((_, others)) = change.operations.split_first() else { return String::new() };
    if others.is_empty() {
        return String::new();
    }
    format!(" (also in {})", shortened(others, NAMED))
}
