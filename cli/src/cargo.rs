//! The command `cargo tablature`: cargo names itself before what a person writes.

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tablature::process(|arguments, environment, console| {
        let named = |(index, it): &(usize, std::ffi::OsString)| *index == 1 && it == "tablature";
        let arguments = arguments.enumerate().filter(|it| !named(it)).map(|(_, it)| it);
        tablature::run(arguments, environment, console)
    })
}
