//! Nothing lost, nothing twice: true processes of `daoyu serve`, tormented. Each scenario is one promise to a school, shown
//! by what the sandbox's ledger says was truly delivered and by what the database holds.
//!
//! `cargo test --test torture` is the short run, `scripts/torture` the long one. The seed is printed; `--seed` repeats the
//! moments at which processes die.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test may fail like the test itself, and a report is there to be printed"
)]

#[expect(dead_code, reason = "the stories of tests/serve need more of it")]
#[path = "../process/mod.rs"]
mod process;

mod case;
mod cluster;
mod mount;
mod options;
mod people;
mod poisoned;
mod report;
mod run;
mod scenarios;

use options::Options;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = poisoned::serves() {
        return code;
    }
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(told) => {
            println!("{told}");
            return ExitCode::from(2);
        }
    };
    if options.help {
        println!("{}", options::HELP);
        return ExitCode::SUCCESS;
    }
    let cases = options.cases(scenarios::ALL);
    if options.list {
        for (scenario, engine) in cases {
            println!("{:<12} {:<10} {}", scenario.name, engine.as_str(), scenario.promise);
        }
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(run::run(&options, cases))
}
