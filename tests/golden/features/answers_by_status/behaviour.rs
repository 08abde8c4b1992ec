use crate::answers_by_status::operations::{GetArchive, MakeReport, MakeReportOutput, PutReport};
use crate::kit::{answer, json as reply, received, with_header};
use gusset::serde_json::json;

#[test]
fn answers_of_different_types_are_told_apart_by_status() {
    let op = MakeReport::default();
    match received(&op, reply(200, &json!({"title": "a"}))).unwrap() {
        MakeReportOutput::Ok(report) => assert_eq!(report.title, "a"),
        other => panic!("{other:?}"),
    }
    match received(&op, reply(202, &json!({"job": 7}))).unwrap() {
        MakeReportOutput::Accepted(job) => assert_eq!(job.job, 7),
        other => panic!("{other:?}"),
    }
    let nothing = received(&op, answer(204, "text/plain", ""));
    assert!(matches!(nothing.unwrap(), MakeReportOutput::NoContent));
    let error = received(&op, reply(203, &json!({}))).unwrap_err().to_string();
    assert!(error.contains("no success with status 203"), "{error}");
}

#[test]
fn answers_of_one_type_are_that_type() {
    let op = PutReport::new("1");
    for status in [200, 201] {
        let report = received(&op, reply(status, &json!({"title": "a"}))).unwrap();
        assert_eq!(report.unwrap().title, "a");
    }
    assert!(received(&op, answer(204, "text/plain", "")).unwrap().is_none());
}

#[test]
fn a_redirect_that_is_the_answer_is_not_followed() {
    let found = with_header(answer(302, "text/plain", ""), "location", "https://files.test/a");
    let redirect = received(&GetArchive::default(), found).unwrap();
    assert_eq!((redirect.status, redirect.location.as_str()), (302, "https://files.test/a"));
}
