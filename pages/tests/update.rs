//! A draft that a curator edited, imported again: what a page did not change stays, what it changed is edited.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use tablature_pages::import::import;
use tablature_pages::json::Layout;
use tablature_pages::update::{Updated, update};
use tablature_pages::{Lock, Page, read};

const PAGE: &str = include_str!("../../tests/fixtures/pages/lamps/replaceLamp.md");

/// A page of this text.
fn page(key: &str, text: &str) -> Page {
    let reading = read(key, 0, text);
    assert!(!reading.report.has_errors(), "{:?}", reading.report);
    reading.page
}

/// A draft of a page as `import` writes it, edited as a curator does, and what it rests on.
fn edited() -> (String, Lock) {
    let replace = page("lamps/replaceLamp", PAGE);
    let text = import("Lamps", std::slice::from_ref(&replace))
        .document
        .file(Layout::Documents);
    let mut lock = Lock::default();
    lock.insert(replace);
    let mut edited = text.clone();
    for (from, to) in [
        // A name, descriptions, keys of our own, a type, and a mark that is taken away.
        ("LampSpec", "LampSettings"),
        ("\"operationId\": \"replaceLamp\"", "\"operationId\": \"swapLamp\""),
        (
            "\"labels\": {",
            "\"labels\": {\n            \"description\": \"Notes on it.\",\n            \"x-note\": \"ours\",",
        ),
        (
            "\"serial\": {\n            \"type\": \"integer\",\n            \"format\": \"int64\"\n          }",
            "\"serial\": {\"type\": \"string\"}",
        ),
        ("    \"version\": \"draft\"", "    \"version\":   \"v1\""),
    ] {
        assert!(edited.contains(from), "{from}\n{edited}");
        edited = edited.replace(from, to);
    }
    (edited, lock)
}

/// The lines that one text has and the other has not, marked as a diff does.
fn difference(before: &str, after: &str) -> String {
    let has = |text: &str, line: &str| text.lines().any(|it| it == line);
    let gone = before.lines().filter(|it| !has(after, it)).map(|it| format!("-{it}\n"));
    let come = after.lines().filter(|it| !has(before, it)).map(|it| format!("+{it}\n"));
    gone.chain(come).collect()
}

fn updated(text: &str, lock: &Lock, pages: &[Page]) -> Updated {
    update("draft.json", text, lock, pages).unwrap()
}

fn shown(before: &str, updated: &Updated) -> String {
    let line = |it: &tablature_pages::update::Undecided| format!("by hand   {} {:?}\n", it.line, it.draft);
    format!(
        "{}\n{}\n{}",
        updated.done.join("\n"),
        updated.by_hand.iter().map(line).collect::<String>(),
        difference(before, &updated.text)
    )
}

#[test]
fn the_same_page_changes_nothing() {
    let (text, lock) = edited();
    let updated = updated(&text, &lock, &[page("lamps/replaceLamp", PAGE)]);
    assert_eq!(updated.text, text);
    assert_eq!((updated.done, updated.by_hand.len()), (Vec::new(), 0));
    assert_eq!(updated.lock.text(), lock.text());
}

#[test]
fn a_later_edition_changes_the_rows_that_it_changed() {
    let (text, lock) = edited();
    let later = PAGE
        .replace("|mode|否|String|", "|colour|否|String|The colour.|\n|mode|否|String|")
        .replace("|labels|否|Map<String,String>", "|labels|否|Map<String,Integer>")
        .replace("|watts|是|Integer|The value must be >0 && <=60(per bulb).", "|watts|否|Long|The value must be >0 && <=90(per bulb).")
        .replace("|serial|否|Long|", "|cable|否|com.example.Cable object|Which cable.|\n|serial|否|Boolean|")
        .replace("Supports \"Warm\" and \"Cold\"", "Supports \"Warm\", \"Cold\" and \"Red\"")
        .replace("|404|NotFound|", "|404|NotFound|\n|409|Conflict|")
        .replace(
            "## 响应参数",
            "**表 9** com.example.Cable\n\n|参数|是否必选|参数类型|描述|\n|--|--|--|--|\n|length|是|Integer|How long.|\n\n## 响应参数",
        );
    let updated = updated(&text, &lock, &[page("lamps/replaceLamp", &later)]);
    insta::assert_snapshot!("later_edition", shown(&text, &updated));
    // Once more, and all is as it is.
    let again = self::updated(&updated.text, &updated.lock, &[page("lamps/replaceLamp", &later)]);
    assert_eq!(again.text, updated.text);
    assert_eq!((again.done, again.by_hand.len()), (Vec::new(), 0));
}

#[test]
fn a_page_more_brings_its_operation_and_shares_its_models() {
    let (text, lock) = edited();
    let other = PAGE
        .replace("PUT /v1", "POST /v2")
        .replace("|404|NotFound|", "|409|Conflict|");
    // Only the page that is new is given: what the other one documents stays.
    let updated = updated(&text, &lock, &[page("lamps/createLamp", &other)]);
    insta::assert_snapshot!("page_more", shown(&text, &updated));
    assert_eq!(updated.lock.pages.len(), 2);
}

#[test]
fn what_all_pages_of_a_model_change_is_changed_once() {
    let pages = [("lamps/a", "PUT /v1"), ("lamps/b", "POST /v2")];
    let of = |edition: &dyn Fn(String) -> String| -> Vec<Page> {
        let page = |(key, route): &(&str, &str)| page(key, &edition(PAGE.replace("PUT /v1", route)));
        pages.iter().map(page).collect()
    };
    let before = of(&|it| it);
    let text = import("Lamps", &before).document.file(Layout::Documents);
    let mut lock = Lock::default();
    before.into_iter().for_each(|it| lock.insert(it));
    let change = |it: String| {
        let it = it.replace("|serial|否|Long|", "|cable|否|String|Which.|\n|serial|是|Integer|");
        it.replace("|labels|否|Map<String,String>|Notes.|\n", "")
    };
    let all = updated(&text, &lock, &of(&change));
    insta::assert_snapshot!("both_pages", shown(&text, &all));
    let one = updated(&text, &lock, of(&change).get(..1).unwrap());
    insta::assert_snapshot!("one_page_of_two", shown(&text, &one));
}

#[test]
fn a_model_that_was_described_by_no_page_is_filled_in() {
    let table = PAGE.find("**表 6**").unwrap()..PAGE.find("## 响应参数").unwrap();
    let without = PAGE.replace(PAGE.get(table).unwrap(), "");
    let before = page("lamps/replaceLamp", &without);
    let text = import("Lamps", std::slice::from_ref(&before))
        .document
        .file(Layout::Documents);
    let text = text.replace("\"Bulb\": {", "\"Bulb\": {\n        \"description\": \"What shines.\",");
    let mut lock = Lock::default();
    lock.insert(before);
    let updated = updated(&text, &lock, &[page("lamps/replaceLamp", PAGE)]);
    insta::assert_snapshot!("described", shown(&text, &updated));
}

#[test]
fn what_is_no_draft_makes_it_fail_and_not_panic() {
    let (text, lock) = edited();
    let pages = [page(
        "lamps/replaceLamp",
        &PAGE.replace("|serial|否|Long|", "|cable|否|String|-|"),
    )];
    for (number, _) in text.match_indices(['"', '{', '[']).step_by(7) {
        let _ = update("draft.json", text.get(..number).unwrap(), &lock, &pages);
    }
    for text in [
        "",
        "[]",
        "{}",
        "{\"openapi\": \"3.2.0\", \"paths\": 3, \"components\": []}",
        "\u{feff}{",
    ] {
        let _ = update("draft.json", text, &lock, &pages);
    }
    assert!(update("draft.json", "{", &lock, &pages).is_err());
}

#[test]
fn a_table_that_is_gone_stands_for_none_that_has_its_number_now() {
    let rows = "\n\n|参数|是否必选|参数类型|描述|\n|--|--|--|--|\n|length|否|Integer|How long.|\n\n";
    let table = |name: &str| format!("**表 9** com.example.{name}{rows}");
    let with = |name: &str| PAGE.replace("**表 5**", &format!("{}**表 5**", table(name)));
    let before = page("lamps/replaceLamp", &with("Cord"));
    let text = import("Lamps", std::slice::from_ref(&before))
        .document
        .file(Layout::Documents);
    let mut lock = Lock::default();
    lock.insert(before);
    let after = PAGE
        .replace("|labels|", "|plug|否|com.example.Plug object|Where.|\n|labels|")
        .replace(
            "## 响应参数",
            &format!("{}## 响应参数", table("Plug").replace("length", "poles")),
        );
    let updated = updated(&text, &lock, &[page("lamps/replaceLamp", &after)]);
    insta::assert_snapshot!("table_gone", shown(&text, &updated));
}
