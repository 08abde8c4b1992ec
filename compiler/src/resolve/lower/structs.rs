//! The fields of structs, from a queue.

use super::members::{Chosen, Members, OF_A_CHOICE, OF_SEVERAL, Rest, collect_chosen};
use super::refine::Tree;
use super::schema::{BROKEN_KEYWORD, Context};
use super::unify::Agreement;
use super::{Direction, Lowering, Out, notes};
use crate::diagnostics::Severity;
use crate::ir::{Field, Notes, Struct, TypeId, TypeKind, TypeUse};
use crate::openapi::Node;
use crate::resolve::names::{Scope, field_ident, upper_camel_case};
use crate::source::Place;
use indexmap::IndexMap;
use std::collections::HashSet;

/// A struct whose fields are to be lowered.
#[derive(Debug)]
pub(super) struct Job<'a> {
    ty: TypeUse,
    document: usize,
    direction: Direction,
    /// The entry that it belongs to, and the path from the entry to it.
    refinement: Option<(usize, String)>,
    /// The records that it is made of, each of the parts that it is all of: several records are unified.
    schemas: Vec<Vec<Node<'a>>>,
    /// The choices of members that were made.
    chosen: Option<Chosen<'a>>,
    tree: Tree,
}

/// A field before it has a Rust name.
pub(super) struct Draft {
    pub(super) ty: TypeUse,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    /// Whether several of the unified schemas have it.
    pub(super) repeated: bool,
    pub(super) doc: Option<String>,
    pub(super) notes: Notes,
    pub(super) place: Place,
}

impl Draft {
    /// A field that the document does not have: the spec says it, at `place`.
    pub(super) fn assumed(ty: TypeUse, required: bool, place: Place) -> Self {
        Draft {
            ty,
            required,
            read_only: false,
            write_only: false,
            repeated: false,
            doc: None,
            notes: Notes::default(),
            place,
        }
    }
}

impl<'a> Lowering<'a> {
    /// Adds a struct without fields yet.
    pub(super) fn reserve(&self, out: &mut Out<'_>, ident: String, node: &Node<'a>) -> TypeUse {
        let doc = node.str("description").or_else(|| node.str("title")).map(str::to_owned);
        let ty = self.add(out, Some(ident), TypeKind::Struct(Struct::default()), doc, &node.place);
        out.types.get_mut(ty.id).notes.deprecated = node.flag("deprecated");
        ty
    }

    /// Has the fields of a reserved struct lowered later.
    pub(super) fn enqueue(
        &mut self,
        ty: TypeUse,
        cx: Context<'_>,
        schemas: Vec<Vec<Node<'a>>>,
        tree: Tree,
    ) {
        let refinement = cx.refinement.map(|(entry, path)| (entry, path.to_owned()));
        self.queue.push_back(Job {
            ty,
            document: cx.document,
            direction: cx.direction,
            refinement,
            schemas,
            chosen: None,
            tree,
        });
    }

    /// The same for one record with a choice of members, which was made.
    pub(super) fn enqueue_chosen(
        &mut self,
        ty: TypeUse,
        cx: Context<'_>,
        parts: Vec<Node<'a>>,
        chosen: Chosen<'a>,
    ) {
        self.enqueue(ty, cx, vec![parts], Tree::default());
        if let Some(job) = self.queue.back_mut() {
            job.chosen = Some(chosen);
        }
    }

    pub(super) fn lower_struct(&mut self, out: &mut Out<'_>, job: Job<'a>) {
        let document = &self.documents[job.document];
        let cx = Context {
            document: job.document,
            direction: job.direction,
            refinement: job.refinement.as_ref().map(|(entry, path)| (*entry, path.as_str())),
        };
        let name = out.types.get(job.ty.id).name.clone().unwrap_or_default();
        let collect = |parts: &Vec<Node<'a>>| collect_chosen(document, parts, job.chosen.as_ref());
        let all: Vec<Members<'a>> = job.schemas.iter().map(collect).collect();
        for error in all.iter().flat_map(|members| &members.broken) {
            out.push(error.diagnostic(Severity::Warning, "a part of a schema cannot be read"));
        }
        for fault in all.iter().flat_map(|members| &members.faults) {
            out.push(fault.diagnostic(Severity::Warning, BROKEN_KEYWORD));
        }
        let home = &job.schemas[0][0].place;
        let mut drafts: IndexMap<String, Draft> = IndexMap::new();
        let mut left_out: HashSet<&str> = HashSet::new();
        for members in &all {
            for (wire, member) in &members.fields {
                let (read_only, write_only) = self.one_way(job.document, &member.nodes);
                let other_way = match job.direction {
                    Direction::Requests => read_only,
                    Direction::Responses => write_only,
                };
                if other_way {
                    left_out.insert(wire);
                    continue;
                }
                let hint = format!("{name}{}", upper_camel_case(wire));
                let empty = Tree::default();
                let tree = job.tree.child(wire).filter(|tree| tree.is_branch()).unwrap_or(&empty);
                let place = member.node().map_or(home, |node| &node.place).clone();
                let path = join(cx.refinement.map_or("", |(_, path)| path), wire);
                let inner = Context {
                    refinement: cx.refinement.map(|(entry, _)| (entry, path.as_str())),
                    ..cx
                };
                if let Some(known) = drafts.get_mut(wire) {
                    known.repeated = true;
                    if job.tree.child(wire).is_some_and(|tree| !tree.is_branch()) {
                        continue; // The spec decides.
                    }
                    let other = self.lower_all(out, &inner, &member.nodes, &hint, tree);
                    let other = self.hide(out, wire, write_only, other, &place);
                    known.ty.nullable |= other.nullable;
                    if tree.is_branch() && self.unite(known.ty.id, other.id) {
                        continue; // Their members are compared one by one.
                    }
                    self.agreements.push(Agreement {
                        owner: job.ty.id,
                        wire: Some(wire.clone()),
                        field: path,
                        first: known.place.clone(),
                        second: (other, place),
                        entry: self.entry_place(&cx),
                    });
                    continue;
                }
                let mut ty = self.lower_all(out, &inner, &member.nodes, &hint, tree);
                ty = self.hide(out, wire, write_only, ty, &place);
                let everywhere = |m: &Members<'_>| m.fields.get(wire).is_some_and(|f| f.required);
                let required = all.iter().all(everywhere);
                // What is of any type may be null, which is not the same as absent.
                let untyped = matches!(out.types.get(ty.id).kind, TypeKind::Any { .. });
                ty.nullable |= untyped && !required;
                let draft = Draft {
                    ty,
                    required,
                    read_only,
                    write_only,
                    repeated: false,
                    doc: member.str("description").map(str::to_owned),
                    notes: notes::of(document, &member.nodes),
                    place,
                };
                drafts.insert(wire.clone(), draft);
            }
        }
        let mut rest = self.lower_rest(out, &cx, &job, &all, &name);
        // Something without a declared shape that the spec refines has members of any kind.
        let untyped = drafts.is_empty() && rest.is_none() && !job.tree.is_empty();
        let closed = all.iter().any(|members| matches!(members.rest, Rest::Closed));
        if untyped && !closed {
            rest = Some(self.any(
                out,
                "the document gives no type of members",
                &job.schemas[0][0].place,
            ));
        }
        if !job.tree.is_empty() {
            self.refine(out, &cx, &job.tree, &mut drafts, &left_out, &mut rest, home);
        }
        let closed = rest.is_none() && closed;
        let keeps_unknown = self.keep_unknown && !closed && rest.is_none();
        let mut idents = Scope::new(if rest.is_some() || keeps_unknown { &["rest"] } else { &[] });
        let fields = drafts.into_iter().map(|(wire, draft)| Field {
            ident: idents.unique(field_ident(&wire)),
            wire,
            ty: draft.ty,
            required: draft.required,
            read_only: draft.read_only,
            write_only: draft.write_only,
            boxed: false,
            doc: draft.doc,
            notes: draft.notes,
            place: draft.place,
        });
        let kind =
            TypeKind::Struct(Struct { fields: fields.collect(), rest, closed, keeps_unknown });
        out.types.get_mut(job.ty.id).kind = kind;
    }

    /// What other members are, in all schemas that a struct is made of.
    fn lower_rest(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        job: &Job<'a>,
        all: &[Members<'a>],
        name: &str,
    ) -> Option<TypeUse> {
        for members in all {
            let because = match members.rest {
                Rest::Choices => OF_A_CHOICE,
                Rest::Schemas => OF_SEVERAL,
                _ => continue,
            };
            return Some(self.fallback(out, because, &job.schemas[0][0].place));
        }
        if all.iter().any(|members| matches!(members.rest, Rest::Anything)) {
            return Some(self.any(out, "the document allows any member", &job.schemas[0][0].place));
        }
        let plain = Context { refinement: None, ..*cx };
        let hint = format!("{name}Value");
        let mut nodes = all.iter().filter_map(|members| match &members.rest {
            Rest::Schema(node) => Some(node),
            _ => None,
        });
        let first = nodes.next()?;
        let rest = self.lower(out, &plain, first.clone(), &hint, &Tree::default());
        if job.tree.child("*").is_some() {
            return Some(rest); // The spec decides.
        }
        for node in nodes {
            let other = self.lower(out, &plain, node.clone(), &hint, &Tree::default());
            self.agreements.push(Agreement {
                owner: job.ty.id,
                wire: None,
                field: join(cx.refinement.map_or("", |(_, path)| path), "*"),
                first: first.place.clone(),
                second: (other, node.place.clone()),
                entry: self.entry_place(cx),
            });
        }
        Some(rest)
    }

    /// Makes one struct of two whose fields were not lowered yet; false if they are no such structs.
    fn unite(&mut self, a: TypeId, b: TypeId) -> bool {
        let at = |id: TypeId| self.queue.iter().rposition(|job| job.ty.id == id);
        let (Some(_), Some(second)) = (at(a), at(b)) else { return false };
        let schemas = self.queue.remove(second).map(|job| job.schemas).unwrap_or_default();
        if let Some(first) = self.queue.iter_mut().rfind(|job| job.ty.id == a) {
            for schema in schemas {
                if first.schemas.iter().all(|known| places(known) != places(&schema)) {
                    first.schemas.push(schema);
                }
            }
        }
        true
    }

    /// Where the entry stands whose fields are being lowered.
    fn entry_place(&self, cx: &Context<'_>) -> Option<Place> {
        cx.refinement.map(|(entry, _)| self.entries.get(entry).place.clone())
    }

    /// Whether a member is only read or only written; it may say so itself, or what it refers to or is all of may.
    fn one_way(&self, document: usize, nodes: &[Node<'a>]) -> (bool, bool) {
        let document = &self.documents[document];
        let (mut read_only, mut write_only) = (false, false);
        let mut seen: HashSet<Place> = HashSet::new();
        let mut stack: Vec<Node<'a>> = nodes.to_vec();
        while let Some(node) = stack.pop() {
            read_only |= node.flag("readOnly");
            write_only |= node.flag("writeOnly");
            let Ok(target) = document.resolve(node) else { continue };
            if seen.insert(target.place.clone()) {
                read_only |= target.flag("readOnly");
                write_only |= target.flag("writeOnly");
                stack.extend(target.get("allOf").iter().flat_map(Node::items));
            }
        }
        // Both at once would leave nothing of it.
        (read_only && !write_only, write_only && !read_only)
    }
}

fn places<'n>(parts: &'n [Node<'_>]) -> Vec<&'n Place> {
    parts.iter().map(|part| &part.place).collect()
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
