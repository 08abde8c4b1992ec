//! What the spec assumes, as far as a run can see it: data for the runtime, which names the line when it is false.

use super::Cx;
use super::presets::slot;
use crate::ir::{
    Fact, FailureKind, Media, Operation, Output, PagePart, Sign, Standing, TypeId, TypeKind, Types,
};
use crate::source::Place;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Values of one type are at no more places of an answer than this, or the rest is not named.
const MOST: usize = 64;

/// The `static`s, and what the integration says of them.
pub(super) fn items(cx: &Cx) -> (TokenStream, TokenStream) {
    let mine: Vec<&Fact> = cx
        .ir
        .facts
        .iter()
        .filter(|fact| fact.unit == cx.integration.name && fact.standing != Standing::Proven)
        .collect();
    let places = shown(cx, &mine);
    let mut known = Known::default();
    let mut items = Vec::new();
    for (fact, place) in mine.iter().zip(places) {
        let sign = fact.sign.as_ref().and_then(|sign| known.sign(cx, sign));
        let Some(sign) = sign else { continue };
        let (text, because) = (&fact.text, fact.because.as_deref().unwrap_or_default());
        let new = match fact.standing {
            Standing::Overridden => quote!(overridden),
            _ => quote!(assumed),
        };
        let under = fact.limit.iter().map(|limit| quote!(.under(#limit)));
        items.push(quote! {
            gusset::Assumption::#new(#place, #text, #because, gusset::Sign::#sign) #(#under)*
        });
    }
    if items.is_empty() {
        return (TokenStream::new(), quote!(&[]));
    }
    let count = Literal::usize_unsuffixed(items.len());
    let places = known.names.iter().map(|(at, name)| {
        let at = at.iter().map(|(operation, pointer)| quote!((#operation, #pointer)));
        quote!(const #name: gusset::Places = &[#(#at),*];)
    });
    let items = quote! {
        #(#places)*

        static ASSUMPTIONS: [gusset::Assumption; #count] = [#(#items),*];
    };
    (items, quote!(&ASSUMPTIONS))
}

/// Where facts stand: the names of the spec's folder and file, which are the same on every machine, line and column.
fn shown(cx: &Cx, facts: &[&Fact]) -> Vec<String> {
    let places: Vec<&Place> = facts.iter().map(|fact| &fact.place).collect();
    let found = crate::diagnostics::positions_of(&places, cx.sources);
    let shown = found.into_iter().zip(&places).map(|((_, position), place)| {
        let file = super::short(cx.sources.path(place.file));
        position.map_or_else(|| file.clone(), |at| format!("{file}:{}:{}", at.line, at.column))
    });
    shown.collect()
}

/// Lists of places that have a name already.
#[derive(Default)]
struct Known {
    names: Vec<(Vec<(String, String)>, Ident)>,
}

impl Known {
    fn sign(&mut self, cx: &Cx, sign: &Sign) -> Option<TokenStream> {
        Some(match sign {
            Sign::Member { types, path } => {
                let at = |roots: fn(&Operation) -> Vec<TypeId>| -> Vec<(String, String)> {
                    let all = cx.integration.operations.values().flat_map(|operation| {
                        let found = pointers(&cx.ir.types, &roots(operation), types);
                        found.into_iter().map(|pointer| (operation.name.clone(), pointer))
                    });
                    all.collect()
                };
                let (kind, at) = match at(received) {
                    // Only sent: what refuses it may name it.
                    none if none.is_empty() => (format_ident!("Given"), at(sent)),
                    at => (format_ident!("Value"), at),
                };
                if at.is_empty() {
                    return None; // No operation that was selected has it.
                }
                let (name, path) = (self.places(at), pointer(path));
                quote!(#kind(#name, #path))
            }
            Sign::Answer { operation, path } => {
                let name = self.places(vec![(operation.clone(), pointer(path))]);
                quote!(Value(#name, ""))
            }
            Sign::Page { operation, part } => {
                let part = match part {
                    PagePart::Items => quote!(Items),
                    PagePart::Next => quote!(Next),
                    PagePart::More => quote!(More),
                    PagePart::Total => quote!(Total),
                    PagePart::All => quote!(All),
                    PagePart::Link => quote!(Link),
                    PagePart::Size => quote!(Size),
                    PagePart::Only => quote!(Only),
                    PagePart::Way => quote!(Way),
                };
                quote!(Page(#operation, gusset::PagePart::#part))
            }
            Sign::Header { name, operations } => {
                quote!(Header(#name, &[#(#operations),*]))
            }
            Sign::Reads { name } => quote!(Reads(#name)),
            Sign::Sent { operation, slot: at } => {
                let at = slot(at);
                quote!(Sent(#operation, #at))
            }
            Sign::Size { operation, slot: at } => {
                let at = slot(at);
                quote!(Size(#operation, #at))
            }
            Sign::Order { operation } => quote!(Order(#operation)),
            Sign::Outcome { operation, pointer } => quote!(Outcome(#operation, #pointer)),
            Sign::Refused { statuses, operations } => {
                let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
                quote!(Refused(&[#(#statuses),*], &[#(#operations),*]))
            }
            Sign::Unauthorised { way } => quote!(Unauthorised(#way)),
            Sign::Tokens { grant } => quote!(Tokens(#grant)),
            Sign::Failure { pointer, kind } => {
                let kind = match kind {
                    FailureKind::String => quote!(String),
                    FailureKind::Integer => quote!(Integer),
                    FailureKind::Number => quote!(Number),
                    FailureKind::Boolean => quote!(Boolean),
                    FailureKind::Any => return None, // Nothing is not anything.
                };
                quote!(Failure(#pointer, gusset::JsonKind::#kind))
            }
        })
    }

    /// The name of a list of places.
    fn places(&mut self, at: Vec<(String, String)>) -> Ident {
        if let Some((_, name)) = self.names.iter().find(|(known, _)| *known == at) {
            return name.clone();
        }
        let name = format_ident!("PLACES_{}", self.names.len() + 1);
        self.names.push((at, name.clone()));
        name
    }
}

fn pointer<S: AsRef<str>>(path: &[S]) -> String {
    path.iter()
        .map(|step| format!("/{}", step.as_ref().replace('~', "~0").replace('/', "~1")))
        .collect()
}

/// What an operation is answered with.
fn received(operation: &Operation) -> Vec<TypeId> {
    match &operation.output {
        Output::Choice(choice) => {
            choice.answers.iter().filter_map(|answer| root(&answer.output)).collect()
        }
        one => root(one).into_iter().collect(),
    }
}

/// What it is sent with as JSON.
fn sent(operation: &Operation) -> Vec<TypeId> {
    let body = operation.body.as_ref().filter(|body| matches!(body.media, Media::Json(_)));
    body.map(|body| body.ty.id).into_iter().collect()
}

/// Where values of some types are in bodies of others.
fn pointers(types: &Types, roots: &[TypeId], wanted: &[TypeId]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let wanted: HashSet<TypeId> = wanted.iter().flat_map(|id| [*id, types.first(*id)]).collect();
    let leading = leading(types, roots, &wanted);
    for root in roots {
        let mut search = Search { types, wanted: &wanted, leading: &leading, found: &mut found };
        search.go(*root, &mut Vec::new(), &mut Vec::new());
    }
    found
}

fn root(output: &Output) -> Option<TypeId> {
    match output {
        Output::Json { ty, .. } | Output::Lines { ty, .. } => Some(ty.id),
        _ => None,
    }
}

/// The types below roots from which a wanted one is reached.
fn leading(types: &Types, roots: &[TypeId], wanted: &HashSet<TypeId>) -> HashSet<TypeId> {
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let (mut seen, mut queue) = (HashSet::new(), roots.to_vec());
    while let Some(id) = queue.pop() {
        if seen.insert(id) {
            for part in types.get(id).kind.parts() {
                users.entry(part.id).or_default().push(id);
                queue.push(part.id);
            }
        }
    }
    let is = |id: &TypeId| wanted.contains(id) || wanted.contains(&types.first(*id));
    let mut queue: Vec<TypeId> = seen.iter().filter(|id| is(id)).copied().collect();
    let mut leading = HashSet::new();
    while let Some(id) = queue.pop() {
        if leading.insert(id) {
            queue.extend(users.get(&id).into_iter().flatten());
        }
    }
    leading
}

struct Search<'s> {
    types: &'s Types,
    wanted: &'s HashSet<TypeId>,
    leading: &'s HashSet<TypeId>,
    found: &'s mut BTreeSet<String>,
}

impl Search<'_> {
    /// Goes as deep as a wanted type can be; not through a type inside itself.
    fn go(&mut self, id: TypeId, path: &mut Vec<String>, above: &mut Vec<TypeId>) {
        if !self.leading.contains(&id) || above.contains(&id) || self.found.len() >= MOST {
            return;
        }
        if self.wanted.contains(&id) || self.wanted.contains(&self.types.first(id)) {
            self.found.insert(pointer(path));
        }
        above.push(id);
        let steps: Vec<(Option<String>, TypeId)> = match &self.types.get(id).kind {
            TypeKind::Struct(body) => {
                let fields = body.fields.iter().map(|f| (Some(f.wire.clone()), f.ty.id));
                fields.chain(body.rest.map(|rest| (Some("*".to_owned()), rest.id))).collect()
            }
            TypeKind::List(item) | TypeKind::Map(item) => vec![(Some("*".to_owned()), item.id)],
            TypeKind::Tuple(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (Some(index.to_string()), item.id))
                .collect(),
            // A variant is where the union is.
            other => other.parts().into_iter().map(|part| (None, part.id)).collect(),
        };
        for (step, below) in steps {
            let deeper = step.is_some();
            path.extend(step);
            self.go(below, path, above);
            if deeper {
                path.pop();
            }
        }
        above.pop();
    }
}
