//! The process that tries inputs: it writes each down before it tries it.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::targets::{self, Target};
use crate::{finding, mutate, random::Random, structure};

/// How often the process says that it is alive.
const HEARTBEAT: Duration = Duration::from_millis(200);

/// What the last panic said, and where.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// Tries inputs until the time is over. Prints the number of tries now and then, and the findings.
pub(crate) fn run(target: &str, seed: &str, milliseconds: &str, current: &str) -> Result<usize, String> {
    let target = targets::named(target).ok_or("there is no such target")?;
    let (seed, milliseconds): (u64, u64) = match (seed.parse(), milliseconds.parse()) {
        (Ok(seed), Ok(milliseconds)) => (seed, milliseconds),
        _ => return Err("a seed and a time are numbers".to_owned()),
    };
    let end = Instant::now() + Duration::from_millis(milliseconds);
    let mut search = Search::new(target, Random::new(seed), current).map_err(|error| error.to_string())?;
    search.go_on(end).map_err(|error| error.to_string())?;
    Ok(0)
}

/// Tries the input in a file: 0 if nothing is wrong with it.
pub(crate) fn once(target: &str, file: &str) -> Result<usize, String> {
    let target = targets::named(target).ok_or("there is no such target")?;
    let input = fs::read(file).map_err(|error| error.to_string())?;
    listen();
    match attempt(target, &input) {
        Ok(_) => Ok(0),
        Err(problem) => {
            println!("{}", finding::key(&problem));
            Ok(1)
        }
    }
}

/// Keeps what panics say, in place of printing it.
fn listen() {
    panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        *PANIC.lock().unwrap_or_else(|it| it.into_inner()) = text;
    }));
}

/// What the target makes of the input: the outcome, or what is wrong.
fn attempt(target: &Target, input: &[u8]) -> Result<u64, String> {
    panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)))
        .unwrap_or_else(|_| Err(PANIC.lock().unwrap_or_else(|it| it.into_inner()).clone()))
}

/// Inputs, and what is known of them.
struct Search {
    target: &'static Target,
    random: Random,
    inputs: Vec<Vec<u8>>,
    outcomes: HashSet<u64>,
    found: HashSet<String>,
    current: File,
    tries: u64,
    /// When the process last said that it is alive.
    said: Instant,
}

impl Search {
    fn new(target: &'static Target, random: Random, current: &str) -> io::Result<Self> {
        listen();
        Ok(Self {
            target,
            random,
            inputs: Vec::new(),
            outcomes: HashSet::new(),
            found: HashSet::new(),
            current: OpenOptions::new()
                .create(true)
                .truncate(true)
                .write(true)
                .open(current)?,
            tries: 0,
            said: Instant::now(),
        })
    }

    fn go_on(&mut self, end: Instant) -> io::Result<()> {
        for seed in (self.target.seeds)() {
            self.attempt(&seed)?;
            self.inputs.push(seed);
        }
        while Instant::now() < end {
            let input = self.next();
            if self.attempt(&input)? {
                self.inputs.push(input);
            }
        }
        println!("tries {}", self.tries);
        Ok(())
    }

    /// A new input, made of two that there are.
    fn next(&mut self) -> Vec<u8> {
        let [one, other] = [(); 2].map(|()| self.random.of(&self.inputs).cloned().unwrap_or_default());
        let made = match self.random.below(4) {
            0 => None,
            _ if self.target.is_json => structure::json(&one, &other, &mut self.random),
            _ => None,
        };
        made.unwrap_or_else(|| mutate::bytes(&one, &other, &mut self.random))
    }

    /// Whether the outcome is one that no input gave before.
    fn attempt(&mut self, input: &[u8]) -> io::Result<bool> {
        self.tries += 1;
        if self.said.elapsed() > HEARTBEAT {
            self.said = Instant::now();
            println!("tries {}", self.tries);
        }
        self.current.seek(SeekFrom::Start(0))?;
        self.current.write_all(input)?;
        self.current.set_len(input.len() as u64)?;
        match attempt(self.target, input) {
            Ok(outcome) => Ok(self.outcomes.insert(outcome)),
            Err(problem) => {
                if self.found.insert(finding::key(&problem)) {
                    finding::print(input, &problem);
                }
                Ok(false)
            }
        }
    }
}
