//! A value as a field of an emitted struct takes it.

use super::Emitter;
use super::lists::collected;
use super::shape::Shape;
use super::val::Val;
use crate::ir::{Field, Form, StringFormat, Ty, TypeId, TypeKind, TypeUse, Width};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_> {
    pub(super) fn field_value(&self, val: Val, form: Form, field: &Field) -> Val {
        let boxed = |val: Val| match field.boxed {
            true => Val { tokens: wrap(&quote!(Box::new), &val.tokens), ..val },
            false => val,
        };
        match (&val.shape, form) {
            (Shape::Null, Form::Patch) => Val { tokens: quote!(gusset::Patch::Null), ..val },
            (Shape::Null, _) => val,
            (Shape::Option(inner), Form::Patch) if matches!(**inner, Shape::None | Shape::Null) => {
                Val { tokens: quote!(gusset::Patch::Null), ..val }
            }
            (Shape::Option(_), Form::Patch) => {
                let val = self.option_of(val, field.ty.id, field.boxed);
                Val { tokens: wrap(&quote!(gusset::Patch::or_null), &val.tokens), ..val }
            }
            (Shape::Option(_), _) => self.option_of(val, field.ty.id, field.boxed),
            (_, Form::Plain) => boxed(self.owned(val, field.ty.id)),
            (_, Form::Option) => {
                let val = boxed(self.owned(val, field.ty.id));
                Val { tokens: wrap(&quote!(Some), &val.tokens), ..val }
            }
            (_, Form::Patch) => {
                let val = boxed(self.owned(val, field.ty.id));
                Val { tokens: wrap(&quote!(gusset::Patch::Value), &val.tokens), ..val }
            }
        }
    }

    /// An option of a value as an option of a type.
    fn option_of(&self, val: Val, id: TypeId, boxed: bool) -> Val {
        let Shape::Option(inner) = val.shape.clone() else { return val };
        if matches!(*inner, Shape::None | Shape::Null) {
            return Val { tokens: quote!(None), ..val };
        }
        let fails = val.fallible;
        let held = self.owned(Val::cheap(quote!(v), *inner.clone()), id);
        let element = match boxed {
            true => Val { tokens: wrap(&quote!(Box::new), &held.tokens), ..held },
            false => held,
        };
        let receiver = val.receiver();
        let tokens = &element.tokens;
        let shape = element.shape.clone().optional();
        let mapped = if element.fallible {
            let of = &val.tokens;
            Val::atom(quote!(match #of { Some(v) => Some(#tokens), None => None }), shape).failing()
        } else if tokens.to_string() == "v" {
            return val;
        } else if *inner == Shape::Str && tokens.to_string() == quote!(v.to_owned()).to_string() {
            let owned = val.cloned.clone();
            Val::atom(owned.unwrap_or_else(|| quote!(#receiver.map(str::to_owned))), shape)
        } else {
            Val::atom(quote!(#receiver.map(|v| #tokens)), shape)
        };
        mapped.failing_if(fails)
    }

    /// A value as a type, owned.
    fn owned(&self, val: Val, id: TypeId) -> Val {
        let val = val.settle();
        let fails = val.fallible;
        let (receiver, argument, shape) = (val.receiver(), val.argument(), val.shape.clone());
        let call = |tokens: TokenStream| Val::atom(tokens, shape.clone()).failing_if(fails);
        let fallible = |tokens: TokenStream| Val::atom(quote!(#tokens?), shape.clone()).failing();
        let kind = &self.ctx.types.get(id).kind;
        match kind {
            TypeKind::InString(inner) => self.owned(val, *inner),
            TypeKind::Any { .. } => self.json(val),
            TypeKind::Boolean => self.read(val, &Ty::Bool),
            TypeKind::Number => match val.shape {
                Shape::Int | Shape::Uint => call(quote!(gusset::cel::widen(#argument))),
                _ => self.read(val, &Ty::Double),
            },
            TypeKind::Integer(Width::U64 | Width::U32) => {
                let whole = match val.shape {
                    Shape::Int => fallible(quote!(gusset::cel::to_uint(#argument))),
                    _ => self.read(val, &Ty::Uint),
                };
                let argument = whole.argument();
                match kind {
                    TypeKind::Integer(Width::U32) => {
                        fallible(quote!(gusset::cel::narrow(#argument)))
                    }
                    _ => whole,
                }
            }
            TypeKind::Integer(Width::Any) => {
                let number = match val.shape {
                    Shape::Int | Shape::Uint | Shape::Double => val,
                    _ => self.read(val, &Ty::Double),
                };
                let argument = number.argument();
                fallible(quote!(gusset::cel::number(#argument)))
            }
            TypeKind::Integer(width) => {
                let whole = match val.shape {
                    Shape::Uint => fallible(quote!(gusset::cel::to_int(#argument))),
                    _ => self.read(val, &Ty::Int),
                };
                let argument = whole.argument();
                match width {
                    Width::I32 => fallible(quote!(gusset::cel::narrow(#argument))),
                    _ => whole,
                }
            }
            TypeKind::String(StringFormat::DateTime) => {
                let moment = self.read(val, &Ty::Timestamp);
                let receiver = moment.receiver();
                Val::atom(quote!(#receiver.into()), moment.shape.clone())
                    .failing_if(moment.fallible)
            }
            TypeKind::String(StringFormat::Plain | StringFormat::Binary) => self.text(val),
            TypeKind::String(StringFormat::Base64) => {
                let text = self.text(val);
                let tokens = &text.tokens;
                Val::atom(quote!(gusset::Base64::from_text(#tokens)), Shape::String)
                    .failing_if(text.fallible)
            }
            TypeKind::String(StringFormat::Secret) => {
                let text = self.text(val);
                let tokens = &text.tokens;
                Val::atom(quote!(gusset::Secret::from(#tokens)), Shape::String)
                    .failing_if(text.fallible)
            }
            TypeKind::String(_) => {
                let text = self.read(val, &Ty::String).text();
                fallible(quote!(gusset::cel::parse(#text)))
            }
            TypeKind::Enum(e) => {
                let text = self.text(val);
                if e.variants.is_empty() {
                    return text;
                }
                let receiver = text.receiver();
                Val::atom(quote!(#receiver.into()), Shape::String).failing_if(text.fallible)
            }
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_) => {
                call(quote!(#receiver.clone()))
            }
            TypeKind::List(item) => self.owned_list(val, *item),
            TypeKind::Map(item) => self.owned_map(val, *item),
        }
    }

    fn text(&self, val: Val) -> Val {
        let val = self.read(val, &Ty::String);
        self.shaped(val, &Shape::String)
    }

    /// JSON of no declared type, read as a scalar.
    fn read(&self, val: Val, ty: &Ty) -> Val {
        match &val.shape {
            Shape::Json(Ty::Dyn, text) => {
                Val { shape: Shape::Json(ty.clone(), *text), ..val }.settle()
            }
            _ => val,
        }
    }

    /// An element as a list or map of a type holds it.
    fn owned_element(&self, element: Val, item: TypeUse) -> Val {
        let element = element.settle();
        match &element.shape {
            Shape::Option(_) => self.option_of(element, item.id, false),
            _ => {
                let owned = self.owned(element, item.id);
                match item.nullable {
                    true => Val { tokens: wrap(&quote!(Some), &owned.tokens), ..owned },
                    false => owned,
                }
            }
        }
    }

    fn owned_list(&self, val: Val, item: TypeUse) -> Val {
        let fails = val.fallible;
        let receiver = val.receiver();
        if matches!(&val.shape, Shape::Items(from) if self.same(*from, item)) {
            return Val::atom(quote!(#receiver.to_vec()), val.shape.clone()).failing_if(fails);
        }
        if matches!(&val.shape, Shape::Vec(from) if matches!(**from, Shape::Null | Shape::None)) {
            return val;
        }
        let shape = val.shape.clone();
        let (items, element) = self.elements(val, quote!(v));
        let plain = matches!(&shape, Shape::Vec(from) if **from == Shape::String) && element.place;
        let element = match plain {
            true => self.owned_element(Val::cheap(quote!(v), Shape::String), item),
            false => self.owned_element(element, item),
        };
        if element.tokens.to_string() == "v" && matches!(shape, Shape::Vec(_)) {
            return Val::atom(receiver, shape).failing_if(fails);
        }
        collected(&items, &element, &quote!(v), shape).failing_if(fails)
    }

    fn owned_map(&self, val: Val, item: TypeUse) -> Val {
        let fails = val.fallible;
        let (receiver, shape) = (val.receiver(), val.shape.clone());
        let (pairs, key, element) = match &val.shape {
            Shape::Entries(from) if self.same(*from, item) => {
                return Val::atom(quote!(#receiver.clone()), shape).failing_if(fails);
            }
            Shape::Entries(from) => {
                (quote!(#receiver.iter()), quote!(k.clone()), self.behind(quote!(v), *from))
            }
            Shape::Table(from) if matches!(**from, Shape::Null | Shape::None) => return val,
            Shape::Table(from) => {
                (quote!(#receiver.into_iter()), quote!(k), Val::cheap(quote!(v), (**from).clone()))
            }
            _ => return super::members::unreachable_tokens(),
        };
        let element = self.owned_element(element, item);
        let tokens = &element.tokens;
        if element.fallible {
            let tokens = quote!(gusset::cel::map(#pairs, |(k, v)| Ok((#key, #tokens)))?.into_iter().collect());
            return Val::atom(tokens, shape).failing();
        }
        if tokens.to_string() == "v" && matches!(shape, Shape::Table(_)) {
            return val;
        }
        Val::atom(quote!(#pairs.map(|(k, v)| (#key, #tokens)).collect()), shape).failing_if(fails)
    }

    /// Whether values of both types are the same in Rust.
    fn same(&self, a: TypeUse, b: TypeUse) -> bool {
        a == b || {
            let plain = |id: TypeId| match &self.ctx.types.get(id).kind {
                TypeKind::Boolean => Some(0),
                TypeKind::Number => Some(1),
                TypeKind::Integer(width) => Some(10 + *width as u8),
                TypeKind::String(StringFormat::Binary) => Some(20),
                TypeKind::String(format) => Some(20 + *format as u8),
                _ => None,
            };
            a.nullable == b.nullable && plain(a.id).is_some() && plain(a.id) == plain(b.id)
        }
    }

    /// A value as JSON.
    fn json(&self, val: Val) -> Val {
        let fails = val.fallible;
        let (receiver, argument) = (val.receiver(), val.argument());
        let value = quote!(gusset::serde_json::Value);
        let tokens = match &val.shape {
            Shape::Json(..) => quote!(#receiver.clone()),
            Shape::Timestamp => quote!(#value::from(#receiver.to_string())),
            Shape::Duration | Shape::Wait => quote!(#value::from(gusset::cel::to_text(#argument))),
            Shape::Items(_) | Shape::Vec(_) => {
                let (items, element) = self.elements(val.clone(), quote!(v));
                let element = self.json_element(element.settle());
                let list = collected(&items, &element, &quote!(v), Shape::Null);
                let (list, list_fails) = (list.tokens, list.fallible);
                return Val::atom(quote!(#value::Array(#list)), Shape::Null)
                    .failing_if(fails || list_fails);
            }
            Shape::Entries(item) => {
                let element = self.json_element(self.behind(quote!(v), *item)).tokens;
                quote!(#value::Object(#receiver.iter().map(|(k, v)| (k.clone(), #element)).collect()))
            }
            Shape::Table(item) => {
                let element = self.json_element(Val::cheap(quote!(v), (**item).clone())).tokens;
                quote!(#value::Object(#receiver.into_iter().map(|(k, v)| (k, #element)).collect()))
            }
            _ => quote!(#value::from(#argument)),
        };
        Val::atom(tokens, Shape::Null).failing_if(fails)
    }

    fn json_element(&self, element: Val) -> Val {
        match &element.shape {
            Shape::Option(inner) => {
                let held = self.json(Val::cheap(quote!(v), (**inner).clone()));
                let (receiver, tokens) = (element.receiver(), &held.tokens);
                let tokens = quote!(#receiver.map_or(gusset::serde_json::Value::Null, |v| #tokens));
                Val::atom(tokens, Shape::Null).failing_if(element.fallible)
            }
            _ => self.json(element),
        }
    }
}

fn wrap(with: &TokenStream, tokens: &TokenStream) -> TokenStream {
    quote!(#with(#tokens))
}
