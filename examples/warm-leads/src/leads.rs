//! Whether the leads are as they should be, seen past the sync: in the sandboxes themselves.

use crate::providers::Providers;
use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Leads, held against the contacts that they come from.
#[derive(Debug, Serialize)]
pub(crate) struct Leads {
    /// Leads in Salesforce.
    pub(crate) leads: usize,
    /// Contacts in HubSpot whose score reaches the threshold.
    pub(crate) wanted: usize,
    /// Those of them without a lead.
    pub(crate) lost: usize,
    /// Contacts with more than one lead.
    pub(crate) doubled: usize,
}

impl Leads {
    pub(crate) fn count(providers: &Providers, threshold: f64) -> Self {
        let mut leads: HashMap<String, usize> = HashMap::new();
        for lead in providers.salesforce.records("leads") {
            if let Some(contact) = lead["HubSpot_Contact_Id__c"].as_str() {
                *leads.entry(contact.to_owned()).or_default() += 1;
            }
        }
        let wanted: HashSet<String> = providers
            .hubspot
            .records("contacts")
            .iter()
            .filter(|contact| score(contact) >= threshold)
            .filter_map(|contact| contact["id"].as_str().map(str::to_owned))
            .collect();
        Leads {
            leads: leads.values().sum(),
            wanted: wanted.len(),
            lost: wanted.iter().filter(|contact| !leads.contains_key(*contact)).count(),
            doubled: leads.values().filter(|count| **count > 1).count(),
        }
    }

    pub(crate) fn fine(&self) -> bool {
        self.lost == 0 && self.doubled == 0
    }
}

/// HubSpot writes numbers in strings.
fn score(contact: &Value) -> f64 {
    let score = contact["properties"]["hubspotscore"].as_str();
    score.and_then(|text| text.parse().ok()).unwrap_or(0.0)
}
