//! What is wrong with an input, as one process tells another.

/// An input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The input.
    pub input: Vec<u8>,
    /// What is wrong.
    pub problem: String,
}

/// What two findings of one cause have in common: where the panic was, or what was promised.
pub(crate) fn key(problem: &str) -> String {
    let first = problem.lines().next().unwrap_or_default();
    first.chars().filter(|it| !it.is_control()).take(160).collect()
}

/// Prints a finding on one line.
pub(crate) fn print(input: &[u8], problem: &str) {
    let hex: String = input.iter().map(|byte| format!("{byte:02x}")).collect();
    println!("found {hex} {}", serde_json::Value::from(problem));
}

/// Reads a line that [`print`] has printed.
pub(crate) fn read(line: &str) -> Option<Finding> {
    let (hex, problem) = line.strip_prefix("found ")?.split_once(' ')?;
    let bytes = hex.as_bytes().chunks(2);
    let bytes = bytes.map(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
    Some(Finding {
        input: bytes.collect::<Option<_>>()?,
        problem: serde_json::from_str(problem).ok()?,
    })
}
