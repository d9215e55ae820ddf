//! Reads the `x-` keys that this project gives a meaning.
//!
//! Each one is checked where it stands when the document is read, so the functions that look one
//! up cannot fail: a wrong shape is in the report by then.

use crate::codes;
use crate::document::{Extensions, Version};
use crate::nearest::did_you_mean;
use crate::node::Node;
use crate::reader::{Context, ObjectReader, as_bool, as_list, as_string, expect_object};
use crate::span::{Span, Spanned};

/// The beginnings of keys that are ours: any other key with one of them is an error.
const FAMILIES: [&str; 7] = [
    "x-rust-",
    "x-documented-",
    "x-stream-",
    "x-pagination",
    "x-watch",
    "x-required-",
    "x-forbidden-",
];

/// The known keys, and the object that each one means something on, if it is only one.
const KNOWN: [(&str, Option<&str>); 20] = [
    ("x-rust-name", None),
    ("x-rust-own-models", Some("OpenAPI Object")),
    ("x-rust-parameters", Some("Operation Object")),
    ("x-rust-strip-prefix", Some("OpenAPI Object")),
    ("x-rust-type", Some("Schema Object")),
    ("x-rust-formats", Some("OpenAPI Object")),
    ("x-rust-crates", Some("OpenAPI Object")),
    ("x-rust-derive", None),
    ("x-rust-credentials", Some("Security Scheme Object")),
    ("x-documented-in", None),
    ("x-documented-pages", Some("OpenAPI Object")),
    ("x-source", None),
    ("x-note", None),
    ("x-draft", None),
    ("x-stream-when", Some("Response Object")),
    ("x-pagination", Some("Operation Object")),
    ("x-watch", Some("Operation Object")),
    ("x-sensitive", Some("Schema Object")),
    ("x-required-parameters", Some("Media Type Object")),
    ("x-forbidden-parameters", Some("Media Type Object")),
];

/// The Rust type that stands for a schema: `x-rust-type`.
#[derive(Clone, Debug)]
pub struct RustType {
    /// The path, as written: `jiff::Timestamp`, `runtime::patch::JsonPatch`.
    pub path: Spanned<String>,
    /// `arguments`: the `$ref` of each, as written.
    pub arguments: Vec<Spanned<String>>,
}

/// A crate that types and derives come from, as a manifest names it: an item of `x-rust-crates`.
#[derive(Clone, Debug)]
pub struct RustCrate {
    /// The crate, as Rust names it: the key.
    pub name: Spanned<String>,
    /// The version requirement; none where the workspace around the emitted crate has it.
    pub version: Option<Spanned<String>>,
    /// `package`: what the registry calls it, where that is another name.
    pub package: Option<Spanned<String>>,
    /// `features`, empty where it is absent.
    pub features: Vec<Spanned<String>>,
    /// Whether its default features are left out.
    pub without_default_features: bool,
}

/// The parameter that turns an answer into a stream: `x-stream-when`.
#[derive(Clone, Debug)]
pub struct StreamWhen {
    /// The whole object.
    pub span: Span,
    /// `parameter`: its name.
    pub parameter: Spanned<String>,
    /// `value`: what it is then.
    pub value: Node,
}

/// How an operation gives its answer in pages: `x-pagination`.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// The whole object.
    pub span: Span,
    /// `limit`: the parameter that bounds a page.
    pub limit: Spanned<String>,
    /// `token`: the parameter that asks for the next page.
    pub token: Spanned<String>,
    /// `next`: the JSON Pointer to the next token in an answer.
    pub next: Spanned<String>,
    /// `items`: the JSON Pointer to the items in an answer.
    pub items: Spanned<String>,
    /// `replaces`: the parameters that are sent for the first page only, since the token has them.
    pub replaces: Vec<Spanned<String>>,
}

/// How the stream of an operation goes on after its connection: `x-watch`.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The whole object.
    pub span: Span,
    /// `version`: the parameter with the version to watch from.
    pub version: Spanned<String>,
    /// `bookmarks`: the parameter that asks for events that only tell a version.
    pub bookmarks: Option<Spanned<String>>,
    /// `current`: the JSON Pointer to the version in a list, and in the object of an event.
    pub current: Spanned<String>,
    /// `watch-omits`: the parameters that the stream is asked for without.
    pub watch_omits: Vec<Spanned<String>>,
    /// `list-omits`: the parameters that the list is asked for without.
    pub list_omits: Vec<Spanned<String>>,
}

/// `x-rust-name`: the Rust name to use.
pub fn rust_name(extensions: &Extensions) -> Option<Spanned<String>> {
    look_up(extensions, "x-rust-name", |node, cx| {
        read_text(node, "`x-rust-name`", cx)
    })
}

/// `x-rust-parameters`, on an operation: the Rust name of the set of its optional parameters.
pub fn rust_parameters(extensions: &Extensions) -> Option<Spanned<String>> {
    look_up(extensions, "x-rust-parameters", |node, cx| {
        read_text(node, "`x-rust-parameters`", cx)
    })
}

/// `x-rust-own-models`: whether the models of a document are meant to differ from others of their names.
pub fn own_models(extensions: &Extensions) -> Option<Spanned<bool>> {
    look_up(extensions, "x-rust-own-models", |node, cx| {
        as_bool(node, format_args!("`x-rust-own-models`"), cx)
    })
}

/// `x-rust-strip-prefix`, on a document: what the names of component schemas begin with that those of types do not.
/// A `*` stands for any characters.
pub fn strip_prefix(extensions: &Extensions) -> Option<Spanned<String>> {
    look_up(extensions, "x-rust-strip-prefix", read_prefix)
}

/// `x-sensitive`: whether what a schema describes is left out where a value is printed for debugging.
pub fn is_sensitive(extensions: &Extensions) -> bool {
    let flag = look_up(extensions, "x-sensitive", |node, cx| {
        as_bool(node, format_args!("`x-sensitive`"), cx)
    });
    flag.is_some_and(|it| it.value)
}

/// `x-rust-type`: the type that stands for the schema.
pub fn rust_type(extensions: &Extensions) -> Option<RustType> {
    look_up(extensions, "x-rust-type", read_rust_type)
}

/// `x-rust-formats`, on a document: the types that stand for strings and numbers of these formats, in the order of the
/// document.
pub fn rust_formats(extensions: &Extensions) -> Vec<(Spanned<String>, RustType)> {
    look_up(extensions, "x-rust-formats", read_rust_formats).unwrap_or_default()
}

/// `x-rust-crates`, on a document: the crates that types and derives come from, in the order of the document.
pub fn rust_crates(extensions: &Extensions) -> Vec<RustCrate> {
    look_up(extensions, "x-rust-crates", read_rust_crates).unwrap_or_default()
}

/// `x-rust-derive`, on a document or a schema: the traits that emitted types derive besides.
pub fn rust_derive(extensions: &Extensions) -> Vec<Spanned<String>> {
    let key = "x-rust-derive";
    look_up(extensions, key, |node, cx| read_names(node, key, cx)).unwrap_or_default()
}

/// `x-rust-credentials`, on a security scheme: the hand-written types that fetch or make its credentials.
pub fn rust_credentials(extensions: &Extensions) -> Vec<Spanned<String>> {
    look_up(extensions, "x-rust-credentials", read_credentials).unwrap_or_default()
}

/// `x-documented-in`: pages or tables of pages, empty where it is absent.
pub fn documented_in(extensions: &Extensions) -> Vec<Spanned<String>> {
    look_up(extensions, "x-documented-in", read_documented_in).unwrap_or_default()
}

/// `x-documented-pages`, on a document: the web addresses of the pages that `x-documented-in` names, by name.
pub fn documented_pages(extensions: &Extensions) -> Vec<(String, Spanned<String>)> {
    look_up(extensions, "x-documented-pages", read_documented_pages).unwrap_or_default()
}

/// `x-source`: where a thing is from that no page documents.
pub fn source(extensions: &Extensions) -> Option<Spanned<String>> {
    look_up(extensions, "x-source", |node, cx| read_text(node, "`x-source`", cx))
}

/// `x-draft`: whether a thing is not ready to be emitted.
pub fn draft(extensions: &Extensions) -> Option<Spanned<bool>> {
    look_up(extensions, "x-draft", |node, cx| {
        as_bool(node, format_args!("`x-draft`"), cx)
    })
}

/// `x-stream-when`, on a response: the parameter that turns it into a stream.
pub fn stream_when(extensions: &Extensions) -> Option<StreamWhen> {
    look_up(extensions, "x-stream-when", read_stream_when)
}

/// `x-pagination`, on an operation.
pub fn pagination(extensions: &Extensions) -> Option<Pagination> {
    look_up(extensions, "x-pagination", read_pagination)
}

/// `x-watch`, on an operation whose response is, or can be, a stream.
pub fn watch(extensions: &Extensions) -> Option<Watch> {
    look_up(extensions, "x-watch", read_watch)
}

/// `x-required-parameters`, on a media type of a request: parameters that must be set with it.
pub fn required_parameters(extensions: &Extensions) -> Vec<Spanned<String>> {
    let key = "x-required-parameters";
    look_up(extensions, key, |node, cx| read_names(node, key, cx)).unwrap_or_default()
}

/// `x-forbidden-parameters`, on a media type of a request: parameters that must not be set with it.
pub fn forbidden_parameters(extensions: &Extensions) -> Vec<Spanned<String>> {
    let key = "x-forbidden-parameters";
    look_up(extensions, key, |node, cx| read_names(node, key, cx)).unwrap_or_default()
}

/// Checks an extension of the object named `what`.
pub(crate) fn check(what: &str, key: &Spanned<String>, node: &Node, cx: &mut Context) {
    let name = key.value.as_str();
    if let Some((_, on)) = KNOWN.iter().find(|(known, _)| *known == name) {
        let mut found = Context::new(cx.version);
        check_shape(name, node, &mut found);
        if cx.is_lenient() && found.report.has_errors() {
            let message = format!("`{name}` is in the shape of another tool, and is ignored");
            cx.push(codes::WRONG_VALUE.at(key.span, message));
        } else {
            cx.report.extend(found.report);
        }
        if let Some(expected) = on.filter(|on| *on != what) {
            let message = format!("`{name}` belongs on a {expected}, found it on the {what}");
            cx.push(codes::MISPLACED_EXTENSION.at(key.span, message));
        }
    } else if FAMILIES.iter().any(|family| name.starts_with(family)) {
        let message = format!("unknown extension `{name}` in the {what}");
        let found = codes::UNKNOWN_EXTENSION.at(key.span, message);
        cx.push(found.maybe_help(did_you_mean(name, KNOWN.map(|(known, _)| known))));
    }
}

fn check_shape(name: &str, node: &Node, cx: &mut Context) {
    match name {
        "x-rust-strip-prefix" => _ = read_prefix(node, cx),
        "x-rust-type" => _ = read_rust_type(node, cx),
        "x-rust-formats" => _ = read_rust_formats(node, cx),
        "x-rust-crates" => _ = read_rust_crates(node, cx),
        "x-rust-credentials" => _ = read_credentials(node, cx),
        "x-documented-in" => _ = read_documented_in(node, cx),
        "x-documented-pages" => _ = read_documented_pages(node, cx),
        "x-draft" | "x-rust-own-models" | "x-sensitive" => _ = as_bool(node, format_args!("`{name}`"), cx),
        "x-stream-when" => _ = read_stream_when(node, cx),
        "x-pagination" => _ = read_pagination(node, cx),
        "x-watch" => _ = read_watch(node, cx),
        "x-required-parameters" | "x-forbidden-parameters" | "x-rust-derive" => _ = read_names(node, name, cx),
        _ => _ = read_text(node, &format!("`{name}`"), cx),
    }
}

fn look_up<T>(extensions: &Extensions, key: &str, read: impl FnOnce(&Node, &mut Context) -> Option<T>) -> Option<T> {
    // What is wrong was reported when the document was read.
    let mut reported = Context::new(Version::V3_2);
    let value = read(&extensions.get(key)?.value, &mut reported);
    // In another tool's shape it is not ours.
    value.filter(|_| !reported.report.has_errors())
}

fn read_text(node: &Node, place: &str, cx: &mut Context) -> Option<Spanned<String>> {
    let text = as_string(node, format_args!("{place}"), cx)?;
    if text.value.trim().is_empty() {
        return refuse(text.span, format!("{place} must not be empty"), cx);
    }
    Some(text)
}

fn read_prefix(node: &Node, cx: &mut Context) -> Option<Spanned<String>> {
    let prefix = read_text(node, "`x-rust-strip-prefix`", cx)?;
    if prefix.value.ends_with('*') {
        return refuse(
            prefix.span,
            "`x-rust-strip-prefix` must not end with `*`: nothing of a name would be left".to_owned(),
            cx,
        );
    }
    Some(prefix)
}

fn read_names(node: &Node, key: &str, cx: &mut Context) -> Option<Vec<Spanned<String>>> {
    let place = format!("an item of `{key}`");
    let items = as_list(node, format_args!("`{key}`"), cx);
    let names: Vec<_> = items.iter().filter_map(|it| read_text(it, &place, cx)).collect();
    if items.is_empty() && node.as_array().is_some() {
        return refuse(node.span, format!("`{key}` must not be empty"), cx);
    }
    Some(names)
}

fn read_documented_in(node: &Node, cx: &mut Context) -> Option<Vec<Spanned<String>>> {
    let pages = read_names(node, "x-documented-in", cx)?;
    for page in &pages {
        let Some((name, table)) = page.value.rsplit_once('#') else {
            continue;
        };
        if name.is_empty() || !table.parse::<u32>().is_ok_and(|it| it > 0) {
            let message =
                "an item of `x-documented-in` must be a page, or a page, `#` and the number of a table from 1";
            refuse::<()>(page.span, format!("{message}, found `{}`", page.value), cx);
        }
    }
    Some(pages)
}

fn read_documented_pages(node: &Node, cx: &mut Context) -> Option<Vec<(String, Spanned<String>)>> {
    let mut pages = Vec::new();
    for (name, address) in expect_object(node, format_args!("`x-documented-pages`"), cx)? {
        let address = read_text(address, "an address in `x-documented-pages`", cx)?;
        if !address.value.starts_with("https://")
            || address
                .value
                .contains(|c: char| c.is_whitespace() || "<>()".contains(c))
        {
            let message = "an address in `x-documented-pages` must be a URL that begins with `https://`";
            return refuse(address.span, format!("{message}, found `{}`", address.value), cx);
        }
        pages.push((name.value.clone(), address));
    }
    Some(pages)
}

fn read_rust_type(node: &Node, cx: &mut Context) -> Option<RustType> {
    if node.as_str().is_some() {
        return Some(RustType {
            path: read_text(node, "`x-rust-type`", cx)?,
            arguments: Vec::new(),
        });
    }
    let mut object = ObjectReader::new(node, "`x-rust-type`", cx)?;
    let path = object.require_string("path");
    let arguments = object.list("arguments", |argument, cx| {
        let mut object = ObjectReader::new(argument, "argument of `x-rust-type`", cx)?;
        let reference = object.require_string("$ref");
        object.finish();
        reference
    });
    object.finish();
    Some(RustType { path: path?, arguments })
}

fn read_rust_formats(node: &Node, cx: &mut Context) -> Option<Vec<(Spanned<String>, RustType)>> {
    let formats = expect_object(node, format_args!("`x-rust-formats`"), cx)?.iter();
    let read: Vec<_> = formats
        .map(|(format, ty)| Some((format.clone(), read_rust_type(ty, cx)?)))
        .collect();
    read.into_iter().collect()
}

fn read_rust_crates(node: &Node, cx: &mut Context) -> Option<Vec<RustCrate>> {
    let crates = expect_object(node, format_args!("`x-rust-crates`"), cx)?.iter();
    let read: Vec<_> = crates.map(|(name, it)| read_rust_crate(name, it, cx)).collect();
    // Each is read, so that all that is wrong is told.
    read.into_iter().collect()
}

/// A version alone, or an object such as `{"version": "1", "features": ["serde"]}` or `{"workspace": true}`.
fn read_rust_crate(name: &Spanned<String>, node: &Node, cx: &mut Context) -> Option<RustCrate> {
    let mut read = RustCrate {
        name: name.clone(),
        version: None,
        package: None,
        features: Vec::new(),
        without_default_features: false,
    };
    if node.as_str().is_some() {
        read.version = Some(read_text(node, "a version in `x-rust-crates`", cx)?);
        return Some(read);
    }
    let mut object = ObjectReader::new(node, "crate in `x-rust-crates`", cx)?;
    read.version = object.string("version");
    read.package = object.string("package");
    read.features = object.strings("features");
    read.without_default_features = object.boolean("default-features").is_some_and(|it| !it.value);
    let in_workspace = object.flag("workspace");
    object.finish();
    if in_workspace == read.version.is_some() {
        let message = format!(
            "the crate `{}` needs either a `version` or `workspace: true`",
            name.value
        );
        return refuse(node.span, message, cx);
    }
    Some(read)
}

fn read_credentials(node: &Node, cx: &mut Context) -> Option<Vec<Spanned<String>>> {
    let paths = read_names(node, "x-rust-credentials", cx)?;
    for path in paths.iter().filter(|it| !is_path(&it.value)) {
        let message = "an item of `x-rust-credentials` must be a Rust path such as `runtime::Credential`";
        refuse::<()>(path.span, format!("{message}, found `{}`", path.value), cx);
    }
    Some(paths)
}

/// Whether a text is the path of a type in a package of the runtime: what else it may lead to is not the document's
/// to choose.
fn is_path(text: &str) -> bool {
    let mut steps = text.split("::");
    let root = steps.next().unwrap_or_default();
    let is_ours = root == "runtime" || root.strip_prefix("tablature_").is_some_and(is_identifier);
    is_ours && text.contains("::") && steps.all(is_identifier)
}

fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|it| it == '_' || it.is_ascii_alphabetic())
        && characters.all(|it| it == '_' || it.is_ascii_alphanumeric())
}

fn read_stream_when(node: &Node, cx: &mut Context) -> Option<StreamWhen> {
    let mut object = ObjectReader::new(node, "`x-stream-when`", cx)?;
    let parameter = object.require_string("parameter");
    let value = object.require("value").cloned();
    object.finish();
    Some(StreamWhen {
        span: node.span,
        parameter: parameter?,
        value: value?,
    })
}

fn read_pagination(node: &Node, cx: &mut Context) -> Option<Pagination> {
    let mut object = ObjectReader::new(node, "`x-pagination`", cx)?;
    let [limit, token, next, items] = ["limit", "token", "next", "items"].map(|key| object.require_string(key));
    let replaces = object.list("replaces", |name, cx| {
        as_string(name, format_args!("a parameter of `x-pagination`"), cx)
    });
    object.finish();
    for pointer in [&next, &items].into_iter().flatten() {
        check_pointer(pointer, cx);
    }
    Some(Pagination {
        span: node.span,
        limit: limit?,
        token: token?,
        next: next?,
        items: items?,
        replaces,
    })
}

fn read_watch(node: &Node, cx: &mut Context) -> Option<Watch> {
    let mut object = ObjectReader::new(node, "`x-watch`", cx)?;
    let [version, current] = ["version", "current"].map(|key| object.require_string(key));
    let bookmarks = object.string("bookmarks");
    let [watch_omits, list_omits] = ["watch-omits", "list-omits"].map(|key| {
        object.list(key, |name, cx| {
            as_string(name, format_args!("a parameter of `x-watch`"), cx)
        })
    });
    object.finish();
    if let Some(pointer) = &current {
        check_pointer(pointer, cx);
    }
    Some(Watch {
        span: node.span,
        version: version?,
        bookmarks,
        current: current?,
        watch_omits,
        list_omits,
    })
}

fn check_pointer(pointer: &Spanned<String>, cx: &mut Context) {
    if !pointer.value.starts_with('/') {
        let message = "a place in an answer must be a JSON Pointer that begins with `/`";
        refuse::<()>(pointer.span, format!("{message}, found `{}`", pointer.value), cx);
    }
}

fn refuse<T>(span: Span, message: String, cx: &mut Context) -> Option<T> {
    cx.push(codes::WRONG_VALUE.at(span, message));
    None
}
