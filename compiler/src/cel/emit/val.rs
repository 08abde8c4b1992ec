//! A Rust expression while it is put together.

use super::shape::Shape;
use crate::ir::Ty;
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

/// How strongly an expression binds, so that parentheses stand only where they are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Prec {
    /// `if`, `match`.
    Block,
    Or,
    And,
    Compare,
    Sum,
    Product,
    Unary,
    /// Paths, literals, calls, and what ends in `?`.
    Atom,
}

impl Prec {
    pub(super) fn with(self, tokens: TokenStream) -> (Prec, TokenStream) {
        (self, tokens)
    }
}

/// A Rust expression.
#[derive(Clone, Debug)]
pub(super) struct Val {
    pub(super) tokens: TokenStream,
    pub(super) shape: Shape,
    pub(super) prec: Prec,
    /// Whether it holds `?`.
    pub(super) fallible: bool,
    /// Whether it is a place: text as a `String`, a record, list, map or JSON that is not yet borrowed.
    pub(super) place: bool,
    /// Whether evaluating it costs nothing.
    pub(super) cheap: bool,
    /// For a condition: its opposite, where `!` would read badly.
    pub(super) opposite: Option<TokenStream>,
    /// For an option of borrowed text: the same as an option of owned text.
    pub(super) cloned: Option<TokenStream>,
    /// For a whole number: the literal with its type, for generic functions.
    pub(super) number: Option<Literal>,
}

impl Val {
    /// A call or a path.
    pub(super) fn atom(tokens: TokenStream, shape: Shape) -> Val {
        Val {
            tokens,
            shape,
            prec: Prec::Atom,
            fallible: false,
            place: false,
            cheap: false,
            opposite: None,
            cloned: None,
            number: None,
        }
    }

    /// A path to something `Copy`.
    pub(super) fn cheap(tokens: TokenStream, shape: Shape) -> Val {
        Val { cheap: true, ..Val::atom(tokens, shape) }
    }

    pub(super) fn literal(tokens: TokenStream, shape: Shape) -> Val {
        Val::cheap(tokens, shape)
    }

    /// A path to something that is borrowed where it is used.
    pub(super) fn place(tokens: TokenStream, shape: Shape) -> Val {
        Val { place: true, ..Val::cheap(tokens, shape) }
    }

    pub(super) fn binary(tokens: TokenStream, shape: Shape, prec: Prec) -> Val {
        Val { prec, ..Val::atom(tokens, shape) }
    }

    /// It holds `?`.
    pub(super) fn failing(self) -> Val {
        Val { fallible: true, cheap: false, ..self }
    }

    /// It holds `?` if one of these does.
    pub(super) fn failing_if(self, fails: bool) -> Val {
        if fails { self.failing() } else { self }
    }

    pub(super) fn with_opposite(self, opposite: TokenStream) -> Val {
        Val { opposite: Some(opposite), ..self }
    }

    pub(super) fn with_cloned(self, cloned: Option<TokenStream>) -> Val {
        Val { cloned, ..self }
    }

    /// As a `Result`: what can fail as a whole already is one.
    pub(super) fn result(&self) -> TokenStream {
        let mut tokens: Vec<TokenTree> = self.tokens.clone().into_iter().collect();
        let tries = matches!(tokens.last(), Some(TokenTree::Punct(last)) if last.as_char() == '?');
        // `-a?` and `a + b?` end in it, too.
        if self.prec == Prec::Atom && tries {
            tokens.pop();
            return tokens.into_iter().collect();
        }
        let tokens = &self.tokens;
        quote!(Ok(#tokens))
    }

    /// The tokens as the operand of something that binds as strongly as `prec`.
    pub(super) fn under(&self, prec: Prec) -> TokenStream {
        let tokens = &self.tokens;
        if self.prec < prec { quote!((#tokens)) } else { tokens.clone() }
    }

    /// The tokens before `.method()`.
    pub(super) fn receiver(&self) -> TokenStream {
        self.under(Prec::Atom)
    }

    /// As a value that can be passed: places are borrowed.
    pub(super) fn borrowed(self) -> Val {
        if !self.place {
            return self;
        }
        let tokens = &self.tokens;
        match self.shape {
            Shape::Str => {
                Val { tokens: quote!(#tokens.as_str()), place: false, cheap: false, ..self }
            }
            _ => Val { tokens: quote!(&#tokens), place: false, prec: Prec::Unary, ..self },
        }
    }

    /// As an argument of a generic function: whole literals with their type.
    pub(super) fn argument(&self) -> TokenStream {
        match &self.number {
            Some(number) => quote!(#number),
            None => self.clone().borrowed().tokens,
        }
    }

    /// As a `&str`.
    pub(super) fn text(&self) -> TokenStream {
        match self.shape {
            Shape::String => {
                let receiver = self.receiver();
                quote!(#receiver.as_str())
            }
            _ => self.clone().borrowed().tokens,
        }
    }

    /// As a `&[u8]`.
    pub(super) fn bytes(&self) -> TokenStream {
        let receiver = self.receiver();
        match self.shape {
            Shape::Buffer => quote!(#receiver.as_slice()),
            _ => self.tokens.clone(),
        }
    }

    /// A span of time as one that can be negative.
    pub(super) fn signed(self) -> Val {
        if self.shape != Shape::Wait {
            return self;
        }
        let argument = self.argument();
        Val::atom(quote!(gusset::cel::signed(#argument)), Shape::Duration).failing_if(self.fallible)
    }

    /// As an `Option<&str>`.
    pub(super) fn optional_text(self) -> Val {
        let tokens = match &self.shape {
            Shape::Option(inner) if **inner == Shape::String => {
                let receiver = self.receiver();
                quote!(#receiver.as_deref())
            }
            Shape::Str | Shape::String => {
                let text = self.text();
                quote!(Some(#text))
            }
            Shape::Null => quote!(None),
            _ => return self,
        };
        Val { tokens, shape: Shape::Str.optional(), prec: Prec::Atom, place: false, ..self }
    }

    /// With JSON scalars read, and null elements of JSON made `None`.
    pub(super) fn settle(self) -> Val {
        match self.shape.clone() {
            Shape::Json(Ty::Optional(inner), text) => {
                let borrowed = self.borrowed();
                let tokens = &borrowed.tokens;
                let tokens = quote!(gusset::cel::json::non_null(#tokens));
                let fallible = borrowed.fallible;
                Val::atom(tokens, Shape::Json(*inner, text).optional())
                    .failing_if(fallible)
                    .settle()
            }
            Shape::Json(ty, text) => match reader(&ty, text) {
                Some((read, shape)) => {
                    let borrowed = self.borrowed();
                    let tokens = &borrowed.tokens;
                    Val::atom(quote!(#read(#tokens)?), shape).failing()
                }
                None => self,
            },
            Shape::Option(inner) => match &*inner {
                Shape::Json(ty, text) => match reader(ty, *text) {
                    Some((read, shape)) => {
                        let receiver = self.receiver();
                        Val::atom(quote!(#receiver.map(#read).transpose()?), shape.optional())
                            .failing()
                    }
                    None => self,
                },
                _ => self,
            },
            _ => self,
        }
    }
}

/// The function that reads a scalar from JSON, and what it gives.
pub(super) fn reader(ty: &Ty, in_text: bool) -> Option<(TokenStream, Shape)> {
    let json = quote!(gusset::cel::json);
    Some(match ty {
        Ty::Int if in_text => (quote!(#json::in_string::<i64>), Shape::Int),
        Ty::Double if in_text => (quote!(#json::in_string::<f64>), Shape::Double),
        Ty::Bool if in_text => (quote!(#json::in_string::<bool>), Shape::Bool),
        Ty::String => (quote!(#json::string), Shape::Str),
        Ty::Bool => (quote!(#json::boolean), Shape::Bool),
        Ty::Int => (quote!(#json::int), Shape::Int),
        Ty::Uint => (quote!(#json::uint), Shape::Uint),
        Ty::Double => (quote!(#json::double), Shape::Double),
        Ty::Timestamp => (quote!(#json::timestamp), Shape::Timestamp),
        Ty::Duration => (quote!(#json::duration), Shape::Duration),
        _ => return None,
    })
}
