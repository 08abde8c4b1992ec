//! Names of the spec that emitted code, or Rust, has for something else: all of this compiles, and does what it should.

use crate::{Merchant, bank, crm};
use gusset::{HookError, HookRequest, Judgement, Options, Response};

gusset::integration!("hooks/names/hooks");
gusset::integration!("hooks/names/settings");
gusset::sync!("hooks/names/copy.yaml");

mod syncs {
    use crate::{bank, crm};

    gusset::sync!("hooks/names/hooks.yaml");
    gusset::sync!("hooks/names/lookups.yaml");
}

/// Hooks that are called like methods of other traits.
#[derive(Debug)]
struct Named;

impl hooks::Hooks for Named {
    fn fmt(&self, request: &HookRequest<'_>) -> Result<hooks::FmtValues, HookError> {
        Ok(hooks::FmtValues { x_signature: request.method().to_string() })
    }

    fn into(&self, _answer: &Response) -> Result<Judgement, HookError> {
        Ok(Judgement::Fail)
    }

    fn try_into(&self, _answer: &Response) -> Result<Judgement, HookError> {
        Ok(Judgement::Pass)
    }
}

impl copy::Hooks for Named {
    fn fmt(&self, name: &str) -> Result<String, HookError> {
        Ok(name.to_owned())
    }

    fn into(&self, _name: &str) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    fn try_into(&self, name: &str) -> Result<bool, HookError> {
        Ok(!name.is_empty())
    }

    fn as_ref(&self, name: &str) -> Result<settings::types::Home, HookError> {
        Ok(settings::types::Home::new(name))
    }

    fn borrow(&self, hooks: &str) -> Result<i64, HookError> {
        Ok(i64::try_from(hooks.len()).unwrap_or_default())
    }
}

impl syncs::hooks::Hooks for Named {
    fn clone(&self, name: &str) -> Result<String, HookError> {
        Ok(name.to_owned())
    }
}

impl syncs::lookups::Hooks for Named {
    fn clone(&self, name: &str) -> Result<String, HookError> {
        Ok(name.to_owned())
    }
}

#[test]
fn names_of_others_are_names_of_hooks_integrations_and_syncs() {
    let options = || Options::default().with_server("http://127.0.0.1:1");
    let from = hooks::Client::new(
        hooks::Credentials::key("key"),
        &hooks::Settings::default(),
        options(),
        Named,
    );
    let settings = &settings::Settings::default();
    let to = settings::Client::new(settings::Credentials::none(), settings, options());
    let sync = copy::CopyType::new(from.unwrap(), to.unwrap(), copy::Settings::default(), Named);
    assert_eq!(sync.settings().sign, "!");

    let credentials = bank::Credentials::key("key");
    let merchant = Merchant::default();
    let bank = bank::Client::new(credentials, &bank::Settings::default(), options(), merchant);
    let (bank, settings) = (bank.unwrap(), crm::Settings::default());
    let crm = crm::Client::new(crm::Credentials::none(), &settings, options()).unwrap();
    let settings = syncs::hooks::Settings::default();
    syncs::hooks::HooksType::new(bank.clone(), crm.clone(), settings, Named);
    let settings = syncs::lookups::Settings::default();
    syncs::lookups::LookupsType::new(bank, crm, settings, Named);
}
