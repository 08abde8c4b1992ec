//! Values that travel as text: moments, days, times, spans, identifiers, bytes. What was received is sent back as it came.
#![no_main]

use gusset::serde::de::DeserializeOwned;
use gusset::serde::{Deserialize, Serialize};
use gusset::{Base64, Date, DateTime, Duration, Time, Uuid, in_string};
use serde_json::Value;
use std::fmt::{Debug, Display};
use std::str::FromStr;

fn spelled<T>(text: &str)
where
    T: FromStr<Err: Display> + Display + Debug + DeserializeOwned + Serialize + PartialEq,
{
    let json = Value::from(text);
    let value = match text.parse::<T>() {
        Ok(value) => value,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(serde_json::from_value::<T>(json).is_err());
            return;
        }
    };
    assert_eq!(value.to_string(), text);
    assert_eq!(serde_json::to_value(&value).ok(), Some(json.clone()));
    assert_eq!(serde_json::from_value::<T>(json).ok(), Some(value));
}

/// Numbers in text, as records hold them.
#[derive(Debug, Deserialize, Serialize)]
#[serde(crate = "gusset::serde")]
struct Numbers {
    #[serde(default, with = "in_string::optional")]
    number: Option<f64>,
    #[serde(default, with = "in_string::inside")]
    list: Vec<Option<i64>>,
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(text) = gusset_fuzz::text(data) else { return };
    spelled::<DateTime>(text);
    spelled::<Date>(text);
    spelled::<Time>(text);
    spelled::<Duration>(text);
    spelled::<Uuid>(text);
    let _ = serde_json::from_value::<Base64>(Value::from(text)).map(|bytes| bytes.decode());
    let numbers = serde_json::json!({"number": text, "list": [text, null]});
    for json in [numbers.to_string(), text.to_owned()] {
        if let Ok(numbers) = serde_json::from_str::<Numbers>(&json) {
            let again = serde_json::to_string(&numbers).expect("it can be written");
            assert!(serde_json::from_str::<Numbers>(&again).is_ok(), "{again}");
        }
    }
    // What expressions do with text of records, when they run.
    let _ = gusset::cel::parse_double(text);
    let _ = gusset::cel::parse_bool(text);
    let _ = gusset::cel::parse::<gusset::jiff::Timestamp>(text);
});
