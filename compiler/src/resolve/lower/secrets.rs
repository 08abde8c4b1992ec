//! Fields whose names say that they hold a secret: few documents say `format: password`.

use super::{Lowering, Out};
use crate::ir::{StringFormat, TypeKind, TypeUse};
use crate::resolve::names::words;
use crate::source::Place;

/// The last word of a name that holds a secret (`admin_password`, `clientSecret`).
const LAST: &[&str] = &["password", "passwd", "pwd", "passphrase", "secret"];
/// The last two, or one that is written together (`apiKey`, `accesstoken`).
const LAST_TWO: &[[&str; 2]] = &[
    ["access", "token"],
    ["api", "key"],
    ["api", "token"],
    ["auth", "token"],
    ["bearer", "token"],
    ["id", "token"],
    ["private", "key"],
    ["refresh", "token"],
    ["secret", "key"],
];
/// The last word where a document says that the field is never read (`writeOnly`).
const LAST_IF_WRITTEN: &[&str] = &["key", "token", "credential", "credentials", "assertion"];

/// Whether a name says that text is a secret.
pub(crate) fn is_secret(name: &str, write_only: bool) -> bool {
    let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    let Some(last) = words.last().map(String::as_str) else { return false };
    let two = |[first, second]: &[&str; 2]| {
        let apart = words.len() > 1 && words[words.len() - 2] == *first && last == *second;
        apart || last.strip_suffix(second) == Some(first)
    };
    LAST.contains(&last)
        || LAST_TWO.iter().any(two)
        || (write_only && LAST_IF_WRITTEN.contains(&last))
}

impl Lowering<'_> {
    /// The type of a field: plain text becomes a secret where its name says so.
    pub(super) fn hide(
        &self,
        out: &mut Out<'_>,
        name: &str,
        write_only: bool,
        ty: TypeUse,
        place: &Place,
    ) -> TypeUse {
        let plain = matches!(out.types.get(ty.id).kind, TypeKind::String(StringFormat::Plain));
        if !plain || !is_secret(name, write_only) {
            return ty;
        }
        let secret = self.shape(out, TypeKind::String(StringFormat::Secret), place);
        TypeUse { nullable: ty.nullable, ..secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in [
            "password",
            "adminPassword",
            "client_secret",
            "Client-Secret",
            "secret",
            "access_token",
            "accessToken",
            "accesstoken",
            "apikey",
            "API_KEY",
            "x-api-key",
            "private_key",
            "pwd",
        ] {
            assert!(is_secret(name, false), "{name}");
        }
        for name in [
            "key",
            "token",
            "next_page_token",
            "password_policy",
            "secret_type",
            "issue_key",
            "tokens",
            "passwordless",
            "public_key",
            "keyword",
            "",
            "_",
        ] {
            assert!(!is_secret(name, false), "{name}");
        }
        for name in ["token", "signing_key", "credentials"] {
            assert!(is_secret(name, true), "{name}");
        }
        assert!(!is_secret("page", true));
    }
}
