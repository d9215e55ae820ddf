//! How a page is written, told by what is in it.

/// How a page is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Markdown with pipe tables.
    #[default]
    Markdown,
    /// AsciiDoc.
    AsciiDoc,
    /// Plain text with a cell on each line.
    Cells,
    /// Plain text with a ruler `|` at the end of each cell.
    Ruled,
    /// Plain text with the type and the place of a row on a line of their own.
    Listing,
}

impl Format {
    /// The name in the lock.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::AsciiDoc => "asciidoc",
            Self::Cells => "text: cells",
            Self::Ruled => "text: ruled",
            Self::Listing => "text: listing",
        }
    }

    /// The format with this name.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Markdown, Self::AsciiDoc, Self::Cells, Self::Ruled, Self::Listing]
            .into_iter()
            .find(|it| it.name() == name)
    }

    /// The format of a text: that which most of its marks belong to.
    pub(crate) fn detect(text: &str) -> Self {
        let mut marks = [0usize; 5];
        for line in text.lines() {
            let trimmed = line.trim();
            let mark = match trimmed {
                "|===" => Some(1),
                _ if trimmed.starts_with("[cols=") || trimmed.ends_with("::") => Some(1),
                _ if trimmed.starts_with('=') && trimmed.trim_start_matches('=').starts_with(' ') => Some(1),
                _ if is_ruler(trimmed) && !trimmed.starts_with('|') => Some(3),
                _ if is_ruler(trimmed) => Some(0),
                _ if trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' ') => Some(0),
                "名称 类型 IN 必选 描述" | "名称 类型 必选 描述" => Some(4),
                _ => None,
            };
            if let Some(count) = mark.and_then(|mark| marks.get_mut(mark)) {
                *count += 1;
            }
        }
        // A ruled rendering whose rulers begin with `|` has its cells on lines that end with one.
        let ends = text
            .lines()
            .filter(|line| line.ends_with(" |") && !line.trim_start().starts_with('|'))
            .count();
        let [markdown, asciidoc, _, ruled, listing] = marks;
        let best = markdown.max(asciidoc).max(ruled).max(listing);
        match best {
            0 => Self::Cells,
            _ if asciidoc == best => Self::AsciiDoc,
            _ if listing == best => Self::Listing,
            _ if ruled == best || ends > markdown => Self::Ruled,
            _ => Self::Markdown,
        }
    }
}

/// Whether a line parts the heading of a table from its rows: `---|---|`.
pub(crate) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.bytes().all(|it| matches!(it, b'-' | b'|' | b' ' | b':'))
}
