//! A command as a process: its arguments, its streams, its exit code.

use std::io::Write as _;
use std::process::ExitCode;

use crate::{Console, Environment, FAILED};

/// Runs `command` on the arguments of this process, and prints what it leaves in the console.
pub fn process(command: impl FnOnce(std::env::ArgsOs, &Environment, &mut Console) -> u8) -> ExitCode {
    let mut console = Console::default();
    let code = match Environment::of_process() {
        Ok(environment) => command(std::env::args_os(), &environment, &mut console),
        Err(error) => console.fail(&error),
    };
    match console.flush() {
        // A reader that has gone away (`| head`) has read enough: the exit code still says how it went.
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(std::io::stderr(), "error: cannot write the output: {cause}");
            ExitCode::from(FAILED)
        }
        _ => ExitCode::from(code),
    }
}
