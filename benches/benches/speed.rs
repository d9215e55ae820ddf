//! `cargo bench`: time and bytes per second of each case, beside its peers and the floor.

mod cases;

use cases::{Case, Task};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

#[divan::bench(args = Task::Decode.cases(&[1_000, 10_000]))]
fn decode_a_service_list(bencher: Bencher<'_, '_>, case: &Case) {
    run(bencher, case);
}

#[divan::bench(args = Task::Encode.cases(&[1_000, 10_000]))]
fn encode_a_service_list(bencher: Bencher<'_, '_>, case: &Case) {
    run(bencher, case);
}

#[divan::bench(args = Task::Watch.cases(&[1_000]))]
fn decode_watch_events(bencher: Bencher<'_, '_>, case: &Case) {
    run(bencher, case);
}

#[divan::bench(args = Task::Request.cases(&[1]))]
fn build_a_list_request(bencher: Bencher<'_, '_>, case: &Case) {
    run(bencher, case);
}

#[divan::bench(args = Task::Patch.cases(&[1]))]
fn build_a_patch_request(bencher: Bencher<'_, '_>, case: &Case) {
    run(bencher, case);
}

fn run(bencher: Bencher<'_, '_>, case: &Case) {
    let ready = case.prepare();
    let bencher = bencher.counter(ItemsCount::new(case.items));
    if ready.bytes > 0 {
        bencher.counter(BytesCount::new(ready.bytes)).bench_local(&ready.run);
    } else {
        bencher.bench_local(&ready.run);
    }
}
