//! `gusset sandbox`.

use super::{Failure, status};
use crate::machine::Machine;
use crate::output::Report;
use clap::Args;
use gusset_compiler::Input;
use gusset_compiler::ir::Ir;
use gusset_compiler::source::Sources;
use gusset_sandbox::{Error, Fault, Sandbox as Server};
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;

/// Serve a stateful local stand-in for each provider, with its declared auth, paging and limits
#[derive(Args, Debug)]
pub(crate) struct Sandbox {
    /// Spec files, or folders with specs in them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// The port of the first provider, by name; the others get the next ones. With a name (`shop=4020`), that of this
    /// provider alone, whatever others there are; may be given several times
    #[arg(long, value_name = "PORT|NAME=PORT", default_values_t = [Port { name: None, port: FIRST }])]
    port: Vec<Port>,

    /// How many records each resource begins with, unless its spec says how many
    #[arg(long, default_value_t = 100)]
    records: u64,

    /// Keep what is written in this folder, a SQLite file a provider; in memory without it
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,

    /// Announce limits, but never refuse a call
    #[arg(long)]
    no_limits: bool,

    /// Make calls go wrong: a YAML file with a list of faults, such as `- {kind: status, status: 503, times: 2}`
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
}

/// A port, of one provider or of the first.
#[derive(Clone, Debug)]
struct Port {
    name: Option<String>,
    port: u16,
}

impl FromStr for Port {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, port) = match text.split_once('=') {
            Some((name, port)) => (Some(name.trim().to_owned()), port),
            None => (None, text),
        };
        let port = port.trim().parse().map_err(|_| {
            format!("`{port}` is no port: a number up to 65535, as in `4010` or `shop=4010`")
        })?;
        Ok(Port { name, port })
    }
}

impl Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name}={}", self.port),
            None => write!(f, "{}", self.port),
        }
    }
}

/// The port of the first provider, where nothing else is said.
const FIRST: u16 = 4010;

/// The port of each provider, in the order of names: those that are given, and for the others the next ones from the
/// first that nobody was given. 0 is any that is free. Nobody has two ports, and nobody shares one.
fn ports(names: &[&str], asked: &[Port]) -> Result<Vec<u16>, String> {
    for (at, port) in asked.iter().enumerate() {
        let clash = |known: &&Port| {
            let shared = known.name.is_some() && port.name.is_some() && known.port == port.port;
            known.name == port.name || (shared && port.port != 0)
        };
        let Some(known) = asked[..at].iter().find(clash) else { continue };
        let why = match (&port.name, known.name == port.name) {
            (None, _) => "the first provider has one port".to_owned(),
            (Some(name), true) => format!("`{name}` has one port"),
            (Some(_), false) => "each provider needs a port of its own".to_owned(),
        };
        return Err(format!("--port {known} and --port {port}: {why}"));
    }
    let mut given: HashMap<&str, u16> = HashMap::new();
    let mut first = FIRST;
    for Port { name, port } in asked {
        match name {
            None => first = *port,
            Some(name) if names.contains(&name.as_str()) => {
                given.insert(name, *port);
            }
            Some(name) => {
                let names = names.join(", ");
                return Err(format!("--port {name}={port}: there is no `{name}` among {names}"));
            }
        }
    }
    let mut free = (first..=u16::MAX).filter(|port| !given.values().any(|taken| taken == port));
    let port = |name: &&str| match given.get(name) {
        Some(port) => Ok(*port),
        None if first == 0 => Ok(0),
        None => free.next().ok_or("too many providers for the ports above --port".to_owned()),
    };
    names.iter().map(port).collect()
}

impl Sandbox {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let input = Input { specs: self.paths.clone(), ..Input::default() };
        let outcome = gusset_compiler::check(&input, &mut sources);
        let report = Report::new(&outcome.diagnostics, &sources);
        report.shown_by("gusset check --all-warnings").print(&mut Machine::None);
        let Some(ir) = outcome.value else {
            return Ok(status(&outcome.diagnostics));
        };
        if ir.integrations.is_empty() {
            return Err(Failure::new("these specs have no integration to serve"));
        }
        if let Some(folder) = &self.state {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::at(folder.display(), &error))?;
        }
        let faults = self.faults(&ir)?;
        let ir = Arc::new(ir);
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(error.to_string()))?
            .block_on(self.serve(&ir, faults))
    }

    /// What is to go wrong, of operations that are there.
    fn faults(&self, ir: &Ir) -> Result<Vec<Fault>, Failure> {
        let Some(path) = &self.faults else { return Ok(Vec::new()) };
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| Failure::at(&shown, &error))?;
        let faults =
            Fault::read(&text).map_err(|error| Failure::new(format!("{shown}: {error}")))?;
        let known = |name: &str| ir.integrations.iter().any(|it| it.operations.contains_key(name));
        for (at, fault) in faults.iter().enumerate() {
            if let Some(name) = fault.operation.as_deref().filter(|name| !known(name)) {
                let all = ir.integrations.iter().flat_map(|it| it.operations.keys());
                let all: Vec<&str> = all.map(String::as_str).collect();
                let all = all.join(", ");
                return Err(Failure::new(format!(
                    "{shown}: [{at}]: there is no operation `{name}` among {all}"
                )));
            }
        }
        Ok(faults)
    }

    async fn serve(&self, ir: &Arc<Ir>, faults: Vec<Fault>) -> Result<ExitCode, Failure> {
        let mut servers = Vec::new();
        let mut integrations: Vec<_> = ir.integrations.iter().collect();
        integrations.sort_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<&str> = integrations.iter().map(|it| it.name.as_str()).collect();
        let ports = ports(&names, &self.port).map_err(Failure::new)?;
        for (integration, port) in integrations.into_iter().zip(ports) {
            let mut builder = Server::builder(Arc::clone(ir))
                .integration(&integration.name)
                .records(self.records)
                .port(port);
            if let Some(folder) = &self.state {
                builder = builder.file(folder.join(format!("{}.sqlite", integration.name)));
            }
            if self.no_limits {
                builder = builder.without_limits();
            }
            // Each provider counts for itself.
            builder = faults.iter().cloned().fold(builder, gusset_sandbox::Builder::fault);
            let server = builder
                .start()
                .await
                .map_err(|error| Failure::new(refused(&integration.name, port, &error)))?;
            print(&integration.name, integration.resources.keys(), &server);
            servers.push(server);
        }
        anstream::eprintln!("\nCtrl-C stops.");
        tokio::signal::ctrl_c().await.map_err(|error| Failure::new(error.to_string()))?;
        for server in servers {
            server.shutdown().await;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Why a provider cannot be served.
fn refused(name: &str, port: u16, error: &Error) -> String {
    match error {
        Error::Listen(error) if error.kind() == std::io::ErrorKind::AddrInUse => format!(
            "{name}: port {port} is taken, perhaps by another sandbox; `--port {name}=PORT` takes another, \
             `--port {name}=0` any that is free"
        ),
        error => format!("{name}: {error}"),
    }
}

/// What a user needs to connect. The credentials are made up, so they may be printed.
fn print<'a>(name: &str, resources: impl Iterator<Item = &'a String>, server: &Server) {
    anstream::println!("{name}  {}", server.url());
    for resource in resources {
        anstream::println!("  {resource}: {} records", server.count(resource));
    }
    for (scheme, credential) in server.credentials() {
        anstream::println!("  {scheme}: {credential}");
        if let Some(url) = server.token_url(&scheme) {
            anstream::println!("    token endpoint {url}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Port, ports};

    #[track_caller]
    fn check(asked: &[&str], expected: Result<&[u16], &str>) {
        let asked: Vec<Port> = asked.iter().map(|text| text.parse().unwrap()).collect();
        let found = ports(&["crm", "mail", "shop"], &asked);
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn ports_follow_names() {
        check(&[], Ok(&[4010, 4011, 4012]));
        check(&["5000"], Ok(&[5000, 5001, 5002]));
        check(&["0"], Ok(&[0, 0, 0]));
        check(&["mail=4010"], Ok(&[4011, 4010, 4012]));
        check(&["4011", "shop=4012", "crm=0"], Ok(&[0, 4011, 4012]));
        check(&["mail=0", "shop=0"], Ok(&[4010, 0, 0]));
        check(&["4011", "crm=4011"], Ok(&[4011, 4012, 4013]));
        check(&["65534"], Err("too many providers for the ports above --port"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        check(&["crn=1"], Err("--port crn=1: there is no `crn` among crm, mail, shop"));
        check(
            &["mail=5001", "shop=5001"],
            Err("--port mail=5001 and --port shop=5001: each provider needs a port of its own"),
        );
        check(
            &["4020", "mail=1", "4030"],
            Err("--port 4020 and --port 4030: the first provider has one port"),
        );
        check(&["shop=1", "shop=1"], Err("--port shop=1 and --port shop=1: `shop` has one port"));
        let error = "shop=70000".parse::<Port>().unwrap_err();
        assert!(error.starts_with("`70000` is no port"), "{error}");
    }
}
