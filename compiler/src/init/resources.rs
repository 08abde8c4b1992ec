//! `resources:` and `types:` from groups of paths: `/things` and `/things/{id}`.

use super::outline::{Entry, scalar};
use super::pages::Pages;
use super::view::{output, plain_name};
use crate::ir::{Field, Operation, StringFormat, Struct, TypeId, TypeKind, Types};
use crate::openapi::Document;
use crate::report::shortened;
use crate::resolve::names::{Scope, spec_name, type_ident};
use crate::resolve::paths::step;
use crate::resolve::slots::{Plain, plain};
use indexmap::{IndexMap, IndexSet};

/// Both sections, and the operations that they use.
pub(super) struct Found<'o> {
    pub(super) resources: Entry,
    pub(super) types: Entry,
    pub(super) used: IndexSet<&'o str>,
}

/// The operations on one collection.
#[derive(Default)]
struct Group<'o> {
    list: Option<(&'o Operation, &'o Pages)>,
    get: Option<&'o Operation>,
    create: Option<&'o Operation>,
    update: Option<&'o Operation>,
    delete: Option<&'o Operation>,
}

/// Last parts of paths that list what the part before names.
const LISTING: [&str; 6] = ["filter", "search", "list", "query", "paginate", "all"];

/// Finds the groups that can be resources.
pub(super) fn section<'o>(
    document: &Document,
    types: &'o Types,
    operations: &[&'o Operation],
    pages: &'o IndexMap<String, Pages>,
) -> Found<'o> {
    let mut writing = Writing {
        document,
        types,
        resources: Entry::map("resources", Vec::new()),
        records: IndexMap::new(),
        type_names: Scope::default(),
        names: Scope::default(),
        used: IndexSet::new(),
        nested: Vec::new(),
        unclear: IndexMap::new(),
    };
    for (path, group) in groups(operations, pages) {
        writing.group(&path, &group);
    }
    writing.finish()
}

fn groups<'o>(
    operations: &[&'o Operation],
    pages: &'o IndexMap<String, Pages>,
) -> IndexMap<String, Group<'o>> {
    let mut groups: IndexMap<String, Group<'o>> = IndexMap::new();
    for operation in operations.iter().copied() {
        let path = operation.path.trim_end_matches('/');
        let (parent, last) = path.rsplit_once('/').unwrap_or(("", path));
        let last = last.strip_suffix(".json").unwrap_or(last);
        let method = operation.method.as_str();
        if last.starts_with('{') && last.ends_with('}') && last.matches('{').count() == 1 {
            let group = groups.entry(parent.to_owned()).or_default();
            let slot = match method {
                "GET" => &mut group.get,
                "PATCH" => &mut group.update,
                // A replacement is the second best update.
                "PUT" | "POST" if group.update.is_none() => &mut group.update,
                "DELETE" => &mut group.delete,
                _ => continue,
            };
            *slot = Some(operation);
            continue;
        }
        let paged = pages.get(&operation.name);
        if let Some(paged) = paged.filter(|_| LISTING.contains(&last.to_lowercase().as_str())) {
            let group = groups.entry(parent.to_owned()).or_default();
            group.list.get_or_insert((operation, paged));
            continue;
        }
        let collection = format!("{parent}/{last}");
        match (method, paged) {
            ("GET", Some(paged)) => {
                groups.entry(collection).or_default().list = Some((operation, paged));
            }
            ("POST", None) => groups.entry(collection).or_default().create = Some(operation),
            _ => {}
        }
    }
    groups
}

/// A record: its name in `types`, and what is said about it.
struct Record {
    name: String,
    schemas: IndexSet<String>,
    refined: IndexMap<String, &'static str>,
    because: Vec<String>,
}

struct Writing<'w, 'o> {
    document: &'w Document,
    types: &'o Types,
    resources: Entry,
    /// By the schema that the list has.
    records: IndexMap<TypeId, Record>,
    type_names: Scope,
    names: Scope,
    used: IndexSet<&'o str>,
    /// Collections below another record.
    nested: Vec<String>,
    /// Why groups are no resources, and which.
    unclear: IndexMap<String, Vec<String>>,
}

impl<'o> Writing<'_, 'o> {
    fn group(&mut self, path: &str, group: &Group<'o>) {
        if group.list.is_none() && group.get.is_none() {
            return;
        }
        if path.contains('{') {
            if group.list.is_some() {
                self.nested.push(path.to_owned());
            }
            return;
        }
        match self.resource(path, group) {
            Ok(entry) => self.resources.push(entry),
            Err(why) => self.unclear.entry(why).or_default().push(path.to_owned()),
        }
    }

    fn resource(&mut self, path: &str, group: &Group<'o>) -> Result<Entry, String> {
        let types = self.types;
        let answered = |operation: &Operation| output(operation).map(|(ty, _)| ty.id);
        let listed = group.list.map(|(_, pages)| pages.items.item.id);
        let record = listed.or_else(|| group.get.and_then(answered));
        let record = record.ok_or("the answer is no JSON")?;
        let structure = types.as_struct(record).ok_or("the record is no object")?;
        let schema = self.schema(record).ok_or(
            "the record is written in place, and a type needs a schema under `components.schemas`",
        )?;
        let (field, why) = key(types, record, structure, group)
            .ok_or("no field of the record is its key, as far as names tell")?;
        let mut comments = vec![why];
        let mut uses: Vec<(&str, &'o Operation, Option<String>)> = Vec::new();
        uses.extend(group.list.map(|(operation, _)| ("list", operation, None)));
        let mut schemas = vec![schema];
        if let Some(get) = group.get {
            match answered(get) {
                Some(given) if given == record => uses.push(("get", get, None)),
                Some(given) if self.is_alike(record, given) => {
                    schemas.extend(self.schema(given));
                    comments.push(format!(
                        "`{}` and the list give one record under two schemas",
                        get.name
                    ));
                    uses.push(("get", get, None));
                }
                Some(given) => match self.inside(given, record) {
                    Some((member, ty)) => {
                        if ty != record {
                            schemas.extend(self.schema(ty));
                        }
                        comments.push(format!("`{}` gives the record inside `{member}`", get.name));
                        uses.push(("get", get, Some(member)));
                    }
                    None => comments.push(format!(
                        "`{}` gives another type than the list: it is left out",
                        get.name
                    )),
                },
                None => {
                    comments.push(format!("`{}` is answered with no JSON of one type", get.name))
                }
            }
        }
        let others = [("create", group.create), ("update", group.update), ("delete", group.delete)];
        uses.extend(others.into_iter().filter_map(|(verb, operation)| {
            let operation = operation?;
            let reads = verb != "delete";
            let item = answered(operation).filter(|given| reads && *given != record);
            let item = item.and_then(|given| self.inside(given, record));
            // What the answer shows under another schema is the record only if `get` says so, too.
            let known = |ty: TypeId| {
                ty == record || self.schema(ty).is_some_and(|name| schemas.contains(&name))
            };
            Some((verb, operation, item.filter(|(_, ty)| known(*ty)).map(|(member, _)| member)))
        }));
        let ty = self.record(record, schemas, field);
        let name = self.name(path, plain_name(&field.wire).as_str());
        let mut entry = Entry::map(name, Vec::new()).optional();
        for comment in comments {
            entry = entry.why(comment);
        }
        entry.push(Entry::text("type", ty));
        entry.push(Entry::text("key", scalar(&field.wire)));
        for (verb, operation, item) in uses {
            self.used.insert(&operation.name);
            let into = match verb {
                "create" | "update" => self.around(operation),
                _ => None,
            };
            let said = [("into", into), ("item", item)];
            let said: Vec<String> = said
                .into_iter()
                .filter_map(|(key, member)| {
                    Some(format!(", {key}: {}", scalar(&body_path(&member?))))
                })
                .collect();
            let text = match said.as_slice() {
                [] => operation.name.clone(),
                said => format!("{{operation: {}{}}}", operation.name, said.concat()),
            };
            entry.push(Entry::text(verb, text).optional());
        }
        Ok(entry)
    }

    /// The member of an answer that holds the record, and its type.
    fn inside(&self, answer: TypeId, record: TypeId) -> Option<(String, TypeId)> {
        let fields = &self.types.as_struct(answer)?.fields;
        let same = fields.iter().find(|field| field.ty.id == record);
        let alike = || {
            let is = |ty| self.schema(ty).is_some() && self.is_alike(record, ty);
            fields.iter().find(|field| is(field.ty.id))
        };
        let field = same.or_else(alike)?;
        Some((field.wire.clone(), field.ty.id))
    }

    /// The only member of a body, if it is an object: what the record goes into.
    fn around(&self, operation: &Operation) -> Option<String> {
        let body = self.types.as_struct(operation.body.as_ref()?.ty.id)?;
        match body.fields.as_slice() {
            [only] if body.rest.is_none() && self.types.as_struct(only.ty.id).is_some() => {
                Some(only.wire.clone())
            }
            _ => None,
        }
    }

    /// The name of the schema that a type is made of.
    fn schema(&self, ty: TypeId) -> Option<String> {
        let place = &self.types.get(ty).place;
        let mut segments = place.segments();
        let found = [segments.next()?, segments.next()?];
        let name = segments.next()?;
        let named = place.file == self.document.file
            && segments.next().is_none()
            && found == ["components", "schemas"]
            && self.document.schema(&name).is_some();
        named.then_some(name)
    }

    /// Whether two types can be one record: what both have is of one type.
    fn is_alike(&self, a: TypeId, b: TypeId) -> bool {
        let (Some(a), Some(b)) = (self.types.as_struct(a), self.types.as_struct(b)) else {
            return false;
        };
        let mut shared = 0;
        for field in &a.fields {
            let Some(other) = b.field(&field.wire) else { continue };
            shared += 1;
            let kind = |field: &Field| plain(self.types, field.ty);
            let scalar = !matches!(kind(field), Plain::Compound | Plain::Unknown);
            if field.ty.id != other.ty.id && !(scalar && kind(field) == kind(other)) {
                return false;
            }
        }
        shared * 2 > a.fields.len() && a.rest.is_some() == b.rest.is_some()
    }

    /// The name of the record in `types`.
    fn record(&mut self, record: TypeId, schemas: Vec<String>, key: &Field) -> String {
        let known = self.records.entry(record).or_insert_with(|| {
            let name: String = schemas.first().map(|name| type_ident(name)).unwrap_or_default();
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let fine = name.starts_with(|c: char| c.is_ascii_uppercase());
            let name = if fine { name } else { format!("T{name}") };
            Record {
                name: self.type_names.unique(name),
                schemas: IndexSet::new(),
                refined: IndexMap::new(),
                because: Vec::new(),
            }
        });
        known.schemas.extend(schemas);
        let (kind, plain) = match &self.types.get(key.ty.id).kind {
            TypeKind::Integer(_) => ("integer", true),
            TypeKind::String(format) => ("string", *format == StringFormat::Plain),
            _ => ("string", true),
        };
        if !plain || key.may_be_missing() {
            let because = match (plain, key.may_be_missing()) {
                (true, _) => {
                    format!("records are read and listed by `{}`, so each has one", key.wire)
                }
                (false, _) => format!("`{}` is used as a key, as the text that it is", key.wire),
            };
            if known.refined.insert(key.wire.clone(), kind).is_none() {
                known.because.push(because);
            }
        }
        known.name.clone()
    }

    /// A name after the path: its last part, with the one before where that is taken. `/flows/name/{name}` are flows by
    /// name.
    fn name(&mut self, path: &str, key: &str) -> String {
        if let Some((before, by)) = path.rsplit_once('/')
            && plain_name(by) == key
            && let Some(collection) =
                before.rsplit('/').find(|part| !part.is_empty() && !part.starts_with('{'))
        {
            let name = format!("{}_by_{}", spec_name(collection), spec_name(by));
            return self.names.unique(name);
        }
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
        let last = spec_name(parts.next().unwrap_or("records"));
        let said = |part: &&str| !part.starts_with('{');
        let before = if BARE.contains(&last.as_str()) { parts.find(said) } else { parts.next() };
        let before = before.map(spec_name);
        // `type` or `failed` means nothing without what it is the type of.
        let bare = BARE.contains(&last.as_str()) && before.is_some();
        if !bare && self.names.keep(&last) {
            return last;
        }
        let long = before.map_or_else(|| last.clone(), |before| format!("{before}_{last}"));
        self.names.unique(long)
    }

    fn finish(mut self) -> Found<'o> {
        const SHOWN: usize = 8;
        let list = |paths: &[String]| {
            let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
            shortened(&paths, SHOWN)
        };
        if !self.nested.is_empty() {
            self.resources.push(Entry::comment(format!(
                "below another record, so a resource needs its key as a constant (`with: {{path.x: ..}}`): {}",
                list(&self.nested)
            )));
        }
        for (why, paths) in &self.unclear {
            self.resources
                .push(Entry::comment(format!("no resources, because {why}: {}", list(paths))));
        }
        self.resources.push(Entry::comment(
            "`changes` (what changed since a time) and `upsert` are not known from a document",
        ));
        let mut types = Entry::map("types", Vec::new());
        for record in self.records.into_values() {
            types.push(record.entry());
        }
        Found { resources: self.resources, types, used: self.used }
    }
}

impl Record {
    fn entry(&self) -> Entry {
        let schemas: Vec<String> = self.schemas.iter().map(|name| scalar(name)).collect();
        let schemas = match schemas.as_slice() {
            [one] => Entry::text("schema", one.clone()),
            several => Entry::text("schemas", format!("[{}]", several.join(", "))),
        };
        let mut entry = Entry::map(self.name.clone(), vec![schemas]).optional();
        if !self.refined.is_empty() {
            entry.push(Entry::text("in", "responses"));
            let refined: Vec<Entry> =
                self.refined.iter().map(|(wire, ty)| Entry::text(path(wire), *ty)).collect();
            entry.push(Entry::map("refine", refined));
            entry.push(Entry::text("because", scalar(&self.because.join("; "))));
        }
        entry
    }
}

/// Last parts of paths that say nothing alone.
const BARE: &[&str] = &[
    "active", "all", "archived", "bulk", "current", "default", "deleted", "failed", "list",
    "query", "recent", "search", "type",
];

/// A field's name as a path of the language.
fn path(wire: &str) -> String {
    match wire.contains(['.', '[', ']']) {
        true => step(wire),
        false => wire.to_owned(),
    }
}

/// The field that identifies a record, and why. One that may be missing has to be what paths have: as a guess, it
/// would be said to be always there for no reason.
fn key<'t>(
    types: &'t Types,
    record: TypeId,
    structure: &'t Struct,
    group: &Group<'_>,
) -> Option<(&'t Field, String)> {
    let fits = |field: &&Field| {
        matches!(
            types.get(field.ty.id).kind,
            TypeKind::Integer(_)
                | TypeKind::Enum(_)
                | TypeKind::String(StringFormat::Plain | StringFormat::Uuid)
        )
    };
    let fields = || structure.fields.iter().filter(fits);
    let by_name = |name: &str| fields().find(|field| plain_name(&field.wire) == name);
    let ones = [group.get, group.update, group.delete];
    let one = ones.into_iter().flatten().next();
    let parameter = one.and_then(|operation| {
        let (parent, last) = operation.path.trim_end_matches('/').rsplit_once('{')?;
        Some((operation, parent, last.split('}').next().unwrap_or_default()))
    });
    let Some((operation, parent, parameter)) = parameter else {
        // Without a path that takes it, it has to be there.
        let field = by_name("id").filter(|field| !field.may_be_missing())?;
        return Some((field, format!("the key is `{}`, by its name", field.wire)));
    };
    let wanted = plain_name(parameter);
    // What the paths or the record are called: the `contact` of `contactId`.
    let collection =
        plain_name(parent.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
    let kind = types.get(record).name.as_deref().map(plain_name).unwrap_or_default();
    let is_about = |word: &str| {
        word.len() > 1
            && (collection.starts_with(word.trim_end_matches('y')) || kind.ends_with(word))
    };
    let short = ["id", "gid", "uid", "uuid", "key", "guid", "sid"];
    // `contactId` is the `id` of a contact, and `{contact}` is, too.
    let ends = || {
        short.iter().find_map(|short| {
            let word = wanted.strip_suffix(short)?;
            let sure = word.is_empty() || is_about(word);
            by_name(short).filter(|field| sure || !field.may_be_missing())
        })
    };
    let whole = || by_name("id").filter(|_| is_about(&wanted));
    if let Some(field) = by_name(&wanted).or_else(ends).or_else(whole) {
        return Some((
            field,
            format!("the key is `{}`, because paths have `{{{parameter}}}`", field.wire),
        ));
    }
    // A text in the path is no number of the record: `{username}`.
    let given = operation.parameters.iter().find(|p| p.wire == parameter);
    let same =
        |field: &&Field| given.is_none_or(|given| plain(types, given.ty) == plain(types, field.ty));
    let field = by_name("id").filter(|field| !field.may_be_missing()).filter(same)?;
    Some((field, format!("the key is `{}`, by its name; paths have `{{{parameter}}}`", field.wire)))
}

/// A member of a body as specs write it.
fn body_path(member: &str) -> String {
    match member.contains(['.', '[']) {
        true => format!("body['{member}']"),
        false => format!("body.{member}"),
    }
}
