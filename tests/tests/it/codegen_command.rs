//! `cargo xtask codegen` from the command line to the files: what it writes, keeps, refuses and says.

use std::fs;
use std::time::Duration;

use insta::assert_snapshot;
use tablature_tests::sandbox::Sandbox;

/// A document of one operation and two models.
const PETS: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Pets", "version": "1.0.0"},
  "paths": {
    "/pets/{id}": {
      "get": {
        "operationId": "readPet",
        "tags": ["pets"],
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {
          "200": {
            "description": "The pet.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Pet": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "owner": {"$ref": "#/components/schemas/Owner"}}
      },
      "Owner": {"type": "object", "properties": {"name": {"type": "string"}}}
    }
  }
}
"##;

/// The same with one model less.
fn pets_without_owner() -> String {
    let text = PETS.replace(r##", "owner": {"$ref": "#/components/schemas/Owner"}"##, "");
    text.replace(
        ",\n      \"Owner\": {\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}",
        "",
    )
}

fn workspace() -> Sandbox {
    Sandbox::workspace(&[("pets.json", PETS)]).unwrap()
}

#[test]
fn a_first_run_writes_and_a_second_leaves_alone() {
    let sandbox = workspace();
    let first = sandbox.run(&["codegen"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{}", first.out);
    assert_snapshot!(first.out);

    let modified = || -> Vec<_> {
        let files = sandbox.files("generated").into_keys();
        files
            .map(|file| {
                fs::metadata(sandbox.path(&format!("generated/{file}")))
                    .unwrap()
                    .modified()
                    .unwrap()
            })
            .collect()
    };
    let before = modified();
    std::thread::sleep(Duration::from_millis(20));
    let second = sandbox.run(&["codegen"]);
    assert_eq!(second.code, 0);
    assert!(second.out.ends_with(": up to date\n"), "{}", second.out);
    assert_eq!(modified(), before);
}

#[test]
fn every_emitted_file_says_how_it_is_made() {
    let sandbox = workspace();
    sandbox.run(&["codegen"]);
    for (file, text) in sandbox.files("generated") {
        let first = text.split(|byte| *byte == b'\n').next().unwrap();
        let first = String::from_utf8_lossy(first);
        let comment = match file.rsplit_once('.') {
            Some((_, "rs")) => "//",
            Some((_, "md")) => "<!--",
            _ => "#",
        };
        assert!(first.starts_with(&format!("{comment} @generated ")), "{file}: {first}");
        assert!(first.contains("`tablature codegen`"), "{file}: {first}");
    }
}

#[test]
fn what_is_emitted_no_longer_goes_and_what_is_not_ours_stays() {
    let sandbox = workspace();
    sandbox.run(&["codegen"]);
    let owned = [
        "generated/src/old/deep/model.rs",
        "generated/src/old.rs",
        "generated/old.toml",
    ];
    for file in owned {
        sandbox
            .write(
                file,
                if file.ends_with("toml") {
                    "# @generated\n"
                } else {
                    "// @generated\n"
                },
            )
            .unwrap();
    }
    let kept = [
        "generated/src/mine.rs",
        "generated/README.md",
        "generated/src/kept/notes.txt",
        "generated/target/a.rs",
        "generated/docs/a.rs",
    ];
    for file in kept {
        let text = if file.ends_with("a.rs") {
            "// @generated\n"
        } else {
            "// Mine.\n"
        };
        sandbox.write(file, text).unwrap();
    }
    sandbox.write("generated/src/kept/old.rs", "// @generated\n").unwrap();
    sandbox.write("schema/pets.json", pets_without_owner()).unwrap();

    let outcome = sandbox.run(&["codegen"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_snapshot!(outcome.out);
    assert!(owned.iter().all(|file| !sandbox.path(file).exists()));
    assert!(!sandbox.path("generated/src/old").exists() && sandbox.path("generated/src/kept").exists());
    assert!(kept.iter().all(|file| sandbox.path(file).exists()));
    assert!(!sandbox.path("generated/src/kept/old.rs").exists());
}

#[test]
fn files_in_the_way_are_named_at_once_before_anything_is_written() {
    let sandbox = workspace();
    sandbox
        .write("generated/Cargo.toml", "[package]\nname = \"mine\"\n")
        .unwrap();
    sandbox.write("generated/src/lib.rs/notes.txt", "a folder").unwrap();
    let before = sandbox.files("generated");
    for arguments in [&["codegen"][..], &["codegen", "--check"]] {
        let outcome = sandbox.run(arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
        assert_snapshot!("files_in_the_way", outcome.err);
        assert_eq!(sandbox.files("generated"), before);
    }
    fs::remove_dir_all(sandbox.path("generated")).unwrap();
    sandbox.write("generated/src", "a file").unwrap();
    assert_snapshot!(sandbox.run(&["codegen"]).err);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let sandbox = workspace();
    sandbox.write("elsewhere/lib.rs", "// @generated\n").unwrap();
    fs::create_dir(sandbox.path("generated")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", sandbox.path("generated/src")).unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!(outcome.code, 2);
    assert_snapshot!(outcome.err);
    assert_eq!(sandbox.read("elsewhere/lib.rs").unwrap(), "// @generated\n");
}

#[test]
fn a_failed_run_leaves_the_output_untouched() {
    let sandbox = workspace();
    sandbox.run(&["codegen"]);
    let before = sandbox.files("generated");
    sandbox
        .write("schema/pets.json", PETS.replace("operationId", "operationID"))
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert_snapshot!(outcome.err);
    assert_eq!(sandbox.files("generated"), before);
}

#[test]
fn a_check_says_what_differs_and_writes_nothing() {
    let sandbox = workspace();
    sandbox.run(&["codegen"]);
    let clean = sandbox.run(&["codegen", "--check"]);
    assert_eq!(clean.code, 0);
    assert_snapshot!("check_of_fresh_output", clean.out);

    let lib = sandbox.read("generated/src/lib.rs").unwrap();
    sandbox
        .write("generated/src/lib.rs", format!("{lib}mod more;\n"))
        .unwrap();
    sandbox.write("generated/src/old.rs", "// @generated\n").unwrap();
    fs::remove_file(sandbox.path("generated/Cargo.toml")).unwrap();
    let before = sandbox.files("generated");
    let outcome = sandbox.run(&["codegen", "--check"]);
    assert_eq!(outcome.code, 1);
    assert_snapshot!("check_of_stale_output", outcome.out);
    assert_eq!(sandbox.files("generated"), before);
}

#[test]
fn the_repository_is_found_from_a_subfolder() {
    let mut sandbox = workspace();
    sandbox.write("runtime/src/lib.rs", "").unwrap();
    sandbox.directory.push("runtime/src");
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    assert!(sandbox.path("generated/Cargo.toml").is_file());
}

#[test]
fn a_stand_alone_crate_names_its_runtime() {
    let sandbox = workspace();
    sandbox.write("docs/Pet Store.json", PETS).unwrap();
    sandbox
        .write("checkouts/runtime/core/Cargo.toml", "[package]\n")
        .unwrap();
    let emit = |runtime: &[&str]| {
        let arguments = [
            "codegen",
            "--schema",
            "docs/Pet Store.json",
            "--out",
            "crates/Pet Store/",
        ];
        let outcome = sandbox.run(&[&arguments, runtime].concat());
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        sandbox.read("crates/Pet Store/Cargo.toml").unwrap()
    };
    assert_snapshot!("stand_alone_manifest", emit(&["--runtime", "0.1"]));
    let line = |manifest: String| {
        manifest
            .lines()
            .find(|line| line.starts_with("tablature-runtime"))
            .unwrap()
            .to_owned()
    };
    assert_snapshot!(line(emit(&["--runtime", "^0.1.3"])), @r#"tablature-runtime = "^0.1.3""#);
    assert_snapshot!(
        line(emit(&["--runtime", "checkouts/runtime"])),
        @r#"tablature-runtime = { version = "0.1.0", path = "../../checkouts/runtime/core" }"#
    );
}

#[test]
fn the_bytes_do_not_depend_on_where_the_files_are() {
    let (near, far) = (Sandbox::new().unwrap(), Sandbox::new().unwrap());
    near.write("pets.json", PETS).unwrap();
    far.write("a/b/pets.json", PETS).unwrap();
    let absolute = far.path("a/b/pets.json");
    for (sandbox, schema, out) in [
        (&near, "./pets.json", "pets"),
        (&far, absolute.to_str().unwrap(), "c/../pets"),
    ] {
        let arguments = ["codegen", "--schema", schema, "--out", out, "--runtime", "0.1"];
        let outcome = sandbox.run(&arguments);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    }
    assert_eq!(near.files("pets"), far.files("pets"));
    let parent = near.directory.to_string_lossy().into_owned();
    for (file, text) in near.files("pets") {
        assert!(
            !String::from_utf8(text).unwrap().contains(&parent),
            "{file} names a folder of this machine"
        );
    }
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let sandbox = workspace();
    sandbox.write("latin.json", b"{\n  \"t\xc3\xa4g\": \"\xe4\"}").unwrap();
    sandbox.write("cut.json", "{\n  \"openapi\": \"3.1.0\",\n").unwrap();
    sandbox.write("a_file", "").unwrap();
    let emit = |schema: &[&str], out| sandbox.run(&[&["codegen", "--schema"], schema, &["--out", out]].concat());

    let unreadable = emit(&["latin.json", "missing.json", "."], "out");
    assert_eq!((unreadable.code, unreadable.out.as_str()), (2, ""));
    assert_snapshot!("unreadable_documents", unreadable.err);

    let invalid = emit(&["cut.json"], "out");
    assert_eq!((invalid.code, invalid.out.as_str()), (1, ""));
    assert_snapshot!("invalid_json", invalid.err);

    assert_snapshot!(emit(&["schema/pets.json"], "a_file").err, @"error: cannot emit into a_file: it is no folder");
    assert_snapshot!(emit(&["schema/pets.json"], "a_file/b").err, @"error: cannot emit into a_file/b: a part of the path is no folder");
    assert_snapshot!(emit(&["schema/pets.json"], "/").err, @"error: cannot emit into /: it has no name for the package");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_folder_with_other_files_is_not_taken_for_the_output() {
    let sandbox = workspace();
    for file in ["a.md", "b.md", "c.md", ".hidden"] {
        sandbox.write(&format!("docs/{file}"), "").unwrap();
    }
    let before = sandbox.files("docs");
    let outcome = sandbox.run(&[
        "codegen",
        "--schema",
        "schema/pets.json",
        "--runtime",
        "0.1",
        "--out",
        "docs",
    ]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_snapshot!(outcome.err, @"error: cannot emit into docs: no file in it was generated, and docs/a.md is there; name an empty folder");
    assert_eq!(sandbox.files("docs"), before);
    let schema = [
        "codegen",
        "--schema",
        "schema/pets.json",
        "--runtime",
        "0.1",
        "--out",
        "schema",
    ];
    assert_eq!(sandbox.run(&schema).code, 2);
}

#[test]
fn titles_that_documents_share_are_named_once() {
    let sandbox = workspace();
    for (file, title) in [("a", "Pets"), ("b", "Owners"), ("c", "Pets")] {
        let text = PETS.replace("\"Pets\"", &format!("\"{title}\""));
        sandbox.write(&format!("docs/{file}.json"), text).unwrap();
    }
    let documents = ["docs/a.json", "docs/b.json", "docs/c.json"];
    let emit = [
        &["codegen", "--runtime", "0.1", "--out", "out", "--schema"],
        &documents[..],
    ]
    .concat();
    let outcome = sandbox.run(&emit);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let manifest = sandbox.read("out/Cargo.toml").unwrap();
    assert!(
        manifest.contains("description = \"Typed requests and models of Pets, Owners.\"\n"),
        "{manifest}"
    );
}

#[test]
fn equal_warnings_are_shown_once_with_their_places() {
    let sandbox = workspace();
    let mut operations = String::new();
    for number in 0..8 {
        let operation = r#"{"responses": {"204": {"description": "Done."}}, "parameters": [{"name": "Accept", "in": "header", "schema": {}}]}"#;
        operations += &format!("\n    \"/x{number}\": {{\"get\": {operation}}},");
    }
    sandbox
        .write(
            "pets.json",
            PETS.replace("\"paths\": {", &format!("\"paths\": {{{operations}")),
        )
        .unwrap();
    let outcome = sandbox.run(&["codegen", "--schema", "pets.json", "--runtime", "0.1", "--out", "out"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_snapshot!(outcome.err);
}

#[test]
fn documents_that_refer_to_each_other_are_read_from_their_folder() {
    let sandbox = workspace();
    let shared = r#"{"openapi": "3.1.0", "info": {"title": "Shared", "version": "1"}, "components": {"schemas": {"Owner": {"type": "object", "properties": {"name": {"type": "string"}}}}}}"#;
    sandbox.write("docs/shared/owner.json", shared).unwrap();
    sandbox
        .write(
            "docs/api/pets.json",
            pets_without_owner().replace(
                r#"{"name": {"type": "string"}}"#,
                r##"{"owner": {"$ref": "../shared/owner.json#/components/schemas/Owner"}}"##,
            ),
        )
        .unwrap();
    let arguments = [
        "codegen",
        "--schema",
        "docs/api/pets.json",
        "--out",
        "pets",
        "--allow-outside",
        "docs/shared",
    ];
    let outcome = sandbox.run(&arguments);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    fs::remove_file(sandbox.path("docs/shared/owner.json")).unwrap();
    let outcome = sandbox.run(&arguments);
    assert_eq!(outcome.code, 1);
    assert_snapshot!(outcome.err);
}

#[test]
fn misuse_is_told_apart_from_errors() {
    let sandbox = workspace();
    for arguments in [
        &["codegen", "--out", "x"][..],
        &["codegen", "--schema", "x.json"],
        &["codegen", "--runtime", "0.1"],
        &["codegen", "--unknown"],
        &["codgen"],
        &[],
        &[
            "codegen",
            "--schema",
            "schema/pets.json",
            "--out",
            "x",
            "--runtime",
            "no/such",
        ],
    ] {
        let outcome = sandbox.run(arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!outcome.err.is_empty());
    }
    assert!(!sandbox.path("x").exists() && !sandbox.path("generated").exists());
}

#[test]
fn every_command_has_a_help() {
    let sandbox = Sandbox::new().unwrap();
    for (name, arguments) in [("help", &["--help"][..]), ("help_of_codegen", &["codegen", "--help"])] {
        let outcome = sandbox.run(arguments);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        assert_snapshot!(name, outcome.out);
    }
}

#[test]
fn many_findings_are_counted_and_a_long_line_is_cut() {
    let sandbox = workspace();
    let paths: Vec<_> = (0..2_000)
        .map(|number| format!("\"no-slash-{number}\": {{}}"))
        .collect();
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"Long\", \"version\": \"1\"}}, \"paths\": {{{}}}}}",
        paths.join(", ")
    );
    sandbox.write("long.json", text).unwrap();
    let outcome = sandbox.run(&["codegen", "--schema", "long.json", "--out", "out"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.lines().all(|line| line.chars().count() < 160));
    let end: Vec<_> = outcome.err.lines().rev().take(2).collect();
    assert_eq!(end, ["2000 errors", "... and 1900 more"]);
}

#[test]
fn colours_are_only_where_they_are_wanted() {
    let sandbox = workspace();
    sandbox
        .write("schema/pets.json", PETS.replace("operationId", "operationID"))
        .unwrap();
    for (arguments, colored) in [
        (&["codegen"][..], false),
        (&["codegen", "--color", "auto"], false),
        (&["codegen", "--color", "always"], true),
        (&["--color", "never", "codegen"], false),
    ] {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, 1);
        assert_eq!(outcome.err.contains('\u{1b}'), colored, "{arguments:?}");
    }
}

#[test]
fn the_ir_is_printed_whole_or_by_name() {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("pets.json", PETS).unwrap();
    let print = |name: &[&str]| sandbox.run(&[&["codegen", "--schema", "pets.json", "--print-ir"], name].concat());
    let parsed = |name: &[&str]| {
        let outcome = print(name);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        serde_json::from_str::<serde_json::Value>(&outcome.out).unwrap()
    };
    assert_eq!(parsed(&[])["modules"][0]["api"]["models"][1]["items"][0]["name"], "Pet");
    assert_eq!(
        parsed(&["Pet"])["items"][0]["kind"]["Model"]["fields"][0]["wire"],
        "name"
    );
    assert_eq!(parsed(&["readPet"])["path"], "/pets/{id}");
    let outcome = print(&["Pets"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.ends_with("did you mean `Pet`?\n"), "{}", outcome.err);
}
