//! The maintainer's commands: `cargo xtask --help` lists them.

use std::io::Write as _;
use std::process::ExitCode;

use xtask::{Console, Environment};

fn main() -> ExitCode {
    let mut console = Console::default();
    let code = match Environment::of_process() {
        Ok(environment) => xtask::run(std::env::args_os(), &environment, &mut console),
        Err(error) => console.fail(&error),
    };
    // A reader that has gone away (`| head`) has read enough: the exit code still says how it went.
    let _ = std::io::stderr().write_all(console.err.as_bytes());
    let _ = std::io::stdout().write_all(console.out.as_bytes());
    ExitCode::from(code)
}
