//! Imports point one way: between packages, between the files of each, and between the floors of `codegen`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tablature_tests::manifest;
use tablature_tests::source::{crate_paths, cycles, names_crate};
use tablature_tests::workspace::{hand_written, members, root};

/// What each folder may depend on, of the others; `tests` may use all of them.
const EDGES: [(&str, &[&str]); 15] = [
    ("benches", &["generated"]),
    ("build", &["codegen", "openapi"]),
    ("cli", &["build", "codegen", "openapi", "pages"]),
    ("codegen", &["openapi", "runtime/core"]),
    (
        "fuzz",
        &[
            "codegen",
            "generated",
            "openapi",
            "pages",
            "runtime/core",
            "runtime/kubernetes",
        ],
    ),
    (
        "generated",
        &["runtime/core", "runtime/client", "runtime/huawei", "runtime/kubernetes"],
    ),
    ("openapi", &[]),
    ("pages", &["openapi"]),
    ("runtime/client", &["runtime/core"]),
    ("runtime/core", &[]),
    ("runtime/huawei", &["runtime/client", "runtime/core"]),
    ("runtime/kubernetes", &["runtime/client", "runtime/core"]),
    (
        "runtime/tests",
        &["runtime/client", "runtime/core", "runtime/huawei", "runtime/kubernetes"],
    ),
    (
        "tests",
        &["cli", "codegen", "generated", "openapi", "pages", "runtime/core"],
    ),
    ("xtask", &["cli", "codegen", "openapi"]),
];

/// The floors of `codegen`, from the ground: a file imports from its own and from those below. A floor of several
/// segments has what begins with them and no longer floor does.
const FLOORS: [&str; 21] = [
    "codes",
    "names",
    "markdown",
    "prelude",
    "ir",
    "finish",
    "lower::options",
    "lower::ask",
    "lower::docs",
    "lower::rust_types",
    "lower::context",
    "lower::types",
    "lower::operations",
    "lower",
    "emit",
    "host",
    "config",
    "render",
    "files",
    "changes",
    "lib",
];

/// The floors that know nothing of documents.
const WITHOUT_DOCUMENTS: [&str; 7] = ["names", "ir", "finish", "emit", "render", "files", "changes"];

/// The files that import each other, as what they are about does: a package without a line here has none.
const CYCLES: &[(&str, &[&[&str]])] = &[
    // A schema holds models and unions, and these hold schemas.
    (
        "codegen",
        &[&[
            "lower::types::inheritance",
            "lower::types::model",
            "lower::types::schema",
            "lower::types::type_list",
            "lower::types::union",
        ]],
    ),
    // An operation has callbacks, which have path items, which have operations; a query has filters, which have queries.
    (
        "openapi",
        &[
            &["jsonpath::filter", "jsonpath::parse"],
            &["read::callback", "read::operation", "read::path_item"],
        ],
    ),
    // A client makes calls, and a call has the client that makes it.
    (
        "runtime/client",
        &[&[
            "client",
            "client::call",
            "client::core",
            "client::settings",
            "client::trace",
        ]],
    ),
];

#[test]
fn packages_depend_on_what_the_design_allows() {
    let manifests: Vec<_> = members()
        .into_iter()
        .map(|member| {
            let text = fs::read_to_string(root().join(&member).join("Cargo.toml")).unwrap();
            let package = manifest::package(&text, "name").unwrap().to_owned();
            (member, package, manifest::dependencies(&text))
        })
        .collect();
    let mut wrong = Vec::new();
    for (member, _, dependencies) in &manifests {
        let Some((_, allowed)) = EDGES.iter().find(|(folder, _)| folder == member) else {
            wrong.push(format!("{member}: say in this test what it may depend on"));
            continue;
        };
        for (other, package, _) in &manifests {
            if dependencies.contains(package) && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{member} depends on {other}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(manifests.len() >= 6, "{manifests:?}");
}

/// The files of a package: the module that each holds, its syntax tree, and the modules whose files it names.
fn files(package: &str) -> Vec<(String, syn::File, BTreeSet<String>)> {
    let sources = format!("{package}/src/");
    let paths: Vec<String> = hand_written()
        .into_iter()
        .filter(|path| path.starts_with(&sources) && !path.contains("tests"))
        .collect();
    let module_of = |path: &str| module_of(path.trim_start_matches(&sources)).join("::");
    let modules: BTreeSet<String> = paths.iter().map(|it| module_of(it)).collect();
    let files = paths.iter().map(|path| {
        let module = module_of(path);
        let module: Vec<&str> = module.split("::").filter(|it| !it.is_empty()).collect();
        let file = syn::parse_file(&fs::read_to_string(root().join(path)).unwrap()).unwrap();
        let named = crate_paths(&file, &module).into_iter().map(|path| {
            let prefixes = (1..=path.len()).rev().map(|length| path[..length].join("::"));
            prefixes.into_iter().find(|it| modules.contains(it)).unwrap_or_default()
        });
        let own = module.join("::");
        let named = named.filter(|it| *it != own).collect();
        (own, file, named)
    });
    files.collect()
}

/// The floor of a module, from the ground.
fn height(module: &str) -> Option<usize> {
    let module = if module.is_empty() { "lib" } else { module };
    let stands_on = |floor: &&str| module == *floor || module.starts_with(&format!("{floor}::"));
    let floor = FLOORS.iter().filter(|it| stands_on(it)).max_by_key(|it| it.len())?;
    FLOORS.iter().position(|it| it == floor)
}

#[test]
fn files_of_codegen_import_from_floors_below() {
    let files = files("codegen");
    let mut wrong = Vec::new();
    for (module, _, imports) in &files {
        let Some(own) = height(module) else {
            wrong.push(format!("{module}: say in this test which floor it stands on"));
            continue;
        };
        for import in imports.iter().filter(|it| height(it).is_none_or(|other| other > own)) {
            wrong.push(format!("{module} imports {import}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(files.len() > 60, "{}", files.len());
}

#[test]
fn files_import_each_other_only_where_their_subjects_do() {
    let mut wrong = Vec::new();
    for package in members() {
        let files = files(&package);
        let edges: BTreeMap<&str, BTreeSet<&str>> = files
            .iter()
            .filter(|(module, ..)| !module.is_empty())
            .map(|(module, _, imports)| (module.as_str(), imports.iter().map(String::as_str).collect()))
            .collect();
        let known = CYCLES.iter().find(|(folder, _)| *folder == package);
        let known = known.map_or(&[] as &[&[&str]], |(_, cycles)| cycles);
        let found = cycles(&edges);
        if found != known {
            wrong.push(format!("{package}: {found:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_emitted_knows_nothing_of_documents() {
    let mut wrong = Vec::new();
    for (module, file, _) in files("codegen") {
        let is_above = WITHOUT_DOCUMENTS
            .iter()
            .any(|it| module == *it || module.starts_with(&format!("{it}::")));
        if is_above && names_crate(&file, "tablature_openapi") {
            wrong.push(module);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The module that a file holds: `lower/model.rs` is `lower::model`, `lib.rs` the root.
fn module_of(path: &str) -> Vec<&str> {
    let path = path.trim_end_matches(".rs");
    path.split('/')
        .filter(|part| !["lib", "main", "mod"].contains(part))
        .collect()
}
