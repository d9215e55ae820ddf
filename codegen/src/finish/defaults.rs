//! Drops documented defaults that nothing emitted can say.

use crate::ir::{Api, Field, Index, ItemKind, Presence, Type};

/// Drops defaults of members that need none, that have no variant, or whose accessor would have the name of a member.
pub fn drop_unsayable(apis: &mut [Api], index: &Index) {
    for item in apis.iter_mut().flat_map(Api::items_mut) {
        if let ItemKind::Model(model) = &mut item.kind {
            let names: Vec<String> = model.fields.iter().map(|it| it.name.to_string()).collect();
            for field in &mut model.fields {
                if !is_sayable(field, index) || names.contains(&field.default_accessor()) {
                    field.default = None;
                }
            }
        }
    }
}

fn is_sayable(field: &Field, index: &Index) -> bool {
    let ty = index.value(&field.ty);
    let is_value = match (&field.default, ty) {
        (_, Type::Bytes | Type::File | Type::Tuple(_)) => false,
        (Some(default), _) if index.is_enumeration(ty) => index.variant(ty, default.value()).is_some(),
        (Some(it), Type::I32) => it.json.parse::<i32>().is_ok(),
        (Some(it), Type::I64) => it.json.parse::<i64>().is_ok(),
        (Some(it), Type::U32) => it.json.parse::<u32>().is_ok(),
        (Some(it), Type::U64) => it.json.parse::<u64>().is_ok(),
        (Some(it), Type::F64) => it.json.parse().is_ok_and(f64::is_finite),
        _ => true,
    };
    is_value && field.presence == Presence::Optional
}
