//! Texts that would be more than text somewhere: in Markdown, Rust, TOML, HTML, on a terminal or in a file system.

/// A text that is put into a document.
#[derive(Debug)]
pub(super) struct Payload {
    /// What it is, for who reads a failure.
    pub name: String,
    /// The text.
    pub text: String,
    /// Whether it stands in place of the text that was there, or after it.
    pub replaces: bool,
}

/// What code of a document would be called: as an identifier of its own it is code.
pub(super) const MARK: &str = "taintcode";

/// Constructs that begin at the start of a line.
const LINES: [&str; 24] = [
    "```\ntaintcode();\n```",
    "~~~rust\ntaintcode();\n~~~",
    "````rust,ignore\ntaintcode();\n````",
    "> ```\n> taintcode();\n> ```",
    "- a\n\n  ~~~\n  taintcode();\n  ~~~",
    "1. ```\n   taintcode();\n   ```",
    "    taintcode();",
    "\ttaintcode();",
    "- a\n\n      taintcode();",
    ">     taintcode();",
    "<script>\ntaintcode()\n</script>",
    "<!--\ntaintcode\n-->",
    "<?taintcode\n?>",
    "<![CDATA[taintcode]]>",
    "<taintcode>",
    "[taintcode]: javascript:taintcode",
    "[^taintcode]: taintcode",
    "![taintcode]: https://a.example/taintcode",
    "#![taintcode]",
    "#[taintcode]",
    "*/ taintcode!(); /*",
    "[dependencies]\ntaintcode = \"1\"",
    "[build-dependencies.taintcode]",
    "| taintcode |\n| --- |\n| <b>taintcode</b> |",
];

/// Constructs within a line.
const SPANS: [&str; 22] = [
    "\"; taintcode!(); \"",
    "\"#; taintcode!(); r#\"",
    "'; taintcode!(); '",
    "*/ taintcode!(); /*",
    "\\\"); taintcode!(); (\"",
    "{taintcode}",
    "`<b>taintcode</b>",
    "`` ` <b>taintcode</b>",
    "<script>taintcode()</script>",
    "<a href=\"javascript:taintcode\">",
    "<javascript:taintcode>",
    "<taintcode@a.example>",
    "[taintcode](javascript:taintcode)",
    "[taintcode](<../../taintcode>)",
    "[taintcode](super::taintcode \"taintcode\")",
    "![taintcode](https://a.example/taintcode.png)",
    "[`taintcode`]",
    "[taintcode][taintcode]",
    "[^taintcode]",
    "\\[taintcode\\](javascript:taintcode)",
    "\"]\ntaintcode = [\"a",
    "\\",
];

/// What begins a block only at the start of a line, which wrapping makes of any place in a text.
const WRAPPED: [&str; 16] = [
    "```",
    "~~~",
    "<script>",
    "<!--",
    "#",
    ">",
    "-",
    "+",
    "*",
    "1.",
    "1)",
    "[taintcode]:",
    "===",
    "---",
    "|",
    "[^a]:",
];

/// All payloads.
pub(super) fn all() -> Vec<Payload> {
    let mut all = Vec::new();
    let mut add = |name: &str, text: String, replaces: bool| {
        all.push(Payload {
            name: name.to_owned(),
            text,
            replaces,
        });
    };
    let lines = LINES.join("\n\n");
    add("lines", format!("\n\n{lines}\n\n"), false);
    add("lines after carriage returns", lines.replace('\n', "\r"), true);
    add("spans", SPANS.map(|it| it.replace('\n', " ")).join(" "), true);
    add("wrapped", wrapped(), false);
    add(
        "control characters and directions",
        "\u{0}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}\u{2028}\u{2029}\u{feff}\u{202e}a\u{2066}b\u{2069}\u{200f}\u{61c}\r\r\n\r"
            .to_owned(),
        false,
    );
    add("path up", "../../taint".to_owned(), true);
    add("path of Windows", "..\\..\\C:\\taint:stream".to_owned(), true);
    add("absolute path", "/taint".to_owned(), true);
    add("device", "con".to_owned(), true);
    add("device with ending", "NUL.json".to_owned(), true);
    add("long", "x".repeat(300), true);
    add("long signs", "é%".repeat(200), true);
    add("nothing", String::new(), true);
    add("a quote", "\"".to_owned(), true);
    add("two back quotes", "``".to_owned(), true);
    add("an open fence", "```".to_owned(), true);
    all
}

/// Each construct at every distance from the start of a line that wrapping can leave.
fn wrapped() -> String {
    let mut text = String::new();
    for construct in WRAPPED {
        for width in 86..93 {
            text += &format!(" {} {construct} {MARK}() {construct}", "x".repeat(width));
        }
    }
    text
}
