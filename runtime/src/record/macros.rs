//! What a struct that travels can do.

/// Says which members an emitted struct has, so that it is read from an object, written as one, or both.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Order {
///     pub id: String,
///     pub due_at: Option<String>,
///     pub note: gusset::Patch<String>,
/// }
/// gusset::record!(Order: read, write { id, [due_at = "dueAt", note] } new(id: impl Into<String>));
///
/// let order: Order = gusset::serde_json::from_str(r#"{"id": "7", "dueAt": "today", "more": 1}"#)?;
/// assert_eq!(order.due_at.as_deref(), Some("today"));
/// assert_eq!(gusset::serde_json::to_string(&Order::new("7"))?, r#"{"id":"7"}"#);
/// # Ok::<(), gusset::serde_json::Error>(())
/// ```
///
/// - A member is the name of its field, and `= ".."` where it is called otherwise on the wire. They are written in this order.
/// - Those in brackets may be absent: missing ones are read as `Default`, `None` and [`Patch::Absent`](crate::Patch) are not
///   written. Others are required and always written; a missing `Option` is `None`.
/// - `#[in_string]` before a member, or before brackets, says that values travel as text. `#[read_only]` members are not written,
///   `#[write_only]` ones not read; they are in brackets.
/// - `..rest`, the last, is a map that takes all other members. Without it they are skipped.
/// - `new(..)` takes the required members; the rest is left out.
///
/// Of members that come twice, the last counts. Only objects are read: a list is no record.
#[macro_export]
macro_rules! record {
    ($name:ident: read $members:tt) => {
        $crate::record! { @read $name $members }
    };
    ($name:ident: write $members:tt $(new $parameters:tt)?) => {
        $crate::record! { @write $name $members }
        $($crate::record! { @new $name $parameters $members })?
    };
    ($name:ident: read, write $members:tt $(new $parameters:tt)?) => {
        $crate::record! { @read $name $members }
        $crate::record! { @write $name $members }
        $($crate::record! { @new $name $parameters $members })?
    };
    (@read $name:ident {
        $(
            $(#[$how:ident])*
            $($required:ident $(= $required_wire:literal)?)?
            $([$($optional:ident $(= $optional_wire:literal)?),+])?
            $(.. $rest:ident)?
        ),+
    }) => {
        impl $crate::record::Read for $name {
            const NAME: &'static str = stringify!($name);

            #[allow(unused_mut, unreachable_code, reason = "not all members are read, or none is skipped")]
            fn read<'de, A: $crate::serde::de::MapAccess<'de>>(
                members: &mut $crate::record::Members<A, A::Error>,
            ) -> Option<Self> {
                $(
                    $(let mut $required = None;)?
                    $($(let mut $optional = Default::default();)+)?
                    $(let mut $rest = std::collections::BTreeMap::new();)?
                )+
                let mut key = $crate::record::Key::default();
                while members.next(&mut key) {
                    $($crate::record! {
                        @get members key [$($how)*] $($required $($required_wire)?)?
                        $([$($optional $($optional_wire)?),+])? $(.. $rest)?
                    })+
                    members.skip();
                }
                $($crate::record! {
                    @must members [$($how)*] $($required $($required_wire)?)?
                    $([$($optional $($optional_wire)?),+])? $(.. $rest)?
                })+
                Some(Self {
                    $(
                        $($required: $required?,)?
                        $($($optional,)+)?
                        $($rest,)?
                    )+
                })
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::record::read(from)
            }
        }
    };
    (@get $members:ident $key:ident [] $name:ident $($wire:literal)?) => {
        if $key.is($crate::record!(@wire $name $($wire)?)) {
            $members.some(&mut $name);
            continue;
        }
    };
    (@get $members:ident $key:ident [] [$($name:ident $($wire:literal)?),+]) => {
        $(if $key.is($crate::record!(@wire $name $($wire)?)) {
            $members.value(&mut $name);
            continue;
        })+
    };
    (@get $members:ident $key:ident [write_only $($how:ident)*] [$($name:ident $($wire:literal)?),+]) => {
        $(if $key.is($crate::record!(@wire $name $($wire)?)) {
            $members.skip();
            continue;
        })+
    };
    (@get $members:ident $key:ident [read_only $($how:ident)*] $names:tt) => {
        $crate::record! { @get $members $key [$($how)*] $names }
    };
    (@get $members:ident $key:ident [in_string] $name:ident $($wire:literal)?) => {
        if $key.is($crate::record!(@wire $name $($wire)?)) {
            $members.some_in_string(&mut $name);
            continue;
        }
    };
    (@get $members:ident $key:ident [in_string] [$($name:ident $($wire:literal)?),+]) => {
        $(if $key.is($crate::record!(@wire $name $($wire)?)) {
            $members.value_in_string(&mut $name);
            continue;
        })+
    };
    (@get $members:ident $key:ident []) => {};
    (@get $members:ident $key:ident [] .. $rest:ident) => {
        $members.rest(&$key, &mut $rest);
        continue;
    };
    (@get $members:ident $key:ident [in_string] .. $rest:ident) => {
        $members.rest_in_string(&$key, &mut $rest);
        continue;
    };
    (@must $members:ident [] $name:ident $($wire:literal)?) => {
        $members.required($crate::record!(@wire $name $($wire)?), &mut $name);
    };
    (@must $members:ident [in_string] $name:ident $($wire:literal)?) => {
        $members.required_in_string($crate::record!(@wire $name $($wire)?), &mut $name);
    };
    (@must $members:ident $how:tt $($rest:tt)*) => {};
    (@wire $name:ident) => { stringify!($name) };
    (@wire $name:ident $wire:literal) => { $wire };
    (@write $name:ident {
        $(
            $(#[$how:ident])*
            $($required:ident $(= $required_wire:literal)?)?
            $([$($optional:ident $(= $optional_wire:literal)?),+])?
            $(.. $rest:ident)?
        ),+
    }) => {
        impl $crate::record::Written for $name {
            #[allow(unused_variables, reason = "there may be no members")]
            fn write<W: $crate::record::Write>(&self, to: &mut W) {
                $($crate::record! {
                    @put self to [$($how)*] $($required $($required_wire)?)? $([$($optional $($optional_wire)?),+])? $(.. $rest)?
                })+
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::record::write(self, to)
            }
        }
    };
    (@put $this:ident $to:ident [] $name:ident $($wire:literal)?) => {
        $to.required($crate::record!(@wire $name $($wire)?), &$this.$name);
    };
    (@put $this:ident $to:ident [] [$($name:ident $($wire:literal)?),+]) => {
        $($to.optional($crate::record!(@wire $name $($wire)?), &$this.$name);)+
    };
    (@put $this:ident $to:ident [read_only $($how:ident)*] $names:tt) => {};
    (@put $this:ident $to:ident [write_only $($how:ident)*] $names:tt) => {
        $crate::record! { @put $this $to [$($how)*] $names }
    };
    (@put $this:ident $to:ident [in_string] $name:ident $($wire:literal)?) => {
        $to.required_in_string($crate::record!(@wire $name $($wire)?), &$this.$name);
    };
    (@put $this:ident $to:ident [in_string] [$($name:ident $($wire:literal)?),+]) => {
        $($to.optional_in_string($crate::record!(@wire $name $($wire)?), &$this.$name);)+
    };
    (@put $this:ident $to:ident []) => {};
    (@put $this:ident $to:ident [] .. $rest:ident) => { $to.rest(&$this.$rest); };
    (@put $this:ident $to:ident [in_string] .. $rest:ident) => { $to.rest_in_string(&$this.$rest); };
    (@new $name:ident ($($parameter:ident: $type:ty),* $(,)?) {
        $(
            $(#[$how:ident])*
            $($required:ident $(= $required_wire:literal)?)?
            $([$($optional:ident $(= $optional_wire:literal)?),+])?
            $(.. $rest:ident)?
        ),+
    }) => {
        impl $name {
            /// With what is required; the rest is left out.
            #[allow(clippy::too_many_arguments, reason = "the document requires them all")]
            pub fn new($($parameter: $type),*) -> Self {
                Self {
                    $(
                        $($required: $required.into(),)?
                        $($($optional: Default::default(),)+)?
                        $($rest: Default::default(),)?
                    )+
                }
            }
        }
    };
}
