//! What the command line says.

use clap::Parser;
use std::path::PathBuf;

/// Makes Salesforce leads of HubSpot contacts whose score reaches a threshold.
///
/// Both providers are sandboxes in this process, kept in files, so that another run meets them as this one left them.
#[derive(Debug, Parser)]
pub(crate) struct Args {
    /// How many contacts the HubSpot sandbox begins with, 5000 by default; later runs go on with those
    #[arg(long, value_name = "N")]
    pub(crate) records: Option<u64>,

    /// The least score of a contact that becomes a lead
    #[arg(long, value_name = "SCORE", default_value_t = 70.0, value_parser = score)]
    pub(crate) threshold: f64,

    /// The folder of the sync's state, the request log and the sandboxes
    #[arg(long, value_name = "DIR", default_value = "target/warm-leads")]
    pub(crate) state: PathBuf,

    /// Forget state, log and sandboxes first
    #[arg(long)]
    pub(crate) reset: bool,

    /// Stop hard once N contacts were read, after Salesforce took their leads and before that is committed
    #[arg(long, value_name = "N")]
    pub(crate) kill_after: Option<u64>,

    /// Print the report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// What a score can be.
fn score(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(score) if score.is_finite() && score >= 0.0 => Ok(score),
        _ => Err("a score is a number from 0".to_owned()),
    }
}
