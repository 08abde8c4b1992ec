//! The body of a request.

use super::operation::choose;
use super::refine::Tree;
use super::schema::Context;
use super::{Lowering, Out};
use crate::diagnostics::Severity;
use crate::ir::{Media, RequestBody};
use crate::openapi::Node;

impl<'a> Lowering<'a> {
    /// The body of a request, if the document has one.
    pub(super) fn body(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
        ident: &str,
    ) -> Option<RequestBody> {
        let node = match self.documents[cx.document].resolve(operation.get("requestBody")?) {
            Ok(node) => node,
            Err(error) => {
                out.push(error.diagnostic(Severity::Warning));
                return None;
            }
        };
        let (media, content) = choose(&node)?;
        let ty = match (&media, content.get("schema")) {
            (Media::Bytes(_), _) => self.any(out, "the body is bytes", &content.place),
            (_, Some(schema)) => {
                self.lower(out, cx, schema, &format!("{ident}Body"), &Tree::default())
            }
            (_, None) => self.any(out, "the document gives no type of the body", &content.place),
        };
        let place = content.get("schema").map_or(content.place, |schema| schema.place);
        let read: openapiv3::RequestBody = out.level(&node);
        Some(RequestBody { ty, media, required: read.required, place })
    }
}
