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

/// What code of a document would be called: no name that is claimed is spelled so.
pub(super) const MARK: &str = "taintCode";

/// Constructs that begin at the start of a line.
const LINES: [&str; 24] = [
    "```\ntaintCode();\n```",
    "~~~rust\ntaintCode();\n~~~",
    "````rust,ignore\ntaintCode();\n````",
    "> ```\n> taintCode();\n> ```",
    "- a\n\n  ~~~\n  taintCode();\n  ~~~",
    "1. ```\n   taintCode();\n   ```",
    "    taintCode();",
    "\ttaintCode();",
    "- a\n\n      taintCode();",
    ">     taintCode();",
    "<script>\ntaintCode()\n</script>",
    "<!--\ntaintCode\n-->",
    "<?taintCode\n?>",
    "<![CDATA[taintCode]]>",
    "<taintCode>",
    "[taintCode]: javascript:taintCode",
    "[^taintCode]: taintCode",
    "![taintCode]: https://a.example/taintCode",
    "#![taintCode]",
    "#[taintCode]",
    "*/ taintCode!(); /*",
    "[dependencies]\ntaintCode = \"1\"",
    "[build-dependencies.taintCode]",
    "| taintCode |\n| --- |\n| <b>taintCode</b> |",
];

/// Constructs within a line.
const SPANS: [&str; 22] = [
    "\"; taintCode!(); \"",
    "\"#; taintCode!(); r#\"",
    "'; taintCode!(); '",
    "*/ taintCode!(); /*",
    "\\\"); taintCode!(); (\"",
    "{taintCode}",
    "`<b>taintCode</b>",
    "`` ` <b>taintCode</b>",
    "<script>taintCode()</script>",
    "<a href=\"javascript:taintCode\">",
    "<javascript:taintCode>",
    "<taintCode@a.example>",
    "[taintCode](javascript:taintCode)",
    "[taintCode](<../../taintCode>)",
    "[taintCode](super::taintCode \"taintCode\")",
    "![taintCode](https://a.example/taintCode.png)",
    "[`taintCode`]",
    "[taintCode][taintCode]",
    "[^taintCode]",
    "\\[taintCode\\](javascript:taintCode)",
    "\"]\ntaintCode = [\"a",
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
    "[taintCode]:",
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
