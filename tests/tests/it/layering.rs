//! Imports point one way, between packages and between the floors of `codegen`.

use std::fs;

use tablature_tests::manifest;
use tablature_tests::source::crate_imports;
use tablature_tests::workspace::{hand_written, members, root};

/// What each folder may depend on, of the others; `tests` may use all of them.
const EDGES: [(&str, &[&str]); 12] = [
    ("benches", &["generated"]),
    ("codegen", &["openapi"]),
    ("generated", &["runtime/core", "runtime/client", "runtime/kubernetes"]),
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
        &[
            "codegen",
            "generated",
            "openapi",
            "pages",
            "runtime/core",
            "runtime/huawei",
            "xtask",
        ],
    ),
    ("xtask", &["codegen", "openapi", "pages"]),
];

/// The floors of `codegen`, from the ground: a file may import from floors below its own.
const FLOORS: [&str; 10] = [
    "codes", "names", "prelude", "ir", "finish", "lower", "emit", "render", "changes", "lib",
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

#[test]
fn files_of_codegen_import_from_floors_below() {
    let files: Vec<_> = hand_written()
        .into_iter()
        .filter(|path| path.starts_with("codegen/src/"))
        .collect();
    let mut wrong = Vec::new();
    for path in &files {
        let module = module_of(path);
        let floor = module.first().copied().unwrap_or("lib");
        let Some(height) = FLOORS.iter().position(|it| *it == floor) else {
            wrong.push(format!("{path}: say in this test which floor it stands on"));
            continue;
        };
        let file = syn::parse_file(&fs::read_to_string(root().join(path)).unwrap()).unwrap();
        for import in crate_imports(&file, &module) {
            let below = FLOORS
                .iter()
                .position(|it| *it == import)
                .is_some_and(|other| other <= height);
            if floor != "lib" && !below {
                wrong.push(format!("{path} imports crate::{import}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(files.len() > 3, "{files:?}");
}

/// The module that a file of `codegen` holds: `lower/model.rs` is `lower::model`, `lib.rs` the root.
fn module_of(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("codegen/src/").trim_end_matches(".rs");
    path.split('/').filter(|part| !["lib", "mod"].contains(part)).collect()
}
