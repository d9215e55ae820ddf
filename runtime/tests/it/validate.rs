//! Checks of values against documented rules.

use std::collections::BTreeMap;

use tablature_runtime::Number;
use tablature_runtime::model::{
    Member, Model, ReadMember, Requirement, Rule, Unknown, Validate, Violation, WriteMembers,
};

#[derive(Clone, Debug, Default, PartialEq)]
struct Tree {
    name: Option<String>,
    weight: Option<f64>,
    exact: Option<Number>,
    tags: Option<Vec<String>>,
    labels: Option<BTreeMap<String, String>>,
    grid: Option<Vec<Vec<i64>>>,
    parent: Option<Box<Tree>>,
    children: Option<Vec<Tree>>,
    named: Option<BTreeMap<String, Tree>>,
    unknown: Unknown,
}

impl Model for Tree {
    const NAME: &'static str = "Tree";
    const MEMBERS: &'static [Member] = &[
        Member::optional("name"),
        Member::optional("weight"),
        Member::optional("exact"),
        Member::optional("tags"),
        Member::optional("labels"),
        Member::optional("grid"),
        Member::optional("parent"),
        Member::optional("children"),
        Member::optional("named"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.name),
            1 => value.optional(&mut self.weight),
            2 => value.optional(&mut self.exact),
            3 => value.optional(&mut self.tags),
            4 => value.optional(&mut self.labels),
            5 => value.optional(&mut self.grid),
            6 => value.optional(&mut self.parent),
            7 => value.optional(&mut self.children),
            _ => value.optional(&mut self.named),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("name", &self.name);
        to.optional("weight", &self.weight);
        to.optional("exact", &self.exact);
        to.optional("tags", &self.tags);
        to.optional("labels", &self.labels);
        to.optional("grid", &self.grid);
        to.optional("parent", &self.parent);
        to.optional("children", &self.children);
        to.optional("named", &self.named);
    }
}

tablature_runtime::model!(Tree);

impl Validate for Tree {
    const RULES: &'static [Rule] = &[
        Rule::text("name").min(1).max(3),
        Rule::number("weight").above("0").at_most("10").multiple_of("0.1"),
        Rule::number("exact").at_least("-1e30").below("1e30"),
        Rule::list("tags").min(1).max(3).unique(),
        Rule::text("tags").in_list().min(2),
        Rule::map("labels").min(1).max(2),
        Rule::text("labels").in_map().max(2),
        Rule::list("grid").unique(),
        Rule::list("grid").in_list().max(2),
        Rule::number("grid").in_list().in_list().at_least("0"),
        Rule::inside("parent", <Tree as Validate>::rules),
        Rule::each("children", <Tree as Validate>::rules),
        Rule::values("named", <Tree as Validate>::rules),
    ];
}

tablature_runtime::validate!(Tree);

fn found(text: &str) -> Vec<String> {
    let tree: Tree = serde_json::from_str(text).unwrap();
    match tree.validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.into_iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn values_are_checked_against_their_rules() {
    for (text, expected) in [
        ("{}", &[][..]),
        (r#"{"name":null,"weight":null,"tags":null,"unknown":{"name":""}}"#, &[]),
        (
            r#"{"name":"üüü","weight":9.9,"tags":["ab","cd","ef"],"labels":{"a":"b"}}"#,
            &[],
        ),
        (r#"{"name":""}"#, &[r#"name: expected at least 1 character, found """#]),
        (
            r#"{"name":"üüüü"}"#,
            &[r#"name: expected at most 3 characters, found "üüüü""#],
        ),
        (
            r#"{"weight":0}"#,
            &["weight: expected a number of more than 0, found 0"],
        ),
        (r#"{"weight":10}"#, &[]),
        (
            r#"{"weight":10.1}"#,
            &["weight: expected a number of at most 10, found 10.1"],
        ),
        (r#"{"weight":0.3}"#, &[]),
        (
            r#"{"weight":0.35}"#,
            &["weight: expected a multiple of 0.1, found 0.35"],
        ),
        (
            r#"{"weight":-0.05}"#,
            &[
                "weight: expected a number of more than 0, found -0.05",
                "weight: expected a multiple of 0.1, found -0.05",
            ],
        ),
        (r#"{"exact":-1000000000000000000000000000000}"#, &[]),
        (
            r#"{"exact":-1000000000000000000000000000000.1}"#,
            &["exact: expected a number of at least -1e30, found -1000000000000000000000000000000.1"],
        ),
        (r#"{"exact":999999999999999999999999999999.9}"#, &[]),
        (
            r#"{"exact":1E30}"#,
            &["exact: expected a number of less than 1e30, found 1E30"],
        ),
        (r#"{"tags":[]}"#, &["tags: expected at least 1 item, found []"]),
        (
            r#"{"tags":["ab","c","ab","d"]}"#,
            &[
                r#"tags: expected at most 3 items, found ["ab","c","ab","d"]"#,
                r#"tags: expected items that differ, found ["ab","c","ab","d"]"#,
                r#"tags[1]: expected at least 2 characters, found "c""#,
                r#"tags[3]: expected at least 2 characters, found "d""#,
            ],
        ),
        (r#"{"labels":{}}"#, &["labels: expected at least 1 member, found {}"]),
        (
            r#"{"labels":{"a":"1","b.c":"123","":"456"}}"#,
            &[
                r#"labels: expected at most 2 members, found {"":"456","a":"1","b.c":"123"}"#,
                r#"labels[""]: expected at most 2 characters, found "456""#,
                r#"labels["b.c"]: expected at most 2 characters, found "123""#,
            ],
        ),
        (
            r#"{"grid":[[1,2],[1,2],[3,-4,5]]}"#,
            &[
                "grid: expected items that differ, found [[1,2],[1,2],[3,-4,5]]",
                "grid[2]: expected at most 2 items, found [3,-4,5]",
                "grid[2][1]: expected a number of at least 0, found -4",
            ],
        ),
        (
            r#"{"parent":{"parent":{"name":""}},"children":[{},{"name":"long","named":{"x":{"name":""}}}]}"#,
            &[
                r#"parent.parent.name: expected at least 1 character, found """#,
                r#"children[1].name: expected at most 3 characters, found "long""#,
                r#"children[1].named.x.name: expected at least 1 character, found """#,
            ],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_violation_says_what_and_where() {
    let tree = Tree {
        name: Some("\u{1b}[1m".repeat(100)),
        weight: Some(0.0),
        ..Tree::default()
    };
    let violations = tree.validate().unwrap_err();
    let [name, weight] = violations.as_slice() else {
        unreachable!("two violations: {violations}")
    };
    assert_eq!((name.path(), name.expected()), ("name", &Requirement::MaxLength(3)));
    assert!(
        name.value().starts_with(r#""\u001b[1m"#) && name.value().len() < 300,
        "{}",
        name.value()
    );
    assert_eq!(weight.expected(), &Requirement::Above("0"));
    assert_eq!(weight.value(), "0");
    assert!(
        violations
            .to_string()
            .ends_with("; weight: expected a number of more than 0, found 0")
    );

    let tree = Tree {
        weight: Some(f64::INFINITY),
        ..Tree::default()
    };
    let violations = tree.validate().unwrap_err();
    assert_eq!(
        violations.as_slice().first().map(Violation::expected),
        Some(&Requirement::Written)
    );
}

/// Whether a text meets a pattern, and whether that was skipped.
macro_rules! pattern {
    ($pattern:literal, $text:expr) => {{
        struct Text(String);

        impl serde::Serialize for Text {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                BTreeMap::from([("text", &self.0)]).serialize(serializer)
            }
        }

        impl Validate for Text {
            const RULES: &'static [Rule] = &[Rule::text("text").pattern($pattern).max(100)];
        }

        let is_met = tablature_runtime::model::validate(&Text($text.to_owned())).is_ok();
        // With something wrong there is always something to say.
        let violations = tablature_runtime::model::validate(&Text("x".repeat(101))).unwrap_err();
        (is_met, !violations.skipped().is_empty())
    }};
}

#[cfg(not(feature = "pattern"))]
#[test]
fn patterns_without_their_feature_are_skipped() {
    assert_eq!(pattern!("^a$", "b"), (true, true));
}

#[cfg(feature = "pattern")]
#[test]
fn patterns_are_those_of_ecma_262() {
    let cases = [
        (pattern!("^[a-z]+$", "abc"), true),
        (pattern!("^[a-z]+$", "abc\n"), false),
        (pattern!("b", "abc"), true),
        (pattern!("^\\d{2,}$", "12"), true),
        (pattern!("^\\d+$", "١٢"), false),
        (pattern!("^\\w+$", "ü"), false),
        (pattern!("^\\s$", "\u{a0}"), true),
        (pattern!("^\\s$", "\u{feff}"), true),
        (pattern!("^[\\s-]$", "\u{2003}"), true),
        (pattern!("^\\S$", "\u{2003}"), false),
        (pattern!("^.$", "\u{2028}"), false),
        (pattern!("^.$", "\r"), false),
        (pattern!("^.$", "😀"), true),
        (pattern!("^\\/a\\/$", "/a/"), true),
        (pattern!("^[\\w.-]+$", "a-b.c"), true),
        (pattern!("^[\\w-.]+$", "a-b.c"), true),
        (pattern!("^[.-\\w]+$", "a-b.c"), true),
        (pattern!("^[[\\]]+$", "[]"), true),
        (pattern!("^[a&&b~~]+$", "a&b~"), true),
        (pattern!("^[^a]$", "b"), true),
        (pattern!("^{x}$", "{x}"), true),
        (pattern!("^a{,2}$", "a{,2}"), true),
        (pattern!("^a{1}{b}$", "a{b}"), true),
        (pattern!("^]}$", "]}"), true),
        (pattern!("^\\u0041\\x42\\u{43}$", "ABC"), true),
        (pattern!("^\\ud83d\\ude00$", "😀"), true),
        (pattern!("^[\\u4e00-\\u9fff]+$", "漢字"), true),
        (pattern!("^\\cJ$", "\n"), true),
        (pattern!("^[\\b]$", "\u{8}"), true),
        (pattern!("^\\0$", "\0"), true),
        (pattern!("^(?:a|b)(?<n>c)$", "bc"), true),
        (pattern!("^\\-\\#\\<\\>\\@\\'$", "-#<>@'"), true),
        (pattern!("^a*?b+?$", "aab"), true),
        (pattern!("^$", ""), true),
        (
            pattern!("^(([a-z])+.)+[A-Z]([a-z])+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            false,
        ),
    ];
    for (index, ((is_met, is_skipped), expected)) in cases.into_iter().enumerate() {
        assert_eq!((is_met, is_skipped), (expected, false), "case {index}");
    }
    // What there is no translation of counts as met.
    for (index, case) in [
        pattern!("(?=a)b", "x"),
        pattern!("^(?!a)", "a"),
        pattern!("(?<=a)b", "x"),
        pattern!("(a)\\1", "x"),
        pattern!("\\p{L}", "1"),
        pattern!("[^]", ""),
        pattern!("[]", "a"),
        pattern!("[^\\S]", "a"),
        pattern!("\\ud83d", "a"),
        pattern!("\\Aa\\Z", "b"),
        pattern!("(", "a"),
        pattern!("[a", "b"),
        pattern!("a\\", "b"),
        pattern!("a{99999999}", "b"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(case, (true, true), "case {index}");
    }
}
