//! A folder per case: what is emitted for a document, or what is said about it.

mod compiled;
mod emitted;
mod refused;
mod reordered;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tablature_tests::workspace::{children, name, root};

/// The folders of the cases of a kind: `ok` or `err`.
fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures").join(kind);
    let cases = children(&folder);
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    cases
}

/// Runs a check for each case, and names all that fail.
fn for_each_case(kind: &str, check: impl Fn(&Path)) {
    let fails = |case: &&PathBuf| catch_unwind(AssertUnwindSafe(|| check(case))).is_err();
    let cases = cases(kind);
    let failed: Vec<_> = cases.iter().filter(fails).map(|case| name(case)).collect();
    assert_eq!(
        failed,
        Vec::<String>::new(),
        "these cases failed, for the reasons above"
    );
}

/// Holds a text against the snapshot of this name in the folder of the case.
fn assert_case_snapshot(case: &Path, snapshot: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(snapshot, text));
}
