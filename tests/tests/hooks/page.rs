//! `docs/hooks.md`: its code stands here, and its specs beside.

use crate::bank::types::Customer;
use crate::{bank, crm, people};
use gusset::{HookError, HookRequest, Judgement, Options, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::fmt::Display;

#[derive(Debug)]
struct Merchant {
    key: String,
}

impl bank::Hooks for Merchant {
    fn sign(&self, request: &HookRequest<'_>) -> Result<bank::SignValues, HookError> {
        let x_signature = self.mac(request.method(), request.url(), request.body());
        Ok(bank::SignValues { x_signature })
    }

    fn stamp(&self, request: &HookRequest<'_>) -> Result<bank::StampValues, HookError> {
        let key = request.headers().get("x-key").ok_or("there is no key")?;
        Ok(bank::StampValues { stamp: "now".to_owned(), x_key_id: key.len().to_string() })
    }

    fn judge(&self, answer: &Response) -> Result<Judgement, HookError> {
        match answer.header("x-busy") {
            Some(_) => Ok(Judgement::Retry),
            None => Ok(Judgement::Pass),
        }
    }
}

impl Merchant {
    fn mac(&self, method: &impl Display, url: &impl Display, body: &[u8]) -> String {
        format!("{} {method} {url} {}", self.key.len(), body.len())
    }
}

#[derive(Debug)]
struct Desk;

impl people::Hooks for Desk {
    fn normalise_phone(
        &self,
        phone: Option<&str>,
        customer: &Customer,
    ) -> Result<String, HookError> {
        let phone = phone.ok_or("there is no phone")?;
        Ok(format!("{}{}", self.prefix(customer), phone.trim_start_matches('0')))
    }

    fn first_of_month(&self, moment: Timestamp) -> Result<Timestamp, HookError> {
        Ok(moment)
    }

    fn labels_of(&self, tags: &[String], _score: Option<f64>) -> Result<Vec<String>, HookError> {
        Ok(tags.to_vec())
    }

    fn rank(
        &self,
        _score: f64,
        weight: i64,
        _span: SignedDuration,
        _raw: &[u8],
    ) -> Result<Option<i64>, HookError> {
        Ok(Some(weight))
    }

    fn document(&self, text: &str, _extra: Option<&Value>) -> Result<Value, HookError> {
        Ok(json!(text))
    }

    fn home(&self, address: &bank::types::Address) -> Result<crm::types::Home, HookError> {
        Ok(crm::types::Home::new(address.street.as_str()))
    }

    fn wanted(&self, _name: &str) -> Result<bool, HookError> {
        Ok(true)
    }
}

impl Desk {
    fn prefix(&self, customer: &Customer) -> &'static str {
        if customer.tags.is_empty() { "+49" } else { "+43" }
    }
}

fn connected(
    credentials: bank::Credentials,
    crm: crm::Client,
) -> Result<people::People, gusset::Error> {
    let (settings, options) = (bank::Settings::default(), Options::default());
    let merchant = Merchant { key: "k".to_owned() };
    let client = bank::Client::new(credentials, &settings, options, merchant)?;
    let (bank, settings) = (client, people::Settings::default());
    let sync = people::People::new(bank, crm, settings, Desk);
    Ok(sync)
}

#[test]
fn the_program_of_the_page_connects() {
    let settings = crm::Settings::default();
    let crm = crm::Client::new(crm::Credentials::none(), &settings, Options::default()).unwrap();
    connected(bank::Credentials::key("key"), crm).unwrap();
}

/// The lines of a text, without comments, blank lines and what stands for more.
fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect()
}

/// Each block of the page is of a file here: its lines are lines of that, in their order.
#[test]
fn the_blocks_of_the_page_are_excerpts() {
    let page = include_str!("../../../docs/hooks.md");
    let files = [
        ("yaml", include_str!("../../hooks/bank/integration.yaml")),
        ("yaml", include_str!("../../hooks/people.yaml")),
        ("rust", include_str!("page.rs")),
    ];
    let mut blocks = 0;
    for block in page.split("\n```").skip(1).step_by(2) {
        let (language, code) = block.split_once('\n').unwrap();
        let language = language.split(',').next().unwrap();
        let excerpt = lines(code);
        let held = |text: &str| {
            let mut of_file = lines(text).into_iter();
            excerpt.iter().all(|line| of_file.any(|known| known == *line))
        };
        let found = files.iter().any(|(of, text)| *of == language && held(text));
        assert!(found, "no file has these lines in this order: {excerpt:#?}");
        blocks += 1;
    }
    assert_eq!(blocks, 5);
}
