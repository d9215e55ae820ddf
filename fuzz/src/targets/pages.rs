//! Documentation pages in any of their syntaxes.

use std::collections::BTreeSet;

use tablature_pages::import::import;

use super::{Target, outcome};
use crate::seeds;

/// A page, and a draft of it.
pub(super) const READ: Target = Target {
    name: "pages",
    seeds: || {
        let endings = [".md", ".mdx", ".adoc", ".html", ".rst", ".txt"];
        seeds::files(&["tests/fixtures/pages", "pages/tests/cases"], &endings)
    },
    is_json: false,
    run: |input| {
        let text = String::from_utf8_lossy(input);
        let reading = tablature_pages::read("made-up/page", 0, &text);
        let outside = reading
            .report
            .iter()
            .find(|it| text.get(it.span.start as usize..it.span.end as usize).is_none());
        if let Some(found) = outside {
            return Err(format!("a place outside of the text: {}", found.code));
        }
        let draft = import("Made up", &[reading.page]);
        let codes: BTreeSet<_> = reading
            .report
            .iter()
            .chain(draft.report.iter())
            .map(|it| it.code)
            .collect();
        Ok(outcome(&(codes, draft.operations, draft.models)))
    },
};
