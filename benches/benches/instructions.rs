//! Runs cases by number, for `cargo xtask bench instructions` to count what they execute.
//!
//! Without arguments it lists the cases; `NUMBER TIMES` makes the input of one and runs it so often.

mod cases;

use std::process::ExitCode;

/// As many Services as lists have.
const ITEMS: [usize; 2] = [1_000, 10_000];

fn main() -> ExitCode {
    let cases = cases::all(&ITEMS);
    // `cargo bench` runs every bench with this flag; there is nothing to be counted without valgrind.
    if std::env::args().any(|it| it == "--bench") {
        return ExitCode::SUCCESS;
    }
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let [number, times] = numbers[..] else {
        for (number, case) in cases.iter().enumerate() {
            println!("{number}\t{}\t{}\t{}", case.task.name(), case.who, case.items);
        }
        return ExitCode::SUCCESS;
    };
    let Some(case) = cases.get(number) else {
        eprintln!("there is no case {number}");
        return ExitCode::FAILURE;
    };
    let ready = case.prepare();
    for _ in 0..times {
        (ready.run)();
    }
    ExitCode::SUCCESS
}
