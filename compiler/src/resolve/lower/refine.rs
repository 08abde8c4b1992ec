//! What a spec says about fields: `refine` and `add`.

use super::schema::Context;
use super::structs::{Draft, join};
use super::unify::same;
use super::{Lowering, Out, notes};
use crate::diagnostics::codes::types::{BAD_TYPE, FIELD_EXISTS, NO_BECAUSE, UNKNOWN_FIELD};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Fact, Sign, Standing, StringFormat, TypeKind, TypeUse, Types};
use crate::resolve::paths::{Segment, describe, parse};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;
use std::collections::HashSet;

/// The refinements of an entry, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    leaf: Option<Leaf>,
    children: IndexMap<String, Tree>,
}

/// What is said about one field.
#[derive(Clone, Debug)]
struct Leaf {
    text: String,
    /// Under `add` instead of `refine`.
    added: bool,
    /// The value in the spec; its key is the path.
    place: Place,
}

impl Tree {
    pub(super) fn read(ty: &syntax::Type, place: &Place, diagnostics: &mut Diagnostics) -> Tree {
        let mut tree = Tree::default();
        for (section, fields, added) in [("refine", &ty.refine, false), ("add", &ty.add, true)] {
            for (path, text) in fields {
                let place = place.child(section).child(path);
                let steps = match parse(path) {
                    Ok(steps) => steps,
                    Err(error) => {
                        diagnostics.push(error.diagnostic(UNKNOWN_FIELD, &place.key(), 0));
                        continue;
                    }
                };
                let mut at = &mut tree;
                let mut through_list = false;
                for (step, _) in steps {
                    match step {
                        Segment::Name(name) => at = at.children.entry(name).or_default(),
                        Segment::Index(_) => through_list = true,
                    }
                }
                if through_list {
                    let message = "a refinement's path leads through objects, not into lists";
                    diagnostics
                        .push(Diagnostic::error(UNKNOWN_FIELD, message).at(&place.key(), ""));
                    continue;
                }
                if at
                    .leaf
                    .replace(Leaf { text: text.clone(), added, place: place.clone() })
                    .is_some()
                {
                    let message = format!("`{path}` is both refined and added");
                    diagnostics.push(Diagnostic::error(FIELD_EXISTS, message).at(&place.key(), ""));
                }
            }
        }
        tree
    }

    pub(super) fn is_empty(&self) -> bool {
        self.leaf.is_none() && self.children.is_empty()
    }

    /// Whether it says something about members.
    pub(super) fn is_branch(&self) -> bool {
        !self.children.is_empty()
    }

    pub(super) fn child(&self, name: &str) -> Option<&Tree> {
        self.children.get(name)
    }

    /// The keys in the spec of everything in it.
    pub(super) fn places(&self) -> Vec<Place> {
        let own = self.leaf.iter().map(|leaf| leaf.place.key());
        own.chain(self.children.values().flat_map(Tree::places)).collect()
    }
}

impl<'a> Lowering<'a> {
    /// Applies what the spec says about the fields of one struct.
    #[expect(clippy::too_many_arguments, reason = "the parts of one struct under construction")]
    pub(super) fn refine(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        tree: &Tree,
        drafts: &mut IndexMap<String, Draft>,
        left_out: &HashSet<&str>,
        rest: &mut Option<TypeUse>,
        home: &Place,
    ) {
        let Some((entry, path)) = cx.refinement else { return };
        for (name, sub) in &tree.children {
            if left_out.contains(name.as_str()) {
                continue;
            }
            let field = join(path, name);
            let exists = drafts.contains_key(name);
            let Some(leaf) = &sub.leaf else {
                if !exists {
                    self.unknown(out, &field, sub, drafts, home);
                }
                continue;
            };
            if sub.is_branch() {
                let message = format!("`{field}` is given a type, and its members are refined");
                out.push(
                    Diagnostic::error(BAD_TYPE, message)
                        .at(&leaf.place.key(), "")
                        .help("do one of both"),
                );
                continue;
            }
            if leaf.added && exists {
                out.push(
                    Diagnostic::error(FIELD_EXISTS, format!("the document has `{field}` already"))
                        .at(&leaf.place.key(), "")
                        .and(&drafts[name].place.key(), "here")
                        .help("say more about it under `refine`"),
                );
                continue;
            }
            let others = name == "*" && !exists;
            if !leaf.added && !exists && rest.is_none() {
                self.unknown(out, &field, sub, drafts, home);
                continue;
            }
            let written = self.written_type(out, &leaf.text, &leaf.place, cx.direction);
            let Some((mut ty, required)) = written else {
                // That it is no type was reported; that the field is there is not in doubt.
                if !others && !exists {
                    let kind = TypeKind::any("the spec gives it no type");
                    let ty = out.types.shape(self.integration, kind, &leaf.place);
                    let place = leaf.place.clone();
                    drafts.insert(name.clone(), Draft::assumed(ty, false, place));
                }
                continue;
            };
            let standing = match (drafts.get(name), *rest) {
                (Some(draft), _) => judge(out.types, draft.ty, draft.required, ty),
                // About null and single members of maps the document is silent; about their type it is not.
                (None, Some(member)) if !leaf.added => {
                    let member = TypeUse { nullable: false, ..member };
                    match judge(out.types, member, false, TypeUse { nullable: false, ..ty }) {
                        Standing::Overridden => Standing::Overridden,
                        Standing::Assumed | Standing::Proven => Standing::Assumed,
                    }
                }
                _ => Standing::Assumed,
            };
            let document = drafts.get(name).map_or(home, |draft| &draft.place).clone();
            self.fact(out, entry, &field, leaf, (ty, required), standing, document.clone());
            if others {
                *rest = Some(ty);
                continue;
            }
            match drafts.get_mut(name) {
                Some(draft) => {
                    // What the document says in more detail (widths, descriptions) stays, if it says it once.
                    if !draft.repeated && same(out.types, draft.ty.id, ty.id) {
                        ty.id = draft.ty.id;
                    } else {
                        notes::refined(&mut draft.notes, out.types, draft.ty, ty);
                    }
                    draft.ty = ty;
                    draft.required = required;
                }
                None => {
                    let place = leaf.place.clone();
                    drafts.insert(name.clone(), Draft::assumed(ty, required, place));
                }
            }
        }
    }

    fn unknown(
        &self,
        out: &mut Out<'_>,
        field: &str,
        tree: &Tree,
        drafts: &IndexMap<String, Draft>,
        home: &Place,
    ) {
        let last = field.rsplit('.').next().unwrap_or(field);
        let what = if last == "*" {
            "is no map: it has no other members".to_owned()
        } else {
            format!("has no `{last}`")
        };
        for place in tree.places() {
            let mut finding =
                Diagnostic::error(UNKNOWN_FIELD, format!("the document's schema {what}"))
                    .at(&place, "")
                    .and(&home.key(), "this schema");
            if last != "*" {
                finding = finding
                    .nearest(last, drafts.keys().map(String::as_str))
                    .help("fields that the document lacks go under `add`");
            }
            out.push(finding);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one fact")]
    fn fact(
        &mut self,
        out: &mut Out<'_>,
        entry: usize,
        field: &str,
        leaf: &Leaf,
        (ty, required): (TypeUse, bool),
        standing: Standing,
        document: Place,
    ) {
        let entry = self.entries.get(entry);
        let reasonless = standing != Standing::Proven && entry.because.is_none();
        // One reason is for all fields of a type, so its lack is said once.
        if reasonless && self.reasonless.insert(entry.name) {
            let message = match standing {
                Standing::Overridden => {
                    format!("`{field}` contradicts the document without a reason")
                }
                _ => format!("`{field}` is assumed without a reason"),
            };
            out.push(
                Diagnostic::error(NO_BECAUSE, message)
                    .at(&leaf.place, "")
                    .and(&document, "this is what the document has")
                    .help(format!("add a `because` to `types.{}`: how do you know?", entry.name)),
            );
        }
        if self.facts.iter().any(|fact| fact.place == leaf.place) {
            return; // The same entry in the other direction.
        }
        let known = match required {
            true => "and always there",
            false => "and may be absent or null",
        };
        let text = format!("`{}.{field}` is {} {known}", entry.name, describe(out.types, ty));
        // What the document says needs no reason, though others of the type do.
        let because = entry.because.filter(|_| standing != Standing::Proven).map(str::to_owned);
        let path = parse(&place_name(&leaf.place)).unwrap_or_default().into_iter();
        let path = path.map(|(step, _)| step.into_wire()).collect();
        let mut fact = Fact {
            standing,
            unit: String::new(),
            text,
            because,
            place: leaf.place.clone(),
            document: Some(document),
            sign: None,
            limit: None,
        };
        // Which types it is about is known when all are lowered.
        fact.seen_by(Sign::Member { types: Vec::new(), path });
        self.facts.push(fact);
    }
}

/// The last name of a place: the path that is refined.
fn place_name(place: &Place) -> String {
    place.segments().last().unwrap_or_default()
}

/// How well a refined type is known, given the document's.
fn judge(types: &Types, document: TypeUse, required: bool, spec: TypeUse) -> Standing {
    let stricter = !spec.nullable && (!required || document.nullable);
    let looser = spec.nullable && required && !document.nullable;
    if same(types, document.id, spec.id) {
        return match (stricter, looser) {
            (false, false) => Standing::Proven,
            (true, _) => Standing::Assumed,
            (_, true) => Standing::Overridden,
        };
    }
    let narrower = match (&types.get(document.id).kind, &types.get(spec.id).kind) {
        (TypeKind::Any { .. }, _) | (TypeKind::Number, TypeKind::Integer { .. }) => true,
        (TypeKind::String(format), to) => {
            matches!(format, StringFormat::Plain | StringFormat::Base64)
                && matches!(to, TypeKind::String(_) | TypeKind::InString(_) | TypeKind::Enum(_))
        }
        (TypeKind::List(a), TypeKind::List(b)) => {
            matches!(judge(types, *a, true, *b), Standing::Proven | Standing::Assumed)
        }
        (TypeKind::Map(_), TypeKind::Struct(_)) => true,
        _ => false,
    };
    if narrower && !looser { Standing::Assumed } else { Standing::Overridden }
}
