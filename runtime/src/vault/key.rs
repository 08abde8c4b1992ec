//! The key of a vault, and what it seals.

use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretBox};
use std::fmt;
use std::path::Path;

/// Bytes of a key.
const LENGTH: usize = 32;

/// The key that a [`Vault`](super::Vault) is sealed with: 32 random bytes, written as base64. It never shows in `Debug`.
///
/// ```
/// use gusset::vault::VaultKey;
///
/// let key = VaultKey::random()?;
/// let again = VaultKey::from_text(key.text().expose())?;
/// assert_eq!(format!("{again:?}"), "VaultKey(..)");
/// # Ok::<(), gusset::Error>(())
/// ```
pub struct VaultKey(SecretBox<[u8; LENGTH]>);

impl VaultKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::Config`] when the system gives no random bytes.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = SecretBox::new(Box::new([0; LENGTH]));
        fill(secrecy::ExposeSecretMut::expose_secret_mut(&mut bytes))?;
        Ok(VaultKey(bytes))
    }

    /// A key as it is written: 44 letters of base64. Blanks around it do not count.
    ///
    /// # Errors
    /// [`Error::Config`] when that is no such text; it is not repeated.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let mut bytes = SecretBox::new(Box::new([0; LENGTH]));
        let given = secrecy::zeroize::Zeroizing::new(
            STANDARD.decode(text.trim()).map_err(|_| no_key("it is no base64"))?,
        );
        if given.len() != LENGTH {
            return Err(no_key(&format!("it has {} bytes instead of {LENGTH}", given.len())));
        }
        secrecy::ExposeSecretMut::expose_secret_mut(&mut bytes).copy_from_slice(&given);
        Ok(VaultKey(bytes))
    }

    /// The key in a variable of the environment.
    ///
    /// # Errors
    /// [`Error::Config`] when there is no such variable, or no key in it.
    pub fn from_env(variable: &str) -> Result<Self, Error> {
        let text = std::env::var(variable).map_err(|_| {
            Error::config(format!("the variable `{variable}` with the vault's key is not set"))
        })?;
        VaultKey::from_text(&text).map_err(|error| of(&format!("`{variable}`"), &error))
    }

    /// The key in a file.
    ///
    /// # Errors
    /// [`Error::Config`] when it cannot be read, or has no key in it.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Error::config(format!("the vault's key, {}: {error}", path.display()))
        })?;
        VaultKey::from_text(&text).map_err(|error| of(&path.display().to_string(), &error))
    }

    /// The key as it is written, to keep it.
    #[must_use]
    pub fn text(&self) -> crate::Secret {
        STANDARD.encode(self.0.expose_secret()).into()
    }

    pub(super) fn sealer(&self) -> Result<Sealer, Error> {
        let key = UnboundKey::new(&AES_256_GCM, self.0.expose_secret())
            .map_err(|_| Error::config("the vault's key cannot be used"))?;
        Ok(Sealer(LessSafeKey::new(key)))
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(..)")
    }
}

fn no_key(why: &str) -> Error {
    Error::config(format!("no key of a vault: {why}; `VaultKey::random` makes one"))
}

fn of(place: &str, error: &Error) -> Error {
    Error::config(format!("{place}: {error}"))
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    SystemRandom::new().fill(bytes).map_err(|_| Error::config("the system gives no random bytes"))
}

/// Seals texts with AES-256-GCM ([NIST SP 800-38D](https://doi.org/10.6028/NIST.SP.800-38D)), each with a random nonce in
/// front of it: good for four billion of them.
pub(super) struct Sealer(LessSafeKey);

impl Sealer {
    /// `place` is where the text is kept: elsewhere it does not open.
    pub(super) fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce)?;
        let mut sealed = secrecy::zeroize::Zeroizing::new(text.to_vec());
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut *sealed,
            )
            .map_err(|_| Error::config("the text is too long to be sealed"))?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    /// What was sealed for that place; `None` if it was another key, another place, or changed.
    pub(super) fn open(
        &self,
        place: &str,
        sealed: &[u8],
    ) -> Option<secrecy::zeroize::Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = secrecy::zeroize::Zeroizing::new(rest.to_vec());
        let length =
            self.0.open_in_place(nonce, Aad::from(place.as_bytes()), &mut rest).ok()?.len();
        rest.truncate(length);
        Some(rest)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_is_its_text_again_and_nothing_else_is_one() {
        let key = VaultKey::random().unwrap();
        let text = key.text();
        assert_eq!(text.expose().len(), 44);
        let again = VaultKey::from_text(&format!(" {}\n", text.expose())).unwrap();
        assert_eq!(again.text(), text);
        for wrong in ["", "short", "c2hvcnQ=", "!"] {
            let error = VaultKey::from_text(wrong).unwrap_err().to_string();
            assert!(error.contains("no key of a vault"), "{error}");
            assert!(wrong.is_empty() || !error.contains(wrong) || wrong == "!", "{error}");
        }
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_at_its_place_only() {
        let sealer = VaultKey::random().unwrap().sealer().unwrap();
        let sealed = sealer.seal("a", b"hunter2").unwrap();
        assert_eq!(sealer.open("a", &sealed).unwrap().as_slice(), b"hunter2");
        assert!(sealer.open("b", &sealed).is_none());
        assert!(VaultKey::random().unwrap().sealer().unwrap().open("a", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(sealer.open("a", &changed).is_none(), "{at}");
            assert!(sealer.open("a", &sealed[..at]).is_none(), "{at}");
        }
        assert_ne!(sealer.seal("a", b"hunter2").unwrap(), sealed, "the nonce is another");
    }
}
