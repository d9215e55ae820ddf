//! The words by which pages name columns and sections: data, which a user's file extends.

mod read;

use std::collections::HashMap;
use std::sync::LazyLock;

use tablature_openapi::{Report, SourceId};

use crate::template::Template;

/// The methods of HTTP that operations have.
pub(crate) const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"];

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The name of a parameter or member.
    Name,
    /// Whether it must be given.
    Required,
    /// Its type.
    Type,
    /// Where in the request it stands.
    Location,
    /// What it means.
    Description,
    /// A status code.
    Status,
    /// The model in the body of a response.
    Body,
    /// The value that holds where none is given.
    Default,
    /// The method of an operation.
    Method,
    /// The path of an operation.
    Uri,
}

/// What a heading or a caption announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Parameters in the path.
    Path,
    /// Parameters in the query.
    Query,
    /// Headers of the request.
    Header,
    /// Form fields in the body of the request.
    Form,
    /// Headers of a response.
    ResponseHeader,
    /// The body of the request.
    RequestBody,
    /// The body of a response.
    ResponseBody,
    /// Method and path.
    Uri,
    /// The request.
    Request,
    /// The response.
    Response,
    /// An example of a request.
    RequestExample,
    /// An example of a response.
    ResponseExample,
    /// Status codes.
    Statuses,
    /// The members of an object.
    Model,
    /// The list of operations of a chapter.
    Operations,
    /// Text that has no facts of the kinds that are read.
    Prose,
}

impl Section {
    /// Whether a heading below it that is not known is that of a part of it.
    pub(crate) fn has_parts(self) -> bool {
        self.is_of_one_table() || matches!(self, Self::Request | Self::Response | Self::Prose)
    }

    /// Whether it ends where an operation begins, since nothing of it says what that takes.
    pub(crate) fn ends_at_operation(self) -> bool {
        matches!(
            self,
            Self::Response | Self::ResponseBody | Self::ResponseHeader | Self::Statuses | Self::Prose
        )
    }

    /// Whether it is the caption of one table, and no heading of several.
    pub(crate) fn is_of_one_table(self) -> bool {
        matches!(
            self,
            Self::Path
                | Self::Query
                | Self::Header
                | Self::Form
                | Self::ResponseHeader
                | Self::RequestBody
                | Self::ResponseBody
        )
    }
}

/// What a sentence can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The value that holds where none is given: `{value}`.
    Default,
    /// The values: `{values}`.
    Values,
    /// The number of characters: `{minimum}` and `{maximum}`, or one of them.
    Length,
    /// The least and the greatest value: `{minimum}` and `{maximum}`, or one of them.
    Range,
    /// The unit of measure: `{unit}`.
    Unit,
    /// That the row is not to be used any more.
    Deprecated,
}

/// Headings that are operations and models by their spelling: `sendLamp` and `Lamp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headings {
    /// Their level, if the site writes them on one alone.
    pub(crate) level: Option<u8>,
    /// The method of each operation.
    pub(crate) method: String,
    /// The path, with `{name}` for the heading.
    pub(crate) path: String,
    /// Whether the table below an operation has the members of its body, and no parameters of the query.
    pub(crate) in_body: bool,
}

/// What a heading names by its spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// An operation: one word that begins in lower case.
    Operation,
    /// A model: one word that begins in upper case.
    Model,
}

/// The words of pages: those of the generators that are known, and those that a file adds.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    columns: HashMap<String, Column>,
    sections: HashMap<String, Section>,
    /// Captions that announce a response, such as `状态码为{status}时`.
    statuses: Vec<Template>,
    /// Words that say whether a value must be given.
    required: HashMap<String, bool>,
    /// Words of the site for types, in lower case, each with the type that it means.
    types: HashMap<String, String>,
    /// Words in a cell that say that nothing is there.
    nothing: Vec<String>,
    /// The status of the success on pages that list none.
    success: Option<String>,
    /// Captions that name a model, such as `{model} parameter description`, the most telling first.
    models: Vec<Template>,
    /// Lines that are operations, such as `<Endpoint method="{method}" url="{path}" />`.
    operations: Vec<Template>,
    /// The marks before the name of a member of the member above, one for each level.
    nested: Vec<String>,
    /// How a site writes operations as headings without a method and a path, if it does.
    pub(crate) headings: Option<Headings>,
    /// Beginnings of descriptions that say that a member is optional; where a file gives some, all others are required.
    optional_text: Vec<String>,
    /// Phrases in which a sentence says what an operation returns, such as `Returns {type} on success`.
    returns: Vec<Template>,
    /// By method, the type of what answers a success hold; `{type}` in it is what the page says that is returned.
    answers: HashMap<String, String>,
    /// Phrases before an example in a cell, and whether it is one of a request or of a response.
    examples: Vec<(String, Section)>,
    /// Phrases in which a sentence states a fact, such as `defaults to {value}`.
    prose: Vec<(Fact, Template)>,
}

static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let text = include_str!("../vocabularies/builtin.json");
    vocabulary.extend(0, text, &mut Report::new());
    vocabulary
});

impl Vocabulary {
    /// The words of Huawei Cloud's and OpenShift's pages, in English and in Chinese.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Adds the words of a vocabulary file. What is wrong with it is in the report.
    pub fn extend(&mut self, source: SourceId, text: &str, report: &mut Report) {
        read::extend(self, source, text, report);
    }

    /// What a column with this heading holds, if that is known.
    pub(crate) fn column(&self, heading: &str) -> Option<Column> {
        self.columns.get(&key(heading)?).copied()
    }

    /// What a heading or caption announces, if that is known; a number before it does not count.
    pub(crate) fn section(&self, heading: &str) -> Option<Section> {
        self.sections.get(&key(without_number(heading).1)?).copied()
    }

    /// The status code that a caption announces: `Status code: 200`, `状态码为 201 时:`.
    pub(crate) fn status<'t>(&self, caption: &'t str) -> Option<&'t str> {
        let key = key(caption)?;
        if let Some((word, code)) = caption.trim().split_once([':', '：'])
            && self.column(word) == Some(Column::Status)
            && is_status(code.trim())
        {
            return Some(code.trim());
        }
        let mut found = self
            .statuses
            .iter()
            .filter_map(|it| it.capture(&key)?.get("status").copied());
        let code = found.find(|it| is_status(it))?;
        let start = caption.to_ascii_lowercase().find(code)?;
        caption.get(start..start + code.len())
    }

    /// Whether a value must be given, by the word in its column.
    pub(crate) fn required(&self, text: &str) -> Option<bool> {
        self.required
            .get(text.trim().trim_matches('*').to_lowercase().as_str())
            .copied()
    }

    /// The text of a type with the words of the site replaced by what they mean.
    pub(crate) fn type_text(&self, text: &str) -> String {
        let words = text.split_inclusive(|it: char| !is_of_word(it));
        let meaning = |word: &str| {
            let (bare, rest) = word.split_at(word.trim_end_matches(|it| !is_of_word(it)).len());
            let meaning = self.types.get(&bare.to_lowercase()).map_or(bare, String::as_str);
            format!("{meaning}{rest}")
        };
        words.map(meaning).collect()
    }

    /// Whether a cell says that nothing is there.
    pub(crate) fn is_nothing(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        text.is_empty() || self.nothing.contains(&text)
    }

    /// The status of the success on pages that list no statuses.
    pub(crate) fn success(&self) -> Option<&str> {
        self.success.as_deref()
    }

    /// The method and the path in a line that is an operation.
    pub(crate) fn operation<'t>(&self, line: &'t str) -> Option<(&'t str, &'t str)> {
        let found = self.operations.iter().find_map(|it| it.capture(line.trim()));
        let found = found?;
        Some((*found.get("method")?, *found.get("path")?))
    }

    /// How deep a member is in those above it, by the marks before its name, and the name.
    pub(crate) fn nested<'t>(&self, name: &'t str) -> (usize, &'t str) {
        let (mut depth, mut rest) = (0, name.trim());
        while let Some(inner) = self.nested.iter().find_map(|it| rest.strip_prefix(it.as_str())) {
            depth += 1;
            rest = inner.trim_start();
        }
        (depth, rest)
    }

    /// What a heading names, where the site writes operations and models as headings.
    pub(crate) fn named(&self, heading: &str) -> Option<Named> {
        self.headings.as_ref()?;
        let is_word = heading.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        match heading.bytes().next().filter(|_| is_word)? {
            it if it.is_ascii_lowercase() => Some(Named::Operation),
            it if it.is_ascii_uppercase() => Some(Named::Model),
            _ => None,
        }
    }

    /// Whether the description of a member says that it must be given, where the site says so there.
    pub(crate) fn required_by_text(&self, text: &str) -> Option<bool> {
        let is_optional = self.optional_text.iter().any(|it| text.starts_with(it.as_str()));
        (!self.optional_text.is_empty()).then_some(!is_optional)
    }

    /// The type that a sentence says an operation returns; of several, one for each part of the sentence.
    pub(crate) fn returned(&self, text: &str) -> Option<String> {
        let in_part = |part: &'_ str| {
            let mut found = self.returns.iter();
            let phrase = |it: &Template| Some((*it.find(part, crate::types::leading)?.get("type")?).to_owned());
            found.find_map(phrase)
        };
        let mut types: Vec<String> = Vec::new();
        for found in text.split([',', '.']).filter_map(in_part) {
            if !types.contains(&found) {
                types.push(found);
            }
        }
        (!types.is_empty()).then(|| types.join(" or "))
    }

    /// Whether answers to a method stand in something that holds them.
    pub(crate) fn holds_answer(&self, method: &str) -> bool {
        self.answers.get(method).is_some_and(|it| it.contains("{type}"))
    }

    /// The type of what holds an answer to a method, with what is returned in its place; `None` where the site does not
    /// say it, or nothing is known to be returned that it would hold.
    pub(crate) fn answer(&self, method: &str, returned: Option<&str>) -> Option<String> {
        let text = self.answers.get(method)?;
        match returned {
            Some(returned) => Some(text.replace("{type}", returned)),
            None => Some(text.clone()).filter(|it| !it.contains("{type}")),
        }
    }

    /// What example a text announces: of a request or of a response.
    pub(crate) fn example(&self, text: &str) -> Option<Section> {
        let found = self
            .examples
            .iter()
            .filter_map(|(it, section)| Some((text.rfind(it)?, *section)));
        found.max_by_key(|(at, _)| *at).map(|(_, section)| section)
    }

    /// The phrases in which a sentence states a fact, the most telling first.
    pub(crate) fn phrases(&self) -> &[(Fact, Template)] {
        &self.prose
    }

    /// The name of the model in a caption, or the caption itself.
    pub(crate) fn model<'t>(&self, caption: &'t str) -> &'t str {
        let caption = caption.trim();
        let mut names = self
            .models
            .iter()
            .filter_map(|it| it.capture(caption)?.get("model").copied());
        names.next().unwrap_or(caption).trim()
    }
}

fn is_of_word(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '.' | '-')
}

/// The words without spaces and closing punctuation, in lower case. Long texts are no terms.
fn key(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let text = text.trim().trim_end_matches([':', '：', '*']).trim_start_matches('*');
    (text.len() <= LONGEST).then(|| {
        text.chars()
            .filter(|it| !it.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    })
}

/// The number of a table before its title (`表 4`, `Table 4`, `表4-1`), and the title.
pub(crate) fn without_number(caption: &str) -> (bool, &str) {
    let caption = caption.trim();
    let Some(rest) = ["表", "Table", "table"]
        .iter()
        .find_map(|word| caption.strip_prefix(word))
    else {
        return (false, caption);
    };
    let digits = rest.trim_start();
    let title = digits.trim_start_matches(|it: char| it.is_ascii_digit() || it == '-');
    if title.len() == digits.len() || title.starts_with(|it: char| it.is_ascii_alphanumeric()) {
        return (false, caption);
    }
    (true, title.trim_start_matches([':', '：', '.']).trim())
}

/// The number of a table in its title: `4` of `表 4  Pod`.
pub(crate) fn number(caption: &str) -> Option<&str> {
    let rest = ["表", "Table", "table"]
        .iter()
        .find_map(|it| caption.trim().strip_prefix(it))?
        .trim_start();
    let end = rest
        .find(|it: char| !(it.is_ascii_digit() || it == '-'))
        .unwrap_or(rest.len());
    rest.get(..end).filter(|it| !it.is_empty() && without_number(caption).0)
}

/// Whether a text is a status code: `200`, `4XX`, `default`.
pub(crate) fn is_status(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    matches!(first, Some('1'..='5'))
        && text.len() == 3
        && (characters.clone().all(|it| it.is_ascii_digit()) || characters.all(|it| matches!(it, 'x' | 'X')))
        || text == "default"
}

/// Whether a name is that of a request header that requests commonly have.
pub(crate) fn is_header(name: &str) -> bool {
    let known = [
        "accept",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ];
    known.iter().any(|it| name.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_words_are_read_without_a_finding() {
        let mut report = Report::new();
        Vocabulary::default().extend(0, include_str!("../vocabularies/builtin.json"), &mut report);
        assert!(report.is_empty(), "{report:?}");
    }

    #[test]
    fn terms_are_known_in_both_languages() {
        let words = Vocabulary::builtin();
        assert_eq!(words.column(" Parameter Type "), Some(Column::Type));
        assert_eq!(words.column("参数类型"), Some(Column::Type));
        assert_eq!(words.section("表 3  请求Header参数"), Some(Section::Header));
        assert_eq!(
            words.section("Table 3 Request header parameters"),
            Some(Section::Header)
        );
        assert_eq!(words.section("响应示例："), Some(Section::ResponseExample));
        assert_eq!(words.column("表"), None);
    }

    #[test]
    fn numbers_and_codes_are_told_from_names() {
        let words = Vocabulary::builtin();
        assert_eq!(without_number("表5 a.b.Model"), (true, "a.b.Model"));
        assert_eq!(without_number("Tables"), (false, "Tables"));
        assert_eq!(without_number("Table 5x"), (false, "Table 5x"));
        for caption in [
            "状态码： 200",
            "返回码: 200",
            "状态码为 200 时:",
            "Status code 200",
            "状态码：200",
        ] {
            assert_eq!(words.status(caption), Some("200"), "{caption}");
        }
        assert_eq!(words.status("参数: 200"), None);
        assert!(is_status("4XX") && !is_status("600") && !is_status("20") && !is_status("2X0"));
    }
}
