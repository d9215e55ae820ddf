//! `generated/` is what `schema/` gives.

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::root;

#[test]
fn generated_is_up_to_date() {
    let outcome = run_in(root(), &["codegen", "--check"]);
    assert_eq!(outcome.code, 0, "\n{}{}", outcome.out, outcome.err);
}
