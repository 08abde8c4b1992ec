//! Values of mappings, as far as they are known when compiled: constants, and what enums of the source may be.

use super::Resolver;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::cel::{NO_COUNTERPART, OUT_OF_BOUNDS, UNKNOWN_VALUE};
use crate::diagnostics::codes::connection::SECRET;
use crate::ir::{Enum, Expr, ExprKind, Field, Literal, StringFormat, Ty, TypeDef, TypeKind, Types};
use crate::resolve::documented;
use crate::resolve::sync::visit;
use crate::source::Place;

impl Resolver<'_> {
    /// What is known of a value fits the field that it is for.
    pub(super) fn values_fit(&mut self, value: &Expr, field: &Field) {
        let mut parts = Vec::new();
        gives(value, &mut parts);
        let def = self.ir.types.get(field.ty.id);
        if let TypeKind::Enum(known) = &def.kind
            && !known.variants.is_empty()
        {
            self.known_values(&parts, field, (def, known));
            self.counterparts(&parts, field, (def, known));
        } else {
            self.lengths(&parts, field);
        }
        self.numbers(&parts, field);
        self.secrets(value, field);
    }

    /// Texts that an enum gets should be values that it knows.
    fn known_values(&mut self, parts: &[&Expr], field: &Field, (def, known): (&TypeDef, &Enum)) {
        for (text, place) in texts(parts) {
            if known.variants.iter().any(|v| v.wire == text) {
                continue;
            }
            let message = format!("`{text}` is no known value of `{}`", field.wire);
            self.diagnostics.push(
                Diagnostic::warning(UNKNOWN_VALUE, message)
                    .at(place, "not a known value")
                    .and(&def.place, "its values are declared here")
                    .nearest(text, known.variants.iter().map(|v| v.wire.as_str())),
            );
        }
    }

    /// An enum that is handed on as it is has no value that the target lacks.
    fn counterparts(&mut self, parts: &[&Expr], field: &Field, (def, known): (&TypeDef, &Enum)) {
        for part in parts {
            let Some((source, given)) = enum_of(&self.ir.types, part) else { continue };
            let has = |wire: &str| known.variants.iter().any(|v| v.wire == wire);
            let missing: Vec<&str> =
                given.variants.iter().map(|v| v.wire.as_str()).filter(|wire| !has(wire)).collect();
            let Some(first) = missing.first() else { continue };
            let list: Vec<String> = missing.iter().map(|wire| format!("`{wire}`")).collect();
            let message = format!("`{}` has no value {}", field.wire, list.join(", "));
            self.diagnostics.push(
                Diagnostic::error(NO_COUNTERPART, message)
                    .at(&part.place, "may be that")
                    .and(&source.place, "the values of the source")
                    .and(&def.place, "the values of the target")
                    .nearest(first, known.variants.iter().map(|v| v.wire.as_str()))
                    .help(format!(
                        "translate them with a map, such as `{{\"{first}\": \"..\"}}[?..].orValue(\"..\")`"
                    )),
            );
        }
    }

    /// Texts are no longer than the target's document allows; what the source's allows to be longer is a warning.
    fn lengths(&mut self, parts: &[&Expr], field: &Field) {
        let Some(most) = self.bound(&field.place, "maxLength") else { return };
        let long = |text: &str| i64::try_from(text.chars().count()).is_ok_and(|is| is > most);
        for (text, place) in texts(parts).into_iter().filter(|(text, _)| long(text)) {
            let is = text.chars().count();
            let message =
                format!("`{}` has room for {most} characters, and these are {is}", field.wire);
            self.diagnostics.push(
                Diagnostic::error(OUT_OF_BOUNDS, message)
                    .at(place, "")
                    .and(&field.place, "the document says so"),
            );
        }
        for part in parts {
            if let Some((def, given)) = enum_of(&self.ir.types, part)
                && let Some(value) = given.variants.iter().find(|v| long(&v.wire))
            {
                let message = format!(
                    "`{}` has room for {most} characters: too few for `{}`",
                    field.wire, value.wire
                );
                self.diagnostics.push(
                    Diagnostic::error(OUT_OF_BOUNDS, message)
                        .at(&part.place, "may be that")
                        .and(&def.place, "the values of the source")
                        .and(&field.place, "the document says so"),
                );
                continue;
            }
            let Some(source) = selected(&self.ir.types, part) else { continue };
            let place = source.place.clone();
            let Some(longest) = self.bound(&place, "maxLength").filter(|longest| *longest > most)
            else {
                continue;
            };
            let message = format!(
                "`{}` may have {longest} characters, and `{}` has room for {most}",
                source.wire, field.wire
            );
            self.diagnostics.push(
                Diagnostic::warning(OUT_OF_BOUNDS, message)
                    .at(&part.place, "")
                    .and(&place, "the source")
                    .and(&field.place, "the target")
                    .help(format!(
                        "cut it, if that is right: `{}.substring(0, math.least({0}.size(), {most}))`",
                        source.wire
                    )),
            );
        }
    }

    /// Numbers lie between those that the target's document gives.
    fn numbers(&mut self, parts: &[&Expr], field: &Field) {
        for part in parts {
            let number = match &part.kind {
                ExprKind::Literal(Literal::Int(number)) => *number as f64,
                ExprKind::Literal(Literal::Double(number)) => *number,
                _ => continue,
            };
            let (least, most) =
                (self.bound(&field.place, "minimum"), self.bound(&field.place, "maximum"));
            let bound = match (least, most) {
                (Some(least), _) if number < least as f64 => format!("at least {least}"),
                (_, Some(most)) if number > most as f64 => format!("at most {most}"),
                _ => continue,
            };
            let message = format!("`{}` is {bound}", field.wire);
            self.diagnostics.push(
                Diagnostic::error(OUT_OF_BOUNDS, message)
                    .at(&part.place, "")
                    .and(&field.place, "the document says so"),
            );
        }
    }

    /// What the source keeps secret is written to nothing that is shown.
    fn secrets(&mut self, value: &Expr, field: &Field) {
        let types = &self.ir.types;
        let secret = |id| matches!(types.get(id).kind, TypeKind::String(StringFormat::Secret));
        // Whether there is one is no secret.
        if secret(field.ty.id) || value.ty == Ty::Bool {
            return;
        }
        let mut found = None;
        visit(value, &mut |part| {
            if let Some(source) = selected(types, part)
                && secret(source.ty.id)
            {
                found = Some((part.place.clone(), source));
            }
        });
        let Some((place, source)) = found else { return };
        let message =
            format!("`{}` is a secret, and `{}` of the target is shown", source.wire, field.wire);
        self.diagnostics.push(
            Diagnostic::error(SECRET, message)
                .at(&place, "")
                .and(&source.place, "says the document, or the name")
                .and(&field.place, "where it would be written"),
        );
    }

    /// A number that a document says about a field.
    fn bound(&self, field: &Place, key: &str) -> Option<i64> {
        self.documents.iter().find_map(|documents| documented::number(&documents.list, field, key))
    }
}

/// The parts of an expression that it may give as they are.
fn gives<'e>(value: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &value.kind {
        ExprKind::Call { function, args } => match (function.as_str(), args.as_slice()) {
            ("_?_:_", [_, yes, no]) => [yes, no].into_iter().for_each(|one| gives(one, found)),
            ("orValue" | "or" | "optional.of", args) => {
                args.iter().for_each(|one| gives(one, found));
            }
            _ => {}
        },
        // A map that translates.
        ExprKind::Index { of, .. } => {
            if let ExprKind::Map(entries) = &of.kind {
                entries.iter().for_each(|(_, one)| gives(one, found));
            }
        }
        _ => found.push(value),
    }
}

/// The constant texts among them.
fn texts<'e>(parts: &[&'e Expr]) -> Vec<(&'e str, &'e Place)> {
    let text = |part: &&'e Expr| match &part.kind {
        ExprKind::Literal(Literal::String(text)) => Some((text.as_str(), &part.place)),
        _ => None,
    };
    parts.iter().filter_map(text).collect()
}

/// The field that is selected.
fn selected<'t>(types: &'t Types, part: &Expr) -> Option<&'t Field> {
    let ExprKind::Select { of, field, .. } = &part.kind else { return None };
    let record = match &of.ty {
        Ty::Optional(inner) => inner,
        other => other,
    };
    let Ty::Record(id) = record else { return None };
    types.as_struct(*id)?.field(field)
}

/// The enum of the field that is selected.
fn enum_of<'t>(types: &'t Types, part: &Expr) -> Option<(&'t TypeDef, &'t Enum)> {
    let def = types.get(selected(types, part)?.ty.id);
    match &def.kind {
        TypeKind::Enum(listed) if !listed.variants.is_empty() => Some((def, listed)),
        _ => None,
    }
}
