//! Conditions, derived values and mappings: CEL, parsed with the `cel` crate, type-checked against
//! the IR and compiled to Rust.
//!
//! [`compile`] turns text into a typed [`Expr`]; [`emit`] turns that into Rust.
//! Where this differs from CEL on purpose: `.?` and `has()` take an explicit `null` for absent, and
//! chains of `.?` give a flat optional.

mod brackets;
mod check;
mod duration;
mod emit;
mod env;
mod functions;
mod parse;
#[cfg(test)]
mod tests;
mod tree;
mod types;

pub(crate) use check::example;
pub use emit::{EmitCtx, EmittedExpr, emit, emit_into, emit_optional_text, emit_wait};
pub use env::{Backing, Env, Variable};
pub use types::{Mismatch, assignable, optional, show, ty_of, ty_of_use};

use crate::diagnostics::codes::cel as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Suggestion};
use crate::ir::{Expr, SettingKind, Ty, Types};
use crate::source::Place;
use crate::spec::quantity;

/// Parses and type-checks an expression that stands at `place`; as `expected`, where a type is expected.
///
/// Gives nothing if there were errors; they are in `diagnostics`, with their bytes.
#[must_use]
pub fn compile(
    text: &str,
    place: &Place,
    env: &Env,
    types: &Types,
    expected: Option<&Ty>,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    match parse::parse(text) {
        Ok(node) => check::Checker::new(text, place, env, types, diagnostics).root(&node, expected),
        Err(_) if quantity::duration(text).is_ok() => {
            let instead = format!("duration(\"{}\")", text.trim());
            let message =
                format!("this is no CEL expression: a span of time is written `{instead}`");
            diagnostics.push(
                Diagnostic::error(codes::SYNTAX, message).at(place, "").suggest(Suggestion::maybe(
                    format!("write `{instead}`"),
                    None,
                    text,
                    instead,
                )),
            );
            None
        }
        Err(errors) => {
            for error in errors {
                diagnostics.push(match error {
                    parse::ParseError::Syntax { span, message } => Diagnostic::error(
                        codes::SYNTAX,
                        format!("this is no CEL expression: {message}"),
                    )
                    .at(&place.within(span.start, span.end), "here"),
                    parse::ParseError::TooLarge(message) => {
                        Diagnostic::error(codes::TOO_LARGE, message).at(place, "")
                    }
                });
            }
            None
        }
    }
}

/// The type of a setting's value.
#[must_use]
pub fn setting_ty(kind: SettingKind) -> Ty {
    match kind {
        SettingKind::String => Ty::String,
        SettingKind::Integer => Ty::Int,
        SettingKind::Number => Ty::Double,
        SettingKind::Boolean => Ty::Bool,
        SettingKind::Duration => Ty::Duration,
    }
}
