//! What a spec assumes of a provider, and how a run sees that it is false.
//!
//! The compiler proves what the document says. What it does not say, or says otherwise, stands in the spec with a reason;
//! emitted code brings it along, so that a failure names the line that it comes from.

mod refused;

pub(crate) use refused::Caller;

use crate::operation::Integration;
use crate::request::Slot;
use serde_json::Value;
use std::fmt::{self, Display};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A fact that a spec assumes, or overrides the document with. Emitted as a `static`.
///
/// Where it turns out to be false, the error that follows carries it ([`Error::assumption`](crate::Error::assumption)).
/// Where nothing fails, it is told once in the life of a process, as a warning of `tracing`.
#[derive(Debug)]
pub struct Assumption {
    /// Where the spec says it: `hubspot/integration.yaml:30:15`.
    pub place: &'static str,
    /// The fact, one sentence.
    pub fact: &'static str,
    /// The spec's reason.
    pub because: &'static str,
    /// Whether the document says otherwise.
    pub overridden: bool,
    /// How a run sees that it is false.
    pub sign: Sign,
    /// The entry of `limits` that it is about, where that holds for some ways to authorise only.
    limit: Option<&'static str>,
    broken: AtomicBool,
    /// How many answers lacked what should be there; [`MET`] after one that did not.
    missed: AtomicU32,
}

/// Answers without a header, before it is told that it never comes.
const PATIENCE: u32 = 20;
const MET: u32 = u32::MAX;

/// Where values are in answers: an operation, and a pointer into its answers' bodies, in which `*` is any element or
/// member.
pub type Places = &'static [(&'static str, &'static str)];

/// Operations by name; none of them means all.
pub type Operations = &'static [&'static str];

/// How a run sees that an assumption is false. Operations are meant by name.
#[derive(Debug)]
pub enum Sign {
    /// A value in answers is missing, or is something else: where what it is part of is, and the pointer from there.
    Value(Places, &'static str),
    /// A value in requests is refused by its name: where what it is part of is, and the pointer from there.
    Given(Places, &'static str),
    /// The pages of a listing do not lead on.
    Page(&'static str, PagePart),
    /// Answers of these operations lack a header.
    Header(&'static str, Operations),
    /// A header says something else than what is meant.
    Reads(&'static str),
    /// The provider refuses what is sent there by an operation.
    Sent(&'static str, Slot),
    /// The provider refuses the size of pages that a listing asks for there, by its name.
    Size(&'static str, Slot),
    /// Records of a listing come in another order.
    Order(&'static str),
    /// What became of records is not told like that: an operation, and a pointer into one result.
    Outcome(&'static str, &'static str),
    /// Calls of these operations are refused with one of these statuses.
    Refused(&'static [u16], Operations),
    /// Calls that are authorised in such a way (`bearer`, `basic`, `api_key`, `oauth2`) are refused.
    Unauthorised(&'static str),
    /// The token endpoint refuses such a grant (`client_credentials`, `refresh_token`).
    Tokens(&'static str),
    /// A member of the body of a refusal is something else.
    Failure(&'static str, JsonKind),
}

/// What of a page an assumption is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePart {
    /// The array of items.
    Items,
    /// The token or URL of the next page.
    Next,
    /// Whether there is more.
    More,
    /// How many records there are in all.
    Total,
    /// That the total counts all records.
    All,
    /// The `Link` header.
    Link,
    /// How many records are on it.
    Size,
    /// That there is no other.
    Only,
    /// The way from page to page as a whole.
    Way,
}

/// What JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Anything.
    Any,
}

impl JsonKind {
    fn is(self, value: &Value) -> bool {
        match self {
            JsonKind::String => value.is_string(),
            JsonKind::Integer => value.is_i64() || value.is_u64(),
            JsonKind::Number => value.is_number(),
            JsonKind::Boolean => value.is_boolean(),
            JsonKind::Any => true,
        }
    }
}

impl Assumption {
    /// What the document does not say.
    #[must_use]
    pub const fn assumed(
        place: &'static str,
        fact: &'static str,
        because: &'static str,
        sign: Sign,
    ) -> Self {
        let (broken, missed) = (AtomicBool::new(false), AtomicU32::new(0));
        Assumption { place, fact, because, overridden: false, sign, limit: None, broken, missed }
    }

    /// What the document says otherwise.
    #[must_use]
    pub const fn overridden(
        place: &'static str,
        fact: &'static str,
        because: &'static str,
        sign: Sign,
    ) -> Self {
        let (broken, missed) = (AtomicBool::new(false), AtomicU32::new(0));
        Assumption { place, fact, because, overridden: true, sign, limit: None, broken, missed }
    }

    /// Of a limit that holds for some ways to authorise only: clients without it do not see it.
    #[must_use]
    pub const fn under(self, limit: &'static str) -> Self {
        Assumption { limit: Some(limit), ..self }
    }

    /// Whether it is about a client, by the limits that do not hold for that.
    fn is_about(&self, exempt: &[&str]) -> bool {
        self.limit.is_none_or(|limit| !exempt.contains(&limit))
    }

    /// Whether this process has seen that it is false.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// It is false, as the error says that carries it.
    pub(crate) fn failed(&'static self) -> &'static Self {
        self.broken.store(true, Ordering::Relaxed);
        self
    }

    /// It is false, and nothing fails by it: that is told once.
    pub(crate) fn warn(&self, operation: &str, seen: &str) {
        if !self.broken.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                operation,
                place = self.place,
                fact = self.fact,
                because = self.because,
                "{seen}; {self}"
            );
        }
    }

    /// An answer has it.
    fn met(&self) {
        self.missed.store(MET, Ordering::Relaxed);
    }

    /// An answer lacks it: whether that is one too many.
    fn missed(&self) -> bool {
        let next = |missed: u32| (missed != MET).then(|| missed.saturating_add(1));
        let before = self.missed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        before.is_ok_and(|before| before + 1 == PATIENCE)
    }

    /// How many of a pointer's steps are names, if it leads to a value or to one around it.
    fn covers(&self, operation: &str, steps: &[String]) -> Option<(usize, usize)> {
        let Sign::Value(at, path) = &self.sign else { return None };
        let of = |(known, prefix): &(&str, &str)| {
            if *known != operation {
                return None;
            }
            let pattern = pointer(prefix).chain(pointer(path));
            let (mut length, mut names, mut rest) = (0, 0, steps.iter());
            for wanted in pattern {
                let step = rest.next()?;
                if wanted != "*" && wanted != *step {
                    return None;
                }
                length += 1;
                names += usize::from(wanted != "*");
            }
            Some((length, names))
        };
        at.iter().filter_map(of).max()
    }
}

/// `assumed in hubspot/integration.yaml:30:15: ..., because ...`.
impl Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.overridden { "overridden" } else { "assumed" };
        write!(f, "{how} in {}: {}, because {}", self.place, self.fact, self.because)
    }
}

/// The steps of a JSON pointer.
fn pointer(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The steps of a path such as `results[3].properties.email`; the member that an error says is missing is the last one.
fn steps(path: &str, message: &str) -> Vec<String> {
    let mut steps: Vec<String> = path
        .split(['.', '['])
        .map(|step| step.trim_end_matches(']').to_owned())
        .filter(|step| !step.is_empty())
        .collect();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    steps.extend(missing.map(str::to_owned));
    steps
}

fn is_of(operations: &[&str], operation: &str) -> bool {
    operations.is_empty() || operations.contains(&operation)
}

impl Integration {
    /// What a value in an answer is assumed to be, where an error says that it is not: of several assumptions the one
    /// that says most about it.
    pub(crate) fn assumed_value(
        &self,
        operation: &str,
        path: &str,
        message: &str,
    ) -> Option<&'static Assumption> {
        if self.assumptions.is_empty() {
            return None;
        }
        let steps = steps(path, message);
        let covering =
            self.assumptions.iter().filter_map(|a| Some((a.covers(operation, &steps)?, a)));
        let (_, most) = covering.max_by_key(|(covered, _)| *covered)?;
        Some(most.failed())
    }

    /// What is assumed of a part of a listing's pages.
    pub(crate) fn assumed_page(
        &self,
        operation: &str,
        part: PagePart,
    ) -> Option<&'static Assumption> {
        self.assumptions
            .iter()
            .find(|a| matches!(a.sign, Sign::Page(of, known) if of == operation && known == part))
    }

    /// Whether anything is assumed of a listing's pages.
    pub(crate) fn assumes_pages(&self, operation: &str) -> bool {
        let mut all = self.assumptions.iter();
        all.any(|a| matches!(a.sign, Sign::Page(of, _) if of == operation))
    }

    /// What is assumed for who has no part in these limits.
    fn assumed_without(
        &self,
        exempt: &[&str],
    ) -> impl Iterator<Item = &'static Assumption> + Clone {
        self.assumptions.iter().filter(move |a| a.is_about(exempt))
    }

    /// What is assumed of a header of an operation's answers.
    pub(crate) fn assumed_header(
        &self,
        operation: &str,
        header: &str,
        exempt: &[&str],
    ) -> Option<&'static Assumption> {
        self.assumed_without(exempt).find(|a| match a.sign {
            Sign::Header(name, operations) => {
                name.eq_ignore_ascii_case(header) && is_of(operations, operation)
            }
            _ => false,
        })
    }

    /// What a header is assumed to mean.
    pub(crate) fn assumed_reading(
        &self,
        header: &str,
        exempt: &[&str],
    ) -> Option<&'static Assumption> {
        let mut all = self.assumed_without(exempt);
        all.find(|a| matches!(a.sign, Sign::Reads(name) if name.eq_ignore_ascii_case(header)))
    }

    /// Notes which headers an answer has that are assumed.
    pub(crate) fn see_headers(&self, operation: &str, exempt: &[&str], has: impl Fn(&str) -> bool) {
        // Of every answer, so what is known already is not looked at again.
        for assumption in self.assumptions {
            let Sign::Header(name, operations) = assumption.sign else { continue };
            let known = assumption.missed.load(Ordering::Relaxed) == MET;
            if known || !is_of(operations, operation) || !assumption.is_about(exempt) {
            } else if has(name) {
                assumption.met();
            } else if assumption.missed() {
                let seen = format!("{PATIENCE} answers, and none has the header `{name}`");
                assumption.warn(operation, &seen);
            }
        }
    }

    /// The order in which a listing is assumed to give records.
    pub(crate) fn assumed_order(&self, operation: &str) -> Option<&'static Assumption> {
        let mut all = self.assumptions.iter();
        all.find(|a| matches!(a.sign, Sign::Order(of) if of == operation))
    }

    /// What is assumed of what an operation is sent with.
    pub(crate) fn assumed_time(&self, operation: &str) -> Option<&'static Assumption> {
        let mut all = self.assumptions.iter();
        all.find(|a| matches!(a.sign, Sign::Sent(of, _) if of == operation))
    }

    /// What is assumed of how an operation tells what became of records.
    pub(crate) fn assumed_outcome(
        &self,
        operation: &str,
        pointer: &str,
    ) -> Option<&'static Assumption> {
        self.assumptions
            .iter()
            .find(|a| matches!(a.sign, Sign::Outcome(of, at) if of == operation && at == pointer))
    }

    /// The provider refused a call for its limits.
    pub(crate) fn limited(&self, operation: &str, exempt: &[&str]) {
        let of = |a: &&Assumption| match a.sign {
            Sign::Refused(statuses, operations) => {
                statuses.contains(&429) && is_of(operations, operation)
            }
            _ => false,
        };
        // Of several the one that names the operation is the narrower.
        let named = |a: &&Assumption| !matches!(a.sign, Sign::Refused(_, []));
        let mut all = self.assumed_without(exempt).filter(of);
        let limit = all.clone().find(named).or_else(|| all.next());
        if let Some(limit) = limit {
            let seen = "the provider refused a call for its limits, though those of the spec were kept \
                        (or others share them)";
            limit.warn(operation, seen);
        }
    }

    /// What is assumed of how tokens are got.
    pub(crate) fn assumed_tokens(&self, grant: &str) -> Option<&'static Assumption> {
        let mut all = self.assumptions.iter();
        all.find(|a| matches!(a.sign, Sign::Tokens(known) if known == grant))
    }

    /// Tells of members of a refusal that are not what rules take them for.
    pub(crate) fn see_failure(&self, operation: &str, body: &Value) {
        for assumption in self.assumptions {
            let Sign::Failure(pointer, kind) = assumption.sign else { continue };
            let value = body.pointer(pointer).filter(|value| !value.is_null());
            if value.is_some_and(|value| !kind.is(value)) {
                let seen = format!("rules cannot read `{pointer}` of a refusal");
                assumption.warn(operation, &seen);
            }
        }
    }
}

#[cfg(test)]
mod tests;
