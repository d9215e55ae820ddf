//! The names that emitted code uses without a path: what it imports, and what the prelude of Rust gives it.
//!
//! The one table decides twice: `render` imports the names that a file prints, and `lower` reserves them, so that
//! no name of a document can be one of them.

/// A name that emitted files import where they print it.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// The name as it is printed. One in lower case is a module: it counts where it begins a longer path.
    pub name: &'static str,
    /// Its full path.
    pub path: &'static str,
    /// Whether files of models may print it; else only those of operations, parameters and the like.
    pub in_models: bool,
}

const fn everywhere(name: &'static str, path: &'static str) -> Import {
    Import {
        name,
        path,
        in_models: true,
    }
}

const fn outside_models(name: &'static str, path: &'static str) -> Import {
    Import {
        name,
        path,
        in_models: false,
    }
}

/// Every name that emitted code may print and import.
#[rustfmt::skip]
pub const IMPORTS: &[Import] = &[
    everywhere("BTreeMap", "std::collections::BTreeMap"),
    everywhere("Serialize", "serde::Serialize"),
    everywhere("Serializer", "serde::Serializer"),
    everywhere("answer", "crate::runtime::answer"),
    everywhere("body", "crate::runtime::body"),
    everywhere("json", "crate::runtime::json"),
    everywhere("model", "crate::runtime::model"),
    everywhere("parameter", "crate::runtime::parameter"),
    everywhere("runtime", "crate::runtime"),
    outside_models("BodyRule", "crate::runtime::BodyRule"),
    outside_models("Borrow", "std::borrow::Borrow"),
    outside_models("Builder", "crate::runtime::Builder"),
    outside_models("Call", "crate::Call"),
    outside_models("Documented", "crate::runtime::Documented"),
    outside_models("Location", "crate::runtime::auth::Location"),
    outside_models("Paginated", "crate::runtime::Paginated"),
    outside_models("Pagination", "crate::runtime::Pagination"),
    outside_models("ParameterValue", "crate::runtime::ParameterValue"),
    outside_models("Parts", "crate::runtime::Parts"),
    outside_models("PhantomData", "std::marker::PhantomData"),
    outside_models("Place", "crate::runtime::parameter::Place"),
    outside_models("SecurityScheme", "crate::runtime::auth::SecurityScheme"),
    outside_models("ServerTemplate", "crate::runtime::server::ServerTemplate"),
    outside_models("ServerVariable", "crate::runtime::server::ServerVariable"),
    outside_models("Style", "crate::runtime::parameter::Style"),
    outside_models("fmt", "std::fmt"),
    outside_models("webhook", "crate::runtime::webhook"),
];

/// What all emitted code takes from the prelude of Rust.
const STANDARD: &[&str] = &[
    "AsRef", "Box", "Err", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// What models derive and implement besides.
#[rustfmt::skip]
const OF_MODELS: &[&str] = &[
    "Clone", "Copy", "Debug", "Default", "Drop", "Eq", "Fn", "From", "Hash", "Iterator", "Ord", "PartialEq",
    "PartialOrd", "Send", "Sized", "Sync", "ToString",
];

/// The names that no model may have.
pub const RESERVED_TYPES: &[&str] = &reserved::<{ count(true) + STANDARD.len() + OF_MODELS.len() }>(true, OF_MODELS);

/// The names that no operation, webhook or set of parameters may have.
pub const RESERVED_OPERATIONS: &[&str] = &reserved::<{ count(false) + STANDARD.len() }>(false, &[]);

/// How many names are printed in files of models, or in all files.
const fn count(in_models: bool) -> usize {
    let (mut index, mut count) = (0, 0);
    while index < IMPORTS.len() {
        if IMPORTS[index].in_models || !in_models {
            count += 1;
        }
        index += 1;
    }
    count
}

const fn reserved<const N: usize>(in_models: bool, beside: &[&'static str]) -> [&'static str; N] {
    let mut names = [""; N];
    let (mut index, mut next) = (0, 0);
    while index < IMPORTS.len() {
        if IMPORTS[index].in_models || !in_models {
            names[next] = IMPORTS[index].name;
            next += 1;
        }
        index += 1;
    }
    index = 0;
    while index < STANDARD.len() {
        names[next] = STANDARD[index];
        (next, index) = (next + 1, index + 1);
    }
    index = 0;
    while index < beside.len() {
        names[next] = beside[index];
        (next, index) = (next + 1, index + 1);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Case, Scope};

    #[test]
    fn every_name_that_is_printed_is_reserved() {
        for import in IMPORTS.iter().filter(|it| it.name.starts_with(char::is_uppercase)) {
            let claimed = |reserved| Scope::reserving(reserved).claim(Case::Type, import.name).to_string();
            assert_eq!(claimed(RESERVED_OPERATIONS), format!("{}_", import.name));
            assert_eq!(
                claimed(RESERVED_TYPES).ends_with('_'),
                import.in_models,
                "{}",
                import.name
            );
        }
    }

    #[test]
    fn each_name_has_one_path_that_ends_in_it() {
        for (index, import) in IMPORTS.iter().enumerate() {
            assert!(import.path.ends_with(&format!("::{}", import.name)), "{}", import.path);
            assert!(
                IMPORTS[..index].iter().all(|it| it.name != import.name),
                "{}",
                import.name
            );
        }
    }
}
