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
    let _ = std::io::stderr().write_all(console.err.as_bytes());
    let mut out = std::io::stdout();
    match out.write_all(console.out.as_bytes()).and_then(|()| out.flush()) {
        // A reader that has gone away (`| head`) has read enough: the exit code still says how it went.
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(std::io::stderr(), "error: cannot write the output: {cause}");
            ExitCode::from(xtask::FAILED)
        }
        _ => ExitCode::from(code),
    }
}
