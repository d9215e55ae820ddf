//! `tablature.toml`: what it asks for, where it is found, and what is said of mistakes in it.

use insta::assert_snapshot;
use tablature_tests::sandbox::{Sandbox, run_in};

use super::changes::document;

/// A repository with a document of two operations and this configuration.
fn repository(config: &str) -> Sandbox {
    let sandbox = Sandbox::new().unwrap();
    let operation = |id: &str| {
        let answers = r#"{"204": {"description": "Done."}}"#;
        format!(r#""/{id}": {{"post": {{"operationId": "{id}", "responses": {answers}}}}}"#)
    };
    let paths = format!("{{{}, {}}}", operation("feed"), operation("wash"));
    sandbox.write("api/pets.json", document("{}", &paths)).unwrap();
    sandbox.write("tablature.toml", config).unwrap();
    sandbox
}

const PETS: &str = "[crate.pets]\ndocuments = [\"api/*.json\"]\nout = \"crates/pets\"\nruntime = \"0.1\"\n";

#[test]
fn all_mistakes_are_said_at_once() {
    let sandbox = repository(
        r#"
comand = "just api"

[crate.pets]
documents = "api/*.json"
out = "crates/pets"
alow = ["value-type"]
allow = ["value-typ", "dangling-reference"]
package = { license = 3, licence = "MIT", version.workspace = false }
[crate.pets.skip]
feed = ""

[crate.Lamps]
documents = [{ url = "http://example.com/lamps.json", sha = "00" }, "lamps.json"]
out = "./crates/pets/lamps"

[crate.doors]

[page]
lock = "x"
"#,
    );
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_snapshot!("mistakes", outcome.err);
    sandbox.write("tablature.toml", "[crate.a\nb = 1\nc = \n").unwrap();
    assert_snapshot!("no_toml", sandbox.run(&["codegen"]).err);
}

#[test]
fn documents_that_are_not_there_are_named_with_their_place() {
    let sandbox = repository(&PETS.replace("api/*.json", "apis/*.json\", \"api/[\", \"none.json"));
    assert_snapshot!("no_documents", sandbox.run(&["codegen"]).err);
    sandbox.write("tablature.toml", "command = \"x\"").unwrap();
    assert_eq!(
        sandbox.run(&["codegen"]).err,
        "error: tablature.toml has no `[crate.NAME]`\n"
    );
}

#[test]
fn the_configuration_is_found_upward_and_can_be_named() {
    let sandbox = repository(PETS);
    let outcome = run_in(&sandbox.path("api"), &["codegen", "--check"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (1, ""));
    assert!(
        outcome.out.contains("missing    crates/pets/Cargo.toml"),
        "{}",
        outcome.out
    );
    let elsewhere = Sandbox::new().unwrap();
    let file = sandbox.path("tablature.toml");
    let outcome = elsewhere.run(&["codegen", "--config", file.to_str().unwrap()]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(sandbox.read("crates/pets/Cargo.toml").is_ok());
    let outcome = elsewhere.run(&["codegen"]);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.err.starts_with("error: no tablature.toml at or above "),
        "{}",
        outcome.err
    );
}

#[test]
fn crates_are_chosen_by_name() {
    let lamps = PETS.replace("pets", "lamps").replace("api/*.json", "api/pets.json");
    let sandbox = repository(&format!("{PETS}{lamps}"));
    let outcome = sandbox.run(&["codegen", "lamps"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(!sandbox.path("crates/pets").exists() && sandbox.path("crates/lamps/src/lib.rs").exists());
    let outcome = sandbox.run(&["codegen", "lamp", "x"]);
    let expected = "error: tablature.toml has no `[crate.lamp]`, did you mean `lamps`?\n\
                    error: tablature.toml has no `[crate.x]`\n";
    assert_eq!((outcome.code, outcome.err.as_str()), (2, expected));
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    assert!(sandbox.path("crates/pets/src/lib.rs").exists());
    let outcome = sandbox.run(&["codegen", "--print-ir"]);
    assert_eq!(outcome.err, "error: name one of the crates: pets, lamps\n");
}

#[test]
fn what_is_left_out_has_its_reason_in_the_file() {
    let sandbox = repository(&format!("{PETS}skip.feed = \"nobody feeds\"\n"));
    let outcome = sandbox.run(&["codegen"]);
    assert!(outcome.out.contains("left out   operation `feed` "), "{}", outcome.out);
    assert!(outcome.out.contains(": nobody feeds\n"), "{}", outcome.out);
    let sandbox = repository(&format!("{PETS}skip.fed = \"nobody feeds\"\n"));
    assert_eq!(
        sandbox.run(&["codegen"]).err,
        "error: tablature.toml:5:6: skip fed: no operation and no component has this name, did you mean `feed`?\n"
    );
}

#[test]
fn keys_of_the_package_stand_in_its_manifest() {
    let package = r#"
lints.workspace = true
[crate.pets.package]
version.workspace = true
description = "Pets."
license = "MIT"
keywords = ["pets", "api"]
publish = ["internal"]
"#;
    let sandbox = repository(&format!("{PETS}{package}"));
    sandbox
        .write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n")
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let manifest = sandbox.read("crates/pets/Cargo.toml").unwrap();
    assert_snapshot!("member_manifest", manifest.split("\n[features]").next().unwrap());
}

#[test]
fn a_crate_outside_of_a_workspace_stands_alone_and_one_that_is_not_listed_is_told_of() {
    let sandbox = repository(PETS);
    sandbox.run(&["codegen"]);
    assert!(
        sandbox
            .read("crates/pets/Cargo.toml")
            .unwrap()
            .contains("\n[workspace]\n")
    );
    sandbox
        .write("Cargo.toml", "[workspace]\nmembers = [\"apis/*\"]\n")
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert!(!sandbox.read("crates/pets/Cargo.toml").unwrap().contains("[workspace]"));
    let note = "add crates/pets to the members of the workspace above it\n";
    assert!(outcome.out.ends_with(note), "{}", outcome.out);
    // What a member depends on by a path, though by another package, is a member for cargo.
    let package = |name: &str| format!("[package]\nname = \"{name}\"\n[dependencies]\n");
    let app = format!("{}model = {{ path = \"../../model\" }}\n", package("app"));
    sandbox.write("apis/app/Cargo.toml", app).unwrap();
    let model = format!("{}pets.path = \"../crates/pets/\"\n", package("model"));
    sandbox.write("model/Cargo.toml", model).unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert!(!outcome.out.contains("add "), "{}", outcome.out);
}

#[test]
fn a_module_stands_in_a_crate_of_the_user() {
    let module = PETS.replace("out = \"crates/pets\"", "module = \"src/net/api\"");
    let sandbox = repository(&module);
    let refused = sandbox.run(&["codegen"]);
    assert_eq!(
        refused.err,
        "error: cannot emit the module src/net/api: there is no Cargo.toml above it\n"
    );
    sandbox
        .write(
            "Cargo.toml",
            "[package]\nname = \"app\"\n[dependencies]\nserde = \"1\"\n",
        )
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let root = sandbox.directory.to_string_lossy().into_owned();
    let notes: Vec<_> = outcome.out.lines().rev().take(3).collect();
    assert_snapshot!(
        "module_notes",
        format!("{}\n{}\n{}", notes[2], notes[1], notes[0]).replace(&root, "ROOT")
    );
    assert!(!sandbox.path("src/net/api/Cargo.toml").exists());
    let text = ["mod.rs", "pets_api/untagged/feed.rs", "api/default/feed.rs"];
    let text = text
        .iter()
        .filter_map(|it| sandbox.read(&format!("src/net/api/{it}")).ok());
    let all: String = text.collect();
    assert!(all.contains("pub mod ") && !all.contains("cfg(feature"), "{all}");
    for (file, bytes) in sandbox.files("src/net/api") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.replace("crate::net::api", "").contains("crate::"),
            "{file}: {text}"
        );
    }
    // What was emitted once goes again, and what the user declared is found.
    sandbox.write("src/net/api/old/deep.rs", "// @generated\n").unwrap();
    sandbox.write("src/net.rs", "pub(crate) mod api;\n").unwrap();
    sandbox
        .write(
            "Cargo.toml",
            "[dependencies]\nserde = \"1\"\ntablature-runtime = \"0.1\"\n",
        )
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert!(
        outcome.out.contains("removed    src/net/api/old/deep.rs"),
        "{}",
        outcome.out
    );
    assert!(
        !outcome.out.contains("add to") && !outcome.out.contains("declare"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_folder_of_other_files_is_no_output_folder() {
    let sandbox = repository(&PETS.replace("crates/pets", "api"));
    let outcome = sandbox.run(&["codegen"]);
    let expected =
        "error: cannot emit into api: no file in it was generated, and api/pets.json is there; name an empty folder\n";
    assert_eq!((outcome.code, outcome.err.as_str()), (2, expected));
    assert_eq!(sandbox.files("api").len(), 1);
    let sandbox = repository(PETS);
    sandbox.write("crates/pets/README.md", "Pets.").unwrap();
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
}

#[test]
fn a_document_adds_no_crate_that_is_not_allowed() {
    let document = r#"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "x-rust-crates": {"uuid": "1"},
        "paths": {}, "components": {"schemas": {"Pet": {"type": "object", "properties": {"id": ID}}}}}"#;
    let document = document.replace("ID", r#"{"type": "string", "x-rust-type": "uuid::Uuid"}"#);
    let sandbox = repository(PETS);
    sandbox.write("api/pets.json", document).unwrap();
    let refused = sandbox.run(&["codegen"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.starts_with("error[crate-not-allowed]: "), "{}", refused.err);
    for more in ["allow-crates = [\"uuid\"]\n", "curated = true\n"] {
        sandbox.write("tablature.toml", PETS.to_owned() + more).unwrap();
        let allowed = sandbox.run(&["codegen", "--dry-run"]);
        assert_eq!(allowed.code, 0, "{more}: {}", allowed.err);
    }
}
