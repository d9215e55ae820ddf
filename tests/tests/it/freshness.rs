//! `generated/` is what `schema/` gives.

use tablature_tests::workspace::root;
use xtask::{Console, Environment};

#[test]
fn generated_is_up_to_date() {
    let environment = Environment {
        directory: root().to_owned(),
        manifest_directory: None,
        color: false,
    };
    let mut console = Console::default();
    let arguments = ["xtask", "codegen", "--check"].map(Into::into);
    let code = xtask::run(arguments, &environment, &mut console);
    assert_eq!(code, 0, "\n{}{}", console.out, console.err);
}
