//! The command `tablature`: `tablature --help` lists what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    tablature::process(tablature::run)
}
