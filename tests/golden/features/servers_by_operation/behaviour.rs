use crate::kit::{Provider, answer, block_on};
use crate::servers_by_operation::operations::{GetStatus, ListFiles, Login, Upload};
use crate::servers_by_operation::{Client, Credentials, Settings};

#[test]
fn operations_go_to_their_servers_and_credentials_only_where_they_belong() {
    let nothing = || answer(204, "text/plain", "");
    let provider = Provider::answering([nothing(), nothing(), nothing(), nothing()]);
    let settings = Settings { region: "us".to_owned() };
    let client = Client::new(Credentials::token("s3cret"), &settings, provider.options()).unwrap();
    block_on(async {
        client.send(&ListFiles::default()).await.unwrap();
        client.send(&Upload::default()).await.unwrap();
        client.send(&GetStatus::default()).await.unwrap();
        client.send(&Login::default()).await.unwrap();
    });
    let sent = provider.sent();
    let sent: Vec<_> = sent.iter().map(|s| (s.url.as_str(), s.header("authorization"))).collect();
    assert_eq!(
        sent,
        [
            ("https://us.example.com/v1/files", "Bearer s3cret"),
            ("https://content.example.com/v1/upload", "Bearer s3cret"),
            ("https://status.example.org/status", ""),
            ("https://us.example.com/v1/login", ""),
        ]
    );
    assert_eq!(Settings::default().region, "eu");
}
