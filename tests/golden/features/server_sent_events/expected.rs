// src/operations.rs
//! Operations of server_sent_events: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /chat`.
#[derive(Clone, Debug)]
pub struct Chat {
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "chat",
        "/chat",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

impl gusset::Evented for Chat {
    type Data = types::Chunk;
}

// src/types.rs
//! Types of server_sent_events: what travels.

/// The document's `ChatBody`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ChatBody {
    /// The document's `stream`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
}

/// The document's `Chunk`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Chunk {
    /// The document's `delta`.
    pub delta: String,
}

/// The document's `Answer`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Answer {
    /// The document's `text`.
    pub text: String,
}
