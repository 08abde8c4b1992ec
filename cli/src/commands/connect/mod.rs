//! `gusset connect`: a user's consent becomes a connection.

mod redirect;

use super::Failure;
use super::connections::{Filled, Given, SpecArgs, VaultArgs, client_secret, consent, way};
use clap::Args;
use gusset::vault::{Connection, Vault};
use gusset::{Account, Granted, Options, TokenStore};
use gusset_compiler::ir::{self, GivenBy, Integration, OAuth2};
use redirect::Redirect;
use std::process::ExitCode;
use std::time::Duration;

/// Connect an account by its user's consent (OAuth 2.0, authorization code with PKCE), and keep its tokens in the vault
#[derive(Args, Debug)]
#[command(
    after_help = "The provider has to know where users come back to: --redirect, which is on this machine. Of a \
                  connection that is in the vault already, credentials and settings stay as they are where nothing \
                  else is given."
)]
pub(crate) struct Connect {
    /// The connection's name, that of a customer, say
    name: String,

    #[command(flatten)]
    spec: SpecArgs,

    /// The entry of the spec's `auth`, where users are asked by several
    #[arg(long, value_name = "NAME")]
    way: Option<String>,

    /// Only print where to go
    #[arg(long)]
    no_browser: bool,

    /// Where users come back to; port 0 is any that is free
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:0/callback")]
    redirect: Redirect,

    /// Another token endpoint than the spec's, such as a sandbox's
    #[arg(long, value_name = "URL")]
    token_url: Option<String>,

    /// How many minutes to wait for the user
    #[arg(long, value_name = "N", default_value_t = 15)]
    minutes: u64,

    #[command(flatten)]
    given: Given,

    #[command(flatten)]
    vault: VaultArgs,
}

/// What is known before the user is asked.
struct Asked<'i> {
    oauth: &'i OAuth2,
    connection: Connection,
}

impl Connect {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let compiled = match self.spec.compile(None)? {
            Ok(compiled) => compiled,
            Err(status) => return Ok(status),
        };
        let integration = compiled.integration();
        let way = way(integration, Some(&self.way(integration)?))?;
        let Some((oauth, asked)) = way.scheme.and_then(consent) else {
            return Err(Failure::new(format!(
                "users are not asked for `{}` of {}: `gusset connections add` adds it",
                way.name, integration.name
            )));
        };
        let vault = self.vault.open_or_make()?;
        let known = vault.connections(Some(&integration.name))?;
        let known = known.into_iter().find(|one| one.id == self.name && one.way == way.name);
        let known = known.unwrap_or_else(|| Connection::new("", "", ""));
        let mut values = self.given.read()?;
        let settings = values.settings(integration, &oauth.gives, &known.settings)?;
        let fields: Vec<_> =
            way.fields.iter().filter(|field| field.name != "refresh_token").cloned().collect();
        let credentials = values.credentials(&fields, &known.credentials)?;
        let connection = Connection {
            credentials,
            settings,
            ..Connection::new(&integration.name, &self.name, way.name)
        };
        let filled = Filled { integration, given: &connection.settings };
        let authorization = filled.authorization(oauth, asked)?;
        let asked = Asked { oauth, connection };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let granted = runtime.block_on(self.ask(&asked, &authorization))?;
        runtime.block_on(keep(&vault, asked, granted))
    }

    /// The way that is named, or the only one that users are asked for.
    fn way(&self, integration: &Integration) -> Result<String, Failure> {
        let asked = integration.auth.values().filter(|scheme| consent(scheme).is_some());
        let names: Vec<&str> = asked.map(|scheme| scheme.name.as_str()).collect();
        match (&self.way, names.as_slice()) {
            (Some(way), _) => Ok(way.clone()),
            (None, [only]) => Ok((*only).to_owned()),
            (None, []) => Err(Failure::new(format!(
                "{} has no way to authorise that users are asked for (`flow: authorization_code`); \
                 `gusset connections add` adds a connection by another",
                integration.name
            ))),
            (None, several) => {
                Err(Failure::new(format!("say `--way` with one of {}", several.join(", "))))
            }
        }
    }

    /// Sends the user to the page, and waits until the user is back.
    async fn ask(
        &self,
        asked: &Asked<'_>,
        authorization: &gusset::Authorization,
    ) -> Result<Granted, Failure> {
        let one = &asked.connection;
        let client_id = one.secret("client_id")?;
        let listening = self.redirect.listen().await?;
        let begun = authorization.begin(client_id.expose(), listening.url())?;
        let mut waiting = listening.serve(&begun);
        anstream::eprintln!("Go to this page, and allow the access:\n\n{}\n", begun.url);
        if !self.no_browser
            && let Err(error) = redirect::browse(waiting.start())
        {
            anstream::eprintln!("(no browser could be opened: {error})");
        }
        let patience = Duration::from_secs(self.minutes.saturating_mul(60));
        let came_back = tokio::select! {
            came_back = tokio::time::timeout(patience, waiting.came_back()) => came_back,
            _ = tokio::signal::ctrl_c() => return Err(Failure::new("stopped; nothing was kept")),
        };
        let came_back = came_back.ok().flatten().ok_or_else(|| {
            Failure::new(format!(
                "nobody came back within {} minutes; nothing was kept",
                self.minutes
            ))
        })?;
        let mut options = Options::default().with_connection(&*self.name);
        if let Some(token_url) = &self.token_url {
            options = options.with_token_url(token_url);
        }
        let secret = client_secret(asked.oauth, one)?;
        let granted =
            authorization.finish(&begun, &came_back, client_id.expose(), secret, options).await;
        waiting.end().await;
        granted.map_err(|error| Failure::new(format!("{error}; nothing was kept")))
    }
}

/// Puts the connection with its tokens into the vault.
async fn keep(vault: &Vault, asked: Asked<'_>, granted: Granted) -> Result<ExitCode, Failure> {
    let Asked { oauth, mut connection } = asked;
    let Granted { tokens, parameters } = granted;
    for ir::Given { setting, from, .. } in &oauth.gives {
        let (value, name) = match from {
            GivenBy::Answer(name) => (tokens.rest.get(name), name),
            GivenBy::User(name) => {
                (parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value), name)
            }
        };
        let value = value.filter(|value| !value.is_empty()).ok_or_else(|| {
            Failure::new(format!(
                "the provider did not say `{name}`, which is the setting `{setting}`; nothing was kept"
            ))
        })?;
        connection.settings.insert(setting.clone(), value.clone());
    }
    let refresh = tokens.refresh.clone().unwrap_or_default();
    connection = connection.with_secret("refresh_token", refresh);
    vault.add(&connection)?;
    let account = Account { integration: &connection.integration, connection: &connection.id };
    vault.save(account, &tokens).await?;
    anstream::eprintln!("{} of {} is connected.", connection.id, connection.integration);
    if tokens.refresh.is_none() {
        let until = match tokens.expires {
            Some(at) => format!("it works until {at}; after that the user has to be asked again"),
            None => "it works until the provider refuses it".to_owned(),
        };
        anstream::eprintln!(
            "The provider gave no refresh token, only an access token: {until}. Many give one if they are asked \
             to by a scope, or by one of `authorize_parameters`."
        );
    }
    Ok(ExitCode::SUCCESS)
}
