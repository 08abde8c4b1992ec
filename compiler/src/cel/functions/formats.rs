//! Functions of identifiers and encodings.

use super::Function;
use super::Kind::{Bytes, Calling, Namespace, Optional, Text};
use super::{method, plain};

pub(super) const ROWS: &[Function] = &[
    plain("base64.encode", &[Bytes], Text, "formats::encode"),
    plain("base64.decode", &[Text], Bytes, "formats::decode").fails(),
    method("urlEncode", &[Text], Text, "formats::url_encode"),
    method("urlDecode", &[Text], Text, "formats::url_decode").fails(),
    method("sha256", &[Text], Text, "formats::sha256"),
    method("md5", &[Text], Text, "formats::md5"),
    plain("uuid5", &[Namespace, Text], Text, "formats::uuid5").fails(),
    method("digits", &[Text], Text, "strings::digits"),
    method("e164", &[Text, Calling], Optional(&Text), "formats::e164"),
];
