//! `tablature completions` and `tablature man`: what a shell and `man` know of the command, made from its arguments.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;
use tablature_build::{Error, paths, replace};

use crate::Cli;
use crate::console::{Console, Exit};
use crate::environment::Environment;

/// Print what a shell completes the command line by
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tablature completions bash > ~/.local/share/bash-completion/completions/tablature
  tablature completions zsh > ~/.zfunc/_tablature
  tablature completions fish > ~/.config/fish/completions/tablature.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Print the manual page of the command, or write those of all commands
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tablature man | man -l -
  tablature man --out ~/.local/share/man/man1")]
pub(crate) struct Manual {
    /// The folder for a page of each command: tablature.1, tablature-codegen.1 and so on
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs `tablature completions`.
pub(crate) fn completions(arguments: &Completions, console: &mut Console) -> Exit {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    console.out += &String::from_utf8_lossy(&script);
    Exit::Done
}

/// Runs `tablature man`.
pub(crate) fn manual(arguments: &Manual, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let mut command = Cli::command();
    command.build();
    let Some(out) = &arguments.out else {
        console.out += &page(&command)?;
        return Ok(Exit::Done);
    };
    let folder = environment.directory.join(out);
    for (file, text) in pages(&command)? {
        replace(&folder.join(&file), &text)
            .map_err(|cause| Error::io("write", paths::slashed(&out.join(&file)), cause))?;
        console.status(format!("wrote      {}", paths::slashed(&out.join(file))));
    }
    Ok(Exit::Done)
}

/// The pages of a command and of those below it, with the names of their files.
fn pages(command: &clap::Command) -> Result<Vec<(String, String)>, Error> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut pages = vec![(format!("{name}.1"), page(command)?)];
    for below in command.get_subcommands() {
        pages.extend(self::pages(below)?);
    }
    Ok(pages)
}

fn page(command: &clap::Command) -> Result<String, Error> {
    let mut text = Vec::new();
    let written = Man::new(command.clone()).render(&mut text);
    written.map_err(|cause| Error::io("write", "the manual page", cause))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
