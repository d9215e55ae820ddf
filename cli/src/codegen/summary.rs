//! What a run did or would do, for machines.

use serde_json::{Value, json};
use tablature_build::{Plan, State};
use tablature_codegen::Generated;

/// One object on one line: the crate, what it has, and what became of each file.
pub(super) fn json(krate: &str, generated: &Generated, left_out: &[String], plan: &Plan<'_>) -> String {
    let files = |of: fn(&State<'_>) -> bool| -> Value {
        let entries = plan.entries.iter().filter(|it| of(&it.state));
        entries.map(|it| it.name.as_str()).collect()
    };
    let renames: Vec<Value> = generated
        .renames
        .iter()
        .map(|it| json!({"wire": it.wire, "rust": it.rust}))
        .collect();
    json!({
        "crate": krate,
        "operations": generated.operations,
        "webhooks": generated.webhooks,
        "models": generated.models,
        "written": files(|it| matches!(it, State::Missing { .. } | State::Stale { .. })),
        "removed": files(|it| matches!(it, State::LeftOver)),
        "unchanged": files(|it| matches!(it, State::Unchanged)),
        "renames": renames,
        "left_out": left_out,
    })
    .to_string()
}
