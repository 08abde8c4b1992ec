//! `a.b`, `a.?b`, `a[b]`, `has(a.b)`.

use super::super::env::{Backing, Known};
use super::super::tree::{Node, NodeKind, Span};
use super::super::types::{optional, show, ty_of, ty_of_use};
use super::{Checker, Typed, example, guards};
use crate::diagnostics::codes::cel as codes;
use crate::ir::{ExprKind, Field, Form, Literal, Ty, TypeDef, TypeId};
use crate::source::Place;

/// What a name means in a value.
struct Member {
    ty: Ty,
    /// Why it may be missing: the words for people, and where it is said.
    missing: Option<(String, Option<Place>)>,
}

/// Which members of a record a name reaches. A typo after a dot would be one of the other members, always absent,
/// so only text in brackets reaches those.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Declared ones.
    Declared,
    /// The other members, too.
    Any,
}

impl Checker<'_> {
    pub(super) fn select(
        &mut self,
        node: &Node,
        of: &Node,
        field: &str,
        name: Span,
        is_optional: bool,
        reach: Reach,
    ) -> Option<Typed> {
        if let NodeKind::Ident(root) = &of.kind
            && let Some(found) = self.namespace(node, root, field, name)
        {
            return found;
        }
        let of_typed = self.any(of)?;
        let member = self.member(&of_typed, field, name, reach)?;
        let viral = matches!(of_typed.ty(), Ty::Optional(_));
        let guaranteed = of_typed.backing != Backing::Json && !contains_json(of_typed.ty());
        if let (Some((why, declared)), false, true) = (&member.missing, is_optional, guaranteed)
            && !guards::path(node).is_some_and(|path| self.present.contains(&path))
        {
            let shown = self.source(of.span);
            let mut diagnostic =
                self.error(codes::MAY_BE_MISSING, name, format!("`{field}` may be missing"), why);
            if let Some(declared) = declared {
                diagnostic = diagnostic.and(declared, "declared here");
            }
            let inner = match &member.ty {
                Ty::Optional(inner) => inner,
                other => other,
            };
            let asked = match reach {
                Reach::Declared => format!("{shown}.?{field}"),
                Reach::Any => format!("{shown}[?{field:?}]"),
            };
            let (instead, complete) = match inner {
                Ty::Record(_) | Ty::Map(_) => (format!("{asked}.?.."), false),
                inner => (format!("{asked}.orValue({})", example(inner)), example(inner) != ".."),
            };
            let help = format!("use `{instead}`");
            let diagnostic = self.instead(diagnostic, node.span, help, instead, complete);
            self.diagnostics.push(diagnostic);
            return None;
        }
        let ty = if is_optional || viral { optional(member.ty) } else { member.ty };
        let backing = member_backing(of_typed.backing, of_typed.ty());
        let lookup_fails = !is_optional && member.missing.is_some();
        let fallible = of_typed.expr.fallible || lookup_fails || backing == Backing::Json;
        let kind = ExprKind::Select {
            of: Box::new(of_typed.expr),
            field: field.to_owned(),
            optional: is_optional,
        };
        let mut typed = self.typed(kind, ty, fallible, node.span);
        typed.backing = backing;
        Some(typed)
    }

    /// `settings.NAME` and `lookup.NAME`.
    fn namespace(
        &mut self,
        node: &Node,
        root: &str,
        field: &str,
        name: Span,
    ) -> Option<Option<Typed>> {
        if self.scope.iter().any(|(bound, ..)| bound == root)
            || self.env.variables.contains_key(root)
        {
            return None;
        }
        let (what, known): (&str, Vec<&str>) = match (root, &self.env.settings, &self.env.lookups) {
            ("settings", Some(settings), _) => {
                if let Some((kind, _)) = settings.get(field) {
                    let setting = ExprKind::Setting(field.to_owned(), *kind);
                    return Some(Some(self.typed(
                        setting,
                        super::super::setting_ty(*kind),
                        false,
                        node.span,
                    )));
                }
                ("setting", settings.keys().map(String::as_str).collect())
            }
            ("lookup", _, Some(lookups)) => match lookups.get(field) {
                Some(Known::Record(record)) => {
                    let ty = optional(Ty::Record(*record));
                    let lookup = ExprKind::Lookup(field.to_owned());
                    return Some(Some(self.typed(lookup, ty, false, node.span)));
                }
                Some(Known::Wrong) => return Some(None),
                Some(Known::Later) => {
                    let message = format!("the lookup `{field}` is declared after this one");
                    let diagnostic = self
                        .error(codes::UNKNOWN_NAME, name, message, "")
                        .help("a lookup sees the lookups before it; change the order");
                    self.diagnostics.push(diagnostic);
                    return Some(None);
                }
                None => ("lookup", lookups.keys().map(String::as_str).collect()),
            },
            _ => return None,
        };
        let message = if known.is_empty() {
            format!("no {what} is declared before this expression")
        } else {
            format!("there is no {what} `{field}`")
        };
        let diagnostic =
            self.error(codes::UNKNOWN_NAME, name, message, "unknown").nearest(field, known);
        self.diagnostics.push(diagnostic);
        Some(None)
    }

    /// What `name` means in the value (or in what an optional value holds).
    fn member(&mut self, of: &Typed, name: &str, span: Span, reach: Reach) -> Option<Member> {
        let inner = match of.ty() {
            Ty::Optional(inner) => &**inner,
            other => other,
        };
        match inner {
            Ty::Record(id) => self.field(*id, name, span, reach),
            Ty::Map(item) => Some(Member {
                ty: (**item).clone(),
                missing: Some(("a map need not have it".to_owned(), None)),
            }),
            Ty::Dyn => Some(Member {
                ty: Ty::Dyn,
                missing: Some(("JSON need not have it".to_owned(), None)),
            }),
            other => {
                let message =
                    format!("{} has no member `{name}`", article(&show(self.types, other)));
                self.fail(codes::UNKNOWN_FIELD, span, message)
            }
        }
    }

    fn field(&mut self, id: TypeId, name: &str, span: Span, reach: Reach) -> Option<Member> {
        let def = self.types.get(id);
        let Some(record) = self.types.as_struct(id) else {
            let message =
                format!("`{name}` leads into one of several types, which need not have it");
            let diagnostic = self
                .error(codes::UNKNOWN_FIELD, span, message, "")
                .and(&def.place, "one of several, says the document")
                .help("say what it is: `types.NAME.refine`");
            self.diagnostics.push(diagnostic);
            return None;
        };
        if let Some(field) = record.field(name) {
            return Some(Member {
                ty: ty_of(self.types, field.ty.id),
                missing: why_missing(def, field),
            });
        }
        if let Some(rest) = record.rest
            && (reach == Reach::Any || record.fields.is_empty())
        {
            let why = ("one of the other members, which need not be there".to_owned(), None);
            return Some(Member { ty: ty_of_use(self.types, rest), missing: Some(why) });
        }
        let record_name = def.name.as_deref().unwrap_or("the record");
        let message = format!("`{record_name}` has no field `{name}`");
        let diagnostic = self
            .error(codes::UNKNOWN_FIELD, span, message, "unknown field")
            .and(&def.place, format!("`{record_name}` is declared here"));
        let deeper = record.fields.iter().find(|field| {
            let inner = self.types.as_struct(field.ty.id);
            inner.is_some_and(|inner| inner.field(name).is_some())
        });
        let diagnostic = match deeper {
            Some(field) => diagnostic.help(format!("`{}` has one: `{0}.{name}`", field.wire)),
            None => diagnostic.nearest(name, record.fields.iter().map(|f| f.wire.as_str())),
        };
        let others = record
            .rest
            .map(|_| format!("a member that is not declared is meant by text: `[?\"{name}\"]`"));
        self.diagnostics.push(match others {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
        None
    }

    pub(super) fn has(&mut self, span: Span, of: &Node, field: &str, name: Span) -> Option<Typed> {
        if is_namespace(of) {
            return self.fail(
                codes::UNSUPPORTED,
                span,
                "settings always have a value, and a lookup is asked with `lookup.NAME.hasValue()`",
            );
        }
        let of_typed = self.any(of)?;
        self.member(&of_typed, field, name, Reach::Declared)?;
        let fallible = of_typed.expr.fallible;
        let kind = ExprKind::Has { of: Box::new(of_typed.expr), field: field.to_owned() };
        let mut typed = self.typed(kind, Ty::Bool, fallible, span);
        if of_typed.backing == Backing::Json {
            typed.backing = Backing::Json;
        }
        Some(typed)
    }

    pub(super) fn index(
        &mut self,
        node: &Node,
        of: &Node,
        index: &Node,
        is_optional: bool,
    ) -> Option<Typed> {
        let of_typed = self.any(of)?;
        let index_typed = self.node(index)?;
        let (inner, viral) = match of_typed.ty() {
            Ty::Optional(inner) => (&**inner, true),
            other => (other, false),
        };
        let by_int = *index_typed.ty() == Ty::Int;
        let by_text = *index_typed.ty() == Ty::String;
        let item = match inner {
            Ty::List(item) if by_int => (**item).clone(),
            Ty::Map(item) if by_text => (**item).clone(),
            Ty::Dyn if by_int || by_text => Ty::Dyn,
            Ty::Record(_) if by_text => {
                let ExprKind::Literal(Literal::String(name)) = &index_typed.expr.kind else {
                    return self.fail(
                        codes::UNSUPPORTED,
                        index.span,
                        "the fields of a record are known by name: write the name, not an expression",
                    );
                };
                let name = name.clone();
                return self.select(node, of, &name, index.span, is_optional, Reach::Any);
            }
            other => {
                let message = format!(
                    "cannot index {} with {}",
                    article(&show(self.types, other)),
                    article(&show(self.types, index_typed.ty()))
                );
                let mut diagnostic = self.error(codes::OPERANDS, node.span, message, "");
                if let Ty::Optional(inner) = index_typed.ty() {
                    diagnostic = self.may_be_absent(diagnostic, index, inner);
                }
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        self.every_value(node, of, &of_typed.expr, &index_typed.expr, is_optional)?;
        let ty = if is_optional || viral { optional(item) } else { item };
        let backing = member_backing(of_typed.backing, of_typed.ty());
        let fallible = of_typed.expr.fallible
            || index_typed.expr.fallible
            || !is_optional
            || backing == Backing::Json;
        let kind = ExprKind::Index {
            of: Box::new(of_typed.expr),
            index: Box::new(index_typed.expr),
            optional: is_optional,
        };
        let mut typed = self.typed(kind, ty, fallible, node.span);
        typed.backing = backing;
        Some(typed)
    }

    /// `has(of.field)`, but of a field that is always there it is no question.
    fn null_member(&mut self, span: Span, of: &Node, field: &str, name: Span) -> Option<Typed> {
        let test = self.has(span, of, field, name)?;
        let ExprKind::Has { of: record, .. } = &test.expr.kind else { return Some(test) };
        let Ty::Record(id) = record.ty else { return Some(test) };
        let def = self.types.get(id);
        let found = self.types.as_struct(id).and_then(|s| s.field(field));
        match found.filter(|f| def.form(f) == Form::Plain) {
            Some(plain) if test.backing == Backing::Rust => {
                let diagnostic = self
                    .error(codes::OPERANDS, span, format!("`{field}` is never null"), "")
                    .and(&plain.place, "it is required and not nullable");
                self.diagnostics.push(diagnostic);
                None
            }
            _ => Some(test),
        }
    }

    /// `x == null`, `x != null`: asks for presence, where `x` may be missing.
    pub(super) fn null_test(&mut self, span: Span, function: &str, asked: &Node) -> Option<Typed> {
        let negated = function == "_==_";
        let test = match &asked.kind {
            NodeKind::Select { of, field, name, .. } if !is_namespace(of) => {
                self.null_member(span, of, field, *name)?
            }
            _ => {
                let typed = self.node(asked)?;
                if !matches!(typed.ty(), Ty::Optional(_) | Ty::Dyn) {
                    let message =
                        format!("{} is never null", article(&show(self.types, typed.ty())));
                    return self.fail(codes::OPERANDS, asked.span, message);
                }
                let value = typed.expr;
                let fallible = value.fallible;
                let call = ExprKind::Call { function: "hasValue".to_owned(), args: vec![value] };
                self.typed(call, Ty::Bool, fallible, span)
            }
        };
        if !negated {
            return Some(test);
        }
        let fallible = test.expr.fallible;
        let not = ExprKind::Call { function: "!_".to_owned(), args: vec![test.expr] };
        Some(self.typed(not, Ty::Bool, fallible, span))
    }
}

/// `settings` or `lookup`, whose members are no fields. No root has such a name.
fn is_namespace(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Ident(root) if matches!(root.as_str(), "settings" | "lookup"))
}

/// Members of JSON are JSON, wherever the JSON was found.
fn member_backing(of: Backing, ty: &Ty) -> Backing {
    match of {
        Backing::Json => Backing::Json,
        _ if contains_json(ty) => Backing::Json,
        _ => Backing::Rust,
    }
}

fn contains_json(ty: &Ty) -> bool {
    match ty {
        Ty::Dyn => true,
        Ty::Optional(inner) => **inner == Ty::Dyn,
        _ => false,
    }
}

fn why_missing(record: &TypeDef, field: &Field) -> Option<(String, Option<Place>)> {
    let why = match (field.required, field.ty.nullable) {
        _ if record.form(field) == Form::Plain => return None,
        (true, true) => "may be null",
        (false, true) => "not required, and may be null",
        (false, false) => "not required",
        (true, false) => "not sent in both directions",
    };
    Some((why.to_owned(), Some(field.place.clone())))
}

/// `a string`, `an int`.
pub(super) fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if an { "an" } else { "a" })
}
