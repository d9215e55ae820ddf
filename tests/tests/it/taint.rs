//! No text of a document comes out as code, doctest, HTML, link, manifest key or path, whatever it is and wherever it stands.

mod checks;
mod payloads;
mod positions;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tablature_codegen::{Config, Generated, Options, Runtime, codes, generate};
use tablature_openapi::Documents;

use payloads::Payload;
use positions::{Instance, Position};

/// How many failures are shown.
const SHOWN: usize = 60;

/// Emits the crate of a document in place of the one in the folder; `None` where it is refused.
fn emitted(folder: &Path, name: &str, text: &str) -> Option<Generated> {
    let (documents, report) = Documents::load(&[name.to_owned()], &mut |asked| {
        if asked == name {
            return Ok(text.to_owned());
        }
        std::fs::read_to_string(folder.join(asked)).map_err(|error| error.to_string())
    });
    if report.has_errors() {
        return None;
    }
    let mut config = Config::new("tainted", "cargo xtask codegen", Runtime::Version("0.1".to_owned()));
    config.options = Options {
        allow_unsupported: codes::allowable().map(Into::into).collect(),
        tag_features: true,
        ..Options::default()
    };
    generate(&documents, &config).ok()
}

/// Puts a payload into a place of a document, and gives what came out that should not.
fn tried(instance: &Instance, payload: &Payload) -> Option<Vec<String>> {
    let text = positions::tainted(&instance.root, &instance.path, payload);
    let run = AssertUnwindSafe(|| emitted(&instance.folder, &instance.name, &text));
    match catch_unwind(run) {
        Ok(generated) => generated.map(|it| checks::problems(&it)),
        Err(_) => Some(vec!["the generator panics".to_owned()]),
    }
}

#[test]
fn no_text_of_a_document_becomes_more_than_text() {
    let positions = positions::all();
    let payloads = payloads::all();
    let mut failures = Vec::new();
    let mut seen = BTreeSet::new();
    let mut emitted = 0;
    for Position { shape, instance } in &positions {
        for payload in &payloads {
            let Some(problems) = tried(instance, payload) else {
                continue;
            };
            emitted += 1;
            let new = problems
                .into_iter()
                .filter(|it| seen.insert((shape.clone(), it.clone())));
            let of = format!("{shape} ({}, {})", instance.case, payload.name);
            failures.extend(new.map(|problem| format!("{of}: {problem}")));
        }
    }
    println!("{} positions, {emitted} crates emitted", positions.len());
    assert!(positions.len() > 400, "{} positions", positions.len());
    let shown: Vec<_> = failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
}

/// A document is named by a file, and its name becomes a module, a feature and a part of paths.
#[test]
fn no_name_of_a_file_becomes_more_than_a_name() {
    let text = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "ok"}}}}}}"#;
    let mut failures = Vec::new();
    for payload in payloads::all() {
        for name in [format!("{}.json", payload.text), format!("a{}.yaml", payload.text)] {
            let Some(generated) = emitted(Path::new("/"), &name, text) else {
                continue;
            };
            failures.extend(
                checks::problems(&generated)
                    .into_iter()
                    .map(|it| format!("{}: {it}", payload.name)),
            );
        }
    }
    assert_eq!(failures, Vec::<String>::new());
}

/// What has to be found is found: else the other tests show nothing.
#[test]
fn checks_find_what_they_look_for() {
    let file = |path: &str, text: &str| {
        let files = vec![tablature_codegen::File {
            path: path.to_owned(),
            text: text.to_owned(),
        }];
        !checks::problems(&Generated {
            files,
            ..Generated::default()
        })
        .is_empty()
    };
    let docs = |text: &str| {
        file(
            "src/lib.rs",
            &format!(
                "{}pub struct A;\n",
                text.lines().map(|it| format!("/// {it}\n")).collect::<String>()
            ),
        )
    };
    for harmless in [
        "a",
        "`taintcode`",
        "```text\ntaintcode()\n```",
        "<https://a.example>",
        "[`a`](super::a)",
        "\\<b\\>",
    ] {
        assert!(!docs(harmless), "{harmless}");
    }
    for harmful in [
        "```\ntaintcode()\n```",
        "~~~rust\ntaintcode()\n~~~",
        "a\n\n    taintcode()",
        "<script>",
        "a <b> c",
        "[taintcode](javascript:a)",
        "[taintcode](super::taintcode)",
        "![a](https://a.example/b.png)",
        "[taintcode]",
        "[a]: https://a.example",
        "[^1]\n\n[^1]: a",
        "a \u{202e} b",
    ] {
        assert!(docs(harmful), "{harmful}");
    }
    for (path, text) in [
        ("src/../a.rs", ""),
        ("/a.rs", ""),
        ("src/con.rs", ""),
        ("src/a.rs", "fn a() { taintcode() }"),
        ("src/a.rs", "//! a\rb\n"),
        ("src/a.rs", "fn a( {}"),
        (
            "Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\ntaintcode = \"1\"\n",
        ),
        ("Cargo.toml", "[package]\nname = \"a\" # b\n"),
    ] {
        assert!(file(path, text), "{path}: {text}");
    }
    assert!(!file(
        "src/a.rs",
        "/// A name.\nfn taintcode_a() -> &'static str { \"taintcode()\" }"
    ));
}
