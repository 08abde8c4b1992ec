//! Expressions are compiled to Rust, built and run: those of a table, whose values follow from the definition of CEL,
//! and generated ones, whose values the `cel` interpreter gives. Once over emitted structs, once over JSON.
//!
//! `GUSSET_CEL_CASES=5000` generates more, `GUSSET_CEL_SEED=7` others.
#![allow(clippy::unwrap_used, clippy::panic)]

mod expressions;
mod scratch;

use expressions::{Interpreter, World, cases, generate};

/// An expression with what it should give, and what it is in Rust: over structs, and, if it is over the record, JSON.
struct Trial {
    text: String,
    wanted: String,
    over: &'static str,
}

/// The trials of one expression; what the compiler does not take is told in `odd`.
fn trials(
    world: &World,
    text: &str,
    wanted: &str,
    rust: &mut Vec<String>,
    odd: &mut Vec<String>,
) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (json, over) in [(false, "structs"), (true, "JSON")] {
        if json && !text.contains("source") {
            continue;
        }
        match world.compile(text, json) {
            Ok(tokens) => rust.push(tokens),
            Err(found) => {
                odd.push(format!("{text} over {over}: {found}"));
                continue;
            }
        }
        trials.push(Trial { text: text.to_owned(), wanted: wanted.to_owned(), over });
    }
    trials
}

#[track_caller]
fn compare(world: &World, trials: &[Trial], rust: &[String]) {
    let printed = world.run(rust);
    assert_eq!(printed.len(), trials.len());
    let differ = trials.iter().zip(&printed).filter(|(trial, found)| trial.wanted != **found);
    let wrong: Vec<String> = differ
        .map(|(t, found)| format!("{} over {} is {found}, should be {}", t.text, t.over, t.wanted))
        .collect();
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn compiled_expressions_give_what_cel_says() {
    let world = World::new("cel-run");
    let interpreter = Interpreter::new();
    let (mut all, mut rust, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    for (text, wanted) in cases::all() {
        let interpreted = interpreter.value(text);
        let wanted = wanted.unwrap_or(&interpreted);
        // The interpreter is a second opinion, where it has one.
        if interpreted != wanted
            && !cases::is_ours(text)
            && !cases::DIFFERENCES.iter().any(|(known, _)| known == &text)
        {
            odd.push(format!("{text} is {interpreted} to the interpreter, should be {wanted}"));
        }
        all.extend(trials(&world, text, wanted, &mut rust, &mut odd));
    }
    assert!(odd.is_empty(), "{} differ:\n{}", odd.len(), odd.join("\n"));
    compare(&world, &all, &rust);
}

#[test]
fn generated_expressions_give_what_the_interpreter_gives() {
    let world = World::new("cel-generated");
    let interpreter = Interpreter::new();
    let (mut all, mut rust, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    let mut refused = 0;
    for text in generate::expressions() {
        if let Err(found) = world.compile(&text, false) {
            // What never has a value is refused when it is compiled; anything else should be taken.
            if !found.starts_with("GS0610") {
                odd.push(format!("{text}: {found}"));
            }
            refused += 1;
            continue;
        }
        let wanted = interpreter.value(&text);
        all.extend(trials(&world, &text, &wanted, &mut rust, &mut odd));
    }
    assert!(odd.is_empty(), "{} differ:\n{}", odd.len(), odd.join("\n"));
    assert!(refused * 4 < all.len(), "{refused} of {} were refused", all.len());
    compare(&world, &all, &rust);
}

#[test]
fn constants_that_never_have_a_value_are_refused() {
    let world = World::new("cel-refused");
    for text in cases::REFUSED {
        let found = world.compile(text, false);
        assert!(
            found.as_ref().is_err_and(|found| found.starts_with("GS0610")),
            "{text}: {found:?}"
        );
    }
}
