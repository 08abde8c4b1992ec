use crate::formats::types::Thing;
use crate::kit::roundtrip;
use gusset::serde_json::{Value, json};

#[test]
fn text_is_given_back_as_it_came() {
    let thing: Thing = roundtrip(&json!({
        "at": "2021-01-17T12:34:00.000+0000", "day": "2021-01-17", "clock": "12:34:00Z", "span": "P1DT2H",
        "id": "67E55044-10B1-426F-9247-BB680E5FE0C8", "bytes": "Z3Vzc2V0", "raw": "r", "price": "1.10",
        "link": "/a", "wrong": "31/12/2020",
    }));
    assert_eq!(thing.at.as_second(), 1_610_886_840);
    assert_eq!(
        (thing.day.year(), thing.clock.time().minute(), thing.span.span().get_hours()),
        (2021, 34, 2)
    );
    assert_eq!(thing.bytes.decode().as_deref(), Some(b"gusset".as_slice()));
    assert_eq!(thing.wrong.as_deref(), Some("31/12/2020"));
}

#[test]
fn constructors_take_what_formats_mean() {
    let at = gusset::jiff::Timestamp::UNIX_EPOCH;
    let (Ok(clock), Ok(span)) = ("12:00".parse(), "PT1H".parse()) else {
        panic!("they are values")
    };
    let id = gusset::uuid::Uuid::nil();
    let day = gusset::jiff::civil::date(2026, 1, 2);
    let thing = Thing::new(at, day, clock, span, id, b"gusset".as_slice(), "r", "1", "/a");
    let sent = crate::kit::encode(&thing);
    assert_eq!(sent["at"], Value::from("1970-01-01T00:00:00Z"));
    assert_eq!(
        (&sent["day"], &sent["bytes"]),
        (&Value::from("2026-01-02"), &Value::from("Z3Vzc2V0"))
    );
}
