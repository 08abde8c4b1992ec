// src/operations.rs
//! Operations of server_sent_events: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /chat`.
#[derive(Clone, Debug)]
pub struct Chat {
    pub body: types::ChatBody,
}

impl Chat {
    /// With what is required; the rest is left out.
    pub fn new(body: types::ChatBody) -> Self {
        Chat { body }
    }
}

impl gusset::Operation for Chat {
    type Client = Client;
    type Output = types::Answer;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "chat", "/chat");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

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
