//! What a union of several types can do.

/// Adds conversions to an emitted union: an enum whose variants hold one value each, and `Other(serde_json::Value)`.
///
/// ```
/// # use gusset::{serde, serde_json};
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// #[serde(crate = "gusset::serde")]
/// struct Cat {
///     lives: i64,
/// }
///
/// #[derive(Debug, PartialEq)]
/// enum Pet {
///     Cat(Cat),
///     Name(String),
///     Other(serde_json::Value),
/// }
///
/// gusset::union! {
///     impl Deserialize for Pet by "kind" {
///         Cat => Shape::tagged(&["cat"]),
///         Name => Shape::TEXT,
///     }
/// }
///
/// let cat: Pet = serde_json::from_str(r#"{"kind": "cat", "lives": 9}"#)?;
/// assert_eq!(cat, Pet::Cat(Cat { lives: 9 }));
/// let dog: Pet = serde_json::from_str(r#"{"kind": "dog"}"#)?;
/// assert_eq!(dog, Pet::Other(serde_json::json!({"kind": "dog"})));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// After `impl` stand `Serialize`, `Deserialize` or [`Param`](crate::Param), as many as are wanted. `by` names the member that
/// tells the variants. What is not deserialised needs no shapes. `Cat writes "cat"` is a variant whose type does not have that member, so that the union writes it.
#[macro_export]
macro_rules! union {
    (impl $($what:ident),+ for $name:ident $(by $tag:literal)? {
        $($variant:ident $(writes $value:literal)? $(=> $shape:expr)?,)+
    }) => {
        $crate::union! {
            @each [$($what)+] { $name [$($tag)?] $(($variant [$($value)?] $($shape)?))+ }
        }
    };
    (@each [$($what:ident)+] $union:tt) => {
        $($crate::union! { @impl $what $union })+
    };
    (@impl Deserialize {
        $name:ident [$($tag:literal)?] $(($variant:ident $value:tt $shape:expr))+
    }) => {
        const _: () = {
            use $crate::unions::{Read, Shape, Tell, read, variant};

            impl<'de> $crate::serde::Deserialize<'de> for $name {
                fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
                where
                    D: $crate::serde::Deserializer<'de>,
                {
                    const TELL: Tell = Tell {
                        tag: $crate::union!(@option $($tag)?),
                        variants: &[$($shape),+],
                    };
                    const READ: &[Read<$name>] = &[
                        $(|text, explain| variant(text, explain).map($name::$variant)),+
                    ];
                    read(deserializer, &TELL, READ, $name::Other)
                }
            }
        };
    };
    (@impl Serialize { $name:ident $tag:tt $(($variant:ident $value:tt $($shape:expr)?))+ }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                match self {
                    $($name::$variant(value) => $crate::union!(@write value serializer $tag $value),)+
                    $name::Other(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
    (@impl Param { $name:ident $tag:tt $(($variant:ident $value:tt $($shape:expr)?))+ }) => {
        impl $crate::Param for $name {
            fn text(&self) -> ::std::option::Option<::std::borrow::Cow<'_, str>> {
                match self {
                    $($name::$variant(value) => $crate::Param::text(value),)+
                    $name::Other(value) => $crate::Param::text(value),
                }
            }
        }
    };
    (@write $inner:ident $serializer:ident [$tag:literal] [$value:literal]) => {
        $crate::unions::write_tagged($inner, $tag, $value, $serializer)
    };
    (@write $inner:ident $serializer:ident $tag:tt $value:tt) => {
        $crate::serde::Serialize::serialize($inner, $serializer)
    };
    (@option) => { ::std::option::Option::None };
    (@option $tag:literal) => { ::std::option::Option::Some($tag) };
}
