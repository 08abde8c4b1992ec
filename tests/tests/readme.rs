//! The code of the README, and of the page about specs: it compiles, and the README's YAML is in the specs that it names.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, compile};
use std::fs;

/// The code blocks of a page in a language, in order.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(scratch::root().join(page)).unwrap();
    let blocks = text.split("\n```").filter_map(|block| block.strip_prefix(language));
    blocks.filter_map(|block| block.strip_prefix('\n')).map(str::to_owned).collect()
}

#[test]
fn its_specs_are_those_of_the_catalog() {
    let blocks = blocks("README.md", "yaml");
    for (block, spec) in blocks.iter().zip(["hubspot/integration.yaml", "syncs/warm_leads.yaml"]) {
        let spec = fs::read_to_string(scratch::root().join("specs").join(spec)).unwrap();
        let mut known = spec.lines();
        for line in block.lines() {
            assert!(known.any(|known| known == line), "`{line}` is not there in the spec");
        }
    }
    assert_eq!(blocks.len(), 2);
}

const TICKETS: &str = "
openapi: 3.0.3
info: {title: Tickets, version: '1'}
servers: [{url: 'https://api.tickets.net'}]
security: [{ApiKey: []}]
components:
  securitySchemes: {ApiKey: {type: apiKey, in: header, name: X-Key}}
paths:
  /contacts/{id}:
    get:
      operationId: getContact
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: One., content: {application/json: {schema: {type: object}}}}}
";

#[test]
fn its_programs_compile() {
    let folder = scratch::empty("readme");
    let mut sources = Sources::new().with_file("tickets.yaml", TICKETS);
    let alone = Alone { path: "tickets.yaml".into(), ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let units = compile(&input, &mut sources).value.unwrap();
    let files: Vec<_> =
        units.iter().flat_map(|unit| crate_files(unit, &CrateOptions::default())).collect();
    write(&folder, &files, WriteMode::Write).unwrap();

    let [hubspot, tickets] = &blocks("README.md", "rust,ignore")[..] else {
        panic!("two programs")
    };
    let [sync] = &blocks("docs/specs.md", "rust,ignore")[..] else { panic!("one program") };
    let main = format!(
        "//! The README's.\n\
         mod first {{\n    use gusset::Options;\n    use hubspot::{{Credentials, Settings}};\n\
         pub(crate) async fn run(token: &str) -> Result<(), gusset::Error> {{\n{hubspot}\nOk(())\n}}\n}}\n\
         mod second {{\n    use tickets::operations::GetContact;\n    use tickets::{{Credentials, Settings}};\n\
         pub(crate) async fn run(key: &str) -> Result<(), gusset::Error> {{\n{tickets}\ndrop(contact);\nOk(())\n}}\n}}\n\
         mod third {{\n    use gusset::sync::Sync;\n    \
         pub(crate) async fn run(hubspot: hubspot::Client, salesforce: salesforce::Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {sync}\nprintln!(\"{{:?}}\", warm_leads::WarmLeads::META.every);\nOk(())\n}}\n}}\n\
         #[tokio::main]\nasync fn main() -> Result<(), gusset::Error> {{\n\
         let _ = third::run;\nfirst::run(\"a\").await?;\nsecond::run(\"b\").await\n}}\n"
    );
    let of = |name: &str| scratch::root().join("generated").join(name);
    let [hubspot, salesforce, warm_leads] = ["hubspot", "salesforce", "warm_leads"].map(of);
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         gusset.workspace = true\ntickets = {{ path = \"../tickets\" }}\nhubspot = {{ path = {hubspot:?} }}\n\
         salesforce = {{ path = {salesforce:?} }}\nwarm_leads = {{ path = {warm_leads:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    );
    fs::create_dir_all(folder.join("program/src")).unwrap();
    fs::write(folder.join("program/Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("program/src/main.rs"), main).unwrap();
    let output = scratch::check(&folder, &["tickets", "program"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
