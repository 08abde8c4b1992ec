//! Bytes that travel as base64 text.

use crate::Param;
use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Bytes as base64 text: format `byte`. It holds the text as it came; [`Base64::decode`] reads it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base64(String);

/// Either alphabet, padded or not: providers do as they like.
const ANY: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const ANY_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, ANY);
const ANY_URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, ANY);

impl Base64 {
    /// Writes bytes in the standard alphabet, padded.
    #[must_use]
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Base64(STANDARD.encode(bytes))
    }

    /// Text that is base64 already.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Base64(text.into())
    }

    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes; `None` if the text is no base64. Line breaks within it are passed over.
    #[must_use]
    pub fn decode(&self) -> Option<Vec<u8>> {
        let text: Cow<'_, str> = match self.0.contains(char::is_whitespace) {
            true => Cow::Owned(self.0.split_whitespace().collect()),
            false => Cow::Borrowed(&self.0),
        };
        let engine = if text.contains(['-', '_']) { &ANY_URL_SAFE } else { &ANY_STANDARD };
        engine.decode(text.as_bytes()).ok()
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Base64::encode(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Base64::encode(bytes)
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

impl Param for Base64 {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.0))
    }
}
