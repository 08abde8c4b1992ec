//! The two providers: sandboxes, and the clients that talk to them.

use crate::folder::Folder;
use crate::{hubspot, salesforce};
use gusset::Options;
use gusset::log::Log;
use gusset_sandbox::{Credential, Sandbox};
use std::sync::Arc;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");

/// The two providers.
#[derive(Debug)]
pub(crate) struct Providers {
    pub(crate) hubspot: Sandbox,
    pub(crate) salesforce: Sandbox,
}

impl Providers {
    /// Starts both, with what their files hold.
    pub(crate) async fn start(
        folder: &Folder,
        contacts: u64,
    ) -> Result<Self, gusset_sandbox::Error> {
        let start = async |provider: &str| {
            let builder = Sandbox::from_specs([format!("{SPECS}/{provider}")])?;
            builder.records(contacts).file(folder.sandbox(provider)).start().await
        };
        Ok(Providers { hubspot: start("hubspot").await?, salesforce: start("salesforce").await? })
    }

    /// A connection to HubSpot. To reach the real one: the token of a private app, and no other server.
    pub(crate) fn hubspot(&self, log: Arc<dyn Log>) -> Result<hubspot::Client, gusset::Error> {
        let credentials = hubspot::Credentials::private_app(token(&self.hubspot, "private_app"));
        let options = Options::default().with_server(self.hubspot.url()).with_log(log);
        hubspot::Client::new(credentials, &hubspot::Settings::default(), options)
    }

    /// A connection to Salesforce.
    pub(crate) fn salesforce(
        &self,
        log: Arc<dyn Log>,
    ) -> Result<salesforce::Client, gusset::Error> {
        let credentials = salesforce::Credentials::token(token(&self.salesforce, "token"));
        let options = Options::default().with_server(self.salesforce.url()).with_log(log);
        salesforce::Client::new(credentials, &salesforce::Settings::new("sandbox"), options)
    }
}

/// The bearer token that a sandbox accepts.
fn token(sandbox: &Sandbox, scheme: &str) -> String {
    match sandbox.credentials().get(scheme) {
        Some(Credential::Bearer { token }) => token.clone(),
        _ => String::new(),
    }
}
