//! `gusset explain`.

use super::Failure;
use clap::Args;
use gusset_compiler::diagnostics::{CODES, CodeDoc, nearest};
use std::process::ExitCode;

/// What a diagnostic means, with a wrong and a right example
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code, such as GS0301; without it, all codes with their titles
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let all = || CODES.iter().flat_map(|family| family.iter());
        let Some(wanted) = self.code else {
            for doc in all() {
                anstream::println!("{}  {}", doc.code, doc.title);
            }
            return Ok(ExitCode::SUCCESS);
        };
        let wanted = match wanted.parse::<u16>() {
            Ok(number) => format!("GS{number:04}"),
            Err(_) => wanted.to_uppercase(),
        };
        match all().find(|doc| doc.code.0 == wanted) {
            Some(doc) => {
                print(doc);
                Ok(ExitCode::SUCCESS)
            }
            None => {
                let near = nearest(&wanted, all().map(|doc| doc.code.0));
                let near = near.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
                Err(Failure::new(format!(
                    "no diagnostic has the code {wanted}{near}\nhelp: `gusset explain` lists all codes"
                )))
            }
        }
    }
}

fn print(doc: &CodeDoc) {
    anstream::println!("{}: {}\n\n{}", doc.code, doc.title, doc.text.trim());
    for (title, example) in [("Wrong", doc.wrong), ("Right", doc.right)] {
        if !example.trim().is_empty() {
            anstream::println!("\n{title}:\n");
            for line in example.trim_matches('\n').lines() {
                anstream::println!("    {line}");
            }
        }
    }
}
