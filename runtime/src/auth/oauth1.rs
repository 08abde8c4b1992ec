//! OAuth 1.0a: calls that are signed ([RFC 5849](https://www.rfc-editor.org/rfc/rfc5849)), with HMAC-SHA256 as NetSuite wants it.

use super::sensitive;
use crate::clock::Clock;
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::Call;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use std::fmt::{self, Write};

/// What stays as it is ([RFC 5849, 3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What signs calls: of an application (consumer), and of the user who allowed it.
#[derive(Clone)]
pub struct OAuth1 {
    /// The realm, which some providers want: the account, with NetSuite.
    pub realm: Option<String>,
    /// The application's key.
    pub consumer_key: String,
    /// The application's secret.
    pub consumer_secret: Secret,
    /// The token.
    pub token: String,
    /// The token's secret.
    pub token_secret: Secret,
}

/// The token is no secret by itself, and is shown as little as any other.
impl fmt::Debug for OAuth1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth1")
            .field("realm", &self.realm)
            .field("consumer_key", &self.consumer_key)
            .finish_non_exhaustive()
    }
}

impl OAuth1 {
    /// Signs a call.
    pub(super) fn sign(&self, call: &mut Call, clock: &dyn Clock) -> Result<(), Error> {
        let nonce = format!("{:032x}", fastrand::u128(..));
        self.sign_as(call, clock.timestamp().as_second(), &nonce)
    }

    fn sign_as(&self, call: &mut Call, time: i64, nonce: &str) -> Result<(), Error> {
        let time = time.to_string();
        let ours = [
            ("oauth_consumer_key", self.consumer_key.as_str()),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", &time),
            ("oauth_token", &self.token),
            ("oauth_version", "1.0"),
        ];
        let base = base(call, &ours);
        let key = format!(
            "{}&{}",
            escaped(self.consumer_secret.expose()),
            escaped(self.token_secret.expose())
        );
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        let signature = STANDARD.encode(hmac::sign(&key, base.as_bytes()));
        let mut header = "OAuth ".to_owned();
        if let Some(realm) = &self.realm {
            // Text in quotes: the escape keeps quotes out.
            let _ = write!(header, "realm=\"{}\", ", escaped(realm));
        }
        for (name, value) in ours.iter().chain(&[("oauth_signature", signature.as_str())]) {
            let _ = write!(header, "{name}=\"{}\", ", escaped(value));
        }
        let header = header.trim_end_matches(", ");
        call.headers.insert(AUTHORIZATION, sensitive(header)?);
        Ok(())
    }
}

/// What is signed ([RFC 5849, 3.4.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1)): method, URL, and all parameters of
/// the header, the query and a form.
fn base(call: &Call, ours: &[(&str, &str)]) -> String {
    let mut parameters: Vec<(String, String)> =
        ours.iter().map(|(name, value)| (escaped(name), escaped(value))).collect();
    let pairs = |text: &[u8]| -> Vec<(String, String)> {
        url::form_urlencoded::parse(text).map(|(n, v)| (escaped(&n), escaped(&v))).collect()
    };
    parameters.extend(pairs(call.url.query().unwrap_or_default().as_bytes()));
    let form = call.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if form.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        parameters.extend(pairs(&call.body));
    }
    parameters.sort_unstable();
    let parameters: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut url = call.url.clone();
    url.set_query(None);
    url.set_fragment(None);
    format!(
        "{}&{}&{}",
        call.method.as_str().to_uppercase(),
        escaped(url.as_str()),
        escaped(&parameters.join("&"))
    )
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method};

    fn call() -> Call {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        Call {
            method: Method::POST,
            url: "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b".parse().unwrap(),
            headers,
            body: Bytes::from_static(b"c2&a3=2+q"),
        }
    }

    /// The example of RFC 5849, 3.4.1.1, but for the method of the signature.
    #[test]
    fn the_text_that_is_signed_is_that_of_the_rfc() {
        let ours = [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
        ];
        let expected = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";
        assert_eq!(base(&call(), &ours), expected);
    }

    #[test]
    fn a_signature_is_the_same_for_the_same_and_another_for_another_call() {
        let auth = OAuth1 {
            realm: Some("123_SB1".to_owned()),
            consumer_key: "key".to_owned(),
            consumer_secret: "s3cret&".into(),
            token: "token".to_owned(),
            token_secret: "t0ken".into(),
        };
        let signed = |change: &dyn Fn(&mut Call)| {
            let mut call = call();
            change(&mut call);
            auth.sign_as(&mut call, 137_131_201, "7d8f3e4a").unwrap();
            call.headers[AUTHORIZATION].to_str().unwrap().to_owned()
        };
        let one = signed(&|_| {});
        assert!(
            one.starts_with(
                "OAuth realm=\"123_SB1\", oauth_consumer_key=\"key\", oauth_nonce=\"7d8f3e4a\", "
            ),
            "{one}"
        );
        assert_eq!(one, signed(&|_| {}));
        assert_ne!(one, signed(&|call| call.method = Method::PUT));
        assert_ne!(one, signed(&|call| call.url.set_query(Some("a=1"))));
        assert_ne!(one, signed(&|call| call.body = Bytes::from_static(b"c2=1")));
        // Bodies that are no forms are not signed.
        let json = |body: &'static [u8]| {
            move |call: &mut Call| {
                call.headers.remove(CONTENT_TYPE);
                call.body = Bytes::from_static(body);
            }
        };
        assert_eq!(signed(&json(b"{}")), signed(&json(b"[]")));
        assert!(!format!("{auth:?}").contains("t0ken"));
    }
}
