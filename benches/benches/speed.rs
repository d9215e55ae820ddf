//! `cargo bench`: how long each case takes, beside its peers and the floor.
//!
//! The cases of a task take turns, so that an hour when the machine is busy is the same for all; what to look at is the
//! ratio. A word after `--` leaves only the tasks with it in their name.

mod cases;

use std::time::{Duration, Instant};

use cases::{Case, Ready, Who};

/// As many Services as lists have.
const ITEMS: [usize; 2] = [1_000, 10_000];

/// How often each case is timed.
const SAMPLES: usize = 50;

/// How long a sample takes at least: so long that the steps of the clock do not show.
const SAMPLE: Duration = Duration::from_millis(1);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let mut cases = cases::all(&ITEMS);
    cases.retain(|case| words.iter().all(|word| case.task.name().contains(word)));
    println!("| task | items | who | fastest | median | median to tablature | MB a second |");
    println!("| --- | ---: | --- | ---: | ---: | ---: | ---: |");
    for group in cases.chunk_by(|one, other| (one.task, one.items) == (other.task, other.items)) {
        row_each(group);
    }
}

/// Times cases that do the same, and prints a row for each.
fn row_each(group: &[Case]) {
    let ready: Vec<Ready> = group.iter().map(|case| case.prepare()).collect();
    let times: Vec<u32> = ready.iter().map(times_a_sample).collect();
    let mut samples = vec![Vec::new(); group.len()];
    for _ in 0..SAMPLES {
        for ((ready, times), samples) in ready.iter().zip(&times).zip(&mut samples) {
            samples.push(elapsed(ready, *times) / *times);
        }
    }
    samples.iter_mut().for_each(|it| it.sort());
    let median = |samples: &[Duration]| samples[SAMPLES / 2].as_secs_f64();
    let ours = group.iter().position(|case| case.who == Who::Tablature);
    let ours = ours.map_or(f64::NAN, |index| median(&samples[index]));
    for ((case, ready), samples) in group.iter().zip(&ready).zip(&samples) {
        println!(
            "| {} | {} | {} | {:.2?} | {:.2?} | {:.2} | {} |",
            case.task.name(),
            case.items,
            case.who,
            samples[0],
            samples[SAMPLES / 2],
            median(samples) / ours,
            rate(ready.bytes, median(samples)),
        );
    }
}

/// How often a case is run for one sample.
fn times_a_sample(ready: &Ready) -> u32 {
    // What is set up once is set up now.
    elapsed(ready, 1);
    let once = elapsed(ready, 1).max(Duration::from_nanos(1));
    u32::try_from(SAMPLE.as_nanos() / once.as_nanos())
        .unwrap_or(u32::MAX)
        .max(1)
}

fn elapsed(ready: &Ready, times: u32) -> Duration {
    let start = Instant::now();
    (0..times).for_each(|_| (ready.run)());
    start.elapsed()
}

fn rate(bytes: usize, seconds: f64) -> String {
    match bytes {
        0 => "-".to_owned(),
        bytes => format!("{:.0}", bytes as f64 / seconds / 1e6),
    }
}
