//! Text as pages write it, brought to one form: quotes, spaces, and the hash of the rest.

/// How many hexadecimal digits of a hash are kept of a description.
///
/// A hash is only ever compared with that of the same row in another edition, so 48 bits leave a
/// change unnoticed once in 10^14.
const DIGITS: usize = 12;

/// The text on one line: each run of white space is one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The variables of a path template.
pub(crate) fn variables(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('{').skip(1);
    pieces.filter_map(|it| it.split_once('}')).map(|(name, _)| name)
}

/// What is compared of a text: renderings of the same words are equal.
///
/// White space goes, since one edition joins the paragraphs that another one parts; so do the
/// marks of inline code and emphasis; quotes, arrows and full-width punctuation are ASCII.
pub(crate) fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            it if it.is_whitespace() => {}
            '\u{200b}' | '\u{feff}' | '`' | '*' | '\\' => {}
            '\u{2018}' | '\u{2019}' => normal.push('\''),
            '\u{201c}' | '\u{201d}' => normal.push('"'),
            '\u{2013}' | '\u{2014}' => normal.push_str("--"),
            '\u{2026}' => normal.push_str("..."),
            '\u{2190}' => normal.push_str("<-"),
            '\u{2192}' => normal.push_str("->"),
            '\u{21d0}' => normal.push_str("<="),
            '\u{21d2}' => normal.push_str("=>"),
            '\u{ff01}'..='\u{ff5e}' => normal.extend(char::from_u32(u32::from(character) - 0xfee0)),
            it => normal.push(it),
        }
    }
    normal
}

/// The hash of a text in its normal form; `None` where there is no text.
pub(crate) fn hash(text: &str) -> Option<String> {
    let normal = normal(text);
    (!normal.is_empty()).then(|| digest(normal.as_bytes(), DIGITS))
}

/// The first hexadecimal digits of the SHA-256 of some bytes.
pub(crate) fn digest(bytes: &[u8], digits: usize) -> String {
    let mut text = String::with_capacity(64);
    for byte in hmac_sha256::Hash::hash(bytes) {
        for nibble in [byte >> 4, byte & 0xf] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    text.truncate(digits);
    text
}

/// The first words of a text, for a reader to find the place again.
pub(crate) fn first_words(text: &str) -> String {
    const MOST: usize = 60;
    let line = one_line(text);
    match line.char_indices().nth(MOST) {
        None => line,
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
            format!("{cut} …")
        }
    }
}

/// Where two texts differ: the words of each from a little before the first one that differs.
pub(crate) fn difference(old: &str, new: &str) -> (String, String) {
    const BEFORE: usize = 3;
    let same = old
        .split_whitespace()
        .zip(new.split_whitespace())
        .take_while(|(a, b)| a == b)
        .count();
    let from = |text: &str| {
        let start = same.saturating_sub(BEFORE);
        let words: Vec<_> = text.split_whitespace().skip(start).collect();
        let shown = first_words(&words.join(" "));
        if start > 0 { format!("… {shown}") } else { shown }
    };
    (from(old), from(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderings_of_the_same_words_are_equal() {
        for (a, b) in [
            ("UTC.\n\nPopulated by", "UTC.Populated by"),
            ("the server’s “X”", "the server's \"X\""),
            ("（默认）：a", "(默认):a"),
            ("set the `continue` field", "set the *continue* field"),
            (">0 && ⇐86400", ">0 && <=86400"),
        ] {
            assert_eq!(normal(a), normal(b));
        }
        assert_ne!(hash("a"), hash("b"));
        assert_eq!(hash(" \n"), None);
    }

    #[test]
    fn first_words_end_at_a_word() {
        assert_eq!(first_words("a\nb"), "a b");
        assert_eq!(
            first_words(&"word ".repeat(20)),
            format!("{} …", ["word"; 12].join(" "))
        );
    }
}
