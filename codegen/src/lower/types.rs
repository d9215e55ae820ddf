//! Lowers schemas to types: components, and the schemas inside members, parameters and bodies.

pub mod constant_choices;
pub mod defaults;
pub mod derives;
pub mod enumeration;
pub mod inheritance;
pub mod integer;
pub mod json_schema;
pub mod model;
pub mod rules;
pub mod schema;
pub mod type_list;
pub mod union;
