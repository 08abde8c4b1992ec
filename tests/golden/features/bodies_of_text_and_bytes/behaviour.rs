use crate::bodies_of_text_and_bytes::operations::{
    AddLines, DeleteAnything, PutFile, PutPicture, PutText, PutXml,
};
use crate::bodies_of_text_and_bytes::types::AddLinesBody;
use crate::kit::{Sent, sent};
use gusset::Part;

fn seen(sent: &Sent) -> (&str, &[u8]) {
    (sent.header("content-type"), &sent.body)
}

#[test]
fn text_is_sent_as_it_is() {
    assert_eq!(seen(&sent(&PutText::new("h\u{e9}"))), ("text/plain", "h\u{e9}".as_bytes()));
    assert_eq!(seen(&sent(&PutXml::new("<a/>"))), ("application/xml", &b"<a/>"[..]));
}

#[test]
fn bytes_are_sent_as_they_are() {
    let file = PutFile { body: Some(vec![0, 255].into()) };
    assert_eq!(seen(&sent(&file)), ("application/pdf", &[0, 255][..]));
    assert_eq!(seen(&sent(&PutFile::default())), ("", &[][..]));
}

#[test]
fn of_several_media_types_the_caller_says_which() {
    assert_eq!(seen(&sent(&PutPicture::new("PNG"))), ("image/png", &b"PNG"[..]));
    let jpeg = Part::new("JPEG").with_content_type("image/jpeg");
    assert_eq!(seen(&sent(&PutPicture::new(jpeg))), ("image/jpeg", &b"JPEG"[..]));
    let json = Part::new("{}").with_content_type("application/json");
    assert_eq!(seen(&sent(&DeleteAnything::new(json))), ("application/json", &b"{}"[..]));
}

#[test]
fn lines_are_json_values() {
    let lines = AddLines::new(vec![AddLinesBody::new(1), AddLinesBody::new(2)]);
    assert_eq!(seen(&sent(&lines)), ("application/x-ndjson", &b"{\"id\":1}\n{\"id\":2}\n"[..]));
}
