//! Changes as text, as a section of a changelog, and for machines.

use tablature_codegen::changes::{self, Change, Kind, Step, Verdict};

use super::Format;
use crate::counted;

/// The changes in a format.
pub(super) fn text(list: &[Change], format: Format, since: &str) -> String {
    match format {
        Format::Text => lines(list, since),
        Format::Markdown => markdown(list),
        Format::Json => json(list),
    }
}

fn lines(list: &[Change], since: &str) -> String {
    let mut out = String::new();
    for change in list {
        let (verdict, kind) = (verdict(change.verdict), kind(change.kind));
        out += &format!("{verdict:<10}  {kind:<7}  {}: {}\n", change.item, change.why);
    }
    let breaking = list.iter().filter(|it| it.verdict == Verdict::Breaking).count();
    match changes::step(list) {
        Step::Patch => out += &format!("no change of the Rust API since {since}: a patch will do\n"),
        step => {
            let compatible = list.len() - breaking;
            out += &format!(
                "{} since {since}: {breaking} breaking, {compatible} compatible; the smallest step is {}\n",
                counted(list.len(), "change"),
                step_name(step)
            );
        }
    }
    out
}

fn markdown(list: &[Change]) -> String {
    let mut out = String::new();
    for (verdict, title) in [(Verdict::Breaking, "Breaking"), (Verdict::Compatible, "Compatible")] {
        let mut changes = list.iter().filter(|it| it.verdict == verdict).peekable();
        if changes.peek().is_some() {
            out += &format!("### {title}\n\n");
            for change in changes {
                out += &format!("- `{}` {}: {}\n", change.item, kind(change.kind), change.why);
            }
            out.push('\n');
        }
    }
    out += &format!("Smallest semver step: {}.\n", step_name(changes::step(list)));
    out
}

fn json(list: &[Change]) -> String {
    let items: Vec<String> = list
        .iter()
        .map(|it| {
            format!(
                "    {{\"item\": {}, \"kind\": \"{}\", \"verdict\": \"{}\", \"why\": {}}}",
                string(&it.item),
                kind(it.kind),
                verdict(it.verdict),
                string(&it.why)
            )
        })
        .collect();
    let changes = if items.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{}\n  ]", items.join(",\n"))
    };
    format!(
        "{{\n  \"step\": \"{}\",\n  \"changes\": {changes}\n}}\n",
        step_name(changes::step(list))
    )
}

/// A string as JSON writes it.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

fn verdict(it: Verdict) -> &'static str {
    match it {
        Verdict::Breaking => "breaking",
        Verdict::Compatible => "compatible",
    }
}

fn kind(it: Kind) -> &'static str {
    match it {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Changed => "changed",
    }
}

fn step_name(it: Step) -> &'static str {
    match it {
        Step::Patch => "patch",
        Step::Minor => "minor",
        Step::Major => "major",
    }
}
