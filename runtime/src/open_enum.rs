//! Enums of strings that keep what they do not know.

/// Declares an open set of strings: the values that are known, each with its text on the wire, and `Other` for the rest.
///
/// ```
/// gusset::open_enum! {
///     /// How far an order is.
///     pub enum Status {
///         Open = "open",
///         OnHold = "on hold",
///     }
/// }
///
/// assert_eq!(Status::OnHold.as_str(), "on hold");
/// assert_eq!(Status::from("open"), Status::Open);
/// assert_eq!(Status::from("lost"), Status::Other("lost".to_owned()));
/// let read: Vec<Status> = gusset::serde_json::from_str(r#"["open", "lost"]"#)?;
/// assert_eq!(gusset::serde_json::to_string(&read)?, r#"["open","lost"]"#);
/// # Ok::<(), gusset::serde_json::Error>(())
/// ```
///
/// The enum reads and writes itself as its text, also in paths and queries ([`Param`](crate::Param)). A value is
/// documented by its text, unless it has a doc comment of its own.
#[macro_export]
macro_rules! open_enum {
    (@doc [] $wire:literal) => { concat!("`", $wire, "`") };
    (@doc [$($doc:literal)+] $wire:literal) => { concat!($($doc, "\n"),+) };
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[doc = $doc:literal])* $value:ident = $wire:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        $vis enum $name {
            $(#[doc = $crate::open_enum!(@doc [$($doc)*] $wire)] $value,)+
            /// A value that the document does not know.
            Other(String),
        }

        impl $name {
            /// The value on the wire.
            #[must_use]
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $wire,)+
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$value,)+
                    _ => Self::Other(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl $crate::Param for $name {
            fn text(&self) -> Option<std::borrow::Cow<'_, str>> {
                Some(self.as_str().into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::record::read_text(from, |text| Self::from(text))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::Param;

    crate::open_enum! {
        /// A set of values that are hard on macros.
        enum Odd {
            Empty = "",
            Quoted = "\"`\n",
            /// Has a meaning of its own.
            ///
            /// And says more.
            Documented = "d",
        }
    }

    #[test]
    fn values_are_their_text() {
        for (odd, text) in [
            (Odd::Empty, ""),
            (Odd::Quoted, "\"`\n"),
            (Odd::Documented, "d"),
            (Odd::Other("x y".to_owned()), "x y"),
        ] {
            assert_eq!(odd.as_str(), text);
            assert_eq!(odd.to_string(), text);
            assert_eq!(odd.text().as_deref(), Some(text));
            assert_eq!(Odd::from(text), odd);
            assert_eq!(Odd::from(text.to_owned()), odd);
            let json = serde_json::to_string(&odd).unwrap();
            assert_eq!(json, serde_json::to_string(text).unwrap());
            assert_eq!(serde_json::from_str::<Odd>(&json).unwrap(), odd);
        }
    }

    #[test]
    fn what_is_no_text_is_no_value() {
        assert!(serde_json::from_str::<Odd>("1").is_err());
        assert!(serde_json::from_str::<Odd>("null").is_err());
    }
}
