//! Functions of text.

use super::Function;
use super::Kind::{Bool, Int, List, Pattern, Text};
use super::{method, plain};

pub(super) const ROWS: &[Function] = &[
    method("contains", &[Text, Text], Bool, "contains"),
    method("startsWith", &[Text, Text], Bool, "startsWith"),
    method("endsWith", &[Text, Text], Bool, "endsWith"),
    method("lower", &[Text], Text, "lower").both(),
    method("upper", &[Text], Text, "upper").both(),
    method("trim", &[Text], Text, "trim").both(),
    method("replace", &[Text, Text, Text], Text, "replace").both(),
    method("replace", &[Text, Text, Text, Int], Text, "strings::replace_up_to"),
    method("split", &[Text, Text], List(&Text), "split").both(),
    method("split", &[Text, Text, Int], List(&Text), "strings::split_up_to"),
    method("join", &[List(&Text)], Text, "join").both(),
    method("join", &[List(&Text), Text], Text, "join").both(),
    method("matches", &[Text, Pattern], Bool, "matches").fails().both(),
    method("charAt", &[Text, Int], Text, "strings::char_at").fails(),
    method("indexOf", &[Text, Text], Int, "strings::index_of"),
    method("indexOf", &[Text, Text, Int], Int, "strings::index_of_from").fails(),
    method("lastIndexOf", &[Text, Text], Int, "strings::last_index_of"),
    method("lastIndexOf", &[Text, Text, Int], Int, "strings::last_index_of_from").fails(),
    method("substring", &[Text, Int], Text, "strings::substring").fails(),
    method("substring", &[Text, Int, Int], Text, "strings::substring_to").fails(),
    method("lowerAscii", &[Text], Text, "strings::lower_ascii"),
    method("upperAscii", &[Text], Text, "strings::upper_ascii"),
    method("reverse", &[Text], Text, "strings::reverse"),
    plain("strings.quote", &[Text], Text, "strings::quote"),
];
