//! Schemas of several types: a union by JSON type, of which each variant has what is said of its type.

use tablature_openapi::document::JsonType;

use crate::ir::{Choice, Condition, JsonKind, Test, Type, Union, UnionVariant};
use crate::lower::ask::secrets::is_secret;
use crate::lower::ask::shape::Shape;
use crate::lower::context::Context;
use crate::lower::types::rules;
use crate::lower::types::schema::{Owner, type_of_shape};
use crate::lower::types::union;
use crate::names::{Case, Scope};

/// The union of these types.
pub fn lower<'d>(context: &mut Context<'d>, shape: &Shape<'d>, types: &[JsonType], owner: &mut Owner<'_>) -> Union {
    let mut scope = Scope::reserving(&["Other"]);
    let (mut variants, mut tests) = (Vec::new(), Vec::new());
    for (index, ty) in types.iter().enumerate() {
        let Some((kind, label, docs)) = kind(*ty) else { continue };
        let name = scope.claim(Case::Type, label);
        let mut inside = owner.inside(format!("{}{name}", owner.name));
        let one = shape.of_type(*ty);
        let ty = match type_of_shape(context, &one, &mut inside) {
            named @ Type::Named(_) if kind == JsonKind::Object => Type::Boxed(Box::new(named)),
            other => other,
        };
        variants.push(UnionVariant {
            is_sensitive: is_secret(&context.ask, &shape.parts),
            rules: rules::of_named(&context.ask, name.as_str(), &shape.parts),
            name,
            ty,
            docs: vec![docs.to_owned()],
        });
        tests.push(Test {
            variants: vec![index],
            kind,
            condition: Condition::Always,
        });
    }
    Union {
        variants,
        other: union::others(),
        choice: Choice::Tests(tests),
    }
}

fn kind(ty: JsonType) -> Option<(JsonKind, &'static str, &'static str)> {
    Some(match ty {
        JsonType::Boolean => (JsonKind::Bool, "Bool", "Boolean."),
        JsonType::Integer => (JsonKind::Integer, "Integer", "Integer."),
        JsonType::Number => (JsonKind::Number, "Number", "Number."),
        JsonType::String => (JsonKind::String, "String", "String."),
        JsonType::Array => (JsonKind::Array, "List", "List."),
        JsonType::Object => (JsonKind::Object, "Object", "Object."),
        JsonType::Null => return None,
    })
}
