//! From a regular expression of ECMA-262 to one of `regex-lite`.

use std::iter::Peekable;
use std::str::Chars;

/// What `\s` is, which is more than white space in ASCII.
const SPACE: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

/// What has a meaning of its own, so that a backslash before it says that it has not.
const META: &str = r"\.+*?()|[]{}^$#&-~";

/// The same expression, `None` if there is none.
pub(super) fn translate(pattern: &str) -> Option<String> {
    let mut translator = Translator {
        rest: pattern.chars().peekable(),
        out: String::with_capacity(pattern.len()),
    };
    while let Some(c) = translator.rest.next() {
        translator.outside(c)?;
    }
    Some(translator.out)
}

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

impl Translator<'_> {
    fn outside(&mut self, c: char) -> Option<()> {
        match c {
            '\\' => {
                let c = self.rest.next()?;
                match c {
                    'd' | 'D' | 'w' | 'W' | 'b' | 'B' => self.out.extend(['\\', c]),
                    's' => self.out.extend(["[", SPACE, "]"]),
                    'S' => self.out.extend(["[^", SPACE, "]"]),
                    _ => self.escaped(c)?,
                }
            }
            '.' => self.out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '[' => self.class()?,
            '(' if self.is_look_around() => return None,
            '{' if !self.is_count() => self.out.push_str(r"\{"),
            '{' => self.count(),
            '}' | ']' => self.out.extend(['\\', c]),
            _ => self.out.push(c),
        }
        Some(())
    }

    /// `(?=`, `(?!`, `(?<=`, `(?<!`
    fn is_look_around(&self) -> bool {
        let next: String = self.rest.clone().take(3).collect();
        ["?=", "?!", "?<=", "?<!"].iter().any(|look| next.starts_with(look))
    }

    /// `{1}`, `{1,}`, `{1,2}`; any other brace is one.
    fn is_count(&self) -> bool {
        let inside: String = self.rest.clone().take_while(|c| *c != '}').collect();
        let (min, max) = inside.split_once(',').unwrap_or((&inside, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        !min.is_empty() && digits(min) && digits(max) && self.rest.clone().any(|c| c == '}')
    }

    fn count(&mut self) {
        self.out.push('{');
        for c in self.rest.by_ref() {
            self.out.push(c);
            if c == '}' {
                return;
            }
        }
    }

    /// A character that a backslash stands before, in a class or not.
    fn escaped(&mut self, c: char) -> Option<()> {
        match c {
            't' | 'n' | 'r' | 'f' | 'v' => self.out.extend(['\\', c]),
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => self.out.push_str(r"\x00"),
            'x' => {
                let code = self.hexadecimal(2)?;
                self.code(code)?;
            }
            'u' => self.unicode()?,
            'c' => {
                let letter = self.rest.next().filter(char::is_ascii_alphabetic)?;
                self.code(u32::from(letter) % 32)?;
            }
            _ if c.is_ascii_alphanumeric() => return None,
            _ if META.contains(c) => self.out.extend(['\\', c]),
            _ => self.out.push(c),
        }
        Some(())
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |code, _| Some(code * 16 + self.rest.next()?.to_digit(16)?))
    }

    fn unicode(&mut self) -> Option<()> {
        if self.rest.peek() == Some(&'{') {
            self.rest.next();
            let mut code = 0_u32;
            loop {
                match self.rest.next()? {
                    '}' => return self.code(code),
                    c => code = code.checked_mul(16)?.checked_add(c.to_digit(16)?)?,
                }
            }
        }
        let code = self.hexadecimal(4)?;
        if !(0xd800..0xdc00).contains(&code) {
            return self.code(code);
        }
        // One character in two halves.
        let marks = (self.rest.next()?, self.rest.next()?);
        let low = self.hexadecimal(4).filter(|low| (0xdc00..0xe000).contains(low))?;
        if marks != ('\\', 'u') {
            return None;
        }
        self.code(0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00))
    }

    fn code(&mut self, code: u32) -> Option<()> {
        char::from_u32(code)?;
        self.out.push_str(&format!("\\u{{{code:X}}}"));
        Some(())
    }

    /// What is between brackets.
    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if self.rest.peek() == Some(&'^') {
            self.rest.next();
            self.out.push('^');
        }
        if self.rest.peek() == Some(&']') {
            return None;
        }
        // A hyphen next to a set such as `\w` is not a range.
        let mut after_set = false;
        loop {
            let c = self.rest.next()?;
            let is_set = match c {
                ']' => break,
                '\\' => self.in_class()?,
                '-' if after_set || self.is_before_set() => {
                    self.out.push_str(r"\-");
                    false
                }
                '[' | '&' | '~' => {
                    self.out.extend(['\\', c]);
                    false
                }
                _ => {
                    self.out.push(c);
                    false
                }
            };
            after_set = is_set;
        }
        self.out.push(']');
        Some(())
    }

    /// What follows a backslash between brackets; whether that is a set.
    fn in_class(&mut self) -> Option<bool> {
        let c = self.rest.next()?;
        match c {
            'd' | 'D' | 'w' | 'W' => self.out.extend(['\\', c]),
            's' => self.out.push_str(SPACE),
            'b' => {
                self.out.push_str(r"\x08");
                return Some(false);
            }
            _ => {
                self.escaped(c)?;
                return Some(false);
            }
        }
        Some(true)
    }

    fn is_before_set(&self) -> bool {
        let next: String = self.rest.clone().take(2).collect();
        matches!(next.as_str(), r"\d" | r"\D" | r"\w" | r"\W" | r"\s" | r"\S")
    }
}
