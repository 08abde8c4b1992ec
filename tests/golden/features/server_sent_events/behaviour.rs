use crate::kit::{Provider, answer, block_on, json as reply};
use crate::server_sent_events::operations::Chat;
use crate::server_sent_events::types::ChatBody;
use crate::server_sent_events::{Client, Credentials, Settings};
use gusset::serde_json::json;

#[test]
fn json_and_events_are_both_in_reach() {
    let events = "data: {\"delta\": \"He\"}\n\ndata: {\"delta\": \"llo\"}\n\ndata: [DONE]\n\n";
    let events = answer(200, "text/event-stream", events);
    let provider = Provider::answering([reply(200, &json!({"text": "Hello"})), events]);
    let client =
        Client::new(Credentials::none(), &Settings::default(), provider.options()).unwrap();
    let said = block_on(client.send(&Chat::new(ChatBody::default()))).unwrap();
    let asked = Chat::new(ChatBody { stream: Some(true), ..ChatBody::default() });
    let text = block_on(async {
        let mut events = client.events(&asked).await.unwrap();
        let mut text = String::new();
        while let Some(event) = events.next().await {
            text += &event.unwrap().data.delta;
        }
        text
    });
    assert_eq!((said.text.as_str(), text.as_str()), ("Hello", "Hello"));
    assert_eq!(provider.sent()[1].header("accept"), "text/event-stream");
}
