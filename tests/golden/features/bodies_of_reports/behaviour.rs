use crate::bodies_of_reports::operations::{Named, Report, Typed};
use crate::kit::sent;

#[test]
fn all_media_types_of_a_file_are_asked_for() {
    assert_eq!(sent(&Report {}).header("accept"), "application/xml, application/json, */*;q=0.5");
    assert_eq!(sent(&Named {}).header("accept"), "application/pdf, */*;q=0.5");
    assert_eq!(sent(&Typed {}).header("accept"), "application/json, */*;q=0.5");
}
