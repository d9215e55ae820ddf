//! The command `tablature`: `tablature --help` lists what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    tablature::process(|arguments, environment, console| tablature::run(arguments, environment, console))
}
