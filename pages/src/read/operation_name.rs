//! What a page calls its operation: in a link to an explorer of the API, or in the anchor of the page itself.

use crate::facts::Page;

/// What stands before the anchor or label of a page.
const ANCHORS: [&str; 6] = [":original_name: ", ".. _", "<a name=\"", "<a id=\"", "[id=\"", "[#"];

/// An anchor of the page itself stands this near its beginning, in bytes.
const BEGINNING: usize = 2000;

/// Names the operation of a page that is about one.
pub(super) fn name(page: &mut Page, text: &str) {
    if let [operation] = page.operations.as_mut_slice()
        && operation.name.is_none()
    {
        operation.name = explored(text).or_else(|| anchor(text)).map(lower);
    }
}

/// `createPod` of `https://explorer.example/doc?product=CCI&api=createPod`.
fn explored(text: &str) -> Option<&str> {
    let links = text.match_indices("apiexplorer").map(|(at, _)| text.get(at..));
    let queries = links.filter_map(|it| {
        it?.split(|it: char| it.is_whitespace() || matches!(it, '"' | ')' | '>'))
            .next()
    });
    let mut names = queries.filter_map(|it| it.split(['?', '&']).find_map(|it| it.strip_prefix("api=")));
    names.find_map(name_at)
}

fn anchor(text: &str) -> Option<&str> {
    let end = (0..=BEGINNING.min(text.len()))
        .rev()
        .find(|it| text.is_char_boundary(*it));
    let beginning = text.get(..end?)?;
    let mut found = ANCHORS.iter().filter_map(|mark| beginning.split_once(mark));
    found.find_map(|(_, rest)| name_at(rest))
}

/// The name that a text begins with: one word of letters and digits in which a part begins with a capital letter.
fn name_at(text: &str) -> Option<&str> {
    let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-')));
    let name = text.get(..end.unwrap_or(text.len()))?;
    let has = |is: fn(&u8) -> bool| name.bytes().any(|it| is(&it));
    let inner = name
        .get(1..)
        .is_some_and(|it| it.bytes().any(|it| it.is_ascii_uppercase()));
    let fits = name.len() <= 80
        && name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.bytes().all(|it| it.is_ascii_alphanumeric())
        && has(u8::is_ascii_lowercase)
        && inner;
    fits.then_some(name)
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|it| it.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_links_and_anchors() {
        for (text, name) in [
            (
                "x https://apiexplorer.example/doc?product=A&api=listPods) y",
                Some("listPods"),
            ),
            (".. _createPod:\n\nCreating a Pod\n", Some("createPod")),
            (":original_name: ShowPod.html", Some("showPod")),
            ("# Pods<a name=\"replacePod\"></a>", Some("replacePod")),
            ("<a name=\"topic_300000003\"></a>", None),
            (".. _cci_02_0009:", None),
            ("<a name=\"EN-US_TOPIC\"></a>", None),
            (".. _pods:", None),
        ] {
            let found = explored(text).or_else(|| anchor(text)).map(lower);
            assert_eq!(found.as_deref(), name, "{text}");
        }
    }
}
