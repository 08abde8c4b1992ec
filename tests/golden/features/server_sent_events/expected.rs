// src/operations.rs
//! Operations of server_sent_events: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /chat`.
#[derive(Clone, Debug)]
pub struct Chat {
    pub body: types::ChatBody,
}
gusset::operation!(Chat: post "/chat" as "chat" -> types::Answer {
    json body
} new(body: types::ChatBody));

impl gusset::Evented for Chat {
    type Data = types::Chunk;
}

// src/types.rs
//! Types of server_sent_events: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChatBody {
    pub stream: Option<bool>,
}
gusset::record!(ChatBody: write { [stream] });

#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    pub delta: String,
}
gusset::record!(Chunk: read { delta });

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub text: String,
}
gusset::record!(Answer: read { text });
