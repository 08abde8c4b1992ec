//! A hook that the spec asks for, and that the code does not have.

gusset::integration!("specs");

use bank::{Client, Credentials, Hooks, Settings, SignValues};
use gusset::{HookError, HookRequest, Options};

#[derive(Debug)]
struct Merchant;

impl Hooks for Merchant {
    fn sign(&self, _request: &HookRequest<'_>) -> Result<SignValues, HookError> {
        Ok(SignValues {})
    }
}

fn main() {
    drop(Client::new(Credentials::key("k"), &Settings::default(), Options::default()));
}
