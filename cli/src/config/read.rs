//! The text of `tablature.toml` into crates and pages; every problem is reported.

use std::path::{Component, Path, PathBuf};

use tablature_build::{Skip, package};
use tablature_codegen::codes as generator;
use tablature_openapi::nearest::nearest;
use tablature_openapi::{Source, Span, Spanned};
use toml::de::{DeTable, DeValue};

use super::keys::{CRATE, FILE, PACKAGE, PAGES};
use super::typed::{Document, Reader, Value, Values};
use super::{Crate, Pages};
use crate::codes;

/// The command that emitted files name, unless the configuration says otherwise.
pub(crate) const COMMAND: &str = "tablature codegen";

/// What a file asks for.
#[derive(Debug)]
pub(super) struct Read {
    pub command: String,
    pub crates: Vec<Crate>,
    pub pages: Pages,
}

/// Reads the text of a file. `name` is what a person calls it.
pub(super) fn file(reader: &mut Reader, name: &str, text: &str) -> Read {
    let tables = reader.parse(text).unwrap_or_default();
    let source = Source::new(name, text);
    let whole = reader.span(0..0);
    let mut values = reader.values(&tables, &FILE, whole, &["crate", "pages"]);
    let command = values.text("command").map_or_else(|| COMMAND.to_owned(), |it| it.value);
    let mut crates = Vec::new();
    for (krate, table, span) in named_tables(reader, &tables) {
        crates.extend(read_crate(reader, krate, table, span, &source));
    }
    crates.sort_by_key(|it| it.name.span.start);
    check_folders(reader, &crates);
    Read {
        command,
        pages: pages(reader, &tables),
        crates,
    }
}

/// The tables `[crate.NAME]`.
fn named_tables<'t>(reader: &mut Reader, tables: &'t DeTable<'t>) -> Vec<(Spanned<String>, &'t DeTable<'t>, Span)> {
    let Some((key, value)) = tables.get_key_value("crate") else {
        return Vec::new();
    };
    let Some(crates) = value.get_ref().as_table() else {
        let span = reader.span(key.span());
        reader.report(
            &codes::CONFIG_WRONG_VALUE,
            span,
            "a crate is a table with a name: `[crate.petstore]`",
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, value) in crates {
        let span = reader.span(name.span());
        match value.get_ref() {
            DeValue::Table(table) => {
                let name = Spanned::new(name.get_ref().to_string(), span);
                found.push((name, table, reader.span(value.span())));
            }
            _ => {
                let message = format!(
                    "`{}` is a key of a crate, which has a name: `[crate.petstore]`",
                    name.get_ref()
                );
                reader.report(&codes::CONFIG_WRONG_VALUE, span, message);
            }
        }
    }
    found
}

fn read_crate(
    reader: &mut Reader,
    name: Spanned<String>,
    table: &DeTable<'_>,
    span: Span,
    source: &Source,
) -> Option<Crate> {
    if package::name(&name.value) != name.value {
        let problem = format!(
            "`{}` cannot be the name of a package, `{}` can",
            name.value,
            package::name(&name.value)
        );
        reader.report(&codes::CONFIG_WRONG_VALUE, name.span, problem);
    }
    let mut values = reader.values(table, &CRATE, span, &["package"]);
    values.span = name.span;
    let documents = match values.take("documents") {
        Some(Value::Documents(documents)) => documents.into_iter().map(from_root).collect(),
        _ => {
            missing(reader, &values, "documents", table);
            Vec::new()
        }
    };
    let (out, is_module) = folder(reader, &mut values, table);
    let skip = match values.take("skip") {
        Some(Value::Reasons(reasons)) => reasons,
        _ => Vec::new(),
    };
    let skip = skip.into_iter().map(|(name, reason)| {
        let (line, column) = source.line_column(name.span.start);
        Skip {
            origin: format!("{}:{line}:{column}: skip", source.name),
            name: name.value,
            reason: Some(reason),
        }
    });
    let plain = |values: Vec<Spanned<String>>| values.into_iter().map(|it| it.value).collect::<Vec<_>>();
    Some(Crate {
        runtime: values.text("runtime"),
        only: plain(values.texts("only")),
        skip: skip.collect(),
        allow: allowed(reader, values.texts("allow")),
        allow_crates: plain(values.texts("allow-crates")),
        allow_outside: plain(values.texts("allow-outside"))
            .into_iter()
            .map(PathBuf::from)
            .collect(),
        overlays: plain(values.texts("overlays")).iter().map(|it| own_name(it)).collect(),
        curated: values.flag("curated"),
        lints: values.take("lints").is_some(),
        package: package_keys(reader, table),
        documents,
        is_module,
        out: out?,
        name,
    })
}

fn from_root(mut document: Document) -> Document {
    document.file.value = own_name(&document.file.value);
    document
}

/// The name of a file from the root, by which git knows it, too.
fn own_name(file: &str) -> String {
    file.trim_start_matches("./").to_owned()
}

/// The folder of the output, and whether it is that of a module.
fn folder(reader: &mut Reader, values: &mut Values, table: &DeTable<'_>) -> (Option<Spanned<String>>, bool) {
    let (out, module) = (values.text("out"), values.text("module"));
    match (&out, &module) {
        (None, None) if !table.contains_key("module") => missing(reader, values, "out", table),
        (Some(_), Some(module)) => {
            let message = "`out` is for a crate and `module` for a module of another one: leave one of them out";
            reader.report(&codes::CONFIG_WRONG_VALUE, module.span, message);
        }
        _ => {}
    }
    if module.is_some() {
        for key in ["package", "lints"] {
            if let Some((name, _)) = table.get_key_value(key) {
                let message = format!("`{key}` is for a crate: a module has no Cargo.toml");
                let span = reader.span(name.span());
                reader.report(&codes::CONFIG_WRONG_VALUE, span, message);
            }
        }
    }
    let is_module = module.is_some();
    (out.or(module), is_module)
}

/// Reports a key that is not there, unless it is there with a wrong value, which is reported already.
fn missing(reader: &mut Reader, values: &Values, key: &str, table: &DeTable<'_>) {
    if !table.contains_key(key) {
        let message = format!("missing key `{key}` in {}", CRATE.title);
        reader.report(&codes::CONFIG_MISSING_KEY, values.span, message);
    }
}

/// The keys of `[package]`.
fn package_keys(reader: &mut Reader, table: &DeTable<'_>) -> Vec<(&'static str, Value)> {
    let Some(value) = table.get("package") else {
        return Vec::new();
    };
    let span = reader.span(value.span());
    match value.get_ref().as_table() {
        Some(package) => reader.values(package, &PACKAGE, span, &[]).rest().collect(),
        None => {
            reader.report(
                &codes::CONFIG_WRONG_VALUE,
                span,
                "`package` must be a table of keys of `[package]`",
            );
            Vec::new()
        }
    }
}

/// The names of diagnostics that can be allowed.
fn allowed(reader: &mut Reader, names: Vec<Spanned<String>>) -> Vec<String> {
    for Spanned { value, span } in &names {
        if generator::allowable().all(|it| it != value) {
            let found = codes::CONFIG_WRONG_VALUE.at(*span, format!("`{value}` is no diagnostic that can be allowed"));
            let near = nearest(value, generator::allowable()).map(|it| format!("did you mean `{it}`?"));
            let all: Vec<_> = generator::allowable().collect();
            let help = near.unwrap_or_else(|| format!("these can: {}", all.join(", ")));
            reader.report.push(found.help(help));
        }
    }
    names.into_iter().map(|it| it.value).collect()
}

fn pages(reader: &mut Reader, tables: &DeTable<'_>) -> Pages {
    let value = tables.get("pages");
    let span = value.map_or_else(|| reader.span(0..0), |it| reader.span(it.span()));
    let none = DeTable::new();
    let table = match value.map(|it| it.get_ref()) {
        Some(DeValue::Table(table)) => table,
        Some(_) => {
            reader.report(&codes::CONFIG_WRONG_VALUE, span, "`pages` must be a table: `[pages]`");
            &none
        }
        None => &none,
    };
    let mut values = reader.values(table, &PAGES, span, &[]);
    let mut file = |key: &str, default: &str| {
        values
            .text(key)
            .map_or_else(|| default.to_owned(), |it| own_name(&it.value))
    };
    Pages {
        lock: file("lock", "pages.lock.json"),
        waivers: file("waivers", "waivers.json"),
        vocabulary: values.text("vocabulary").map(|it| own_name(&it.value)),
        folders: values
            .texts("folders")
            .into_iter()
            .map(|it| PathBuf::from(it.value))
            .collect(),
    }
}

/// Reports crates that would be emitted into each other.
fn check_folders(reader: &mut Reader, crates: &[Crate]) {
    for (index, krate) in crates.iter().enumerate() {
        let folder = parts(&krate.out.value);
        let before = crates.iter().take(index).find(|it| {
            let other = parts(&it.out.value);
            folder.starts_with(&other) || other.starts_with(&folder)
        });
        if let Some(before) = before {
            let message = format!(
                "the folders of `{}` and `{}` are not apart",
                before.name.value, krate.name.value
            );
            let found = codes::CONFIG_WRONG_VALUE.at(krate.out.span, message);
            reader.report.push(found.related(before.out.span, "the other one"));
        }
    }
}

/// The parts of a path that say something.
fn parts(path: &str) -> PathBuf {
    Path::new(path)
        .components()
        .filter(|it| *it != Component::CurDir)
        .collect()
}
