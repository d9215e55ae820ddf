//! No text of a document comes out as code, doctest, HTML, link, manifest key or path, whatever it is and wherever it stands.

mod checks;
mod payloads;
mod positions;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use tablature_codegen::{Config, Generated, Options, Runtime, codes, generate};
use tablature_openapi::Documents;

use checks::Checked;
use payloads::Payload;
use positions::{Position, Subject};

/// How many failures are shown.
const SHOWN: usize = 60;

/// In how many documents positions of one shape are tried. Where all of them refuse any other text, it is one of
/// keywords, such as types and versions.
const DOCUMENTS: usize = 2;

/// In how many places of a document a payload is put at once: each can hide what another would show.
const AT_ONCE: usize = 12;

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
        default_features: true,
        ..Options::default()
    };
    generate(&documents, &config).ok()
}

/// A document, the positions that are tried in it, and what came of it.
struct Trial<'a> {
    subject: &'a Subject,
    checked: Checked,
    /// Positions by payload, as far as the document was emitted with it there.
    emitted: usize,
    failures: Vec<String>,
}

impl<'a> Trial<'a> {
    fn of(subject: &'a Subject) -> Self {
        Self {
            subject,
            checked: Checked::default(),
            emitted: 0,
            failures: Vec::new(),
        }
    }

    /// What is wrong with what is emitted with a payload in these positions; `None` where the document is refused.
    fn problems(&mut self, positions: &[Position], payload: &Payload) -> Option<Vec<String>> {
        let text = self.subject.tainted(positions, payload);
        let run = AssertUnwindSafe(|| emitted(&self.subject.folder, &self.subject.name, &text));
        match catch_unwind(run) {
            Ok(generated) => generated.map(|it| self.checked.problems(&it)),
            Err(_) => Some(vec!["the generator panics".to_owned()]),
        }
    }

    /// The positions in groups that can all have another text at once. What nothing else can stand in for, such as a
    /// type or a version, is in none.
    fn groups(&self, positions: &[Position], groups: &mut Vec<Vec<Position>>) {
        let other = Payload {
            name: String::new(),
            text: "x".to_owned(),
            replaces: false,
        };
        let text = self.subject.tainted(positions, &other);
        if emitted(&self.subject.folder, &self.subject.name, &text).is_some() {
            groups.push(positions.to_owned());
        } else if positions.len() > 1 {
            let (one, two) = positions.split_at(positions.len() / 2);
            self.groups(one, groups);
            self.groups(two, groups);
        }
    }

    /// Tries a payload in all of these positions at once, and in fewer where it is refused or something is wrong.
    fn put(&mut self, positions: &[Position], payload: &Payload) {
        let found = self.problems(positions, payload);
        match found {
            Some(problems) if problems.is_empty() => self.emitted += positions.len(),
            Some(problems) if positions.len() == 1 => self.fail(&positions[0].shape, payload, &problems),
            Some(problems) => {
                let before = self.failures.len();
                self.halves(positions, payload);
                if self.failures.len() == before {
                    self.fail("several positions together", payload, &problems);
                }
            }
            None if positions.len() > 1 => self.halves(positions, payload),
            None => {}
        }
    }

    fn halves(&mut self, positions: &[Position], payload: &Payload) {
        let (one, two) = positions.split_at(positions.len() / 2);
        self.put(one, payload);
        self.put(two, payload);
    }

    fn fail(&mut self, at: &str, payload: &Payload, problems: &[String]) {
        let of = format!("{at} ({}, {})", self.subject.case, payload.name);
        self.failures.extend(problems.iter().map(|it| format!("{of}: {it}")));
    }
}

#[test]
fn no_text_of_a_document_becomes_more_than_text() {
    let subjects = positions::subjects();
    let (mut shapes, mut tried, mut maps) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    let trials: Vec<_> = subjects
        .iter()
        .map(|subject| {
            let (trial, mut groups) = (Trial::of(subject), Vec::new());
            let known = |it: &str| tried.get(it) >= Some(&DOCUMENTS);
            let positions = subject.positions(&known, &mut maps);
            positions.chunks(AT_ONCE).for_each(|it| trial.groups(it, &mut groups));
            let taken: Vec<Position> = groups.drain(..).flatten().collect();
            taken.chunks(AT_ONCE).for_each(|it| trial.groups(it, &mut groups));
            shapes.extend(taken.into_iter().map(|it| it.shape));
            for Position { shape, .. } in positions {
                *tried.entry(shape).or_default() += 1;
            }
            (trial, groups)
        })
        .collect();
    let (trials, payloads) = (Mutex::new(trials), payloads::all());
    let (emitted, failures) = (Mutex::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let Some((mut trial, groups)) = trials.lock().unwrap().pop() else {
                return;
            };
            for group in &groups {
                payloads.iter().for_each(|it| trial.put(group, it));
            }
            *emitted.lock().unwrap() += trial.emitted;
            failures.lock().unwrap().append(&mut trial.failures);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().unwrap();
    let shown: Vec<_> = failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
    let counts = (shapes.len(), emitted.into_inner().unwrap());
    for shape in [
        "/info/description",
        "/paths/* (key)",
        "/components/schemas/* (key)",
        "responses/*/content/* (key)",
    ] {
        assert!(shapes.contains(shape), "{shape} is not tried");
    }
    println!(
        "{} shapes of positions, {} times emitted with a payload",
        counts.0, counts.1
    );
    assert!(counts.0 > 150 && counts.1 > 2_000, "too little is tried: {counts:?}");
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
                Checked::default()
                    .problems(&generated)
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
        !Checked::default()
            .problems(&Generated {
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
        "`taintCode`",
        "```text\ntaintCode()\n```",
        "<https://a.example>",
        "[`a`](super::a)",
        "\\<b\\>",
    ] {
        assert!(!docs(harmless), "{harmless}");
    }
    for harmful in [
        "```\ntaintCode()\n```",
        "~~~rust\ntaintCode()\n~~~",
        "a\n\n    taintCode()",
        "<script>",
        "a <b> c",
        "[taintCode](javascript:a)",
        "[taintCode](super::taintCode)",
        "![a](https://a.example/b.png)",
        "[taintCode]",
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
        ("src/a.rs", "fn a() { taintCode() }"),
        ("src/a.rs", "//! a\rb\n"),
        ("src/a.rs", "fn a( {}"),
        (
            "Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\ntaintCode = \"1\"\n",
        ),
        ("Cargo.toml", "[package]\nname = \"a\" # b\n"),
    ] {
        assert!(file(path, text), "{path}: {text}");
    }
    assert!(!file(
        "src/a.rs",
        "/// A name.\nfn taintCode_a() -> &'static str { \"taintCode()\" }"
    ));
}
