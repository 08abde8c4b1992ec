//! Names of the spec that emitted code, or Rust, has for something else: all of this compiles, and does what it should.

use crate::{Crm, World};
use gusset::sync::{Options as RunOptions, SqliteStore, run};
use gusset::{HookError, HookRequest, Judgement, Options, Response};

gusset::integration!("hooks/names/hooks");
gusset::integration!("hooks/names/settings");
gusset::sync!("hooks/names/copy.yaml");
gusset::sync!("hooks/names/plain.yaml");

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

/// Which record is left out, and which is looked up for which.
#[derive(Debug)]
struct Chosen {
    left_out: String,
    twins: (String, String),
}

impl syncs::lookups::Hooks for Chosen {
    fn clone(&self, name: &str) -> Result<String, HookError> {
        Ok(name.to_owned())
    }

    fn twin(&self, id: &str) -> Result<Option<String>, HookError> {
        Ok((id == self.twins.0).then(|| self.twins.1.clone()))
    }

    fn unwanted(&self, id: &str) -> Result<bool, HookError> {
        Ok(id == self.left_out)
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
}

/// The trait has no method for a hook that nothing calls.
#[tokio::test]
async fn a_sync_is_called_hooks_and_its_hook_clone() {
    let (world, crm) = (World::new(None).await, Crm::new().await);
    let settings = syncs::hooks::Settings::default();
    let sync = syncs::hooks::HooksType::new(world.client.clone(), crm.client(), settings, Named);
    let store = SqliteStore::in_memory().unwrap();
    run(&sync, &store, RunOptions::default()).await.unwrap();
    let customers = world.bank.records("customers");
    let written = crm.sandbox.records("people");
    assert_eq!(written.len(), customers.len());
    for person in written {
        let customer = customers.iter().find(|c| c["id"] == person["ref"]).unwrap();
        assert_eq!(person["phone"], customer["name"]);
    }
}

#[tokio::test]
async fn hooks_say_what_is_looked_up_and_what_is_left_out() {
    let (world, crm) = (World::new(None).await, Crm::new().await);
    let customers = world.bank.records("customers");
    let id = |at: usize| customers[at]["id"].as_str().unwrap().to_owned();
    let hooks = Chosen { left_out: id(0), twins: (id(1), id(2)) };
    let settings = syncs::lookups::Settings::default();
    let sync =
        syncs::lookups::LookupsType::new(world.client.clone(), crm.client(), settings, hooks);
    let store = SqliteStore::in_memory().unwrap();
    run(&sync, &store, RunOptions::default()).await.unwrap();
    let written = crm.sandbox.records("people");
    assert_eq!(written.len(), customers.len() - 1);
    for person in written {
        assert_ne!(person["ref"], customers[0]["id"]);
        let twin = (person["ref"] == customers[1]["id"]).then(|| &customers[2]["name"]);
        assert_eq!(person.get("note"), twin, "{person}");
    }
}
