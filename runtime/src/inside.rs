//! Records that are a part of a body.

use crate::error::Error;
use crate::operation::Operation;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

/// A body with a record inside: `{"data": {..}}`. It is written as it is, without a copy of the record.
#[derive(Debug)]
pub struct Inside<'r, T: ?Sized> {
    pointer: &'static str,
    record: &'r T,
}

impl<'r, T: ?Sized> Inside<'r, T> {
    /// The record at a JSON pointer; a number stands for the only element of a list.
    #[must_use]
    pub fn new(pointer: &'static str, record: &'r T) -> Self {
        Inside { pointer, record }
    }
}

impl<T: Serialize + ?Sized> Serialize for Inside<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(rest) = self.pointer.strip_prefix('/') else {
            return self.record.serialize(serializer);
        };
        let end = rest.find('/').unwrap_or(rest.len());
        let (name, pointer) = rest.split_at(end);
        let below = Inside { pointer, record: self.record };
        if name.parse::<usize>().is_ok() {
            let mut list = serializer.serialize_seq(Some(1))?;
            list.serialize_element(&below)?;
            return list.end();
        }
        let mut members = serializer.serialize_map(Some(1))?;
        members.serialize_entry(&name.replace("~1", "/").replace("~0", "~"), &below)?;
        members.end()
    }
}

/// The record inside an answer.
///
/// # Errors
/// [`Error::Decode`] when it is not there, which the document allows and no caller expects.
pub fn inside<O: Operation, T>(record: Option<T>, path: &'static str) -> Result<T, Error> {
    record.ok_or_else(|| {
        let operation = O::META.name;
        let message = "the answer has no record".to_owned();
        let assumed = O::META.integration.assumed_value(operation, path, &message);
        Error::Decode { operation, path: path.to_owned(), message, assumed }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Inside;
    use serde_json::{json, to_value};

    #[test]
    fn records_are_written_where_they_belong() {
        let record = json!({"id": 1});
        for (pointer, expected) in [
            ("", json!({"id": 1})),
            ("/data", json!({"data": {"id": 1}})),
            ("/data/0", json!({"data": [{"id": 1}]})),
            ("/data/a~1b", json!({"data": {"a/b": {"id": 1}}})),
        ] {
            assert_eq!(to_value(Inside::new(pointer, &record)).unwrap(), expected);
        }
    }
}
