//! The tests of the whole, in one binary: README.md beside this package says which goes where.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cargo;
mod changes;
mod codegen_command;
mod config;
mod constructs;
mod cost;
mod dependencies;
mod documents;
mod examples;
mod explain;
mod features;
mod fixtures;
mod formatting;
mod freshness;
mod hosts;
mod init;
mod kubernetes;
mod layering;
mod lossless;
mod neutrality;
mod options;
mod packages;
mod pages;
mod public_api;
mod recordings;
mod schema;
mod strangers;
mod style;
mod taint;
mod tools;
mod unchanged;
mod wire;
