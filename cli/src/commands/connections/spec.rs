//! The integration of a connection, as its spec has it.

use crate::commands::{Failure, status};
use crate::machine::Machine;
use crate::output::Report;
use clap::Args;
use gusset_compiler::Input;
use gusset_compiler::ir::{
    AuthKind, AuthScheme, Consent, CredentialField, Given, GivenBy, Integration, Ir, OAuth2,
    Setting, SettingKind,
};
use gusset_compiler::source::Sources;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where the spec is.
#[derive(Args, Debug)]
pub(crate) struct SpecArgs {
    /// The spec of the integration: its file, or a folder of specs; `specs` without it
    #[arg(long, value_name = "SPEC", default_value = "specs")]
    integration: PathBuf,
}

/// What a spec says of one integration.
pub(crate) struct Compiled {
    pub(crate) ir: Ir,
    pub(crate) sources: Sources,
    /// Which of the IR's.
    index: usize,
}

impl Compiled {
    pub(crate) fn integration(&self) -> &Integration {
        &self.ir.integrations[self.index]
    }
}

impl SpecArgs {
    /// The integration of that name, or the only one. Diagnostics were shown where it is wrong.
    pub(crate) fn compile(
        &self,
        name: Option<&str>,
    ) -> Result<Result<Compiled, ExitCode>, Failure> {
        let mut sources = Sources::new();
        let input = Input { specs: vec![self.integration.clone()], ..Input::default() };
        let outcome = gusset_compiler::check(&input, &mut sources);
        let Some(ir) = outcome.value else {
            let report = Report::new(&outcome.diagnostics, &sources);
            report.shown_by("gusset check --all-warnings").print(&mut Machine::None);
            return Ok(Err(status(&outcome.diagnostics)));
        };
        let names: Vec<&str> = ir.integrations.iter().map(|one| one.name.as_str()).collect();
        let path = self.integration.display();
        let index = match (name, names.as_slice()) {
            (_, []) => return Err(Failure::new(format!("{path} has no integration"))),
            (None, [_]) => 0,
            (None, several) => {
                return Err(Failure::new(format!(
                    "{path} has several integrations ({}): `--integration` names the spec's file",
                    several.join(", ")
                )));
            }
            (Some(name), known) => known.iter().position(|one| *one == name).ok_or_else(|| {
                Failure::new(format!(
                    "{path} has no integration `{name}`, which the connection is of, only {}; \
                     `--integration` names the spec",
                    known.join(", ")
                ))
            })?,
        };
        Ok(Ok(Compiled { ir, sources, index }))
    }
}

/// A way to authorise: its name, what a connection brings for it, and the scheme if it is a single one.
pub(crate) struct Way<'i> {
    pub(crate) name: &'i str,
    pub(crate) fields: Vec<CredentialField>,
    pub(crate) scheme: Option<&'i AuthScheme>,
}

impl Way<'_> {
    /// Settings that come with its tokens. A token that is there already says none that a user would come back with.
    pub(crate) fn told(&self) -> Vec<Given> {
        let Some(AuthKind::OAuth2(oauth)) = self.scheme.map(|scheme| &scheme.kind) else {
            return Vec::new();
        };
        let told = |given: &&Given| matches!(given.from, GivenBy::Answer(_));
        oauth.gives.iter().filter(told).cloned().collect()
    }
}

/// All ways of an integration.
pub(crate) fn ways(integration: &Integration) -> Vec<Way<'_>> {
    let single = integration.auth.values().map(|scheme| Way {
        name: &scheme.name,
        fields: scheme.kind.fields(),
        scheme: Some(scheme),
    });
    let combined = integration.combined.iter().map(|combined| Way {
        name: &combined.name,
        fields: combined.fields(),
        scheme: None,
    });
    let mut all: Vec<Way<'_>> = single.chain(combined).collect();
    if all.is_empty() || integration.anonymous {
        all.push(Way { name: "none", fields: Vec::new(), scheme: None });
    }
    all
}

/// The way that is asked for, or the only one.
pub(crate) fn way<'i>(
    integration: &'i Integration,
    asked: Option<&str>,
) -> Result<Way<'i>, Failure> {
    let mut ways = ways(integration);
    let names: Vec<&str> = ways.iter().map(|way| way.name).collect();
    let names = names.join(", ");
    match asked {
        None if ways.len() == 1 => Ok(ways.remove(0)),
        None => Err(Failure::new(format!(
            "{} has several ways to authorise: say `--way` with one of {names}",
            integration.name
        ))),
        Some(asked) => ways.into_iter().find(|way| way.name == asked).ok_or_else(|| {
            Failure::new(format!("`--way {asked}`: {} has only {names}", integration.name))
        }),
    }
}

/// How users are asked, where they are.
pub(crate) fn consent(scheme: &AuthScheme) -> Option<(&OAuth2, &Consent)> {
    match &scheme.kind {
        AuthKind::OAuth2(oauth) => oauth.consent.as_ref().map(|consent| (&**oauth, consent)),
        _ => None,
    }
}

/// Whether a text is a value of a setting.
pub(crate) fn fits(setting: &Setting, text: &str) -> Result<(), Failure> {
    let fits = match setting.kind {
        SettingKind::String => !text.is_empty(),
        SettingKind::Integer => text.parse::<i64>().is_ok(),
        SettingKind::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
        SettingKind::Boolean => matches!(text, "true" | "false"),
        SettingKind::Duration => gusset_compiler::spec::quantity::duration(text).is_ok(),
    };
    let wanted = match setting.kind {
        SettingKind::String => "some text",
        SettingKind::Integer => "a whole number",
        SettingKind::Number => "a number",
        SettingKind::Boolean => "`true` or `false`",
        SettingKind::Duration => "a span of time such as `30s`",
    };
    match fits {
        true => Ok(()),
        false => Err(Failure::new(format!("the setting `{}` is {wanted}", setting.name))),
    }
}
