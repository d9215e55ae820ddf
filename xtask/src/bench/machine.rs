//! What a result depends on: the compiler, and the size of the machine.

use std::fs;
use std::process::Command;

use super::measure::succeed;
use tablature::Error;

/// `rustc 1.95.0; 2 cores, 24 GiB`
pub(super) fn line() -> Result<String, Error> {
    let version = succeed(Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version"))?;
    let version: Vec<_> = version.split_whitespace().take(2).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut line = format!("{}; {}", version.join(" "), tablature::counted(cores, "core"));
    if let Some(memory) = memory() {
        line.push_str(&format!(", {memory} GiB"));
    }
    Ok(line)
}

/// The memory of the machine, where it is told.
fn memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some((kib + (1 << 19)) >> 20)
}
