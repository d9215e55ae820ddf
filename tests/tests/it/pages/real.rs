//! The real pages, where they are present: every row of them is read.

use std::fs;

use tablature_pages::compare::{Verdict, compare};
use tablature_pages::counts::Counts;
use tablature_pages::{Page, read};

use super::documents;

const TEXTS: [&str; 5] = [
    "huawei-cci/replaceCoreV1NamespacedService.txt",
    "huawei-cci/patchCoreV1NamespacedService.txt",
    "huawei-cci/patchCoreV1NamespacedEndpoints.txt",
    "huawei-cci/readCoreV1NamespacedServiceStatus.txt",
    "openshift/service-v1.txt",
];

fn page(name: &str) -> Option<Page> {
    let text = fs::read_to_string(documents()?.join(name)).unwrap();
    let key = name.rsplit_once('.').unwrap().0;
    let reading = read(key, 0, &text);
    let errors: Vec<_> = reading.report.iter().filter(|it| it.code != "lost-cells").collect();
    assert!(!reading.report.has_errors(), "{name}: {errors:?}");
    Some(reading.page)
}

#[test]
fn all_rows_of_the_texts_are_read() {
    if documents().is_none() {
        return;
    }
    let counts: Vec<_> = TEXTS.iter().filter_map(|it| Some(page(it)?.counts())).collect();
    let sum = |of: fn(&Counts) -> usize| -> usize { counts.iter().map(of).sum() };
    assert_eq!(sum(|it| it.operations), 18);
    assert_eq!(sum(|it| it.parameters), 119);
    assert_eq!(sum(|it| it.bodies), 9);
    assert_eq!(sum(|it| it.models), 71);
    assert_eq!(sum(|it| it.members), 378);
    assert_eq!(sum(|it| it.responses), 79);
    assert_eq!(sum(|it| it.examples), 7);
    assert_eq!(sum(|it| it.unread_tables + it.unread_rows), 0);
}

#[test]
fn tables_have_the_ordinals_that_the_schema_names() {
    for (name, tables) in TEXTS.iter().zip([37, 13, 12, 15, 50]) {
        let Some(page) = page(name) else { return };
        assert_eq!(page.tables.len(), tables, "{name}");
    }
    let Some(list) = page("huawei-cci/listCoreV1NamespacedService.2022-10.md") else {
        return;
    };
    assert_eq!(list.tables.len(), 21);
}

#[test]
fn a_parameter_of_a_path_counts_in_each_of_its_operations() {
    if documents().is_none() {
        return;
    }
    let mut count = 0;
    for page in TEXTS.iter().filter_map(|it| page(it)) {
        let parameters = page
            .tables
            .iter()
            .filter(|it| it.kind == tablature_pages::facts::Kind::Parameters);
        count += parameters.map(|it| it.rows.len() * it.operations.len()).sum::<usize>();
    }
    assert_eq!(count, 138);
}

#[test]
fn an_edition_differs_by_its_real_changes() {
    let Some(old) = page("openshift/service-v1.adoc") else {
        return;
    };
    let Some(new) = page("openshift/service-v1.txt") else {
        return;
    };
    let changes = compare(&old, &new);
    let of = |verdict: Verdict| {
        changes
            .iter()
            .filter(move |it| it.verdict == verdict)
            .map(|it| it.subject.as_str())
    };
    let added: Vec<_> = of(Verdict::Added).collect();
    let expected: Vec<_> = [
        "POST /api/v1/namespaces/{namespace}/services",
        "PATCH /api/v1/namespaces/{namespace}/services/{name}",
        "PUT /api/v1/namespaces/{namespace}/services/{name}",
        "PATCH /api/v1/namespaces/{namespace}/services/{name}/status",
        "PUT /api/v1/namespaces/{namespace}/services/{name}/status",
    ]
    .iter()
    .map(|it| format!("query parameter `(name unknown)` of {it}"))
    .collect();
    assert_eq!(added, expected);
    // What a rendering lost of a description is not a change of it.
    let words: Vec<_> = of(Verdict::Wording).collect();
    let changed = ["externalTrafficPolicy", "healthCheckNodePort", "internalTrafficPolicy"];
    assert_eq!(words, changed.map(|it| format!("member `{it}` of Service.spec")));
    assert_eq!(of(Verdict::Removed).count() + of(Verdict::Renamed).count(), 0);
    assert!(compare(&old, &old).is_empty() && compare(&new, &new).is_empty());
}

#[test]
fn places_that_a_rendering_lost_are_told_by_the_order_of_tables() {
    let Some(source) = page("openshift/service-v1.adoc") else {
        return;
    };
    let Some(text) = page("openshift/service-v1.txt") else {
        return;
    };
    let places = |page: &Page| -> Vec<_> {
        let of = |table: &tablature_pages::facts::Table| table.rows.first().map(|it| it.location.clone());
        page.tables
            .iter()
            .map(|it| (it.kind.clone(), of(it), it.operations.clone()))
            .collect()
    };
    assert_eq!(places(&source), places(&text));
}
