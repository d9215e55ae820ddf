//! `tablature explain`: what a diagnostic means and why it is reported.

mod keys;

use clap::Args;
use tablature_openapi::diagnostic::Code;
use tablature_openapi::nearest::nearest;

use crate::Error;
use crate::console::{Console, Exit};
use crate::diagnostics::severity;

/// Say what a diagnostic means, why it is reported and what to do about it; without a code, list all
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The code, as it stands in brackets behind `error` or `warning`
    #[arg(value_name = "CODE")]
    code: Option<String>,

    /// List the keys of tablature.toml in place of diagnostics
    #[arg(long, conflicts_with = "code")]
    keys: bool,

    /// List all as a page of Markdown
    #[arg(long, conflicts_with = "code")]
    markdown: bool,
}

const EXAMPLES: &str = "\
Examples:
  tablature explain
  tablature explain dangling-reference
  tablature explain --keys";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let codes = codes();
    console.out.push_str(&match &arguments.code {
        Some(asked) => one(asked, &codes)?,
        None if arguments.keys && arguments.markdown => keys::page(),
        None if arguments.keys => keys::list(),
        None if arguments.markdown => page(&codes),
        None => list(&codes),
    });
    Ok(Exit::Done)
}

/// All codes of diagnostics, by name.
pub(crate) fn codes() -> Vec<&'static Code> {
    let mut codes = [
        tablature_openapi::codes::ALL,
        tablature_codegen::codes::ALL,
        tablature_pages::codes::ALL,
        crate::codes::ALL,
    ]
    .concat();
    codes.sort_by_key(|it| it.name);
    codes
}

fn one(asked: &str, codes: &[&Code]) -> Result<String, Error> {
    let Some(code) = codes.iter().find(|it| it.name == asked) else {
        let near = nearest(asked, codes.iter().map(|it| it.name));
        let near = near.map_or_else(String::new, |it| format!(", did you mean `{it}`?"));
        let problem = format!("there is no diagnostic `{asked}`{near}");
        return Err(Error::Usage { problem });
    };
    let mut text = format!(
        "{}[{}]\n\n{}\n",
        severity(code.severity),
        code.name,
        code.why.trim_start()
    );
    if let Some(help) = code.help {
        text += &format!("\nhelp: {help}\n");
    }
    if code.allowable {
        let of_pages = tablature_pages::codes::ALL.iter().any(|it| it.name == code.name);
        let option = if of_pages { "--allow" } else { "--allow-unsupported" };
        text += &format!("\nTo go on all the same: {option} {}\n", code.name);
    }
    Ok(text)
}

fn list(codes: &[&Code]) -> String {
    let width = codes.iter().map(|it| it.name.len()).max().unwrap_or_default();
    let line = |code: &&Code| {
        let (first, _) = code.why.split_once(". ").unwrap_or((code.why, ""));
        format!(
            "{:<7}  {:<width$}  {}\n",
            severity(code.severity),
            code.name,
            first.trim_start()
        )
    };
    codes.iter().map(line).collect()
}

fn page(codes: &[&Code]) -> String {
    let row = |code: &&Code| {
        let allowed = if code.allowable { ", allowable" } else { "" };
        format!(
            "| `{}` | {}{allowed} | {} |\n",
            code.name,
            severity(code.severity),
            code.why.trim_start().replace('|', "\\|")
        )
    };
    let rows: String = codes.iter().map(row).collect();
    format!(
        "# Diagnostics\n\nThis page is the output of `tablature explain --markdown`. What is allowable goes on with \
         `--allow-unsupported CODE`.\n\n| code | severity | why |\n| --- | --- | --- |\n{rows}"
    )
}
