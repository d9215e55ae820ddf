//! How often each case allocates, counted by `stats_alloc`: exact, and the same on every machine.

mod cases;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// As many Services as a list has.
const ITEMS: usize = 1_000;

fn main() {
    println!("| case | who | allocations each | reallocations each | bytes each |");
    println!("| --- | --- | ---: | ---: | ---: |");
    for case in cases::all(&[ITEMS]) {
        let ready = case.prepare();
        // What is set up once is set up now.
        (ready.run)();
        let region = Region::new(ALLOCATOR);
        (ready.run)();
        let change = region.change();
        let each = |count: usize| count as f64 / case.items as f64;
        println!(
            "| {} | {} | {:.1} | {:.1} | {:.0} |",
            case.task.name(),
            case.who,
            each(change.allocations),
            each(change.reallocations),
            each(change.bytes_allocated),
        );
    }
}
