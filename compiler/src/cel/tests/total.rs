//! Any text ends in an expression or in diagnostics, soon and without a deep stack.

use super::world;
use proptest::prelude::*;

#[track_caller]
fn refused(text: &str, code: &str) {
    let world = world();
    let found = world.compile_in(&world.sync(), text, None);
    assert!(found.as_ref().is_err_and(|lines| lines.starts_with(code)), "{found:?}");
}

#[test]
fn what_nests_too_deep_is_refused() {
    for text in ["(", "[", "{", "f(", "a[", "x.map(a,", "a?b:"] {
        refused(&text.repeat(1000), "GS0611");
    }
    refused(&("1+".repeat(3000) + "1"), "GS0611");
    refused(&("source.".repeat(1000) + "id"), "GS0611");
    refused(&"\"a\" + ".repeat(2000), "GS0611");
}

#[test]
fn what_is_no_expression_is_refused() {
    for text in [
        "",
        " ",
        ")",
        "\"",
        "'''",
        "1 +",
        "a..b",
        "@",
        "\0",
        "é",
        "// only a comment",
        "a b",
        "if",
        "a.?",
    ] {
        refused(text, "GS0601");
    }
    for text in ["!".repeat(8000), "-".repeat(8000), "\"".repeat(8001), ")".repeat(8000)] {
        refused(&text, "GS0601");
    }
}

#[test]
fn long_conditions_are_fine() {
    let world = world();
    let text = "source.id == \"x\" || ".repeat(300) + "false";
    assert!(world.compile_in(&world.sync(), &text, None).is_ok());
}

/// Pieces that are put together blindly.
const PIECES: &[&str] = &[
    "source",
    "settings",
    "lookup",
    "owner",
    "id",
    "nick",
    "tags",
    "raw",
    "properties",
    ".",
    ".?",
    "(",
    ")",
    "[",
    "]",
    "[?",
    "{",
    "}",
    ":",
    "?",
    ",",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">=",
    "&&",
    "||",
    "!",
    "in",
    "1",
    "2u",
    "1.5",
    "\"a\"",
    "b\"a\"",
    "null",
    "true",
    "x",
    "exists",
    "map",
    "orValue",
    "has",
    "size",
    "optional",
    "of",
    "none",
    "string",
    "int",
    "duration",
    "contains",
    "split",
    "join",
    " ",
    "`",
    "\\",
    "é",
];

proptest! {
    #[test]
    fn pieces_never_panic(parts in proptest::collection::vec(proptest::sample::select(PIECES), 0..14)) {
        let world = world();
        let text: String = parts.concat();
        if let Ok(expr) = world.compile_in(&world.sync(), &text, None) {
            let settings = world.settings();
            let emitted = crate::cel::emit(&expr, &crate::cel::EmitCtx::source(&world.types, &settings));
            prop_assert!(!emitted.tokens.to_string().contains("compile_error"), "{text}: {}", emitted.tokens);
            prop_assert!(syn::parse2::<syn::Expr>(emitted.tokens.clone()).is_ok(), "{text}: {}", emitted.tokens);
        }
    }

    #[test]
    fn text_never_panics(text in "\\PC{0,40}") {
        let world = world();
        let _ = world.compile_in(&world.sync(), &text, None);
    }
}
