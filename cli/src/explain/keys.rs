//! The keys of `tablature.toml`, for people: a line each, or a page of Markdown.

use crate::config::keys::{CRATE, DOCUMENT, FILE, Key, PACKAGE, PAGES, Table};

/// The tables of the file.
const TABLES: [&Table; 5] = [&FILE, &CRATE, &DOCUMENT, &PACKAGE, &PAGES];

/// A key and its meaning on a line each.
pub(super) fn list() -> String {
    let mut out = String::new();
    for table in TABLES {
        out += &format!("{}\n", table.title);
        for Key { name, meaning, .. } in table.keys {
            out += &format!("  {name:<14}  {meaning}\n");
        }
    }
    out
}

/// What stands before the tables of the page.
const INTRODUCTION: &str = "\
# tablature.toml

`tablature` looks for `tablature.toml` in the current folder and above it; `--config FILE` names another. All paths in \
it start from its folder. An unknown key is an error, and all problems are reported at once. `tablature init` writes a \
first one. This page is the output of `tablature explain --keys --markdown`.

```toml
[crate.petstore]
documents = [\"api/petstore.json\"]
out = \"crates/petstore\"

[crate.petstore.skip]
uploadFile = \"the server has not answered it for a year\"

[crate.petstore.package]
license = \"MIT\"
version.workspace = true
```
";

/// The page of all keys.
pub(super) fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    for table in TABLES {
        out += &format!("\n## Keys of {}\n\n", table.title);
        out += "| key | value | default | meaning |\n| --- | --- | --- | --- |\n";
        for it in table.keys {
            let row = [it.kind.expected(), it.default, it.meaning];
            let row = row.map(|it| it.replace('|', "\\|")).join(" | ");
            out += &format!("| `{}` | {row} |\n", it.name);
        }
    }
    out
}
