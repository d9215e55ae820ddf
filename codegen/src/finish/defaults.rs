//! Finds the enumeration variants that documented defaults stand for.

use std::collections::BTreeMap;

use crate::ir::{Api, DefaultValue, Field, ItemKind, Presence, Type, TypeName};
use crate::names::Ident;

/// Finds the variants that defaults of enumerations mean, and drops defaults that mean none.
pub fn find_variants(apis: &mut [Api]) {
    let mut variants: BTreeMap<TypeName, BTreeMap<String, Ident>> = BTreeMap::new();
    for api in apis.iter() {
        for item in api.models.iter().flat_map(|it| &it.items) {
            if let ItemKind::Enumeration(list) = &item.kind {
                let name = api.type_name(item);
                variants.insert(name, list.iter().map(|it| (it.wire.clone(), it.name.clone())).collect());
            }
        }
    }
    for item in apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items)
    {
        if let ItemKind::Model(model) = &mut item.kind {
            let names: Vec<String> = model.fields.iter().map(|it| it.name.to_string()).collect();
            for field in &mut model.fields {
                field.default = field
                    .default
                    .take()
                    .filter(|_| !names.contains(&format!("{}_or_default", field.name)))
                    .and_then(|it| found(it, field, &variants));
            }
        }
    }
}

fn found(
    default: DefaultValue,
    field: &Field,
    variants: &BTreeMap<TypeName, BTreeMap<String, Ident>>,
) -> Option<DefaultValue> {
    if field.presence != Presence::Optional {
        return None;
    }
    match (&default, &field.ty) {
        (DefaultValue::Text(text), Type::Named(name)) => {
            variants.get(name)?.get(text).cloned().map(DefaultValue::Variant)
        }
        _ => Some(default),
    }
}
