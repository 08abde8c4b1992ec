//! Types: one arena for all integrations.

use super::IntegrationId;
use crate::source::Place;

/// An index into [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// The id of the type that was added as the so many-th, from 0.
    #[must_use]
    pub fn of(index: usize) -> Self {
        // Types take more than a byte each: more than four billion have no room in memory.
        TypeId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// How many types were added before.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The arena. It grows by pieces, because a vector of all would need room for thrice as many while it grows.
#[derive(Clone, Debug, Default)]
pub struct Types {
    pieces: Vec<Vec<TypeDef>>,
}

/// How many types a piece has room for.
const PIECE: usize = 1_024;

impl Types {
    /// The type behind an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.pieces[id.index() / PIECE][id.index() % PIECE]
    }

    /// The type behind an id, to change it.
    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.pieces[id.index() / PIECE][id.index() % PIECE]
    }

    /// Adds a type.
    pub fn add(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId::of(self.len());
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(def),
            first => {
                // Few types need little room.
                let room = if first.is_some() { PIECE } else { 0 };
                let mut piece = Vec::with_capacity(room);
                piece.push(def);
                self.pieces.push(piece);
            }
        }
        id
    }

    /// How many types there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.pieces.as_slice() {
            [] => 0,
            [full @ .., last] => full.len() * PIECE + last.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a shape: a type without a name, of which nobody knows yet which way it travels.
    pub fn shape(&mut self, integration: IntegrationId, kind: TypeKind, place: &Place) -> TypeUse {
        let id = self.add(TypeDef {
            integration,
            name: None,
            kind,
            doc: None,
            notes: Notes::default(),
            sent: false,
            received: false,
            same_as: None,
            place: place.clone(),
        });
        TypeUse { id, nullable: false }
    }

    /// The type that an id is another name of, or the id itself.
    #[must_use]
    pub fn first(&self, id: TypeId) -> TypeId {
        self.get(id).same_as.unwrap_or(id)
    }

    /// All types with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.pieces.iter().flatten().enumerate().map(|(i, d)| (TypeId::of(i), d))
    }

    /// The struct behind an id, if it is one.
    #[must_use]
    pub fn as_struct(&self, id: TypeId) -> Option<&Struct> {
        match &self.get(id).kind {
            TypeKind::Struct(s) => Some(s),
            _ => None,
        }
    }
}

/// A type: named (struct, enum) or a shape that is written in place.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Whose it is: decides in which module a named type is emitted.
    pub integration: IntegrationId,
    /// The Rust name of a struct or an enum (`Contact`), unique in its integration; `None` for shapes.
    pub name: Option<String>,
    /// What it is.
    pub kind: TypeKind,
    /// The document's description, raw.
    pub doc: Option<String>,
    /// What its documentation says beside the description.
    pub notes: Notes,
    /// Whether it is part of a request: it gets `Serialize`.
    pub sent: bool,
    /// Whether it is part of a response: it gets `Deserialize`.
    pub received: bool,
    /// The type that it is another name of: what was written before with the same content.
    pub same_as: Option<TypeId>,
    /// Where the schema stands.
    pub place: Place,
}

/// What a document says about a type or a field that documentation shows and the compiler of the emitted code does
/// not need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Notes {
    /// It should no longer be used.
    pub deprecated: bool,
    /// What few of them have.
    pub values: Option<Box<ValueNotes>>,
}

/// What a document says about the values of a type or a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ValueNotes {
    /// The value that an absent one stands for, as JSON. It is never sent by itself.
    pub default: Option<String>,
    /// The values that the document lists, as JSON, where the type does not name them.
    pub listed: Vec<String>,
    /// Limits in words: `from 1 to 100`.
    pub limits: Vec<String>,
    /// The regular expression that text matches.
    pub pattern: Option<String>,
    /// How many characters text has, at least and at most.
    pub length: (Option<u64>, Option<u64>),
    /// Between which whole numbers a number is.
    pub bounds: (Option<i64>, Option<i64>),
    /// The format that the document gives text, where the spec takes it for other text.
    pub format: Option<StringFormat>,
}

/// A use of a type: the type, and whether `null` may stand in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeUse {
    /// The type.
    pub id: TypeId,
    /// Whether `null` is allowed.
    pub nullable: bool,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// `bool`.
    Boolean,
    /// A whole number.
    Integer(Width),
    /// `f64`.
    Number,
    /// Text, with the meaning of its `format`.
    String(StringFormat),
    /// A scalar that travels inside a JSON string (`"42"`): from a refinement.
    InString(TypeId),
    /// `Vec<T>`.
    List(TypeUse),
    /// `(A, B)`: lists of exactly so many elements, each of a type of its own.
    Tuple(Vec<TypeUse>),
    /// `BTreeMap<String, T>`.
    Map(TypeUse),
    /// A struct.
    Struct(Struct),
    /// Strings of a known set, open: unknown ones are kept.
    Enum(Enum),
    /// One of several types, open: what is none of them is kept as it came.
    Union(Union),
    /// `serde_json::Value`, and why: the document gives no type, or one that this version does not model.
    Any {
        /// The reason, for the report.
        because: String,
        /// Whether the document gives a type there, and it is not modelled.
        fallback: bool,
    },
}

impl TypeKind {
    /// `serde_json::Value`, because the document gives no type.
    #[must_use]
    pub fn any(because: impl Into<String>) -> Self {
        TypeKind::Any { because: because.into(), fallback: false }
    }

    /// `serde_json::Value`, though the document gives a type.
    #[must_use]
    pub fn fallback(because: impl Into<String>) -> Self {
        TypeKind::Any { because: because.into(), fallback: true }
    }
}

/// What the text of a string means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// Just text (also unknown formats, URIs, e-mails).
    Plain,
    /// `date-time`: `gusset::DateTime`.
    DateTime,
    /// `date`: `gusset::Date`.
    Date,
    /// `time`: `gusset::Time`.
    Time,
    /// `duration`: `gusset::Duration`.
    Duration,
    /// `uuid`: `gusset::Uuid`.
    Uuid,
    /// `byte` (`contentEncoding: base64`): `gusset::Base64`.
    Base64,
    /// `binary`: bytes where a body or a part of one is meant; in JSON just text.
    Binary,
    /// A part of a multipart body: `gusset::Part`.
    Part,
    /// `password`, or the name of the field says as much: `gusset::Secret`.
    Secret,
}

impl StringFormat {
    /// Whether the values are a `String` in Rust.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, StringFormat::Plain | StringFormat::Binary)
    }

    /// Whether a text is a value of this format, as the runtime reads it.
    #[must_use]
    pub fn holds(self, text: &str) -> bool {
        super::formats::holds(self, text)
    }
}

/// Which whole numbers a type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Width {
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// Any, and where a document lists both, numbers that are not whole: `serde_json::Number`.
    Any,
}

impl Width {
    /// The least width that holds what both hold.
    #[must_use]
    pub fn both(self, other: Width) -> Width {
        match (self, other) {
            (a, b) if a == b => a,
            (Width::Any, _) | (_, Width::Any) => Width::Any,
            (Width::U32, Width::U64) | (Width::U64, Width::U32) => Width::U64,
            (Width::U64, _) | (_, Width::U64) => Width::Any,
            _ => Width::I64,
        }
    }

    /// Whether it holds a number of a document.
    #[must_use]
    pub fn holds(self, number: &serde_json::Number) -> bool {
        let signed =
            |least: i64, most: i64| number.as_i64().is_some_and(|n| (least..=most).contains(&n));
        match self {
            Width::I32 => signed(i32::MIN.into(), i32::MAX.into()),
            Width::I64 => number.is_i64(),
            Width::U32 => signed(0, u32::MAX.into()),
            Width::U64 => number.is_u64(),
            Width::Any => true,
        }
    }
}

/// A struct.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Fields in the document's order.
    pub fields: Vec<Field>,
    /// Typed additional properties beside the fields; `None` if the document has none.
    pub rest: Option<TypeUse>,
    /// The document says that there are no others.
    pub closed: bool,
    /// Members that the document does not know are kept all the same: the spec asks for it, and the schema is not
    /// closed. No path leads to them, or a typo would be one of them.
    pub keeps_unknown: bool,
}

impl Struct {
    /// The field of that wire name.
    #[must_use]
    pub fn field(&self, wire: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.wire == wire)
    }
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The Rust name, with `r#` where needed.
    pub ident: String,
    /// Its type.
    pub ty: TypeUse,
    /// Whether the document (or the spec) says that it is always there.
    pub required: bool,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// Must be boxed, because the type contains itself through this field.
    pub boxed: bool,
    /// The document's description, raw.
    pub doc: Option<String>,
    /// What its documentation says beside the description.
    pub notes: Notes,
    /// Where it stands.
    pub place: Place,
}

impl Field {
    /// Whether a value of the record may lack it or hold null.
    #[must_use]
    pub fn may_be_missing(&self) -> bool {
        !self.required || self.ty.nullable
    }
}

/// How a field of a struct is written in Rust. Emission and expressions both ask here, so that they agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `T`: always there, never null.
    Plain,
    /// `Option<T>`: may be absent or null; where sent, `None` is null if required, else absent.
    Option,
    /// `gusset::Patch<T>`: is sent, and may be absent or null, which mean different things.
    Patch,
}

impl TypeDef {
    /// Whether it is an item of its own in Rust, or another name of one.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        let has_item = match &self.kind {
            TypeKind::Struct(_) | TypeKind::Union(_) => true,
            TypeKind::Enum(body) => !body.variants.is_empty(),
            _ => false,
        };
        has_item && self.name.is_some()
    }

    /// How a field of this struct is written in Rust. What travels in one direction only is optional in a struct
    /// that travels in both.
    #[must_use]
    pub fn form(&self, field: &Field) -> Form {
        let both = self.sent && self.received;
        if both && (field.read_only || field.write_only) {
            return Form::Option;
        }
        match (field.required, field.ty.nullable) {
            (true, false) => Form::Plain,
            (false, true) if self.sent => Form::Patch,
            _ => Form::Option,
        }
    }
}

/// An open set of strings.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Known values in the document's order.
    pub variants: Vec<Variant>,
}

/// A known value of an [`Enum`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The value on the wire.
    pub wire: String,
    /// The Rust variant name, unique in its enum and never `Other`.
    pub ident: String,
    /// What the document says about it, raw.
    pub doc: Option<String>,
}

/// One of several types.
#[derive(Clone, Debug, Default)]
pub struct Union {
    /// The documented variants, in the document's order.
    pub variants: Vec<UnionVariant>,
    /// The member of objects whose value names the variant, if there is one. Otherwise the shape of a value tells.
    pub tag: Option<String>,
    /// Values may be of several variants at once: `anyOf`.
    pub joint: bool,
}

/// A variant of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The Rust variant name, unique in its union and never `Other`.
    pub ident: String,
    /// What it holds; never nullable, as null belongs to the uses of the union.
    pub ty: TypeUse,
    /// Must be boxed: the type contains itself through this variant, or it is far larger than the others.
    pub boxed: bool,
    /// The values of the union's tag that stand for it, as [literals](super::literals).
    pub tags: Vec<String>,
    /// Whether its type does not declare the tag, so that the union has to write it.
    pub adds_tag: bool,
    /// Members, beside the tag, that have one of these values if they are there.
    pub constants: Vec<Constant>,
    /// Whether it is an object without other members than the declared ones.
    pub closed: bool,
    /// The document's description of the variant, raw.
    pub doc: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A member of few known values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Constant {
    /// The name on the wire.
    pub wire: String,
    /// Its values, as [literals](super::literals).
    pub values: Vec<String>,
}

impl TypeKind {
    /// The types that a type is made of, one level down.
    #[must_use]
    pub fn parts(&self) -> Vec<TypeUse> {
        match self {
            TypeKind::InString(inner) => vec![TypeUse { id: *inner, nullable: false }],
            TypeKind::List(item) | TypeKind::Map(item) => vec![*item],
            TypeKind::Tuple(items) => items.clone(),
            TypeKind::Struct(body) => body.fields.iter().map(|f| f.ty).chain(body.rest).collect(),
            TypeKind::Union(body) => body.variants.iter().map(|v| v.ty).collect(),
            TypeKind::Boolean
            | TypeKind::Integer { .. }
            | TypeKind::Number
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Any { .. } => Vec::new(),
        }
    }
}
