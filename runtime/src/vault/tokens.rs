//! Renewed tokens, and who renews them.

use super::{Vault, millis};
use crate::auth::{Account, TokenStore, Tokens};
use crate::error::Error;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

/// No claim is for longer, in milliseconds: one that is was made before somebody set the clock back.
const LONGEST: i64 = 60 * 60 * 1000;

/// Where the tokens of a connection are sealed for.
pub(super) fn place(integration: &str, connection: &str) -> String {
    format!("tokens of {connection:?} of {integration}")
}

impl TokenStore for Vault {
    fn load<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<Option<Tokens>, Error>> {
        let (integration, connection) = of.owned();
        Box::pin(self.work(move |vault| {
            let sealed: Option<Vec<u8>> = vault.read(|database| {
                database
                    .query_row(
                        "SELECT sealed FROM tokens WHERE integration = ? AND connection = ?",
                        params![integration, connection],
                        |row| row.get(0),
                    )
                    .optional()
            })?;
            let place = place(&integration, &connection);
            sealed.map(|sealed| vault.open(&place, &sealed)).transpose()
        }))
    }

    fn save<'a>(&'a self, of: Account<'a>, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), Error>> {
        let (integration, connection) = of.owned();
        let tokens = tokens.clone();
        Box::pin(self.work(move |vault| {
            let sealed = vault.seal(&place(&integration, &connection), &tokens)?;
            vault.change(|change| {
                change.execute(
                    "INSERT INTO tokens (integration, connection, sealed) VALUES (?1, ?2, ?3) \
                     ON CONFLICT DO UPDATE SET sealed = ?3",
                    params![integration, connection, sealed],
                )
            })?;
            Ok(())
        }))
    }

    fn claim<'a>(
        &'a self,
        of: Account<'a>,
        owner: &'a str,
        now: Timestamp,
        until: Timestamp,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        let (integration, connection) = of.owned();
        let owner = owner.to_owned();
        let now = millis(now);
        let absurd = now.saturating_add(LONGEST);
        Box::pin(self.work(move |vault| {
            let claimed = vault.change(|change| {
                change.execute(
                    "INSERT INTO renewals (integration, connection, owner, until) VALUES (?1, ?2, ?3, ?4) \
                     ON CONFLICT DO UPDATE SET owner = ?3, until = ?4 WHERE owner = ?3 OR until <= ?5 OR until > ?6",
                    params![integration, connection, owner, millis(until), now, absurd],
                )
            })?;
            Ok(claimed > 0)
        }))
    }

    fn release<'a>(&'a self, of: Account<'a>, owner: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        let (integration, connection) = of.owned();
        let owner = owner.to_owned();
        Box::pin(self.work(move |vault| {
            vault.change(|change| {
                change.execute(
                    "DELETE FROM renewals WHERE integration = ? AND connection = ? AND owner = ?",
                    params![integration, connection, owner],
                )
            })?;
            Ok(())
        }))
    }
}
