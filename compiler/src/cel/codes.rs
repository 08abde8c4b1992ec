//! The codes of expressions.

use crate::diagnostics::Code;

pub(super) const SYNTAX: Code = Code("GS0601");
pub(super) const UNKNOWN_NAME: Code = Code("GS0602");
pub(super) const UNKNOWN_FIELD: Code = Code("GS0603");
pub(super) const MAY_BE_MISSING: Code = Code("GS0604");
pub(super) const OPERANDS: Code = Code("GS0605");
pub(super) const RESULT: Code = Code("GS0606");
pub(super) const UNSUPPORTED: Code = Code("GS0607");
pub(super) const UNKNOWN_FUNCTION: Code = Code("GS0608");
pub(super) const UNKNOWN_VALUE: Code = Code("GS0609");
pub(super) const LITERAL: Code = Code("GS0610");
pub(super) const TOO_LARGE: Code = Code("GS0611");
