//! What a schema asks of the values of members, as data.

use super::Member;
use crate::Json;

/// The rules of a model; [`validate!`](crate::validate!) makes a method of them.
pub trait Validate {
    /// The rules of the members, also those of models inside.
    const RULES: &'static [Rule];

    /// The same as a function, so that models which hold one another can refer to their rules.
    #[must_use]
    fn rules() -> &'static [Rule] {
        Self::RULES
    }
}

/// The rules of a union, which depend on what it holds; [`validate_union!`](crate::validate_union!) makes a
/// method of them.
pub trait ValidateVariant {
    /// The rules of the value that the variant holds. Each is one of the value itself; where others name a
    /// member, it names the variant.
    fn rules(&self) -> &'static [Rule];
}

/// What a schema asks of the value of a member.
///
/// A rule of one JSON type does not ask anything of values of other types, and no rule asks anything
/// of a member that is absent or `null`.
///
/// ```
/// use tablature_runtime::model::Rule;
///
/// const RULES: &[Rule] = &[
///     Rule::text("name").min(1).max(63).pattern("^[a-z]+$"),
///     Rule::number("port").at_least("1").at_most("65535"),
///     Rule::list("tags").max(10).unique(),
///     Rule::text("tags").in_list().max(20),
/// ];
/// # assert_eq!(RULES.len(), 4);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub(super) subject: Subject,
    /// What it is asked of, if not of the member itself: the first [`depth`](Self::depth) of them.
    pub(super) steps: [Step; MAX_STEPS],
    pub(super) depth: usize,
    pub(super) check: Check,
    /// Whether what breaks it is not told.
    pub(super) secret: bool,
}

/// How deep lists and maps of lists and maps may have rules of their own.
const MAX_STEPS: usize = 4;

/// What a rule is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    /// The member of this name.
    Member(&'static str),
    /// Each member that is none of these.
    Others(&'static [Member]),
    /// The model itself.
    Itself,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Items,
    Item(usize),
    Values,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    Text { size: Size, pattern: Option<&'static str> },
    Number(Bounds),
    List { size: Size, unique: bool },
    Map(Size),
    Rules(fn() -> &'static [Rule]),
    Variant(fn(&Json) -> &'static [Rule]),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
}

impl Size {
    const ANY: Self = Self { min: None, max: None };
}

/// Decimals as JSON writes them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) at_least: Option<&'static str>,
    pub(super) at_most: Option<&'static str>,
    pub(super) above: Option<&'static str>,
    pub(super) below: Option<&'static str>,
    pub(super) multiple_of: Option<&'static str>,
}

impl Rule {
    const fn new(member: &'static str, check: Check) -> Self {
        Self {
            subject: Subject::Member(member),
            steps: [Step::Items; MAX_STEPS],
            depth: 0,
            check,
            secret: false,
        }
    }

    /// A rule of a text.
    #[must_use]
    pub const fn text(member: &'static str) -> Self {
        Self::new(
            member,
            Check::Text {
                size: Size::ANY,
                pattern: None,
            },
        )
    }

    /// A rule of a number.
    #[must_use]
    pub const fn number(member: &'static str) -> Self {
        Self::new(
            member,
            Check::Number(Bounds {
                at_least: None,
                at_most: None,
                above: None,
                below: None,
                multiple_of: None,
            }),
        )
    }

    /// A rule of a list.
    #[must_use]
    pub const fn list(member: &'static str) -> Self {
        Self::new(
            member,
            Check::List {
                size: Size::ANY,
                unique: false,
            },
        )
    }

    /// A rule of a map, or of how many members an object has.
    #[must_use]
    pub const fn map(member: &'static str) -> Self {
        Self::new(member, Check::Map(Size::ANY))
    }

    /// A rule of how many members the model itself has.
    #[must_use]
    pub const fn members() -> Self {
        Self {
            subject: Subject::Itself,
            ..Self::map("")
        }
    }

    /// The rules of the union that a member is: `rules` is [`of_variant`](super::of_variant) of the union.
    #[must_use]
    pub const fn variant(member: &'static str, rules: fn(&Json) -> &'static [Self]) -> Self {
        Self::new(member, Check::Variant(rules))
    }

    /// The rules of the model that a member is.
    #[must_use]
    pub const fn inside(member: &'static str, rules: fn() -> &'static [Self]) -> Self {
        Self::new(member, Check::Rules(rules))
    }

    /// The rules of the model that each item of a list is.
    #[must_use]
    pub const fn each(member: &'static str, rules: fn() -> &'static [Self]) -> Self {
        Self::inside(member, rules).in_list()
    }

    /// The rules of the model that each value of a map is.
    #[must_use]
    pub const fn values(member: &'static str, rules: fn() -> &'static [Self]) -> Self {
        Self::inside(member, rules).in_map()
    }

    /// Makes it a rule of each item of the list that it would be a rule of. Beyond four such steps
    /// it is a rule of what the fourth leads to.
    #[must_use]
    pub const fn in_list(self) -> Self {
        self.step(Step::Items)
    }

    /// Makes it a rule of each value of the map that it would be a rule of. Beyond four such steps
    /// it is a rule of what the fourth leads to.
    #[must_use]
    pub const fn in_map(self) -> Self {
        self.step(Step::Values)
    }

    /// Makes it a rule of the item at this index of the list that it would be a rule of. Beyond four such
    /// steps it is a rule of what the fourth leads to.
    #[must_use]
    pub const fn at(self, index: usize) -> Self {
        self.step(Step::Item(index))
    }

    /// Makes it a rule of each member that is none of `members`, whatever member it would be a rule of.
    #[must_use]
    pub const fn of_others(self, members: &'static [Member]) -> Self {
        Self {
            subject: Subject::Others(members),
            ..self
        }
    }

    /// Says that the value is secret: what breaks the rule is not told.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    const fn step(mut self, step: Step) -> Self {
        if self.depth < MAX_STEPS {
            self.steps[self.depth] = step;
            self.depth += 1;
        }
        self
    }

    /// How many characters (Unicode scalar values), items or members there must be at least.
    #[must_use]
    pub const fn min(mut self, min: u64) -> Self {
        if let Check::Text { size, .. } | Check::List { size, .. } | Check::Map(size) = &mut self.check {
            size.min = Some(min);
        }
        self
    }

    /// How many characters (Unicode scalar values), items or members there may be at most.
    #[must_use]
    pub const fn max(mut self, max: u64) -> Self {
        if let Check::Text { size, .. } | Check::List { size, .. } | Check::Map(size) = &mut self.check {
            size.max = Some(max);
        }
        self
    }

    /// What must be found in a text: a regular expression of ECMA-262.
    ///
    /// It is checked by the feature `pattern`, and only if it has no look-around, no back-reference
    /// and no Unicode property; see [`Violations::skipped`](super::Violations::skipped).
    #[must_use]
    pub const fn pattern(mut self, expression: &'static str) -> Self {
        if let Check::Text { pattern, .. } = &mut self.check {
            *pattern = Some(expression);
        }
        self
    }

    /// What a number must not be less than: a decimal as JSON writes it, as are all bounds.
    #[must_use]
    pub const fn at_least(mut self, bound: &'static str) -> Self {
        if let Check::Number(bounds) = &mut self.check {
            bounds.at_least = Some(bound);
        }
        self
    }

    /// What a number must not be more than.
    #[must_use]
    pub const fn at_most(mut self, bound: &'static str) -> Self {
        if let Check::Number(bounds) = &mut self.check {
            bounds.at_most = Some(bound);
        }
        self
    }

    /// What a number must be more than.
    #[must_use]
    pub const fn above(mut self, bound: &'static str) -> Self {
        if let Check::Number(bounds) = &mut self.check {
            bounds.above = Some(bound);
        }
        self
    }

    /// What a number must be less than.
    #[must_use]
    pub const fn below(mut self, bound: &'static str) -> Self {
        if let Check::Number(bounds) = &mut self.check {
            bounds.below = Some(bound);
        }
        self
    }

    /// What a number must be a whole multiple of.
    #[must_use]
    pub const fn multiple_of(mut self, step: &'static str) -> Self {
        if let Check::Number(bounds) = &mut self.check {
            bounds.multiple_of = Some(step);
        }
        self
    }

    /// No two items of a list may be the same JSON value.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        if let Check::List { unique, .. } = &mut self.check {
            *unique = true;
        }
        self
    }
}
