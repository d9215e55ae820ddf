//! Marks members that are made of `f32` or `f64`, whose digits the runtime has to keep.

use crate::ir::{Api, Index, ItemKind};

/// Notes for all members what floats they are made of.
pub fn note(apis: &mut [Api], index: &Index) {
    let items = apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items);
    for item in items {
        if let ItemKind::Model(model) = &mut item.kind {
            for field in &mut model.fields {
                field.float = index.float(&field.ty);
            }
        }
    }
}
