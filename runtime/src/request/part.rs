//! A part of a multipart body that is sent as it is: a file, mostly.

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::cell::RefCell;

/// A part of a multipart body that is sent as it is: a file, mostly.
///
/// ```
/// let file = gusset::Part::new("a,b\n1,2\n").with_file_name("table.csv").with_content_type("text/csv");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// What it holds.
    pub bytes: Bytes,
    /// Its file name; without one, the name of the part, because servers take parts without a file name for text.
    pub file_name: Option<String>,
    /// Its media type; without one, what the document says, else `application/octet-stream`.
    pub content_type: Option<String>,
    /// Headers of its own.
    pub headers: Vec<(String, String)>,
}

impl Part {
    /// A part that holds that.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Part { bytes: bytes.into(), ..Part::default() }
    }

    /// With a file name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// With a media type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// With a header of its own.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl<B: Into<Bytes>> From<B> for Part {
    fn from(bytes: B) -> Self {
        Part::new(bytes)
    }
}

thread_local! {
    /// The parts that were met while a body is made JSON, and the name that stands for them there.
    static MET: RefCell<Option<Met>> = const { RefCell::new(None) };
}

/// What stands for the parts in a body that was made JSON.
pub(super) struct Met {
    /// Nobody can know it, so nothing that is sent can pass for a part.
    mark: String,
    parts: Vec<Part>,
}

impl Met {
    /// The part that a value stands for.
    pub(super) fn part(&self, value: &Value) -> Option<&Part> {
        let members = value.as_object().filter(|members| members.len() == 1)?;
        let index = members.get(&self.mark)?.as_u64()?;
        self.parts.get(usize::try_from(index).ok()?)
    }
}

/// A value as JSON in which marks stand for parts. Serde has one model for all formats, and parts are not in it; so they
/// are handed over beside it, on this thread, within this call.
pub(super) fn collect<T: Serialize + ?Sized>(body: &T) -> Result<(Value, Met), String> {
    let mark = format!("part {:032x}", fastrand::u128(..));
    let outer = MET.replace(Some(Met { mark, parts: Vec::new() }));
    let value = serde_json::to_value(body);
    let met = MET.replace(outer);
    match (value, met) {
        (Ok(value), Some(met)) => Ok((value, met)),
        (Ok(_), None) => Err("its parts got lost".to_owned()),
        (Err(error), _) => Err(error.to_string()),
    }
}

/// Outside a multipart body it is text: its own if it is UTF-8, else base64.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let met = MET.with_borrow_mut(|met| {
            let met = met.as_mut()?;
            met.parts.push(self.clone());
            Some((met.mark.clone(), met.parts.len() - 1))
        });
        match (met, std::str::from_utf8(&self.bytes)) {
            (Some((mark, index)), _) => serializer.collect_map([(mark, index)]),
            (None, Ok(text)) => serializer.serialize_str(text),
            (None, Err(_)) => {
                use base64::Engine;
                let text = base64::engine::general_purpose::STANDARD.encode(&self.bytes);
                serializer.serialize_str(&text)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Part::new)
    }
}
