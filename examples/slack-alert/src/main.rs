//! The macro door: no build script, no generated crate. The macro compiles the spec and puts a module here.
//!
//! `cargo run -p slack-alert` posts two messages to a local sandbox; the declared limit, one a second, makes the
//! second one wait.

use gusset_sandbox::{Credential, Sandbox};
use std::time::Instant;

gusset::integration!("../../specs/slack");

use slack::types::NewMessage;
use slack::{Client, Credentials, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::from_specs(["specs/slack"])?.start().await?;
    let Some(Credential::Bearer { token }) = sandbox.credentials().get("bot").cloned() else {
        return Err("the spec's `bot` is no bearer token".into());
    };
    let options = gusset::Options::default().with_server(sandbox.url());
    let slack = Client::new(Credentials::bot(token), &Settings::default(), options)?;

    let start = Instant::now();
    for text in ["GET /candidates/42 answered 404", "GET /candidates/43 answered 404"] {
        let posted = slack.messages().create(&NewMessage::new("#alerts", text)).await?;
        println!(
            "{:>4} ms  {} {}",
            start.elapsed().as_millis(),
            posted.channel,
            posted.message.text
        );
    }
    println!("{} messages in the channel", sandbox.count("messages"));
    Ok(())
}
