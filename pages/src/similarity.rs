//! How alike two texts are.

use crate::text::normal;

/// What a text is compared by: its pairs of characters, sorted, and their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape(Vec<(char, char)>);

impl Shape {
    /// The shape of a text in its normal form.
    pub(crate) fn of(text: &str) -> Self {
        let characters: Vec<char> = normal(text).chars().flat_map(char::to_lowercase).collect();
        let mut pairs: Vec<_> = characters
            .windows(2)
            .filter_map(|it| Some((*it.first()?, *it.get(1)?)))
            .collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// Whether the text is too short to be compared.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The share of pairs that both have, in percent (Dice).
    pub(crate) fn likeness(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0_usize;
        while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += 2;
                    a.next();
                    b.next();
                }
            }
        }
        (shared * 100).checked_div(self.0.len() + other.0.len()).unwrap_or(0)
    }
}

/// Whether one text is what is left of the other when a rendering loses parts of it.
pub(crate) fn is_remnant(damaged: &str, whole: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(normal)
            .filter(|it| !it.is_empty())
            .collect()
    };
    let (damaged, whole) = (words(damaged), words(whole));
    let mut rest = whole.iter();
    // At least a third must be left to say that it is the same text.
    !damaged.is_empty() && damaged.len() * 3 >= whole.len() && damaged.iter().all(|word| rest.any(|it| it == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_a_share() {
        let of = |a, b| Shape::of(a).likeness(&Shape::of(b));
        assert_eq!(of("The port.", "the  port."), 100);
        assert_eq!(of("abc", "xyz"), 0);
        assert_eq!(of("", ""), 0);
        assert!(of("获取用户Token的值", "调用服务获取用户Token的值") > 70);
    }

    #[test]
    fn remnants_lack_words_only() {
        assert!(is_remnant("requires and more", "requires `type` and more"));
        assert!(!is_remnant("requires and less", "requires `type` and more"));
        assert!(!is_remnant("", "a"));
    }
}
