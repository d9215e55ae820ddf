//! Groups types into files, so that a person finds a model and no file is too long to read.

use crate::ir::{Item, ItemKind};

/// The lines after which another file begins.
const LINES: usize = 500;

/// The types in pieces of about a file's length, in their order.
pub fn split(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut files: Vec<Vec<Item>> = Vec::new();
    let mut length = 0;
    for item in items {
        let lines = lines(&item);
        match files.last_mut() {
            Some(last) if length + lines <= LINES => {
                last.push(item);
                length += lines;
            }
            _ => {
                files.push(vec![item]);
                length = lines;
            }
        }
    }
    files
}

/// About how many lines a type becomes.
fn lines(item: &Item) -> usize {
    let docs = |docs: &crate::ir::Docs| docs.len();
    let inside = match &item.kind {
        ItemKind::Model(model) => 45 + model.fields.iter().map(|it| 9 + docs(&it.docs)).sum::<usize>(),
        ItemKind::Union(union) => 40 + union.variants.iter().map(|it| 12 + docs(&it.docs)).sum::<usize>(),
        ItemKind::Enumeration(variants) => 10 + variants.iter().map(|it| 2 + docs(&it.docs)).sum::<usize>(),
        ItemKind::IntegerEnumeration(variants) => 10 + variants.iter().map(|it| 2 + docs(&it.docs)).sum::<usize>(),
        ItemKind::Body(variants) => 20 + 12 * variants.len(),
        ItemKind::Failures(it) => 20 + 12 * it.variants.len(),
        ItemKind::Statuses(variants) => 20 + 12 * variants.len(),
        ItemKind::Alias { .. } | ItemKind::Wrapper(_) => 1,
    };
    docs(&item.docs) + inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{IntegerVariant, Type};
    use crate::names::{Case, Scope};

    fn item(scope: &mut Scope, variants: usize) -> Item {
        let name = scope.claim(Case::Type, "it");
        let variant = |value| IntegerVariant {
            name: name.clone(),
            value,
            docs: vec!["1.".to_owned()],
        };
        let variants: Vec<IntegerVariant> = (0..).take(variants).map(variant).collect();
        let kind = if variants.is_empty() {
            ItemKind::Alias {
                ty: Type::Json,
                checks: None,
            }
        } else {
            ItemKind::IntegerEnumeration(variants)
        };
        Item {
            name,
            docs: Vec::new(),
            deprecated: None,
            derives: Default::default(),
            kind,
        }
    }

    #[test]
    fn a_file_has_what_can_be_read_in_the_order_that_it_came_in() {
        let mut scope = Scope::reserving(&[]);
        let items: Vec<Item> = [0, 100, 50, 400, 0].map(|it| item(&mut scope, it)).into();
        let names: Vec<String> = items.iter().map(|it| it.name.to_string()).collect();
        let files = split(items);
        assert_eq!(files.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 1]);
        let split: Vec<String> = files.iter().flatten().map(|it| it.name.to_string()).collect();
        assert_eq!(split, names);
    }
}
