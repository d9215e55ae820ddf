//! Drops documented defaults that no constant can say.

use crate::ir::{Api, DefaultValue, Field, Index, ItemKind, Presence, Type};

/// Drops defaults of members that need none, that have no variant, or whose accessor would have the name of a member.
pub fn drop_unsayable(apis: &mut [Api], index: &Index) {
    for item in apis.iter_mut().flat_map(Api::items_mut) {
        if let ItemKind::Model(model) = &mut item.kind {
            let names: Vec<String> = model.fields.iter().map(|it| it.name.to_string()).collect();
            for field in &mut model.fields {
                if !is_sayable(field, index)
                    || names.contains(&format!("{}_or_default", field.name.as_str().trim_end_matches('_')))
                {
                    field.default = None;
                }
            }
        }
    }
}

fn is_sayable(field: &Field, index: &Index) -> bool {
    let is_value = match (&field.default, &field.ty) {
        (Some(DefaultValue::Text(text)), ty @ Type::Named(_)) => index.variant(ty, text).is_some(),
        _ => true,
    };
    is_value && field.presence == Presence::Optional
}
