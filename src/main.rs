//! The program: parses the command line and calls `daoyu::cli`.

fn main() -> std::process::ExitCode {
    daoyu::cli::run()
}
