//! `daoyu demo`: a made-up school in the browser.

use super::{Common, Stop};
use std::path::PathBuf;

/// What the demo is told.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of its database; a second start goes on where the first one stopped
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub data: PathBuf,
    /// The port of its page on this machine
    #[arg(long, default_value_t = 8017)]
    pub port: u16,
    /// The policy of its school: default, primary, middle, high or district
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub policy: String,
}

/// Runs it.
pub async fn run(_args: Args, _common: &Common) -> Result<(), Stop> {
    Err(Stop::Refused("This build has no demo.".into()))
}
