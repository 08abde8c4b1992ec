//! The error rules of a spec, interpreted: emitted code has them compiled, and a command has only the spec. The runtime
//! calls a rule as a plain function, so there is a function for each place in the list of rules.

use super::live::kept;
use crate::commands::Failure;
use cel::common::ast::IdedExpr;
use cel::parser::Parser;
use cel::{Context, Value};
use gusset::cel::Error;
use gusset::{Action, ErrorRule, Response};
use gusset_compiler::diagnostics::position_of;
use gusset_compiler::ir;
use gusset_compiler::source::Sources;
use std::sync::OnceLock;

/// The rules of the integration that is tried.
static PROGRAMS: OnceLock<Vec<(String, IdedExpr)>> = OnceLock::new();

type When = fn(&Response) -> Result<bool, Error>;

macro_rules! functions {
    ($($number:literal)*) => { [$(holds::<$number>),*] };
}

/// A function for each rule.
const FUNCTIONS: [When; 40] = functions!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39
);

/// The rules as the runtime takes them. One integration is tried by a command.
pub(super) fn rules(
    errors: &ir::Errors,
    sources: &Sources,
) -> Result<&'static [ErrorRule], Failure> {
    if errors.rules.len() > FUNCTIONS.len() {
        let message = format!("a verification knows {} error rules at most", FUNCTIONS.len());
        return Err(Failure::new(message));
    }
    let mut programs = Vec::new();
    let mut rules = Vec::new();
    for (rule, when) in errors.rules.iter().zip(FUNCTIONS) {
        let place = position_of(&rule.place, sources);
        let program = Parser::new()
            .enable_optional_syntax(true)
            .enable_ident_escape_syntax(true)
            .parse(&rule.text)
            .map_err(|error| Failure::new(format!("{place}: `{}`: {error}", rule.text)))?;
        programs.push((rule.text.clone(), program));
        let action = match &rule.action {
            ir::Action::Wait => Action::Wait,
            ir::Action::Retry => Action::Retry,
            ir::Action::Refresh => Action::Refresh,
            ir::Action::Accept => Action::Accept,
            ir::Action::Fail => Action::Fail,
            // Code of the user is not here. What it is asked about is no plain success.
            ir::Action::Hook(_) => Action::Fail,
        };
        rules.push(ErrorRule { place: kept(&place), when, action, wait: None });
    }
    match PROGRAMS.set(programs) {
        Ok(()) => Ok(rules.leak()),
        Err(_) => Err(Failure::new("one integration is tried at a time")),
    }
}

fn holds<const NUMBER: usize>(response: &Response) -> Result<bool, Error> {
    let found = PROGRAMS.get().and_then(|programs| programs.get(NUMBER));
    let Some((text, program)) = found else { return Ok(false) };
    let mut context = Context::default();
    context.add_variable_from_value("status", i64::from(response.status()));
    // Names of headers have any case in specs.
    let lower = text.to_lowercase();
    let mut headers = std::collections::HashMap::new();
    for (name, value) in response.headers() {
        let value = value.to_str().unwrap_or_default();
        headers.insert(name.as_str().to_owned(), value.to_owned());
        for (at, found) in lower.match_indices(name.as_str()) {
            if let Some(spelled) = text.get(at..at + found.len()) {
                headers.insert(spelled.to_owned(), value.to_owned());
            }
        }
    }
    context.add_variable_from_value("header", headers);
    if lower.contains("body") {
        let body = response.json_value()?;
        let wrong = |_| Error::new("the body is no value of an expression");
        context.add_variable("body", body).map_err(wrong)?;
    }
    match Value::resolve(program, &context) {
        Ok(Value::Bool(holds)) => Ok(holds),
        _ => Err(Error::new("the rule has no value")),
    }
}
