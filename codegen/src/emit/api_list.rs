//! Writes `api.md`: every operation on one line, for people who look for one and for programs that write calls.

use super::example::spaceless;
use super::types::{Within, ty};
use super::writing::{is_borrowed, is_text};
use crate::ir::{
    Answer, Api, Argument, Body, Constructor, Crate, Operation, Parameter, Tag, Type, Webhook, WebhookContent,
};
use crate::markdown::{Links, code, harmless};

/// Where it stands.
pub const PATH: &str = "api.md";

/// How the lines are read.
const LEGEND: &str = "\
A line has the route, the call, its optional parameters, the answer, the documented failure, and what the operation does.
Each optional parameter is a method of the call, which takes its value: `.limit(10)`. An argument takes whatever converts
into its type. Types without a path stand in `models` of the same API.
";

/// How much of a description is shown, in characters.
const SUMMARY: usize = 160;

/// The list, without its first line; `None` where there is no operation. `library` is the path of the crate or module.
pub fn api_list(krate: &Crate, library: &str) -> Option<String> {
    let tags = krate.apis().flat_map(|api| api.tags.iter().map(move |tag| (api, tag)));
    let sections: Vec<(String, Vec<String>)> = tags
        .map(|(api, tag)| (format!("{}::{}", api.module, tag.module), lines(api, tag)))
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    if sections.is_empty() {
        return None;
    }
    let mut out = format!("# Operations of {}\n\n{LEGEND}\n", code(library));
    for (path, lines) in &sections {
        let anchor = path.replace([':', '#'], "");
        out += &format!("- [`{path}`](#{anchor}): {}\n", lines.len());
    }
    for (path, lines) in &sections {
        out += &format!("\n## `{path}`\n\n");
        for line in lines {
            out += line;
            out.push('\n');
        }
    }
    Some(out)
}

/// The lines of a tag.
fn lines(api: &Api, tag: &Tag) -> Vec<String> {
    let made = |it: &&Operation| matches!(it.constructor, Constructor::New { .. });
    let operations = tag.operations.iter().filter(made).map(|it| operation(api, tag, it));
    operations.chain(tag.webhooks.iter().map(webhook)).collect()
}

fn operation(api: &Api, tag: &Tag, it: &Operation) -> String {
    let route = code(&format!("{} {}", it.method, it.path));
    let arguments = it.arguments().iter().map(|Argument { name, parameter, .. }| {
        let value = value(parameter);
        format!("{name}: {value}")
    });
    let required = match &it.constructor {
        Constructor::New { body, .. } => body.as_ref(),
        Constructor::Switch { .. } => None,
    };
    let arguments: Vec<String> = arguments.chain(required.map(body)).collect();
    let mut facts = vec![code(&format!("{}::new({})", it.name, arguments.join(", ")))];
    let set = api.parameter_set(tag, it);
    let setters = set.into_iter().flat_map(|it| &it.setters);
    let setters = setters.map(|it| format!("{}: {}", it.name, value(&it.parameter)));
    let optional: Vec<String> = setters
        .chain(it.optional_body.iter().map(|it| body(&it.body)))
        .collect();
    if !optional.is_empty() {
        facts.push(format!("optional {}", code(&optional.join(", "))));
    }
    let in_pages = if it.pagination.is_some() { ", in pages" } else { "" };
    facts.push(format!("answer {}{in_pages}", answer(&it.answer)));
    for switch in &it.switches {
        let target = tag.operations.iter().find(|it| it.name == switch.target);
        let answer = target.map(|it| answer(&it.answer)).unwrap_or_default();
        facts.push(format!("with {} {answer}", code(&format!(".{}()", switch.method))));
    }
    facts.extend(it.failure.iter().map(|it| format!("failure {}", type_code(it))));
    let summary = summary(&it.docs, &route);
    line(&route, &facts, it.deprecated.is_some(), &summary)
}

fn webhook(it: &Webhook) -> String {
    let content = match &it.content {
        WebhookContent::Empty => "nothing".to_owned(),
        WebhookContent::Json(ty) => type_code(ty),
        WebhookContent::Text => "text".to_owned(),
        WebhookContent::Binary => "bytes".to_owned(),
    };
    let facts = [code(it.name.as_str()), format!("receives {content}")];
    let (kind, to) = match &it.url {
        Some(url) => ("Callback", format!(" to {}", code(url))),
        None => ("Webhook", String::new()),
    };
    let name = format!("{kind} {}", code(&it.id));
    let summary = summary(&it.docs, &name);
    let sent = format!("{name}, sent by {}{to}", code(&it.method));
    line(&sent, &facts, it.deprecated.is_some(), &summary)
}

fn line(route: &str, facts: &[String], is_deprecated: bool, summary: &str) -> String {
    let deprecated = if is_deprecated { " Deprecated." } else { "" };
    let summary = if summary.is_empty() {
        String::new()
    } else {
        format!(" {summary}")
    };
    format!("- {route}: {}.{deprecated}{summary}", facts.join("; "))
}

fn answer(it: &Answer) -> String {
    match it {
        Answer::Empty => "nothing".to_owned(),
        Answer::Json(ty) | Answer::ByStatus(ty) => type_code(ty),
        Answer::Stream(_, ty) => format!("a stream of {}", type_code(ty)),
        Answer::Text => "text".to_owned(),
        Answer::Binary => "bytes".to_owned(),
    }
}

/// The type of an argument or a setter.
fn value(it: &Parameter) -> String {
    if is_text(it) {
        "&str".to_owned()
    } else {
        printed(&it.ty)
    }
}

fn body(it: &Body) -> String {
    let borrowed = if is_borrowed(it) { "&" } else { "" };
    format!("body: {borrowed}{}", printed(it.ty()))
}

fn type_code(it: &Type) -> String {
    code(&printed(it))
}

fn printed(it: &Type) -> String {
    spaceless(&ty(it, Within::Models))
}

/// The first sentence of a description. Where there is none, the documentation begins with `name`.
fn summary(docs: &[String], name: &str) -> String {
    let paragraph: Vec<&str> = docs
        .iter()
        .map(String::as_str)
        .take_while(|it| !it.is_empty())
        .collect();
    let paragraph = paragraph.join(" ");
    let is_block = paragraph.starts_with("```") || paragraph.starts_with('|');
    if is_block || paragraph.starts_with(name) {
        return String::new();
    }
    let text = paragraph.trim_start_matches(['#', '>', '*', '-', ' ']);
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let end = ends
        .map(|at| text.split_at(at))
        .find(|(_, rest)| rest.trim_start().starts_with(char::is_uppercase));
    let sentence = end.map_or(text, |(sentence, _)| sentence);
    let shown = match sentence.char_indices().nth(SUMMARY) {
        Some((at, _)) => {
            let (shown, _) = sentence.split_at(at);
            format!("{} ...", shown.rsplit_once(' ').map_or(shown, |(words, _)| words))
        }
        None => sentence.to_owned(),
    };
    // It ends its line, so that nothing in it reaches what stands before.
    harmless(vec![shown], Links::Web).join(" ")
}
