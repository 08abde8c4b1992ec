//! `match:` and `map:`: what a target record is made of.

use super::Resolver;
use crate::cel::{self, Env, Mismatch};
use crate::diagnostics::codes::{cel as cel_codes, sync as codes};
use crate::diagnostics::{Applicability, Diagnostic, is_anagram, is_misspelt};
use crate::ir::{Expr, ExprKind, Field, Mapping, ResourceRef, StringFormat, Ty, TypeKind, Upsert};
use crate::source::Place;

impl<'r> Resolver<'r> {
    /// The mappings, that of the match field first.
    pub(super) fn map(
        &mut self,
        env: &Env,
        source: &ResourceRef,
        target: &ResourceRef,
    ) -> Vec<Mapping> {
        let key = self.source_key(source);
        let Some(upsert) = self.resource(target).and_then(|r| r.upsert.as_ref()) else {
            // `check` says that it is missing; the expressions are checked all the same.
            self.values(env, None);
            return Vec::new();
        };
        let matching = &self.syntax.matching;
        let place = self.place.child("match").child("target");
        if matching.target != upsert.by {
            let message =
                format!("`{}` is not the field that the target's upsert goes by", matching.target);
            // Another field may well be meant: then it is the upsert that is to go by it.
            let slip = is_misspelt(&matching.target, &upsert.by);
            let applicability = match slip || is_anagram(&matching.target, &upsert.by) {
                true => Applicability::MachineApplicable,
                false => Applicability::MaybeIncorrect,
            };
            let diagnostic = Diagnostic::error(codes::BAD_MATCH, message)
                .at(&place, "")
                .and(&upsert.place.child("by"), "the upsert goes by this field")
                .mend(
                    format!("write `{}`", upsert.by),
                    applicability,
                    &matching.target,
                    &upsert.by,
                );
            self.report(diagnostic);
        }
        let mut map = Vec::new();
        let field = self.ir.types.as_struct(upsert.record).and_then(|s| s.field(&upsert.by));
        match (field, key) {
            (Some(field), Some(key)) => {
                let key = as_text_if(key, cel::ty_of(&self.ir.types, field.ty.id) == Ty::String);
                if let Some(value) = self.assigned(key, "", field, &place) {
                    map.push(Mapping { field: upsert.by.clone(), value, place: place.clone() });
                }
            }
            // Where the key goes into the path, the record need not have it.
            (None, _) if upsert.key.is_none() => {
                let def = self.ir.types.get(upsert.record);
                let name = def.name.as_deref().unwrap_or("the record");
                let diagnostic = Diagnostic::error(
                    codes::BAD_MATCH,
                    format!("`{name}` has no field `{}`", upsert.by),
                )
                .at(&place, "")
                .and(&def.place, format!("`{name}` is declared here"))
                .help(format!("if it is a custom field, `add` it to `{name}`"));
                self.report(diagnostic);
            }
            _ => {}
        }
        map.extend(self.values(env, Some(upsert)));
        map
    }

    /// The source field that identifies a record, as an expression.
    fn source_key(&mut self, source: &ResourceRef) -> Option<Expr> {
        let resource = self.resource(source)?;
        let def = self.ir.types.get(resource.ty);
        let record = self.ir.types.as_struct(resource.ty)?;
        let name = &self.syntax.matching.source;
        let place = self.place.child("match").child("source");
        let record_name = def.name.as_deref().unwrap_or("the record");
        let Some(field) = record.field(name) else {
            let diagnostic = Diagnostic::error(
                codes::BAD_MATCH,
                format!("`{record_name}` has no field `{name}`"),
            )
            .at(&place, "unknown field")
            .and(&def.place, format!("`{record_name}` is declared here"))
            .nearest(name, record.fields.iter().map(|f| f.wire.as_str()));
            self.report(diagnostic);
            return None;
        };
        let ty = cel::ty_of(&self.ir.types, field.ty.id);
        let kind = &self.ir.types.get(field.ty.id).kind;
        let secret = matches!(kind, TypeKind::String(StringFormat::Secret));
        let problem = match ty {
            _ if secret => Some("is a secret, and keys are shown".to_owned()),
            Ty::String | Ty::Int if !field.may_be_missing() => None,
            Ty::String | Ty::Int => Some("may be missing, so it identifies no record".to_owned()),
            _ => {
                let found = cel::show(&self.ir.types, &ty);
                Some(format!("is of type {found}; a key is text or a whole number"))
            }
        };
        if let Some(problem) = problem {
            let message = format!("`{name}` {problem}");
            let mut diagnostic = Diagnostic::error(codes::BAD_MATCH, message)
                .at(&place, "")
                .and(&field.place, "declared here");
            if resource.key != *name {
                diagnostic = diagnostic.help(format!("the source's key is `{}`", resource.key));
            }
            self.report(diagnostic);
            return None;
        }
        let source = Expr {
            kind: ExprKind::Variable("source".to_owned()),
            ty: Ty::Record(resource.ty),
            fallible: false,
            place: place.clone(),
        };
        let kind = ExprKind::Select { of: Box::new(source), field: name.clone(), optional: false };
        Some(Expr { kind, ty, fallible: false, place })
    }

    /// The mappings that the spec writes down.
    fn values(&mut self, env: &Env, upsert: Option<&Upsert>) -> Vec<Mapping> {
        let section = self.place.child("map");
        let mut map = Vec::new();
        for (name, text) in &self.syntax.map {
            let place = section.child(name);
            let value = cel::compile(text, &place, env, &self.ir.types, None, self.diagnostics);
            let Some(field) = upsert.and_then(|upsert| self.target_field(upsert, name, &place))
            else {
                continue;
            };
            let Some(value) = value.and_then(|value| self.assigned(value, text, field, &place))
            else {
                continue;
            };
            map.push(Mapping { field: name.clone(), value, place });
        }
        map
    }

    fn target_field(&mut self, upsert: &Upsert, name: &str, place: &Place) -> Option<&'r Field> {
        let ir = self.ir;
        let types = &ir.types;
        let def = types.get(upsert.record);
        let fields = &types.as_struct(upsert.record)?.fields;
        let record_name = def.name.as_deref().unwrap_or("the record");
        let Some(field) = fields.iter().find(|f| f.wire == name) else {
            let message = format!("`{record_name}` has no field `{name}`");
            let known = fields.iter().filter(|f| !f.read_only).map(|f| f.wire.as_str());
            let diagnostic = Diagnostic::error(cel_codes::UNKNOWN_TARGET, message)
                .at(&place.key(), "unknown field")
                .and(&def.place, format!("`{record_name}` is declared here"))
                .nearest(name, known);
            self.diagnostics.push(diagnostic);
            return None;
        };
        if name == upsert.by {
            let diagnostic = Diagnostic::error(
                cel_codes::UNKNOWN_TARGET,
                format!("`{name}` is set by `match`, and mapped again here"),
            )
            .at(&place.key(), "")
            .and(&self.place.child("match").child("target"), "set here");
            self.diagnostics.push(diagnostic);
            return None;
        }
        if upsert.each.as_ref().is_some_and(|each| each.get(name).is_some()) {
            let diagnostic = Diagnostic::error(
                cel_codes::UNKNOWN_TARGET,
                format!("every record is sent with the same `{name}`, and it is mapped here"),
            )
            .at(&place.key(), "")
            .and(&upsert.place.child("batch").child("each").child(name), "set here");
            self.diagnostics.push(diagnostic);
            return None;
        }
        if field.read_only {
            let diagnostic =
                Diagnostic::error(cel_codes::READ_ONLY, format!("`{name}` is read-only"))
                    .at(&place.key(), "only the provider sets it")
                    .and(&field.place, "the document says so here");
            self.diagnostics.push(diagnostic);
            return None;
        }
        Some(field)
    }

    /// The value, if the field takes it.
    fn assigned(&mut self, value: Expr, text: &str, field: &Field, place: &Place) -> Option<Expr> {
        let types = &self.ir.types;
        self.values_fit(&value, field);
        let wanted = cel::ty_of(types, field.ty.id);
        let found = cel::show(types, &value.ty);
        let name = &field.wire;
        let diagnostic = match cel::assignable(types, &value.ty, field.ty, field.required) {
            Ok(()) => return Some(value),
            Err(Mismatch::Optional) => {
                let default = cel::example(&wanted);
                let text = if text.contains([' ', '?']) && !text.contains(".?") {
                    format!("({text})")
                } else {
                    text.to_owned()
                };
                Diagnostic::error(
                    cel_codes::OPTIONAL_TO_REQUIRED,
                    format!("`{name}` is required, but the value may be absent"),
                )
                .at(place, found)
                .help(format!("say what is sent then: `{text}.orValue({default})`"))
            }
            Err(Mismatch::Type) => {
                let inner = match &value.ty {
                    Ty::Optional(inner) => inner,
                    other => other,
                };
                let diagnostic = Diagnostic::error(
                    cel_codes::NOT_ASSIGNABLE,
                    format!(
                        "`{name}` is of type {}, but the value is {found}",
                        cel::show(types, &wanted)
                    ),
                )
                .at(place, "");
                match conversion(inner, &wanted) {
                    Some(function) if matches!(value.ty, Ty::Optional(_)) => diagnostic
                        .help(format!("convert what it holds: `{function}(.. .orValue(..))`")),
                    Some(function) => diagnostic.help(format!("convert it: `{function}({text})`")),
                    None => diagnostic,
                }
            }
        };
        let diagnostic = diagnostic.and(&field.place, format!("`{name}` is declared here"));
        self.diagnostics.push(diagnostic);
        None
    }
}

/// A whole number as text, where text is wanted: keys often are.
fn as_text_if(key: Expr, text: bool) -> Expr {
    if !text || key.ty == Ty::String {
        return key;
    }
    let (fallible, place) = (key.fallible, key.place.clone());
    let kind = ExprKind::Call { function: "string".to_owned(), args: vec![key] };
    Expr { kind, ty: Ty::String, fallible, place }
}

/// The function that makes the one of the other.
fn conversion(from: &Ty, to: &Ty) -> Option<&'static str> {
    match (from, to) {
        (Ty::Record(_) | Ty::List(_) | Ty::Map(_) | Ty::Optional(_) | Ty::Null, _) => None,
        (_, Ty::String) => Some("string"),
        (Ty::String | Ty::Double, Ty::Int) => Some("int"),
        (Ty::String, Ty::Double) => Some("double"),
        (Ty::String, Ty::Bool) => Some("bool"),
        (Ty::String | Ty::Int, Ty::Timestamp) => Some("timestamp"),
        _ => None,
    }
}
