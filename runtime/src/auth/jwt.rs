//! Signed assertions: JSON Web Tokens ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)) for token endpoints
//! ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).

use crate::error::Error;
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Map, Value, json};
use std::fmt;
use std::sync::Arc;

/// How long an assertion is good for, in seconds: providers take five minutes at most, some three.
const LIFE: i64 = 180;

/// How assertions are signed ([RFC 7518, 3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signing {
    /// RSA with SHA-256.
    Rs256,
    /// ECDSA on the curve P-256 with SHA-256.
    Es256,
}

impl Signing {
    fn name(self) -> &'static str {
        match self {
            Signing::Rs256 => "RS256",
            Signing::Es256 => "ES256",
        }
    }
}

/// A private key that signs. It never shows in `Debug`.
#[derive(Clone)]
pub(crate) struct SigningKey(Arc<Pair>);

enum Pair {
    Rs256(RsaKeyPair),
    Es256(EcdsaKeyPair),
}

impl SigningKey {
    /// A key in PEM, as `openssl` and providers write it. Nothing of it is repeated in errors.
    pub(crate) fn from_pem(signing: Signing, pem: &Secret) -> Result<Self, Error> {
        let wrong = |why: &str| Error::config(format!("the private key: {why}"));
        let (label, der) = read_pem(pem.expose()).map_err(wrong)?;
        let pair = match (signing, label) {
            (Signing::Rs256, "RSA PRIVATE KEY") => RsaKeyPair::from_der(&der)
                .map(Pair::Rs256)
                .map_err(|error| wrong(&error.to_string())),
            (Signing::Rs256, "PRIVATE KEY") => RsaKeyPair::from_pkcs8(&der)
                .map(Pair::Rs256)
                .map_err(|error| wrong(&format!("no RSA key for RS256 ({error})"))),
            (Signing::Es256, "PRIVATE KEY") => EcdsaKeyPair::from_pkcs8(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                &der,
                &SystemRandom::new(),
            )
            .map(Pair::Es256)
            .map_err(|error| wrong(&format!("no key of the curve P-256 for ES256 ({error})"))),
            (_, "EC PRIVATE KEY") => Err(wrong(
                "it is written as SEC1; `openssl pkcs8 -topk8 -nocrypt` writes it as PKCS #8",
            )),
            (_, "ENCRYPTED PRIVATE KEY") => Err(wrong(
                "it is locked with a password; `openssl pkcs8 -topk8 -nocrypt` unlocks it",
            )),
            (_, label) => Err(wrong(&format!("a {label} is none for {}", signing.name()))),
        };
        pair.map(|pair| SigningKey(Arc::new(pair)))
    }

    fn signing(&self) -> Signing {
        match &*self.0 {
            Pair::Rs256(_) => Signing::Rs256,
            Pair::Es256(_) => Signing::Es256,
        }
    }

    fn sign(&self, text: &str) -> Result<Vec<u8>, Error> {
        let failed = |_| Error::config("the private key does not sign");
        let random = SystemRandom::new();
        match &*self.0 {
            Pair::Rs256(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature)
                    .map_err(failed)?;
                Ok(signature)
            }
            Pair::Es256(pair) => pair
                .sign(&random, text.as_bytes())
                .map(|signature| signature.as_ref().to_vec())
                .map_err(failed),
        }
    }

    /// A signed token about `subject`, for `audience`.
    pub(crate) fn assertion(&self, about: &About<'_>, now: Timestamp) -> Result<Secret, Error> {
        let header = json!({"alg": self.signing().name(), "typ": "JWT"});
        let now = now.as_second();
        let mut claims = Map::from_iter([
            ("iss".to_owned(), Value::from(about.issuer)),
            ("sub".to_owned(), Value::from(about.subject)),
            ("aud".to_owned(), Value::from(about.audience)),
            ("iat".to_owned(), Value::from(now)),
            ("exp".to_owned(), Value::from(now.saturating_add(LIFE))),
            ("jti".to_owned(), Value::from(format!("{:032x}", fastrand::u128(..)))),
        ]);
        if !about.scopes.is_empty() {
            claims.insert("scope".to_owned(), Value::from(about.scopes.join(" ")));
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(&Value::Object(claims)));
        let signature = URL_SAFE_NO_PAD.encode(self.sign(&text)?);
        Ok(Secret::from(format!("{text}.{signature}")))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, ..)", self.signing().name())
    }
}

/// What an assertion says.
pub(crate) struct About<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) audience: &'a str,
    pub(crate) scopes: &'a [&'a str],
}

/// The label and the bytes of the first part of a PEM ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)). Line breaks
/// that were written as `\n`, as variables of the environment have them, are line breaks.
fn read_pem(text: &str) -> Result<(&str, secrecy::zeroize::Zeroizing<Vec<u8>>), &'static str> {
    let none = "it is no PEM, which begins with `-----BEGIN PRIVATE KEY-----`";
    let (_, rest) = text.split_once("-----BEGIN ").ok_or(none)?;
    let (label, rest) = rest.split_once("-----").ok_or(none)?;
    let (body, _) = rest.split_once("-----END ").ok_or("its end is missing")?;
    let body = secrecy::zeroize::Zeroizing::new(body.replace("\\n", ""));
    let letters: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = secrecy::zeroize::Zeroizing::new(letters);
    let der = STANDARD.decode(letters.as_bytes()).map_err(|_| "what is in the PEM is no base64")?;
    Ok((label, secrecy::zeroize::Zeroizing::new(der)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ring::rand::SecureRandom;
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    };

    /// A key that was made for these tests.
    const RSA: &str = include_str!("testdata/rsa.pem");

    fn pem(label: &str, der: &[u8]) -> Secret {
        Secret::from(format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            STANDARD.encode(der)
        ))
    }

    fn claims(token: &Secret) -> (Value, String, Vec<u8>) {
        let (text, signature) = token.expose().rsplit_once('.').unwrap();
        let claims = text.split_once('.').unwrap().1;
        let claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        (claims, text.to_owned(), URL_SAFE_NO_PAD.decode(signature).unwrap())
    }

    fn about() -> About<'static> {
        About {
            issuer: "client",
            subject: "me",
            audience: "https://a.example.com",
            scopes: &["a", "b"],
        }
    }

    #[test]
    fn assertions_say_what_they_are_for_and_verify() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let key = SigningKey::from_pem(Signing::Rs256, &RSA.into()).unwrap();
        let (said, text, signature) = claims(&key.assertion(&about(), now).unwrap());
        assert_eq!(
            (&said["iss"], &said["sub"], &said["aud"]),
            (&json!("client"), &json!("me"), &json!("https://a.example.com"))
        );
        assert_eq!(
            (&said["scope"], said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap()),
            (&json!("a b"), 180)
        );
        let Pair::Rs256(pair) = &*key.0 else { panic!() };
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public());
        public.verify(text.as_bytes(), &signature).unwrap();

        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = SigningKey::from_pem(Signing::Es256, &pem("PRIVATE KEY", der.as_ref())).unwrap();
        let (_, text, signature) = claims(&key.assertion(&about(), now).unwrap());
        let Pair::Es256(pair) = &*key.0 else { panic!() };
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key());
        public.verify(text.as_bytes(), &signature).unwrap();
        let mut noise = [0; 8];
        random.fill(&mut noise).unwrap();
        assert!(public.verify(&noise, &signature).is_err());
    }

    #[test]
    fn a_key_in_a_variable_has_its_line_breaks_written_out() {
        let flat = RSA.replace('\n', "\\n");
        assert!(SigningKey::from_pem(Signing::Rs256, &flat.into()).is_ok());
    }

    #[test]
    fn wrong_keys_are_told_and_not_shown() {
        let refused = |signing, text: &Secret| {
            let error = SigningKey::from_pem(signing, text).unwrap_err().to_string();
            assert!(!error.contains("canary"), "{error}");
            error
        };
        assert!(refused(Signing::Rs256, &"canary".into()).contains("it is no PEM"));
        assert!(
            refused(Signing::Rs256, &"-----BEGIN PRIVATE KEY-----\ncanary".into())
                .contains("its end is missing")
        );
        let half = "-----BEGIN PRIVATE KEY-----\n!canary!\n-----END PRIVATE KEY-----";
        assert!(refused(Signing::Rs256, &half.into()).contains("no base64"));
        assert!(
            refused(Signing::Rs256, &pem("CERTIFICATE", b"x"))
                .contains("a CERTIFICATE is none for RS256")
        );
        assert!(
            refused(Signing::Es256, &pem("EC PRIVATE KEY", b"x"))
                .contains("openssl pkcs8 -topk8 -nocrypt")
        );
        assert!(
            refused(Signing::Es256, &pem("ENCRYPTED PRIVATE KEY", b"x"))
                .contains("locked with a password")
        );
        assert!(refused(Signing::Es256, &RSA.into()).contains("P-256"));
    }
}
