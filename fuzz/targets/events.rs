//! Streams of server-sent events, of text and of JSON: the same events wherever the stream is split.
#![no_main]

use gusset::bytes::Bytes;
use gusset::{Client, Evented, Integration};
use gusset_fuzz::Provider;

/// The client that emitted operations name.
pub struct Emitted;

static INTEGRATION: Integration = Integration {
    name: "chat",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};

mod operations {
    use super::{Emitted as Client, INTEGRATION};

    /// Events of text.
    #[derive(Clone, Debug, Default)]
    pub struct Text {}
    gusset::operation!(Text: get "/text" as "text" -> String {} by gusset::Response::text);

    /// Events of JSON.
    #[derive(Clone, Debug, Default)]
    pub struct Data {}
    gusset::operation!(Data: get "/data" as "data" -> gusset::serde_json::Value {});
}

impl Evented for operations::Text {
    type Data = String;
    const JSON: bool = false;
}

impl Evented for operations::Data {
    type Data = gusset::serde_json::Value;
}

/// The events of a stream that comes in these pieces, as they are shown.
fn events<O: Evented<Data: std::fmt::Debug>>(operation: &O, chunks: Vec<Bytes>) -> Vec<String> {
    let client: Client = Provider::streaming(O::META.integration, chunks);
    Provider::run(async {
        let mut shown = Vec::new();
        let Ok(mut events) = client.events(operation).await else { return shown };
        while let Some(event) = events.next().await {
            shown.push(format!("{event:?}"));
        }
        shown
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((size, data)) = data.split_first() else { return };
    let whole = vec![Bytes::copy_from_slice(data)];
    let size = usize::from(*size).max(1);
    let pieces: Vec<Bytes> = data.chunks(size).map(Bytes::copy_from_slice).collect();
    let text = operations::Text::default();
    assert_eq!(events(&text, whole.clone()), events(&text, pieces.clone()));
    let json = operations::Data::default();
    assert_eq!(events(&json, whole), events(&json, pieces));
});
