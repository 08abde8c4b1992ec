//! The URL of a server, with its variables.

use super::Node;

/// A piece of the URL of a server.
#[derive(Debug)]
pub(crate) enum Piece<'u, 'd> {
    Text(&'u str),
    Variable(Variable<'u, 'd>),
}

/// A variable, and what the document says about it.
#[derive(Debug)]
pub(crate) struct Variable<'u, 'd> {
    /// Its name in braces.
    pub(crate) wire: &'u str,
    /// Where it is described, if it is.
    pub(crate) node: Option<Node<'d>>,
    /// Its default, if there is one that is not empty.
    pub(crate) default: Option<&'d str>,
    /// The values that it may have, where they are listed.
    pub(crate) values: Vec<&'d str>,
}

/// The pieces of a URL. A brace without its other half stays in the text.
pub(crate) fn pieces<'u, 'd>(server: &Node<'d>, url: &'u str) -> Vec<Piece<'u, 'd>> {
    let variables = server.get("variables");
    let mut pieces = Vec::new();
    let mut rest = url;
    while let Some((before, (wire, after))) =
        rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let node = variables.as_ref().and_then(|variables| variables.get(wire));
        let default = node.as_ref().and_then(|node| node.str("default"));
        let values = node.as_ref().and_then(|node| node.get("enum"));
        let values = values.iter().flat_map(Node::items);
        pieces.push(Piece::Variable(Variable {
            wire,
            default: default.filter(|text| !text.is_empty()),
            values: values.filter_map(|value| value.value.as_str()).collect(),
            node,
        }));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}
