//! The documents in `schema/` say what the recorded pages say; where they stop, it is told.

use std::fs;

use tablature_tests::sandbox::Sandbox;
use tablature_tests::workspace::root;

/// A workspace with the real documents, lock and waivers, one of them changed.
fn changed(file: &str, from: &str, to: &str) -> Sandbox {
    let sandbox = Sandbox::workspace(&[]).unwrap();
    for name in [
        "huawei-cci.json",
        "huawei-cci2.json",
        "kubernetes.json",
        "openshift.json",
        "pages.lock.json",
        "waivers.json",
    ] {
        let mut text = fs::read_to_string(root().join("schema").join(name)).unwrap();
        if name == file {
            assert!(text.contains(from), "{file} has no {from}");
            text = text.replacen(from, to, 1);
        }
        sandbox.write(&format!("schema/{name}"), text).unwrap();
    }
    sandbox
}

/// The first lines of the findings.
fn told(sandbox: &Sandbox) -> Vec<String> {
    let outcome = sandbox.run(&["pages", "coverage"]);
    assert_eq!(outcome.code, 1, "{}{}", outcome.out, outcome.err);
    outcome
        .err
        .lines()
        .filter(|it| it.starts_with("error"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_recorded_row_is_in_the_schema() {
    let outcome = changed("waivers.json", "{", "{").run(&["pages", "coverage"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    insta::assert_snapshot!("coverage", outcome.out);
}

#[test]
fn a_row_that_the_schema_lacks_is_told() {
    let lock = "{\"name\": \"ipFamily\", \"type\": \"String\"";
    let found = told(&changed(
        "pages.lock.json",
        lock,
        &lock.replace("ipFamily", "ipFamilyx"),
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("the schema `ServiceSpec` has no such member"),
        "{found:?}"
    );
}

#[test]
fn another_type_is_told() {
    let lock = "{\"name\": \"ipFamily\", \"type\": \"String\"";
    let found = told(&changed("pages.lock.json", lock, &lock.replace("String", "Boolean")));
    assert!(
        found[0].contains("the page says `Boolean`, the document has string"),
        "{found:?}"
    );
}

#[test]
fn a_table_that_the_lock_lacks_is_told() {
    let found = told(&changed(
        "openshift.json",
        "openshift/service-v1#9\"",
        "openshift/service-v1#99\"",
    ));
    assert!(
        found
            .iter()
            .any(|it| it.contains("the lock has no table `openshift/service-v1#99`")),
        "{found:?}"
    );
}

#[test]
fn a_parameter_that_names_a_table_in_vain_is_told() {
    let from = "\"openshift/service-v1#33\",\n          \"openshift/service-v1#45\"";
    let found = told(&changed("openshift.json", from, &from.replace("#45", "#44")));
    assert!(found.iter().any(|it| it.contains("has no row `force`")), "{found:?}");
}

#[test]
fn a_waiver_that_waives_nothing_is_told() {
    let found = told(&changed(
        "waivers.json",
        "\"rows\": [\"targetPort\"]",
        "\"rows\": [\"targetport\"]",
    ));
    assert!(
        found.iter().any(|it| it.contains("this waiver waives nothing")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|it| it.contains("`targetPort`: the page says `String`")),
        "{found:?}"
    );
}
