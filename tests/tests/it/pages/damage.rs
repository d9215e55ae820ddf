//! Damaged pages: no panic, no row that the page does not hold, no success that looks whole.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use tablature_pages::Page;
use tablature_pages::facts::Cell;

use super::{documents, fixture, reading};

const FIXTURES: [&str; 7] = [
    "replaceLamp.md",
    "replaceLamp.english.md",
    "lamp.adoc",
    "replaceLamp.cells.txt",
    "replaceLamp.ruled.txt",
    "lamp.ruled.txt",
    "replaceLamp.listing.txt",
];

/// What a page says, as far as it can be wrong: operations, and names with their types and labels.
fn claims(page: &Page) -> BTreeSet<String> {
    let mut claims: BTreeSet<_> = page
        .operations
        .iter()
        .map(|it| format!("{} {}", it.method, it.path))
        .collect();
    for (_, _, row) in page.rows() {
        if let Cell::Known(name) = &row.name {
            claims.insert(format!("{name} {:?} {:?}", row.type_text, row.label));
        }
    }
    claims
}

/// The claims without types, which a damaged page may have lost.
fn names(page: &Page) -> BTreeSet<String> {
    page.rows()
        .filter_map(|(_, _, row)| row.name.known().cloned())
        .collect()
}

#[test]
fn a_page_that_is_cut_claims_nothing_else() {
    for name in FIXTURES {
        let text = fixture(name);
        let whole = claims(&reading(&text).page);
        for (cut, _) in text.char_indices() {
            let found = claims(&reading(&text[..cut]).page);
            let wrong: Vec<_> = found.difference(&whole).collect();
            assert!(wrong.is_empty(), "{name} cut at {cut}: {wrong:?}");
        }
    }
}

#[test]
fn a_page_that_is_cut_does_not_look_whole() {
    for name in FIXTURES {
        let text = fixture(name);
        let whole = reading(&text).page;
        // Nobody can tell that rows are missing at the end of the last table.
        let last = whole.tables.last().map_or(0, |it| it.span.start as usize);
        for (cut, _) in text.char_indices().take_while(|(cut, _)| *cut <= last) {
            let found = reading(&text[..cut]);
            assert!(found.report.has_errors(), "{name} cut at {cut} looks whole");
        }
    }
}

#[test]
fn a_line_that_is_gone_gives_no_new_names() {
    for name in FIXTURES {
        let text = fixture(name);
        let whole = names(&reading(&text).page);
        let lines: Vec<_> = text.lines().collect();
        for gone in 0..lines.len() {
            let rest: Vec<_> = lines
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != gone)
                .map(|(_, it)| *it)
                .collect();
            let found = names(&reading(&rest.join("\n")).page);
            let wrong: Vec<_> = found.difference(&whole).collect();
            assert!(wrong.is_empty(), "{name} without line {}: {wrong:?}", gone + 1);
        }
    }
}

#[test]
fn a_column_that_is_gone_makes_rows_unread_or_unknown() {
    let text = fixture("replaceLamp.md");
    // Gone from the rows alone: the cells do not fit their columns any more.
    let damaged = text
        .replace("|是|String|", "|String|")
        .replace("|否|String|", "|String|");
    let found = reading(&damaged);
    assert!(found.report.has_errors());
    assert!(names(&found.page).is_subset(&names(&reading(&text).page)));
    // Gone as a whole: nothing is known of it.
    let column = |line: &str| {
        let cells: Vec<_> = line.split('|').collect();
        if cells.len() == 6 {
            [&cells[..2], &cells[3..]].concat().join("|")
        } else {
            line.to_owned()
        }
    };
    let damaged: Vec<_> = text.lines().map(column).collect();
    let found = reading(&damaged.join("\n"));
    assert_eq!(names(&found.page), names(&reading(&text).page));
    assert!(found.page.rows().all(|(_, _, it)| it.required == Cell::Absent));
}

#[test]
fn types_that_are_gone_are_never_taken_from_a_neighbour() {
    let text = fixture("replaceLamp.cells.txt").replace("\nString\n", "\n");
    let found = reading(&text);
    assert!(found.report.has_errors());
    assert!(
        found
            .page
            .rows()
            .all(|(_, _, it)| it.type_text.known().is_none_or(|it| it != "String"))
    );
}

#[test]
fn rows_that_are_merged_are_not_read() {
    let text = fixture("replaceLamp.md");
    let merged = text.replace("hangs.|\n|name|", "hangs.|name|");
    assert_ne!(merged, text);
    let found = reading(&merged);
    let path: Vec<_> = found.page.tables[0]
        .rows
        .iter()
        .filter_map(|it| it.name.known())
        .collect();
    assert!(path.is_empty(), "{path:?}");
    assert_eq!(found.page.tables[0].unread.len(), 1);
    assert!(found.report.has_errors());
}

#[test]
fn a_row_that_is_too_short_is_not_read() {
    let found = reading(&fixture("replaceLamp.md").replace("|serial|否|Long|Counts || up.|", "|serial|否|"));
    assert_eq!(found.page.tables[5].rows.len(), 0);
    assert!(found.report.has_errors());
}

#[test]
fn a_translated_heading_is_reported_or_understood_by_its_place() {
    let text = fixture("replaceLamp.md").replace("状态码|描述", "Statuscode|Beschreibung");
    assert!(reading(&text).report.has_errors());
    let text = fixture("replaceLamp.md").replace("路径参数", "Pfadparameter");
    assert!(names(&reading(&text).page).contains("zone"));
}

/// Numbers that look random and are the same in each run.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[test]
fn noise_is_no_page_and_takes_no_time() {
    let words = [
        "|",
        "|===\n",
        "---|---|\n",
        "|--|--|\n",
        "参数",
        "表 1 ",
        "**",
        "`",
        "\n",
        "\n\n",
        "Type::\n",
        "{",
        "}",
        "[",
        "]",
        "String",
        "GET /a/{b}\n",
        "#",
        "== ",
        "<table>",
        "</td>",
        "<tr>",
        "xref:",
        "&#x27;",
        "\\|",
        "名称 类型 必选 描述\n",
        "200",
        "- Type\n",
        "+\n--\n",
        "描述",
        "Parameter",
        "\u{0}",
        "🦀",
    ];
    let mut noise = Noise(42);
    for format in ["", "|===\n", "---|---|\n", "名称 类型 IN 必选 描述\n", "# a\n|--|--|\n"] {
        let mut text = String::new();
        while text.len() < 300_000 {
            text.push_str(words[usize::try_from(noise.next() % words.len() as u64).unwrap()]);
            // The format that is meant to read it must stay the likeliest one.
            if noise.next().is_multiple_of(8) {
                text.push_str(format);
            }
        }
        let start = Instant::now();
        let found = reading(&text);
        assert!(found.report.has_errors());
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{format:?} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn a_great_deal_of_one_thing_takes_no_time() {
    let pieces = [
        "|",
        "|===\n",
        "<table>\n\n",
        "xref:a[",
        "{",
        "&",
        "Type::\n",
        "| `a`\n",
        "---|---\n|\n",
        "参数\n",
        "GET /a\n",
        "名称 类型 IN 必选 描述\nstring path\n\n",
        "参数 |\n",
        "[a](",
        "=== /a\n",
        "GET /a\n\n|参数|描述|\n|--|--|\n|a|b|\n\n",
        "参数\n\n参数类型\n\n描述\n\na\n\nString\n\nb\n\n",
    ];
    for piece in pieces {
        let time = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let start = Instant::now();
            reading(&text);
            start.elapsed()
        };
        let (short, long) = (time(50_000), time(500_000));
        // Ten times the text in a hundred times the time would be quadratic.
        let limit = short * 40 + Duration::from_millis(500);
        assert!(long < limit, "{piece:?} took {short:?}, then {long:?}");
    }
}

#[test]
fn ten_megabytes_of_noise_take_no_time() {
    let line = "| `a` | String | 参数 --- Type:: {name} GET /a &#x27; \\| xref:b[c]\n";
    let start = Instant::now();
    assert!(reading(&line.repeat(10_000_000 / line.len())).report.has_errors());
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn real_pages_that_are_cut_claim_nothing_else() {
    let Some(folder) = documents() else { return };
    for (name, step) in [
        ("huawei-cci/readCoreV1NamespacedServiceStatus.2022-10.md", 331),
        ("huawei-cci/readCoreV1NamespacedServiceStatus.txt", 331),
        ("huawei-cci/patchCoreV1NamespacedEndpoints.txt", 131),
        ("huawei-cci/patchCoreV1NamespacedService.txt", 331),
        ("openshift/service-v1.adoc", 997),
        ("openshift/service-v1.txt", 997),
    ] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let whole = claims(&reading(&text).page);
        for (cut, _) in text.char_indices().step_by(step) {
            let found = reading(&text[..cut]);
            let wrong: Vec<_> = claims(&found.page).difference(&whole).cloned().collect();
            assert!(wrong.is_empty(), "{name} cut at {cut}: {wrong:?}");
        }
    }
}
