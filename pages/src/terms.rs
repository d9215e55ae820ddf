//! The words by which pages name columns and sections, in English and in Chinese.

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
    Place,
    /// What it means.
    Description,
    /// A status code.
    Status,
    /// The model in the body of an answer.
    Body,
    /// The value that holds where none is given.
    Default,
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
    /// Headers of an answer.
    AnswerHeader,
    /// The body of the request.
    RequestBody,
    /// The body of an answer.
    AnswerBody,
    /// Method and path.
    Uri,
    /// The request.
    Request,
    /// The answer.
    Answer,
    /// An example of a request.
    RequestExample,
    /// An example of an answer.
    AnswerExample,
    /// Status codes.
    Statuses,
    /// The members of an object.
    Model,
    /// The list of operations of a chapter.
    Operations,
    /// Text that has no facts of the kinds that are read.
    Prose,
}

/// Words are parted by spaces, and have none themselves.
const COLUMNS: [(Column, &str); 8] = [
    (
        Column::Name,
        "参数 参数名 参数名称 名称 字段 字段名 字段名称 属性 parameter parametername name property field attribute",
    ),
    (
        Column::Required,
        "是否必选 是否必须 是否必填 是否为必选 必选 必填 mandatory required 必选/可选 mandatory/optional",
    ),
    (Column::Type, "参数类型 类型 数据类型 type datatype parametertype"),
    (Column::Place, "in 位置 参数位置 location"),
    (
        Column::Description,
        "描述 说明 参数说明 参数描述 含义 description meaning remarks",
    ),
    (
        Column::Status,
        "状态码 返回码 返回值 httpcode statuscode httpstatuscode httpstatus code",
    ),
    (Column::Body, "reponsebody responsebody 响应体"),
    (Column::Default, "缺省值 默认值 default defaultvalue"),
];

/// The generator of an older OpenShift edition misspells a word in `globalgueryparameters`.
const SECTIONS: [(Section, &str); 16] = [
    (
        Section::Path,
        "路径参数 path参数 uri参数 url参数 globalpathparameters pathparameters uriparameters \
         urlparameters pathparameter",
    ),
    (
        Section::Query,
        "query参数 查询参数 globalqueryparameters globalgueryparameters queryparameters \
         queryparameter",
    ),
    (
        Section::Header,
        "请求header参数 header参数 请求头参数 请求消息头 请求头 requestheaderparameters requestheaderparameter \
         headerparameters globalheaderparameters requestheaders",
    ),
    (
        Section::Form,
        "formdata参数 form参数 requestformdataparameters formparameters formdataparameters",
    ),
    (
        Section::AnswerHeader,
        "响应header参数 响应消息头 响应头参数 responseheaderparameters responseheaders",
    ),
    (
        Section::RequestBody,
        "请求body参数 body参数 请求消息体 请求体参数 requestbodyparameters requestbodyparameter \
         bodyparameters",
    ),
    (
        Section::AnswerBody,
        "响应body参数 响应体参数 响应消息体 responsebodyparameters responsebodyparameter",
    ),
    (Section::Uri, "uri url 请求uri"),
    (Section::Request, "请求参数 请求消息 请求 requestparameters request"),
    (
        Section::Answer,
        "响应参数 响应消息 响应 返回参数 responseparameters response responses",
    ),
    (
        Section::RequestExample,
        "请求示例 请求样例 请求消息示例 examplerequests examplerequest requestexample requestexamples \
         samplerequest",
    ),
    (
        Section::AnswerExample,
        "响应示例 响应样例 返回示例 响应消息示例 exampleresponses exampleresponse responseexample \
         responseexamples sampleresponse",
    ),
    (
        Section::Statuses,
        "状态码 返回码 返回值 statuscode statuscodes httpresponses httpresponse",
    ),
    (Section::Model, "specification schema"),
    (Section::Operations, "apiendpoints"),
    (
        Section::Prose,
        "功能介绍 调试 调用方法 授权信息 约束限制 约束与限制 错误码 相关文档 function debugging callingmethod \
         authorizationinformation constraints errorcodes sdk代码示例 sdksamplecode 接口约束",
    ),
];

/// What a column with this heading holds, if that is known.
pub(crate) fn column(heading: &str) -> Option<Column> {
    let key = key(heading)?;
    look_up(&COLUMNS, &key)
}

/// What a heading or caption announces, if that is known; a number before it does not count.
pub(crate) fn section(heading: &str) -> Option<Section> {
    let key = key(without_number(heading).1)?;
    look_up(&SECTIONS, &key)
}

fn look_up<T: Copy>(table: &[(T, &str)], key: &str) -> Option<T> {
    let mut terms = table.iter();
    terms
        .find(|(_, words)| words.split(' ').any(|it| it == key))
        .map(|(it, _)| *it)
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

/// The status code that a caption announces: `状态码： 200`, `Status code: 200`, `返回码: 200`.
pub(crate) fn status(caption: &str) -> Option<&str> {
    let (word, code) = caption.trim().split_once([':', '：'])?;
    let code = code.trim();
    (look_up(&COLUMNS, &key(word)?) == Some(Column::Status) && is_status(code)).then_some(code)
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

/// Whether a value must be given, by the word in its column.
pub(crate) fn required(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "是" | "必选" | "必填" | "yes" | "true" | "mandatory" | "required" | "y" | "m" => Some(true),
        "否" | "可选" | "选填" | "no" | "false" | "optional" | "n" | "o" => Some(false),
        _ => None,
    }
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
    fn terms_are_known_in_both_languages() {
        assert_eq!(column(" Parameter Type "), Some(Column::Type));
        assert_eq!(column("参数类型"), Some(Column::Type));
        assert_eq!(section("表 3  请求Header参数"), Some(Section::Header));
        assert_eq!(section("Table 3 Request header parameters"), Some(Section::Header));
        assert_eq!(section("响应示例："), Some(Section::AnswerExample));
        assert_eq!(column("表"), None);
    }

    #[test]
    fn numbers_and_codes_are_told_from_names() {
        assert_eq!(without_number("表5 a.b.Model"), (true, "a.b.Model"));
        assert_eq!(without_number("Tables"), (false, "Tables"));
        assert_eq!(without_number("Table 5x"), (false, "Table 5x"));
        assert_eq!(status("状态码： 200"), Some("200"));
        assert_eq!(status("返回码: 200"), Some("200"));
        assert_eq!(status("参数: 200"), None);
        assert!(is_status("4XX") && !is_status("600") && !is_status("20") && !is_status("2X0"));
    }
}
