//! Uses of a resource are about its records.
//!
//! A document does not say so in a word. It shows it by the schema of an answer or a body, by what else its path answers,
//! and by the path itself: where these agree, it is proven; where the path and the schemas are those of another record,
//! it is an error; all between is assumed.

use super::Uses;
use super::collections::{
    Collection, Relation, called_after, is_of_a_call, schema_words, speaks_of,
};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::resources::OTHER_RECORD;
use crate::ir::{One, Operation, Output, Resource, Sign, Standing, TypeId, Within};
use crate::openapi::{Document, FoundOperation, Node, Selector};
use crate::resolve::Context;
use crate::source::Place;
use crate::spec::syntax;
use std::collections::HashSet;

/// A use that is right in itself.
struct Used<'u> {
    verb: &'static str,
    syntax: &'u syntax::Use,
    /// The types of the parts of its messages that are said to be the record.
    within: Vec<TypeId>,
}

/// What schemas say of a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// They are those of the record.
    Record,
    Nothing,
    /// They are those of another record.
    Other,
}

impl Uses<'_, '_> {
    /// Holds the uses of a resource against those that are known to give its records.
    pub(super) fn belong(&mut self, syntax: &syntax::Resource, resource: &Resource) {
        let within = |parts: [&Option<Within>; 2]| -> Vec<TypeId> {
            parts.into_iter().flatten().map(|within| within.ty.id).collect()
        };
        let one = |one: &One| within([&one.item, &one.into]);
        let uses = [
            ("get", &syntax.get, resource.get.as_ref().map(one)),
            (
                "create",
                &syntax.create,
                resource.create.as_ref().map(|u| within([&u.item, &u.into])),
            ),
            ("update", &syntax.update, resource.update.as_ref().map(one)),
            ("delete", &syntax.delete, resource.delete.as_ref().map(one)),
        ];
        let (known, ty) = (self.known(resource), syntax.ty.as_str());
        for (verb, syntax, within) in uses {
            // One that is wrong in itself was said to be that.
            let (Some(syntax), Some(within)) = (syntax, within) else { continue };
            let used = Used { verb, syntax, within };
            let Some(operation) = self.context.operations.get(syntax.operation()).cloned() else {
                continue;
            };
            if self.context.doubtful_operations.contains(&operation.name) {
                continue;
            }
            let others: Vec<&Operation> =
                known.iter().filter(|known| known.name != operation.name).collect();
            if !(verb == "get" && others.is_empty()) {
                self.belongs((&resource.name, ty), &used, &operation, &others);
            }
        }
    }

    /// The operations whose answers are the records.
    fn known(&self, resource: &Resource) -> Vec<Operation> {
        let operations = &self.context.operations;
        let listings = [
            resource.list.as_ref().map(|list| &list.operation),
            resource.changes.as_ref().map(|changes| &changes.operation),
        ];
        let of_records = |operation: &&Operation| {
            operation.pagination.as_ref().is_some_and(|pages| pages.item.id == self.record)
        };
        let listings = listings.into_iter().flatten().filter_map(|name| operations.get(name));
        let get = resource.get.as_ref().and_then(|get| {
            let operation = operations.get(&get.operation)?;
            let answer = match (&get.item, &operation.output) {
                (Some(item), _) => item.ty.id,
                (None, Output::Json { ty, .. }) => ty.id,
                _ => return None,
            };
            (answer == self.record).then_some(operation)
        });
        listings.filter(of_records).chain(get).cloned().collect()
    }

    fn belongs(
        &mut self,
        (name, ty): (&str, &str),
        used: &Used<'_>,
        operation: &Operation,
        known: &[&Operation],
    ) {
        let schemas = schemas(self.context, ty);
        let shown = self.shown(used, operation, &schemas);
        let about = Collection::of(&operation.path);
        let paths: Vec<Collection> =
            known.iter().map(|known| Collection::of(&known.path)).collect();
        let relation = paths.iter().map(|path| path.relation(&about)).min();
        let relation = relation.unwrap_or(Relation::Unclear);
        let named = schemas.iter().any(|schema| called_after(schema, about.name()));
        // What is called alike and is not the same is below something else.
        let apart =
            relation != Relation::Same && paths.iter().any(|path| path.is_called_like(&about));
        let relation = if named && !apart { Relation::Same } else { relation };
        let of_others = apart && paths.iter().any(|path| path.is_of_others(&about));
        let place = self.place.child(used.verb);
        let text = format!("`{}` is about the records of `{name}`", operation.name);
        let because = match used.syntax {
            syntax::Use::Full(full) => full.because.as_deref(),
            syntax::Use::Name(_) => None,
        };
        let twin = (relation == Relation::Other && shown != Shown::Record)
            .then(|| twin(self.context.documents, used.verb, operation, known))
            .flatten();
        let document = Some(&operation.defined);
        let sign =
            Sign::Refused { statuses: vec![404, 405], operations: vec![operation.name.clone()] };
        let other = match relation {
            Relation::Other => shown == Shown::Other || twin.is_some(),
            _ => of_others && shown == Shown::Other,
        };
        match (relation, shown) {
            (Relation::Same, Shown::Record | Shown::Nothing)
            | (Relation::Unclear, Shown::Record) => {
                self.context.proven(text, &place, document);
            }
            _ if other => {
                if because.is_some() {
                    self.context
                        .fact(Standing::Overridden, text, because, &place, document)
                        .seen_by(sign);
                    return;
                }
                let message = format!(
                    "`{}` is about other records than `{name}`: {} {}",
                    operation.name, operation.method, operation.path
                );
                let mut finding = Diagnostic::error(OTHER_RECORD, message)
                    .at(&place, "")
                    .and(&operation.defined, "the operation");
                if let Some(known) = known.first() {
                    finding = finding.and(&known.defined, "the records are those of this one");
                }
                if let Some(twin) = twin {
                    let called = self.context.called_by(&twin);
                    finding = finding.help(match called {
                        Some(called) => format!("did you mean `{called}`, which is {twin}?"),
                        None => format!("the document has {twin}"),
                    });
                }
                let help = "if they are the same records, say why in a `because` of this use";
                // That it does not take their key follows.
                self.context.diagnostics.forget_within(&place);
                self.context.report(finding.help(help));
            }
            _ => {
                let usual = match relation {
                    Relation::Other => "its path is about something else, by its names",
                    Relation::Same => "its schemas are those of something else, by their names",
                    _ if apart => "its path is about records of something else, by its names",
                    _ => "neither its path nor its schemas say so",
                };
                self.context.granted(text, because, usual, &place, document).seen_by(sign);
            }
        }
    }

    /// What the schemas of an operation, and of what else its path answers, say.
    fn shown(&self, used: &Used<'_>, operation: &Operation, schemas: &HashSet<String>) -> Shown {
        let is_record = |ty: TypeId| ty == self.record || self.is_schema(ty, schemas);
        if used.within.iter().any(|ty| is_record(*ty)) {
            return Shown::Record;
        }
        if let Output::Json { ty, .. } = &operation.output
            && (is_record(ty.id) || used.verb == "get")
        {
            return Shown::Record;
        }
        let about = Collection::of(&operation.path);
        let own = messages(self.context.documents, &operation.defined);
        let beside = operation.defined.pointer.rsplit_once('/').map(|(item, _)| Place {
            pointer: format!("{item}/get").into(),
            ..operation.defined.clone()
        });
        let beside = beside.map(|get| messages(self.context.documents, &get)).unwrap_or_default();
        let all = || own.iter().chain(&beside);
        let speaks = |message: &Message| {
            let of_this = message.name.iter().any(|name| speaks_of(name, about.name()));
            let of_record = message.name.as_ref().is_some_and(|name| {
                schemas.contains(name)
                    || schemas.iter().any(|schema| speaks_of(name, &schema_words(schema)))
            });
            let of_call = message.name.iter().any(|name| is_of_a_call(name, about.name()));
            of_this && !of_record && !of_call
        };
        let is =
            |message: &Message| message.name.as_ref().is_some_and(|name| schemas.contains(name));
        let holds = |message: &Message| message.members.iter().any(|name| schemas.contains(name));
        if all().any(|message| is(message) || (holds(message) && !speaks(message))) {
            Shown::Record
        } else if all().any(speaks) {
            Shown::Other
        } else {
            Shown::Nothing
        }
    }

    /// Whether a type is one of these schemas of the document.
    fn is_schema(&self, ty: TypeId, schemas: &HashSet<String>) -> bool {
        schema_at(&self.context.types.get(ty).place).is_some_and(|name| schemas.contains(&name))
    }
}

impl Context<'_> {
    /// What the spec calls the operation with this method and path.
    fn called_by(&self, call: &str) -> Option<String> {
        let found = self.operations.values();
        let mut found = found.filter(|o| format!("{} {}", o.method, o.path) == call);
        found.next().map(|operation| operation.name.clone())
    }
}

/// The names of the document's schemas that a type of the spec is.
fn schemas(context: &Context<'_>, ty: &str) -> HashSet<String> {
    let Some(ty) = context.spec.syntax.types.get(ty) else { return HashSet::new() };
    ty.schema.iter().chain(&ty.schemas).cloned().collect()
}

/// The operation of the same kind on the records that are meant, as `DELETE /flows/{id}`.
fn twin(
    documents: &[Document],
    verb: &str,
    operation: &Operation,
    known: &[&Operation],
) -> Option<String> {
    let methods: &[&str] = match verb {
        "get" => &["GET"],
        "delete" => &["DELETE"],
        "create" => &["POST"],
        _ => &["PATCH", "PUT", "POST"],
    };
    // What is done in another way may be something else: a record that is put into the trash.
    if !methods.contains(&operation.method.as_str()) {
        return None;
    }
    let bases = known.iter().flat_map(|known| {
        let path = known.path.trim_end_matches('/');
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        [path, parent]
    });
    for base in bases.filter(|base| !Collection::of(base).name().is_empty()) {
        let base = if base.ends_with('}') { base.rsplit_once('/')?.0 } else { base };
        let paths = match verb {
            "create" => [base.to_owned(), format!("{base}/")],
            _ => [format!("{base}/{{id}}"), format!("{base}/{{id}}/")],
        };
        // A list by POST creates nothing.
        let other = |found: &FoundOperation| {
            found.place != operation.defined && known.iter().all(|k| k.defined != found.place)
        };
        let calls = methods.iter().flat_map(|method| {
            let call =
                |path: &String| Selector::Call { method: (*method).to_owned(), path: path.clone() };
            paths.each_ref().map(call)
        });
        let find = |call: Selector| documents.iter().find_map(|document| document.find(&call));
        if let Some(found) = calls.filter_map(find).find(other) {
            return Some(format!("{} {}", found.method, found.path));
        }
    }
    None
}

/// A body or an answer of an operation.
struct Message {
    /// What its schema is called, or that of its elements.
    name: Option<String>,
    /// What schemas of its members are called.
    members: Vec<String>,
}

/// The JSON of an operation: what it sends, and what a success answers.
fn messages(documents: &[Document], operation: &Place) -> Vec<Message> {
    let mut found = Vec::new();
    for document in documents {
        let Some(operation) = document.node(operation) else { continue };
        let body = operation.get("requestBody");
        let answers = operation.get("responses").into_iter().flat_map(|responses| {
            let answers = responses.entries().filter(|(status, _)| status.starts_with('2'));
            answers.map(|(_, answer)| answer).collect::<Vec<_>>()
        });
        for message in body.into_iter().chain(answers) {
            let content = document.resolve(message).ok().and_then(|message| message.get("content"));
            let media = content.iter().flat_map(Node::entries);
            let schemas = media.filter_map(|(_, media)| media.get("schema"));
            found.extend(schemas.map(|schema| read(document, schema)));
        }
    }
    found
}

fn read(document: &Document, schema: Node<'_>) -> Message {
    let mut name = called(document, &schema);
    let resolved = document.resolve(schema).ok();
    if let Some(items) = resolved.as_ref().and_then(|schema| schema.get("items")) {
        name = called(document, &items).or(name);
    }
    let properties = resolved.iter().filter_map(|schema| schema.get("properties"));
    let members = properties.flat_map(|properties| {
        let members = properties.entries().filter_map(|(_, member)| called(document, &member));
        members.collect::<Vec<_>>()
    });
    Message { name, members: members.collect() }
}

/// What the schema that a node refers to is called.
fn called(document: &Document, node: &Node<'_>) -> Option<String> {
    node.str("$ref")?;
    schema_at(&document.resolve(node.clone()).ok()?.place)
}

/// The name of the schema at a place.
pub(in crate::resolve) fn schema_at(place: &Place) -> Option<String> {
    let mut segments = place.segments();
    let found = [segments.next()?, segments.next()?];
    let name = segments.next()?;
    (found == ["components", "schemas"] && segments.next().is_none()).then_some(name)
}
