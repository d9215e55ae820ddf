//! The keys of `tablature.toml`, in one table: what reads them and what documents them come from it.

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A list of files, patterns and published documents.
    Documents,
    /// A table of names with reasons.
    Reasons,
    /// `{ workspace = true }`.
    Workspace,
    /// A string, or `{ workspace = true }`.
    TextOrWorkspace,
    /// A list of strings, or `{ workspace = true }`.
    TextsOrWorkspace,
    /// `true`, `false`, a list of registries, or `{ workspace = true }`.
    PublishOrWorkspace,
}

impl Kind {
    /// What a value has to be, with its article.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Flag => "`true` or `false`",
            Self::Documents => "a list of files and of tables with `url`, `sha256` and `file`",
            Self::Reasons => "a table whose keys are names and whose values are the reasons",
            Self::Workspace => "`{ workspace = true }`",
            Self::TextOrWorkspace => "a string, or `{ workspace = true }`",
            Self::TextsOrWorkspace => "a list of strings, or `{ workspace = true }`",
            Self::PublishOrWorkspace => "`true`, `false`, a list of registries, or `{ workspace = true }`",
        }
    }
}

/// A key.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// What holds where it is absent.
    pub default: &'static str,
    /// What it means, in whole sentences.
    pub meaning: &'static str,
}

/// A table of the file and the keys that it may have.
#[derive(Debug)]
pub(crate) struct Table {
    /// As a message names it.
    pub title: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
}

const fn key(name: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> Key {
    Key {
        name,
        kind,
        default,
        meaning,
    }
}

/// The keys of the whole file, beside the tables that follow.
pub(crate) static FILE: Table = Table {
    title: "the file",
    keys: &[key(
        "command",
        Kind::Text,
        "`tablature codegen`",
        "The command that every emitted file names in its first line, for those who start it by another.",
    )],
};

/// The keys of `[crate.NAME]`.
pub(crate) static CRATE: Table = Table {
    title: "`[crate.NAME]`",
    keys: &[
        key(
            "documents",
            Kind::Documents,
            "required",
            "The OpenAPI documents: files and patterns such as `api/*.json`, from the folder of `tablature.toml` on. \
             A pattern passes by the lock and the waivers of `[pages]`. A published document is a table with its \
             HTTPS `url`, the `file` that a copy of it is kept in, and the `sha256` of that copy: `tablature fetch` \
             refreshes both, and nothing else uses the network.",
        ),
        key(
            "out",
            Kind::Text,
            "this or `module` is required",
            "The folder of the emitted crate.",
        ),
        key(
            "module",
            Kind::Text,
            "this or `out` is required",
            "The folder of an emitted module of a crate of your own, such as `src/api`. Nothing else of your crate is \
             changed: the run says which dependencies and which `mod` it needs. The module has no cargo features; it \
             sends calls where the crate depends on `tablature-client`.",
        ),
        key(
            "runtime",
            Kind::Text,
            "the version of `tablature`",
            "Where the emitted crate finds the runtime: a version, a folder of its packages, or `workspace`, which \
             takes it and `serde` from `[workspace.dependencies]`.",
        ),
        key(
            "only",
            Kind::Texts,
            "everything",
            "The tags, operations and webhooks to emit, with the models that they need.",
        ),
        key(
            "skip",
            Kind::Reasons,
            "nothing",
            "The operations and schemas to leave out, each with the reason. In place of a schema any value is taken.",
        ),
        key(
            "allow",
            Kind::Texts,
            "nothing",
            "The diagnostics that become warnings: what they are about is taken in a weaker form.",
        ),
        key(
            "allow-crates",
            Kind::Texts,
            "none",
            "The packages that the documents may make the emitted code depend on, by `x-rust-crates`. Those that an \
             overlay or a `curated` document names, and those of the workspace around, need not be listed.",
        ),
        key(
            "allow-outside",
            Kind::Texts,
            "none",
            "The folders beside that of the first document that references may lead into.",
        ),
        key(
            "overlays",
            Kind::Texts,
            "none",
            "The files with OpenAPI Overlays to apply to the documents, in their order.",
        ),
        key(
            "curated",
            Kind::Flag,
            "`false`",
            "Whether the documents are your own, so that all of them has to be right, also what only people read. \
             `tablature pages` works on such documents, and no cargo feature of them is a default where they are \
             several.",
        ),
        key(
            "lints",
            Kind::Workspace,
            "none",
            "Whether the emitted crate takes the lints of its workspace.",
        ),
    ],
};

/// The keys of `[crate.NAME.package]`.
pub(crate) static PACKAGE: Table = Table {
    title: "`[crate.NAME.package]`",
    keys: &[
        key(
            "version",
            Kind::TextOrWorkspace,
            "`0.1.0`",
            "The version of the emitted package.",
        ),
        key(
            "description",
            Kind::TextOrWorkspace,
            "the title of the documents",
            "What the package is.",
        ),
        key(
            "license",
            Kind::TextOrWorkspace,
            "none",
            "The licence, as an SPDX expression.",
        ),
        key(
            "license-file",
            Kind::TextOrWorkspace,
            "none",
            "The file with the licence.",
        ),
        key(
            "repository",
            Kind::TextOrWorkspace,
            "none",
            "The address of the sources.",
        ),
        key("homepage", Kind::TextOrWorkspace, "none", "The address of the project."),
        key(
            "documentation",
            Kind::TextOrWorkspace,
            "docs.rs, by cargo",
            "The address of the documentation.",
        ),
        key(
            "readme",
            Kind::TextOrWorkspace,
            "`README.md`, by cargo, where it exists",
            "The file with the readme.",
        ),
        key("authors", Kind::TextsOrWorkspace, "none", "Who wrote the package."),
        key(
            "keywords",
            Kind::TextsOrWorkspace,
            "none",
            "At most five words for searching.",
        ),
        key(
            "categories",
            Kind::TextsOrWorkspace,
            "none",
            "At most five categories of crates.io.",
        ),
        key(
            "edition",
            Kind::Workspace,
            "`2024`",
            "Whether the edition is that of the workspace, which has to be 2024.",
        ),
        key(
            "publish",
            Kind::PublishOrWorkspace,
            "`true`, by cargo",
            "Whether the package may be published, and where.",
        ),
    ],
};

/// The keys of `[pages]`.
pub(crate) static PAGES: Table = Table {
    title: "`[pages]`",
    keys: &[
        key(
            "lock",
            Kind::Text,
            "`pages.lock.json`",
            "The file with the facts of the recorded pages.",
        ),
        key(
            "waivers",
            Kind::Text,
            "`waivers.json`",
            "The file with the reasons why rows of the pages are not in the documents.",
        ),
        key(
            "vocabulary",
            Kind::Text,
            "none",
            "The file with the words of the pages, where they use others than those that are built in.",
        ),
        key(
            "folders",
            Kind::Texts,
            "none",
            "The folders of the pages: `tablature pages check` reads them where the command line names none.",
        ),
    ],
};

/// The keys of a document with an address.
pub(crate) static DOCUMENT: Table = Table {
    title: "a published document",
    keys: &[
        key(
            "url",
            Kind::Text,
            "required",
            "The address, which begins with `https://`.",
        ),
        key("file", Kind::Text, "required", "The file that the copy is kept in."),
        key(
            "sha256",
            Kind::Text,
            "written by `tablature fetch`",
            "The SHA-256 of the copy, in hexadecimal digits.",
        ),
    ],
};
