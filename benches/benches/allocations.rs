//! How often each case allocates, counted by `stats_alloc`: exact, and the same on every machine.

mod cases;

use std::alloc::System;

use cases::Who;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// As many Services as a list has.
const ITEMS: usize = 1_000;

fn main() {
    println!("| case | who | allocations each | to tablature | reallocations each | bytes each | bytes kept |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    let mut ours = 0;
    for case in cases::all(&[ITEMS]) {
        let ready = case.prepare();
        // What is set up once is set up now.
        (ready.run)();
        let region = Region::new(ALLOCATOR);
        (ready.run)();
        let change = region.change();
        let region = Region::new(ALLOCATOR);
        let result = (ready.result)();
        let kept = region.change();
        drop(result);
        let each = |count: usize| count as f64 / case.items as f64;
        if case.who == Who::Tablature {
            ours = change.allocations;
        }
        println!(
            "| {} | {} | {:.1} | {} | {:.1} | {:.0} | {:.0} |",
            case.task.name(),
            case.who,
            each(change.allocations),
            ratio(change.allocations, ours, case.items),
            each(change.reallocations),
            each(change.bytes_allocated),
            each(kept.bytes_allocated.saturating_sub(kept.bytes_deallocated)),
        );
    }
}

/// How many allocations to one of ours, unless we have less than one for an item.
fn ratio(count: usize, ours: usize, items: usize) -> String {
    if ours < items {
        "-".to_owned()
    } else {
        format!("{:.2}", count as f64 / ours as f64)
    }
}
