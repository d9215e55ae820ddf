//! What a document costs grows with its length, or is bounded: each of these took minutes where it grew with the square.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tablature_codegen::{Config, Runtime, generate};
use tablature_openapi::Documents;

/// How long a document may take, in a debug build on a busy machine: hundreds of times what it takes.
const LIMIT: Duration = Duration::from_secs(60);

/// Emits a document of these schemas, and gives the codes of what is wrong with it.
fn codes(what: &str, schemas: &str) -> Vec<&'static str> {
    let document = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{schemas}}}}}}}"#
    );
    let begin = Instant::now();
    let (documents, report) = Documents::load(&["api.json".to_owned()], &mut |_| Ok(document.clone()));
    assert!(!report.has_errors(), "{what}");
    let generated = generate(
        &documents,
        &Config::new("cost", "cargo xtask codegen", Runtime::Workspace),
    );
    let took = begin.elapsed();
    assert!(took < LIMIT, "{what} took {took:?}");
    generated.map_or_else(|report| report.iter().map(|it| it.code).collect(), |_| Vec::new())
}

/// A schema for each number, separated by commas.
fn chain(length: usize, schema: impl Fn(usize) -> String) -> String {
    (0..length).map(schema).collect::<Vec<_>>().join(",")
}

#[test]
fn long_documents_take_as_long_as_they_are() {
    let described = |text: &str| format!(r#""A":{{"type":"object","description":"{text}"}}"#);
    let member = |name: &str| format!(r#""A":{{"type":"object","properties":{{"{name}":{{"type":"string"}}}}}}"#);
    let runs = (1..900).fold(String::new(), |mut text, length| {
        let _ = write!(text, "{} ", "`".repeat(length));
        text
    });
    // Numbers in signs, of which no name is made.
    let signs: Vec<String> = (0..20_000_u32)
        .map(|it| {
            format!("{it:05}")
                .bytes()
                .map(|c| char::from(b"!#%&()*,:;"[usize::from(c - b'0')]))
                .collect()
        })
        .collect();
    let next = |it: usize, length: usize| format!("#/components/schemas/A{}", (it + 1) % length);
    for (what, schemas) in [
        ("brackets", described(&"[".repeat(400_000))),
        ("links that do not end", described(&"[a](".repeat(100_000))),
        ("runs of back quotes", described(&runs)),
        ("quotes and lists", described(&"- a\\n> b\\n".repeat(10_000))),
        ("a name of capitals", member(&"ABs".repeat(50_000))),
        (
            "texts of signs",
            format!(r#""A":{{"type":"string","enum":["{}"]}}"#, signs.join("\",\"")),
        ),
        (
            "names spelled alike",
            chain(1_000, |it| format!(r#""a{}":{{"type":"object"}}"#, "-".repeat(it))),
        ),
        (
            "references to references",
            chain(6_000, |it| match it {
                0 => r#""A0":{"type":"object"}"#.to_owned(),
                _ => format!(r##""A{it}":{{"$ref":"#/components/schemas/A{}"}}"##, it - 1),
            }),
        ),
        (
            "a ring",
            chain(2_000, |it| {
                format!(
                    r#""A{it}":{{"type":"object","properties":{{"a":{{"$ref":"{}"}}}}}}"#,
                    next(it, 2_000)
                )
            }),
        ),
    ] {
        assert_eq!(codes(what, &schemas), Vec::<&str>::new(), "{what}");
    }
}

#[test]
fn chains_of_parts_are_bounded() {
    let parts = chain(6_000, |it| match it {
        0 => r#""A0":{"type":"object"}"#.to_owned(),
        _ => format!(
            r##""A{it}":{{"allOf":[{{"$ref":"#/components/schemas/A{}"}}]}}"##,
            it - 1
        ),
    });
    assert_eq!(codes("a chain of allOf", &parts), ["too-many-parts"]);
}
