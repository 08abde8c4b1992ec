use super::*;
use crate::Param;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;

#[track_caller]
fn kept<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let json = format!("{text:?}");
    let value: T = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(serde_json::to_string(&value).unwrap_or_default(), json);
    value
}

#[test]
fn a_moment_is_given_back_as_it_came() {
    for text in [
        "2021-01-17T12:34:00Z",
        "2021-01-17T12:34:00.000Z",
        "2021-01-17T12:34:00.000+0000",
        "2021-01-17T14:34:00+02:00",
        "2021-01-17t12:34:00z",
        "2021-01-17 12:34:00Z",
        "2021-01-17T12:34:00",
        "/Date(1610886840000)/",
        "/Date(1610886840000+0100)/",
    ] {
        let moment: DateTime = kept(text);
        assert_eq!(moment.timestamp().as_second(), 1_610_886_840, "{text}");
        assert_eq!((moment.to_string().as_str(), moment.text().as_deref()), (text, Some(text)));
    }
    assert_eq!(kept::<DateTime>("2021-01-17").timestamp().as_second(), 1_610_841_600);
    assert_eq!(kept::<DateTime>("/Date(-5)/").timestamp().as_millisecond(), -5);
    for wrong in ["", "soon", "2021-13-17T12:34:00Z", "2021-01-17T12:34:00+99:00", "/Date(x)/"] {
        assert!(wrong.parse::<DateTime>().is_err(), "{wrong}");
    }
    let found = serde_json::from_str::<DateTime>("\"soon\"").map_err(|e| e.to_string());
    let message = "invalid value: string \"soon\", expected a moment (`2021-01-17T12:34:00Z`) \
                   at line 1 column 6";
    assert_eq!(found, Err(message.to_owned()));
}

#[test]
fn a_moment_is_its_instant() -> Result<(), Misspelled> {
    let (a, b): (DateTime, DateTime) =
        ("2021-01-17T12:34:00Z".parse()?, "2021-01-17T14:34:00+02:00".parse()?);
    assert!(a == b && a.cmp(&b).is_eq() && a == b.timestamp());
    assert_eq!([a.clone(), b].into_iter().collect::<HashSet<_>>().len(), 1);
    assert_eq!(DateTime::from(a.timestamp()), a);
    assert_eq!(a.as_second(), 1_610_886_840); // by `Deref`
    assert_eq!(size_of::<DateTime>(), 32);
    Ok(())
}

#[test]
fn dates_and_uuids_are_given_back_as_they_came() {
    assert_eq!(kept::<Date>("2021-01-17").day(), 17);
    assert_eq!(kept::<Date>("2021-01-17T00:00:00Z").month(), 1);
    assert!("2021-02-30".parse::<Date>().is_err() && "17.1.2021".parse::<Date>().is_err());
    let plain: Uuid = kept("67e55044-10b1-426f-9247-bb680e5fe0c8");
    for text in [
        "67E55044-10B1-426F-9247-BB680E5FE0C8",
        "67e5504410b1426f9247bb680e5fe0c8",
        "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
    ] {
        assert_eq!(kept::<Uuid>(text), plain);
    }
    assert!("123".parse::<Uuid>().is_err());
}

#[test]
fn times_and_durations_hold_their_text() {
    let time: Time = kept("12:34:00.500");
    assert_eq!((time.time().minute(), time.offset()), (34, None));
    assert_eq!(kept::<Time>("12:34:00Z").offset(), Some(jiff::tz::Offset::UTC));
    let east: Time = kept("12:34+02:00");
    assert_eq!(east.offset().map(jiff::tz::Offset::seconds), Some(7200));
    assert_eq!(kept::<Time>("12:34:00-0130").offset().map(|o| o.seconds()), Some(-5400));
    for wrong in ["", "12", "25:00:00", "noon", "12:00:00+", "12:00:00+xx:00", "+", "-"] {
        assert!(wrong.parse::<Time>().is_err(), "{wrong}");
    }
    assert_eq!(kept::<Duration>("P1M2DT3H").span().get_months(), 1);
    assert_eq!(kept::<Duration>("PT0S").span().fieldwise(), jiff::Span::new().fieldwise());
    assert!("one day".parse::<Duration>().is_err() && "".parse::<Duration>().is_err());
}

#[test]
fn base64_is_text_until_it_is_decoded() {
    let bytes = b"\xfb\xff?gusset".as_slice();
    assert_eq!(Base64::from(bytes).decode().as_deref(), Some(bytes));
    for text in ["+/8/Z3Vzc2V0", "-_8_Z3Vzc2V0", "+/8/\nZ3Vz\nc2V0"] {
        assert_eq!(kept::<Base64>(text).decode().as_deref(), Some(bytes), "{text}");
    }
    for text in ["Z3Vzcw==", "Z3Vzcw"] {
        assert_eq!(kept::<Base64>(text).decode().as_deref(), Some(b"guss".as_slice()));
    }
    assert_eq!(kept::<Base64>("no base64!").decode(), None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..Default::default()
    })]
    #[test]
    fn any_text_is_refused_or_kept(text in "[-+:.TZ 0-9/Date()P]{0,40}") {
        if let Ok(value) = text.parse::<DateTime>() {
            proptest::prop_assert_eq!(value.to_string(), text.clone());
        }
        if let Ok(value) = text.parse::<Date>() {
            proptest::prop_assert_eq!(value.to_string(), text.clone());
        }
        if let Ok(value) = text.parse::<Time>() {
            let _ = value.time();
        }
        let _ = text.parse::<Duration>();
    }
}
