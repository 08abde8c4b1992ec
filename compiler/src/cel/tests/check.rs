//! Text in, type or error out.

use super::world;
use crate::cel::{Env, show};
use crate::ir::Ty;

#[track_caller]
fn check(text: &str, wanted: &str) {
    let world = world();
    let found = match world.compile_in(&world.sync(), text, None) {
        Ok(expr) => show(&world.types, &expr.ty),
        Err(lines) => lines,
    };
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn smoke() {
    check("1 + 2", "int");
    check("source.properties.?score.orValue(0) >= settings.threshold", "bool");
    check("lookup.owner.?email", "optional(string)");
    check("source.nick", "GS0604 [nick] `nick` may be missing | use `source.?nick.orValue(\"\")`");
    check("source.nik", "GS0603 [nik] `Contact` has no field `nik` | did you mean `nick`?");
    let world = world();
    let env = Env::response(None);
    let out = world.compile_in(
        &env,
        "status == 403 && body.exists(e, e.errorCode == \"X\")",
        Some(&Ty::Bool),
    );
    assert!(out.is_ok(), "{out:?}");
    let out =
        world.compile_in(&env, "retry_after().orValue(duration(\"10s\"))", Some(&Ty::Duration));
    assert!(out.is_ok(), "{out:?}");
}
