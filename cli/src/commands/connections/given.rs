//! Values of a connection: asked for, or from the environment, stdin or files. Secrets are never arguments, which every
//! process of the machine can read.

use super::spec::fits;
use crate::commands::Failure;
use clap::Args;
use gusset::Secret;
use gusset_compiler::ir::{self, CredentialField, Integration, Setting};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Where values come from.
#[derive(Args, Debug)]
pub(crate) struct Given {
    /// Take credentials from variables: of `client_id`, that is PREFIX_CLIENT_ID; settings, too, which are not given
    /// otherwise
    #[arg(long, value_name = "PREFIX", conflicts_with = "stdin")]
    from_env: Option<String>,

    /// Take them from stdin, as JSON: `{"credentials": {"client_id": "..."}, "settings": {}}`
    #[arg(long)]
    stdin: bool,

    /// Take one of the credentials from a file, such as `private_key=key.pem`; may be given several times
    #[arg(long, value_name = "FIELD=FILE", value_parser = pair)]
    file: Vec<(String, String)>,

    /// A setting of the connection, which is no secret; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    // What is given is not repeated: somebody may have put a secret there.
    let (name, value) = text.split_once('=').ok_or("it has a `=` in it")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

/// What stdin has.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Document {
    credentials: BTreeMap<String, Secret>,
    settings: BTreeMap<String, serde_json::Value>,
}

/// Values that are taken one by one.
pub(crate) struct Values {
    prefix: Option<String>,
    document: Option<Document>,
    files: BTreeMap<String, PathBuf>,
    set: BTreeMap<String, String>,
}

impl Given {
    /// Reads what is there to be read at once.
    pub(crate) fn read(&self) -> Result<Values, Failure> {
        let document = self.stdin.then(|| {
            // What is wrong may be a secret: it is said where, and never what.
            serde_json::from_reader(std::io::stdin().lock()).map_err(|error: serde_json::Error| {
                Failure::new(format!(
                    "stdin, line {}, column {}: this is no JSON of the form \
                     {{\"credentials\": {{..}}, \"settings\": {{..}}}}, with texts as credentials",
                    error.line(),
                    error.column()
                ))
            })
        });
        let files = self.file.iter().map(|(name, path)| (name.clone(), PathBuf::from(path)));
        Ok(Values {
            prefix: self.from_env.clone(),
            document: document.transpose()?,
            files: files.collect(),
            set: self.set.iter().cloned().collect(),
        })
    }
}

impl Values {
    /// The value of each field, in order; those in `known` need not be given.
    pub(crate) fn credentials(
        &mut self,
        fields: &[CredentialField],
        known: &BTreeMap<String, Secret>,
    ) -> Result<BTreeMap<String, Secret>, Failure> {
        let document = self.document.iter().flat_map(|document| document.credentials.keys());
        for name in self.files.keys().chain(document) {
            if !fields.iter().any(|field| field.name == *name) {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                return Err(Failure::new(format!(
                    "there is no credential `{name}` here, only {}",
                    if names.is_empty() { "none at all".to_owned() } else { names.join(", ") }
                )));
            }
        }
        let mut all = BTreeMap::new();
        for field in fields {
            let value = self.credential(field, known.get(&field.name))?;
            if value.expose().is_empty() {
                return Err(Failure::new(format!("`{}` is empty", field.name)));
            }
            all.insert(field.name.clone(), value);
        }
        Ok(all)
    }

    fn credential(
        &self,
        field: &CredentialField,
        known: Option<&Secret>,
    ) -> Result<Secret, Failure> {
        let CredentialField { name, secret, doc } = field;
        if let Some(path) = self.files.get(name) {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::at(path.display(), &error))?;
            return Ok(text.trim_end_matches(['\r', '\n']).into());
        }
        if let Some(given) = self.document.as_ref().and_then(|given| given.credentials.get(name)) {
            return Ok(given.clone());
        }
        if let Some(value) = self.prefix.as_ref().and_then(|prefix| variable(prefix, name)) {
            return Ok(value.into());
        }
        if let Some(known) = known {
            return Ok(known.clone());
        }
        if let Some(prefix) = &self.prefix {
            return Err(Failure::new(format!("the variable {} is not set", key(prefix, name))));
        }
        if self.document.is_some() {
            return Err(Failure::new(format!("stdin has no `{name}` under `credentials`")));
        }
        let what = format!("{name} ({})", doc.trim_end_matches('.'));
        let hint = "from `--from-env`, `--stdin` or `--file`";
        ask(&what, hint, *secret).map(Secret::from)
    }

    /// The value of each setting that has no default and does not come with tokens, and of those that are given.
    pub(crate) fn settings(
        &mut self,
        integration: &Integration,
        gives: &[ir::Given],
        known: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let document = self.document.iter().flat_map(|document| document.settings.keys());
        for name in self.set.keys().chain(document) {
            if !integration.settings.contains_key(name) {
                let names: Vec<&str> = integration.settings.keys().map(String::as_str).collect();
                let names =
                    if names.is_empty() { "none at all".to_owned() } else { names.join(", ") };
                return Err(Failure::new(format!(
                    "{} has no setting `{name}`, only {names}",
                    integration.name
                )));
            }
        }
        let mut all = BTreeMap::new();
        for setting in integration.settings.values() {
            let comes = gives.iter().any(|given| given.setting == setting.name);
            if let Some(text) = self.setting(setting, comes, known.get(&setting.name))? {
                fits(setting, &text)?;
                all.insert(setting.name.clone(), text);
            }
        }
        Ok(all)
    }

    fn setting(
        &self,
        setting: &Setting,
        comes: bool,
        known: Option<&String>,
    ) -> Result<Option<String>, Failure> {
        let name = &setting.name;
        let document = || match self.document.as_ref()?.settings.get(name)? {
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let variable = || self.prefix.as_ref().and_then(|prefix| variable(prefix, name));
        let given = self.set.get(name).cloned().or_else(document).or_else(variable);
        if given.is_some() || setting.default.is_some() || comes || known.is_some() {
            return Ok(given.or_else(|| known.cloned()));
        }
        if self.prefix.is_some() || self.document.is_some() {
            return Err(Failure::new(format!(
                "nothing gives the setting `{name}`: `--set {name}=...`"
            )));
        }
        let doc = setting.doc.as_deref().unwrap_or("a setting");
        let what = format!("{name} ({})", doc.trim_end_matches('.'));
        ask(&what, &format!("by `--set {name}=...`"), false).map(Some)
    }
}

fn key(prefix: &str, name: &str) -> String {
    format!("{}_{}", prefix.trim_end_matches('_'), name.to_uppercase())
}

fn variable(prefix: &str, name: &str) -> Option<String> {
    std::env::var(key(prefix, name)).ok().filter(|value| !value.is_empty())
}

/// Asks on the terminal; a secret is not shown while it is typed.
fn ask(what: &str, hint: &str, secret: bool) -> Result<String, Failure> {
    let terminal = console::Term::stderr();
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Failure::new(format!(
            "nothing gives {what}: there is no terminal to ask on; give it {hint}"
        )));
    }
    terminal.write_str(&format!("{what}: "))?;
    let text = if secret { terminal.read_secure_line()? } else { terminal.read_line()? };
    Ok(text.trim().to_owned())
}
