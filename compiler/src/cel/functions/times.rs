//! Functions of times and spans.

use super::Function;
use super::Kind::{Int, Moment, Printed, Read, Span, Text, Time, Zone};
use super::method;

pub(super) const ROWS: &[Function] = &[
    method("getFullYear", &[Moment], Int, "calendar::year"),
    method("getFullYear", &[Moment, Zone], Int, "calendar::year").fails_by_zone(),
    method("getMonth", &[Moment], Int, "calendar::month"),
    method("getMonth", &[Moment, Zone], Int, "calendar::month").fails_by_zone(),
    method("getDate", &[Moment], Int, "calendar::date"),
    method("getDate", &[Moment, Zone], Int, "calendar::date").fails_by_zone(),
    method("getDayOfMonth", &[Moment], Int, "calendar::day_of_month"),
    method("getDayOfMonth", &[Moment, Zone], Int, "calendar::day_of_month").fails_by_zone(),
    method("getDayOfWeek", &[Moment], Int, "calendar::day_of_week"),
    method("getDayOfWeek", &[Moment, Zone], Int, "calendar::day_of_week").fails_by_zone(),
    method("getDayOfYear", &[Moment], Int, "calendar::day_of_year"),
    method("getDayOfYear", &[Moment, Zone], Int, "calendar::day_of_year").fails_by_zone(),
    method("getHours", &[Moment], Int, "calendar::hour"),
    method("getHours", &[Moment, Zone], Int, "calendar::hour").fails_by_zone(),
    method("getHours", &[Span], Int, "calendar::hours"),
    method("getMinutes", &[Moment], Int, "calendar::minute"),
    method("getMinutes", &[Moment, Zone], Int, "calendar::minute").fails_by_zone(),
    method("getMinutes", &[Span], Int, "calendar::minutes"),
    method("getSeconds", &[Moment], Int, "calendar::second"),
    method("getSeconds", &[Moment, Zone], Int, "calendar::second").fails_by_zone(),
    method("getSeconds", &[Span], Int, "calendar::seconds"),
    method("getMilliseconds", &[Moment], Int, "calendar::millisecond"),
    method("getMilliseconds", &[Moment, Zone], Int, "calendar::millisecond").fails_by_zone(),
    method("getMilliseconds", &[Span], Int, "calendar::milliseconds"),
    method("strftime", &[Moment, Printed], Text, "calendar::strftime").fails(),
    method("strftime", &[Moment, Printed, Zone], Text, "calendar::strftime").fails(),
    method("strptime", &[Text, Read], Time, "calendar::strptime").fails().with("UTC"),
    method("strptime", &[Text, Read, Zone], Time, "calendar::strptime").fails(),
];
