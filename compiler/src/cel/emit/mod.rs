//! Typed expressions to Rust that reads as if written by hand: values are borrowed where they can be,
//! `?` stands where evaluation may fail, plain operators where they mean the same.

mod calls;
mod compare;
mod hooks;
mod into;
mod library;
mod lists;
mod members;
mod refs;
mod shape;
mod val;

use crate::ir::{Expr, ExprKind, Field, Literal, Setting, SettingKind, Sync, TypeDef, Types};
use indexmap::IndexMap;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use shape::Shape;
use val::{Prec, Val};

/// How the roots of expressions are spelled where the code stands.
#[derive(Clone, Debug)]
pub struct EmitCtx<'a> {
    types: &'a Types,
    settings: Option<&'a IndexMap<String, Setting>>,
    place: Where,
}

/// Where the code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Response,
    Result,
    Sync,
}

impl<'a> EmitCtx<'a> {
    /// In a function of `response: &gusset::Response`.
    #[must_use]
    pub fn response(types: &'a Types) -> Self {
        EmitCtx { types, settings: None, place: Where::Response }
    }

    /// In a function of `result: &serde_json::Value`.
    #[must_use]
    pub fn result(types: &'a Types) -> Self {
        EmitCtx { place: Where::Result, ..Self::response(types) }
    }

    /// In a function of `source` (a reference to the record), `settings`, `hooks` and `lookup_NAME` (optional references).
    #[must_use]
    pub fn sync(types: &'a Types, sync: &'a Sync) -> Self {
        Self::source(types, &sync.settings)
    }

    /// In a function of `source` and `settings`.
    #[must_use]
    pub fn source(types: &'a Types, settings: &'a IndexMap<String, Setting>) -> Self {
        EmitCtx { types, settings: Some(settings), place: Where::Sync }
    }
}

/// An expression as Rust.
#[derive(Clone, Debug)]
pub struct EmittedExpr {
    /// The Rust expression. If it is fallible it holds `?`, and must stand in a function that returns
    /// `Result<_, gusset::cel::Error>`.
    pub tokens: TokenStream,
    /// Whether evaluating it can fail.
    pub fallible: bool,
    /// The result that it is, for [`at`](Self::at), and what comes behind: a borrow of what is made inside would not
    /// live on.
    result: (TokenStream, TokenStream),
}

impl EmittedExpr {
    /// With the place of the expression (`syncs/warm_leads.yaml:27:12`) in its errors.
    #[must_use]
    pub fn at(self, place: &str) -> Self {
        if !self.fallible {
            return self;
        }
        let (result, behind) = &self.result;
        EmittedExpr { tokens: quote!(gusset::cel::at(#place, || #result)? #behind), ..self }
    }
}

impl From<Val> for EmittedExpr {
    fn from(val: Val) -> Self {
        let result = (val.result(), TokenStream::new());
        EmittedExpr { tokens: val.tokens, fallible: val.fallible, result }
    }
}

/// The value of an expression: scalars by value, text as `&str` or `String`, records by reference.
#[must_use]
pub fn emit(expr: &Expr, ctx: &EmitCtx<'_>) -> EmittedExpr {
    let emitter = Emitter { ctx, scope: None };
    emitter.settled(expr).borrowed().into()
}

/// A span of time that is waited for. The expression must be a duration.
#[must_use]
pub fn emit_wait(expr: &Expr, ctx: &EmitCtx<'_>) -> EmittedExpr {
    let val = Emitter { ctx, scope: None }.settled(expr);
    if val.shape == Shape::Wait {
        return val.into();
    }
    let tokens = val.argument();
    Val::atom(quote!(gusset::cel::unsigned(#tokens)?), Shape::Wait).failing().into()
}

/// A text or an optional text, as `Option<&str>`.
#[must_use]
pub fn emit_optional_text(expr: &Expr, ctx: &EmitCtx<'_>) -> EmittedExpr {
    let val = Emitter { ctx, scope: None }.settled(expr);
    let tokens = &val.tokens;
    let owned = match &val.shape {
        Shape::String => Some(quote!(Ok(Some(#tokens)))),
        Shape::Option(held) if **held == Shape::String => Some(val.result()),
        _ => None,
    };
    let text: EmittedExpr = val.optional_text().into();
    match owned {
        Some(owned) => EmittedExpr { result: (owned, quote!(.as_deref())), ..text },
        None => text,
    }
}

/// The value of an expression as a field of an emitted struct takes it: owned, of its type, and wrapped in
/// `Option` or `gusset::Patch` where the field is. The type must be [`assignable`](super::assignable).
///
/// An optional without a value is sent as null where the field may be null, and is not sent elsewhere.
#[must_use]
pub fn emit_into(expr: &Expr, record: &TypeDef, field: &Field, ctx: &EmitCtx<'_>) -> EmittedExpr {
    let emitter = Emitter { ctx, scope: None };
    let val = emitter.settled(expr);
    emitter.field_value(val, record.form(field), field).into()
}

/// Turns nodes into values.
struct Emitter<'e, 'a> {
    ctx: &'e EmitCtx<'a>,
    scope: Option<&'e Bound<'e>>,
}

/// A name bound by a macro, and the value it stands for.
struct Bound<'e> {
    name: &'e str,
    val: Val,
    outer: Option<&'e Bound<'e>>,
}

impl Emitter<'_, '_> {
    /// A node as a value whose JSON scalars were read.
    fn settled(&self, expr: &Expr) -> Val {
        self.node(expr).settle()
    }

    fn node(&self, expr: &Expr) -> Val {
        match &expr.kind {
            ExprKind::Literal(literal) => literal_val(literal),
            ExprKind::Variable(name) => self.variable(name, expr),
            ExprKind::Setting(name, kind) => self.setting(name, *kind),
            ExprKind::Lookup(name) => {
                let ident = format_ident!("lookup_{name}");
                Val::cheap(quote!(#ident), Shape::of(&expr.ty))
            }
            ExprKind::Select { of, field, optional } => self.select(expr, of, field, *optional),
            ExprKind::Index { of, index, optional } => self.index(expr, of, index, *optional),
            ExprKind::Has { of, field } => self.has(of, field),
            ExprKind::Call { function, args } => self.call(expr, function, args),
            ExprKind::List(items) => self.list(items),
            ExprKind::Map(entries) => self.map(entries),
            ExprKind::Macro { kind, over, variable, body } => {
                self.comprehension(*kind, over, variable, body)
            }
        }
    }

    fn variable(&self, name: &str, expr: &Expr) -> Val {
        let mut scope = self.scope;
        while let Some(bound) = scope {
            if bound.name == name {
                return bound.val.clone();
            }
            scope = bound.outer;
        }
        match (self.ctx.place, name) {
            (Where::Response, "status") => {
                Val::atom(quote!(i64::from(response.status())), Shape::Int)
            }
            (Where::Response, "header") => Val::atom(quote!(response), Shape::Headers),
            (Where::Response, "body") => {
                let shape = Shape::Json(expr.ty.clone(), false);
                Val::atom(quote!(response.json_value()?), shape).failing()
            }
            (Where::Result, "result") => {
                Val::cheap(quote!(result), Shape::Json(expr.ty.clone(), false))
            }
            (Where::Sync, "source") => Val::cheap(quote!(source), Shape::of(&expr.ty)),
            _ => members::unreachable_tokens(),
        }
    }

    fn setting(&self, name: &str, kind: SettingKind) -> Val {
        let setting = self.ctx.settings.and_then(|settings| settings.get(name));
        let field = word(setting.map_or(name, |s| s.ident.as_str()));
        let tokens = quote!(settings.#field);
        match kind {
            SettingKind::String => Val::place(tokens, Shape::Str),
            SettingKind::Integer => Val::cheap(tokens, Shape::Int),
            SettingKind::Number => Val::cheap(tokens, Shape::Double),
            SettingKind::Boolean => Val::cheap(tokens, Shape::Bool),
            SettingKind::Duration => Val::cheap(tokens, Shape::Wait),
        }
    }
}

/// A Rust identifier; the resolver chose it, raw where it is a keyword.
fn word(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The Rust name of a name bound by a macro: never a keyword, never a root of ours.
fn bound(name: &str) -> Ident {
    let taken = matches!(
        name,
        "source" | "settings" | "hooks" | "lookup" | "response" | "result" | "gusset" | "v" | "k"
    ) || name.starts_with("lookup_");
    if taken || syn::parse_str::<Ident>(name).is_err() || name.starts_with('_') {
        format_ident!("bound_{name}")
    } else {
        Ident::new(name, Span::call_site())
    }
}

fn literal_val(literal: &Literal) -> Val {
    use proc_macro2::Literal as Token;
    let signed = |token: Token, negative: bool| {
        // A negative literal prints as two tokens.
        if negative { Prec::Unary } else { Prec::Atom }.with(quote!(#token))
    };
    match literal {
        Literal::Bool(b) => Val::literal(quote!(#b), Shape::Bool),
        Literal::Int(n) => {
            let (prec, tokens) = signed(Token::i64_unsuffixed(*n), *n < 0);
            Val { prec, number: Some(Token::i64_suffixed(*n)), ..Val::literal(tokens, Shape::Int) }
        }
        Literal::Uint(n) => {
            let token = Token::u64_suffixed(*n);
            Val::literal(quote!(#token), Shape::Uint)
        }
        Literal::Double(n) => {
            let (prec, tokens) = signed(Token::f64_unsuffixed(*n), n.is_sign_negative());
            Val { prec, ..Val::literal(tokens, Shape::Double) }
        }
        Literal::String(text) => Val::literal(quote!(#text), Shape::Str),
        Literal::Bytes(bytes) => {
            let token = Token::byte_string(bytes);
            Val { prec: Prec::Unary, ..Val::literal(quote!(&#token[..]), Shape::Bytes) }
        }
        Literal::Duration(span) => {
            let tokens = match (span.subsec_nanos(), span.as_secs()) {
                (0, seconds) => {
                    let seconds = Token::u64_unsuffixed(seconds);
                    quote!(std::time::Duration::from_secs(#seconds))
                }
                (nanos, _) if nanos % 1_000_000 == 0 && u64::try_from(span.as_millis()).is_ok() => {
                    let millis = Token::u128_unsuffixed(span.as_millis());
                    quote!(std::time::Duration::from_millis(#millis))
                }
                (nanos, seconds) => {
                    let (seconds, nanos) =
                        (Token::u64_unsuffixed(seconds), Token::u32_unsuffixed(nanos));
                    quote!(std::time::Duration::new(#seconds, #nanos))
                }
            };
            Val::literal(tokens, Shape::Wait)
        }
        Literal::Null => Val::literal(quote!(None), Shape::Null),
    }
}
