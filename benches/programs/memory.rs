//! Counts the heap, and prints what a program holds: bytes of the heap, KiB resident now, and KiB resident at most.

use std::alloc::System;
use std::fs;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

pub fn print() -> Result<(), Box<dyn std::error::Error>> {
    let heap = ALLOCATOR.stats();
    // Bytes of a reallocation are counted as allocated or deallocated, too.
    let kept = heap.bytes_allocated - heap.bytes_deallocated;
    let status = fs::read_to_string("/proc/self/status")?;
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|it| it.split_whitespace().next()).ok_or_else(|| format!("/proc/self/status has no {name}"))
    };
    println!("{kept} {} {}", kib("VmRSS:")?, kib("VmHWM:")?);
    Ok(())
}
