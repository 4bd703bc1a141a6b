//! The program: parses the command line and calls `daoyu::cli`.

fn main() {}
