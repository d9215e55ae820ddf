//! Modules in a crate of a user's own compile, in each edition and from a build script.

use std::fs;
use std::path::{Path, PathBuf};

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::root;

use crate::cargo::{cargo, manifest, write};

/// Cases whose documents become modules: what is emitted for each kind of operation, argument and type.
const CASES: [&str; 10] = [
    "answers_by_status",
    "bodies",
    "callbacks",
    "deprecated",
    "forms",
    "names",
    "parameter_styles",
    "streams",
    "tags",
    "union_by_members",
];

/// Writes a workspace of crates, each with a manifest of its own, its dependencies being those of the real one.
fn workspace(name: &str, members: &[(String, String)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let names: Vec<String> = members.iter().map(|(name, _)| name.clone()).collect();
    write(&folder.join("Cargo.toml"), &manifest(&names));
    for (name, rest) in members {
        let manifest = format!("[package]\nname = \"{name}\"\n{rest}");
        write(&folder.join(name).join("Cargo.toml"), &manifest);
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

#[test]
fn a_module_compiles_in_each_edition() {
    let dependencies = ["serde", "tablature-client", "tablature-runtime"];
    let dependencies = dependencies.map(|it| format!("{it}.workspace = true\n")).concat();
    let editions = ["2021", "2024"];
    let members = editions.map(|edition| {
        let rest = format!("edition = \"{edition}\"\n\n[dependencies]\n{dependencies}");
        (format!("edition-{edition}"), rest)
    });
    let folder = workspace("hosts", &members);
    for (name, _) in &members {
        let krate = folder.join(name);
        let declared = CASES.map(|it| format!("pub mod {it};\n")).concat();
        write(&krate.join("src/lib.rs"), &format!("//! Modules.\n{declared}"));
        let mut config = String::new();
        for case in CASES {
            let from = root().join("tests/fixtures/ok").join(case).join("openapi.json");
            write(&krate.join(format!("{case}.json")), &fs::read_to_string(from).unwrap());
            let package = case.replace('_', "-");
            config += &format!(
                "[crate.{package}]\ndocuments = [\"{case}.json\"]\nmodule = \"src/{case}\"\nruntime = \"workspace\"\n"
            );
        }
        write(&krate.join("tablature.toml"), &config);
        let outcome = run_in(&krate, &["codegen", "--force"]);
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        let said = outcome.out + &outcome.err;
        assert!(!said.contains("add to the"), "{said}");
    }
    cargo(&folder, &["check", "--workspace"]);
}

/// The build script that the documentation of `tablature-build` shows.
fn documented_script() -> String {
    let text = fs::read_to_string(root().join("build/src/lib.rs")).unwrap();
    let lines = text.lines().filter_map(|it| it.strip_prefix("//! "));
    let lines = lines.skip_while(|it| *it != "```no_run").skip(1);
    let script = lines.take_while(|it| *it != "```");
    let script: Vec<&str> = script.map(|it| it.strip_prefix("# ").unwrap_or(it)).collect();
    assert!(script.len() > 10, "{script:?}");
    format!("//! A build script.\n{}\n", script.join("\n"))
}

#[test]
fn the_documented_build_script_gives_a_module() {
    let rest = "edition = \"2024\"\n\n[dependencies]\nserde.workspace = true\ntablature-runtime.workspace = true\n\n\
                [build-dependencies]\ntablature-build.workspace = true\ntablature-codegen.workspace = true\n";
    let folder = workspace("scripts", &[("scripted".to_owned(), rest.to_owned())]);
    let krate = folder.join("scripted");
    let document = root().join("tests/fixtures/ok/crate_frame/openapi.json");
    write(&krate.join("petstore.json"), &fs::read_to_string(document).unwrap());
    write(&krate.join("build.rs"), &documented_script());
    write(
        &krate.join("src/lib.rs"),
        "//! A module that is made when the crate is built.\n\
         include!(concat!(env!(\"OUT_DIR\"), \"/petstore.rs\"));\n\n\
         /// An operation of it.\npub type First = petstore::Call<(), ()>;\n",
    );
    cargo(&folder, &["check"]);
}
