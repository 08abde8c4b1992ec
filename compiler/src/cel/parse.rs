//! Text to [`Node`]s, by way of the `cel` crate's parser.

use super::brackets::closers;
use super::tree::{Node, NodeKind, Span};
use crate::ir::{Literal, MacroKind};
use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators,
};
use std::collections::HashMap;

/// The longest expression that is read. A mapping that needs more wants a hook.
const MAX_BYTES: usize = 8 * 1024;
/// How deep an expression may nest (`a.b.c` nests three deep). Passes after this one may recurse.
const MAX_DEPTH: usize = 100;
/// The parser recurses over chains such as `a.b.c`; with [`MAX_BYTES`] this is always enough.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ParseError {
    /// It does not follow the grammar: where and why.
    Syntax { span: Span, message: String },
    /// It is too long or too deep.
    TooLarge(String),
}

/// Parses, with optional syntax (`.?`, `[?]`).
pub(super) fn parse(text: &str) -> Result<Node, Vec<ParseError>> {
    if text.len() > MAX_BYTES {
        return Err(vec![ParseError::TooLarge(format!(
            "the expression has {} bytes; {MAX_BYTES} are allowed",
            text.len()
        ))]);
    }
    let worker = || parse_here(text);
    let parsed = std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, worker);
        thread.map(std::thread::ScopedJoinHandle::join)
    });
    match parsed {
        Ok(Ok(result)) => result,
        _ => Err(vec![ParseError::TooLarge("the expression cannot be parsed".to_owned())]),
    }
}

/// How the parser begins to say that it did not expect something.
const UNEXPECTED: [&str; 4] = [
    "mismatched input ",
    "extraneous input ",
    "token recognition error at: ",
    "no viable alternative at input ",
];

fn parse_here(text: &str) -> Result<Node, Vec<ParseError>> {
    let parser = cel::parser::Parser::new()
        .enable_optional_syntax(true)
        .enable_ident_escape_syntax(true)
        .max_recursion_depth(u16::try_from(MAX_DEPTH).unwrap_or(u16::MAX));
    let (ast, info) = parser.parse_with_source_info(text).map_err(|errors| {
        let mut found: Vec<ParseError> =
            errors.errors.iter().map(|e| syntax_error(text, e)).collect();
        // What follows the first mistake in the text is mostly its echo.
        found.truncate(1);
        found
    })?;
    let reader = Reader { text, info, closers: closers(text) };
    reader.node(ast, 0).map_err(|error| vec![error])
}

/// The parser's message in our words, without the list of every token that it would have taken.
fn syntax_error(text: &str, error: &cel::ParseError) -> ParseError {
    let (line, column) = error.pos;
    if error.msg.contains("Recursion limit") || error.msg == "UNKNOWN" {
        return ParseError::TooLarge(format!(
            "the expression nests deeper than {MAX_DEPTH} levels"
        ));
    }
    let said = error.msg.strip_prefix("Syntax error: ").unwrap_or(&error.msg);
    let said = said.split(" expecting ").next().unwrap_or(said);
    let message = match UNEXPECTED.iter().find_map(|prefix| said.strip_prefix(prefix)) {
        Some("'<EOF>'") => "it ends too early".to_owned(),
        Some(found) => format!("unexpected `{}`", found.trim_matches('\'').trim()),
        None => said.replace("'<EOF>'", "the end").replace('\'', "`"),
    };
    let line_start: usize =
        text.split_inclusive('\n').take(usize::try_from(line - 1).unwrap_or(0)).map(str::len).sum();
    let rest = text.get(line_start..).unwrap_or_default();
    let column = usize::try_from(column - 1).unwrap_or(0);
    let start =
        line_start + rest.char_indices().nth(column).map_or(rest.trim_end().len(), |(at, _)| at);
    let end =
        text.get(start..).and_then(|s| s.chars().next()).map_or(start, |c| start + c.len_utf8());
    ParseError::Syntax { span: Span { start, end }, message }
}

struct Reader<'t> {
    text: &'t str,
    info: SourceInfo,
    closers: HashMap<usize, usize>,
}

impl Reader<'_> {
    /// The bytes of the token that the parser gave a node.
    fn token(&self, id: u64) -> Span {
        let (start, last) = self.info.offset_for(id).unwrap_or_default();
        let start = (start as usize).min(self.text.len());
        Span { start, end: (last as usize).saturating_add(1).clamp(start, self.text.len()) }
    }

    /// From an opening bracket to behind its closing one.
    fn bracketed(&self, open: Span) -> Span {
        Span { end: self.closers.get(&open.start).copied().unwrap_or(open.end), ..open }
    }

    /// The name before the bracket at `open`, with the bracket.
    fn call_span(&self, open: Span) -> Span {
        let name = self.text[..open.start].trim_end();
        let start = name
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
            .map_or(0, |at| at + 1);
        Span { start, ..self.bracketed(open) }
    }

    /// The name behind the `.` or `.?` at `dot`.
    fn name_after(&self, dot: Span) -> Span {
        let rest = &self.text[dot.start..];
        let skipped = rest.len() - rest.trim_start_matches(['.', '?', ' ', '\t', '\r', '\n']).len();
        let start = dot.start + skipped;
        let name = &self.text[start..];
        let length = match name.strip_prefix('`') {
            Some(quoted) => quoted.find('`').map_or(name.len(), |at| at + 2),
            None => {
                name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len())
            }
        };
        Span { start, end: start + length }
    }

    fn node(&self, from: IdedExpr, depth: usize) -> Result<Node, ParseError> {
        if depth > MAX_DEPTH {
            return Err(ParseError::TooLarge(format!(
                "the expression nests deeper than {MAX_DEPTH} levels"
            )));
        }
        let token = self.token(from.id);
        let below = depth + 1;
        let (kind, span) = match from.expr {
            Expr::Literal(literal) => (NodeKind::Literal(literal_of(literal)), token),
            Expr::Ident(name) => (NodeKind::Ident(name.trim_start_matches('.').to_owned()), token),
            Expr::Select(select) => {
                let of = Box::new(self.node(*select.operand, below)?);
                if select.test {
                    let call = self.call_span(token);
                    let name = self.name_after(Span { start: of.span.end, end: of.span.end });
                    (NodeKind::Has { of, field: select.field, name }, call)
                } else {
                    let name = self.name_after(token);
                    let span = of.span.join(name);
                    (NodeKind::Select { of, field: select.field, name, optional: false }, span)
                }
            }
            Expr::Call(call) => self.call(call, token, below)?,
            Expr::List(list) => {
                let optional = !list.optional_indices.is_empty();
                let items = list.elements.into_iter().map(|e| self.node(e, below));
                let items = items.collect::<Result<Vec<_>, _>>()?;
                let kind = if optional {
                    NodeKind::Unsupported("an optional element of a list")
                } else {
                    NodeKind::List(items)
                };
                (kind, self.bracketed(token))
            }
            Expr::Map(map) => {
                let mut entries = Vec::new();
                let mut optional = false;
                for entry in map.entries {
                    if let EntryExpr::MapEntry(entry) = entry.expr {
                        optional |= entry.optional;
                        entries
                            .push((self.node(entry.key, below)?, self.node(entry.value, below)?));
                    }
                }
                let kind = if optional {
                    NodeKind::Unsupported("an optional entry of a map")
                } else {
                    NodeKind::Map(entries)
                };
                (kind, self.bracketed(token))
            }
            Expr::Comprehension(comprehension) => {
                self.comprehension(*comprehension, token, below)?
            }
            Expr::Struct(_) => (NodeKind::Unsupported("a message literal"), token),
            Expr::Unspecified => (NodeKind::Unsupported("this expression"), token),
        };
        Ok(Node { kind, span })
    }

    fn call(
        &self,
        call: CallExpr,
        token: Span,
        depth: usize,
    ) -> Result<(NodeKind, Span), ParseError> {
        let method = call.target.is_some();
        let target = call.target.map(|t| *t);
        let args = target.into_iter().chain(call.args).map(|arg| self.node(arg, depth));
        let mut args = args.collect::<Result<Vec<_>, _>>()?;
        let around = args.iter().map(|a| a.span).reduce(Span::join).unwrap_or(token).join(token);
        let function = call.func_name;
        match (function.as_str(), args.len()) {
            (operators::OPT_SELECT, 2) => {
                let name = self.name_after(token);
                let field = match args.pop().map(|a| a.kind) {
                    Some(NodeKind::Literal(Literal::String(field))) => field,
                    _ => self.text[name.start..name.end].to_owned(),
                };
                let of = Box::new(args.remove(0));
                let span = of.span.join(name);
                Ok((NodeKind::Select { of, field, name, optional: true }, span))
            }
            (operators::INDEX | operators::OPT_INDEX, 2) => {
                let optional = function == operators::OPT_INDEX;
                let index = Box::new(args.remove(1));
                let of = Box::new(args.remove(0));
                let span = of.span.join(self.bracketed(token));
                Ok((NodeKind::Index { of, index, optional }, span))
            }
            _ if method => {
                let span = around.join(self.bracketed(token));
                Ok((NodeKind::Call { function, method, args }, span))
            }
            _ if function
                .contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
                || function == operators::NEGATE =>
            {
                Ok((NodeKind::Call { function, method, args }, around))
            }
            _ => {
                let span = self.call_span(token);
                let function = function.trim_start_matches('.').to_owned();
                Ok((NodeKind::Call { function, method, args }, span))
            }
        }
    }

    /// The parser has expanded macros; this recognises what they were.
    fn comprehension(
        &self,
        from: ComprehensionExpr,
        token: Span,
        depth: usize,
    ) -> Result<(NodeKind, Span), ParseError> {
        let over = Box::new(self.node(from.iter_range, depth)?);
        let span = over.span.join(self.bracketed(token));
        let variable = from.iter_var;
        let exactly_one =
            matches!(&from.result.expr, Expr::Call(c) if c.func_name == operators::EQUALS);
        let Expr::Call(mut step) = from.loop_step.expr else {
            return Ok((NodeKind::Unsupported("this comprehension"), span));
        };
        let named = |kind, body| NodeKind::Macro {
            kind,
            over: over.clone(),
            variable: variable.clone(),
            body,
        };
        let kind = match (step.func_name.as_str(), step.args.len()) {
            (operators::LOGICAL_OR, 2) => {
                named(MacroKind::Exists, Box::new(self.node(step.args.remove(1), depth)?))
            }
            (operators::LOGICAL_AND, 2) => {
                named(MacroKind::All, Box::new(self.node(step.args.remove(1), depth)?))
            }
            (operators::CONDITIONAL, 3) if exactly_one => {
                named(MacroKind::ExistsOne, Box::new(self.node(step.args.remove(0), depth)?))
            }
            (operators::CONDITIONAL, 3) => {
                let condition = Box::new(self.node(step.args.remove(0), depth)?);
                let filter = named(MacroKind::Filter, condition);
                match added_element(step.args.remove(0)) {
                    Some(IdedExpr { expr: Expr::Ident(name), .. }) if name == variable => filter,
                    Some(value) => NodeKind::Macro {
                        kind: MacroKind::Map,
                        over: Box::new(Node { kind: filter, span }),
                        variable: variable.clone(),
                        body: Box::new(self.node(value, depth)?),
                    },
                    None => NodeKind::Unsupported("this comprehension"),
                }
            }
            (operators::ADD, 2) => {
                match added_element(IdedExpr { id: 0, expr: Expr::Call(step) }) {
                    Some(value) => named(MacroKind::Map, Box::new(self.node(value, depth)?)),
                    None => NodeKind::Unsupported("this comprehension"),
                }
            }
            _ => NodeKind::Unsupported("this comprehension"),
        };
        Ok((kind, span))
    }
}

/// `x` of `@result + [x]`.
fn added_element(step: IdedExpr) -> Option<IdedExpr> {
    match step.expr {
        Expr::Call(mut call) if call.func_name == operators::ADD && call.args.len() == 2 => {
            match call.args.remove(1).expr {
                Expr::List(mut list) => list.elements.pop(),
                _ => None,
            }
        }
        _ => None,
    }
}

fn literal_of(literal: LiteralValue) -> Literal {
    match literal {
        LiteralValue::Boolean(b) => Literal::Bool(b.into_inner()),
        LiteralValue::Bytes(b) => Literal::Bytes(b.inner().to_vec()),
        LiteralValue::Double(d) => Literal::Double(d.into_inner()),
        LiteralValue::Int(i) => Literal::Int(i.into_inner()),
        LiteralValue::Null => Literal::Null,
        LiteralValue::String(s) => Literal::String(s.inner().to_owned()),
        LiteralValue::UInt(u) => Literal::Uint(u.into_inner()),
    }
}
