//! The `Warning` header, as RFC 7234, section 5.5, has it.

use std::fmt;

use http::HeaderMap;
use http::header::WARNING;

/// A warning of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    code: u16,
    agent: String,
    text: String,
}

impl Warning {
    /// The code: 299 for all that is about the request itself.
    #[must_use]
    pub fn code(&self) -> u16 {
        self.code
    }

    /// Who warns; `-` if that is not told.
    #[must_use]
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// What the warning says.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

pub(crate) fn parse(headers: &HeaderMap) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for value in headers.get_all(WARNING) {
        // Servers put UTF-8 into a header that should be ASCII.
        let text = String::from_utf8_lossy(value.as_bytes());
        let mut rest = &*text;
        while let Some((warning, after)) = next(rest) {
            warnings.push(warning);
            rest = after;
        }
    }
    warnings
}

/// The first warning of a list, and what comes after its comma.
fn next(list: &str) -> Option<(Warning, &str)> {
    let list = list.trim_start_matches([' ', '\t', ',']);
    let (code, rest) = list.split_once(' ')?;
    let code = Some(code).filter(|code| code.len() == 3)?.parse().ok()?;
    let (agent, rest) = rest.trim_start().split_once(' ')?;
    let (text, rest) = quoted(rest.trim_start())?;
    let rest = rest.trim_start();
    // A date may follow, which has a comma in its quotes.
    let rest = if rest.starts_with('"') { quoted(rest)?.1 } else { rest };
    Some((
        Warning {
            code,
            agent: agent.to_owned(),
            text,
        },
        rest,
    ))
}

fn quoted(text: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut chars = text.strip_prefix('"')?.chars();
    loop {
        match chars.next()? {
            '"' => return Some((content, chars.as_str())),
            '\\' => content.push(chars.next()?),
            c => content.push(c),
        }
    }
}
