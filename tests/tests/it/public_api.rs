//! The public items of `generated/` as a list to review: a changed line is a change for its users.
//!
//! A setter stands beside its field. What the runtime's macros add stands as the macro's name.

mod describe;
mod modules;
mod text;

use tablature_tests::workspace::root;

#[test]
fn public_items() {
    for (name, items) in modules::top_level(&root().join("generated/src/lib.rs")) {
        assert!(!items.is_empty(), "{name}");
        insta::assert_snapshot!(name, items);
    }
}
