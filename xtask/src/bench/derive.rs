//! The models of a crate as most generators emit them: plain structs with serde derive.
//!
//! This is what the compile time of emitted crates is held against. It is no output of Tablature: what the schema
//! does not know is lost, and there are no operations.

use std::fmt::Write as _;

use tablature_codegen::ir::{Crate, Item, ItemKind, Model, Presence, Type};

const DERIVE: &str = "Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize";

/// The manifest of such a crate.
pub(super) fn manifest(name: &str) -> String {
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
"#
    )
}

/// The source of such a crate.
pub(super) fn source(krate: &Crate) -> String {
    let mut out = String::from("#![allow(deprecated)]\n");
    for api in krate.apis() {
        let _ = writeln!(out, "pub mod {} {{", api.module);
        for item in api.items() {
            write_item(item, &mut out);
        }
        out.push_str("}\n");
    }
    out
}

fn write_item(item: &Item, out: &mut String) {
    if !matches!(item.kind, ItemKind::Body(_) | ItemKind::Statuses(_)) {
        write_docs(&item.docs, out);
    }
    let name = &item.name;
    let _ = match &item.kind {
        ItemKind::Model(model) => {
            write_model(name.as_str(), model, out);
            Ok(())
        }
        ItemKind::Enumeration(variants) => {
            let _ = writeln!(out, "#[derive({DERIVE}, Eq, PartialOrd, Ord)] pub enum {name} {{");
            for variant in variants {
                let _ = writeln!(out, "#[serde(rename = {:?})] {},", variant.wire, variant.name);
            }
            writeln!(out, "#[serde(untagged)] Unknown_(String) }}")
        }
        ItemKind::Union(union) => {
            let _ = writeln!(out, "#[derive({DERIVE})] #[serde(untagged)] pub enum {name} {{");
            for variant in &union.variants {
                let _ = writeln!(out, "{}({}),", variant.name, ty(&variant.ty));
            }
            writeln!(out, "}}")
        }
        ItemKind::IntegerEnumeration(_) => writeln!(out, "pub type {name} = i64;"),
        ItemKind::Wrapper(inner) => writeln!(out, "#[derive({DERIVE})] pub struct {name}({});", ty(inner)),
        ItemKind::Alias { ty: target, .. } => writeln!(out, "pub type {name} = {};", ty(target)),
        ItemKind::Body(_) | ItemKind::Statuses(_) | ItemKind::Failures(_) => Ok(()),
    };
}

fn write_model(name: &str, model: &Model, out: &mut String) {
    let default = if model.required.is_empty() { ", Default" } else { "" };
    let _ = writeln!(out, "#[derive({DERIVE}{default})] pub struct {name} {{");
    for field in &model.fields {
        write_docs(&field.docs, out);
        let value = ty(&field.ty);
        let _ = match field.presence {
            Presence::Required => writeln!(out, "#[serde(rename = {:?})] pub {}: {value},", field.wire, field.name),
            _ => writeln!(
                out,
                "#[serde(rename = {:?}, default, skip_serializing_if = \"Option::is_none\")] pub {}: Option<{value}>,",
                field.wire, field.name
            ),
        };
    }
    if let Some(rest) = &model.additional {
        let _ = writeln!(
            out,
            "#[serde(flatten)] pub additional_: std::collections::BTreeMap<String, {}>,",
            ty(rest)
        );
    }
    out.push_str("}\n");
}

fn write_docs(docs: &[String], out: &mut String) {
    for line in docs {
        let _ = writeln!(out, "/// {line}");
    }
}

fn ty(of: &Type) -> String {
    match of {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bytes | Type::File => "Vec<u8>".to_owned(),
        Type::Json | Type::Path { .. } => "serde_json::Value".to_owned(),
        Type::List(item) => format!("Vec<{}>", ty(item)),
        Type::Map(item) => format!("std::collections::BTreeMap<String, {}>", ty(item)),
        Type::Tuple(items) => format!("({},)", items.iter().map(ty).collect::<Vec<_>>().join(", ")),
        Type::Nullable(value) => format!("Option<{}>", ty(value)),
        Type::Boxed(value) => format!("Box<{}>", ty(value)),
        Type::Named(name) => format!("crate::{}::{}", name.home, name.name),
    }
}
