//! Bodies that are forms, byte by byte.

use serde::{Serialize, Serializer};
use tablature_runtime::Parts;
use tablature_runtime::body;
use tablature_runtime::body::{Encoding, File, RequestBody};
use tablature_runtime::bytes::Bytes;
use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use tablature_runtime::parameter::Style;

use crate::target::{Root, build, json, problems};

fn encoding(property: &'static str) -> Encoding {
    Encoding {
        property,
        content_type: None,
        style: None,
        explode: None,
        allow_reserved: false,
    }
}

fn form(value: &str, encodings: &[Encoding]) -> String {
    String::from_utf8(body::form(&json(value), encodings).unwrap().into()).unwrap()
}

#[test]
fn forms_are_pairs() {
    for (value, expected) in [
        ("{}", ""),
        (r#"{"a":"b","c":1,"d":true,"e":1.5}"#, "a=b&c=1&d=true&e=1.5"),
        (r#"{"a b":"c d+e&f=g%ü~*-._"}"#, "a+b=c+d%2Be%26f%3Dg%25%C3%BC%7E*-._"),
        (r#"{"a":[1,null,"x y"],"b":[]}"#, "a=1&a=x+y"),
        (r#"{"a":null,"b":""}"#, "b="),
        (
            r#"{"n":123456789012345678901234567890}"#,
            "n=123456789012345678901234567890",
        ),
        // The example of OpenAPI 3.2.
        (
            concat!(
                r#"{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","address":{"streetAddress":"123 Example Dr.","#,
                r#""city":"Somewhere","state":"CA","zip":"99999+1234"}}"#
            ),
            concat!(
                "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C",
                "%22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D"
            ),
        ),
        (r#"{"a":[{"b":1},[2]]}"#, "a=%7B%22b%22%3A1%7D&a=%5B2%5D"),
    ] {
        assert_eq!(form(value, &[]), expected);
    }
}

#[test]
fn encodings_of_a_form_are_kept_to() {
    let styled = |style, explode| Encoding {
        style,
        explode,
        ..encoding("a")
    };
    let list = r#"{"a":["x y","z"],"b":"c d"}"#;
    let object = r#"{"a":{"x":"y z","w":[1]}}"#;
    let flat = r#"{"a":{"x":"y","w":1}}"#;
    for (value, encoding, expected) in [
        (list, styled(Some(Style::Form), Some(false)), "a=x%20y,z&b=c+d"),
        (list, styled(Some(Style::Form), None), "a=x%20y&a=z&b=c+d"),
        (list, styled(None, Some(false)), "a=x%20y,z&b=c+d"),
        (
            r#"{"a":["x","z"]}"#,
            styled(Some(Style::SpaceDelimited), None),
            "a=x%20z",
        ),
        (
            r#"{"a":["x","z"]}"#,
            styled(Some(Style::PipeDelimited), None),
            "a=x%7Cz",
        ),
        (
            object,
            styled(Some(Style::DeepObject), Some(true)),
            "a%5Bx%5D=y%20z&a%5Bw%5D%5B0%5D=1",
        ),
        (flat, styled(Some(Style::Form), Some(true)), "x=y&w=1"),
        (object, styled(Some(Style::Form), None), "x=y%20z&w=1"),
        (flat, styled(Some(Style::Form), Some(false)), "a=x,y,w,1"),
        (
            r#"{"a":"x/y?z&w+v %2F"}"#,
            Encoding {
                allow_reserved: true,
                ..encoding("a")
            },
            "a=x/y?z%26w%2Bv%20%2F",
        ),
        (
            r#"{"a":"text","b":"text"}"#,
            Encoding {
                content_type: Some("application/json"),
                ..encoding("a")
            },
            "a=%22text%22&b=text",
        ),
    ] {
        assert_eq!(form(value, &[encoding]), expected, "{encoding:?}");
    }
    let error = body::form(&json(r#"{"a":{"w":[[1]]}}"#), &[styled(Some(Style::Form), None)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body cannot be written: a: member `w`: item 0 is a list, for which the style form has no form"
    );
    let error = body::form("text", &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body cannot be written: expected an object, as a form has named values, found a string"
    );
}

/// What is emitted for a form with files.
#[derive(Clone, Debug, Default, PartialEq)]
struct Upload {
    name: Option<String>,
    file: Option<File>,
    more: Option<Vec<File>>,
    unknown: Unknown,
}

impl Model for Upload {
    const NAME: &'static str = "Upload";
    const MEMBERS: &'static [Member] = &[
        Member::optional("name"),
        Member::optional("file"),
        Member::optional("more"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.name),
            1 => value.optional(&mut self.file),
            _ => value.optional(&mut self.more),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("name", &self.name);
        to.optional("file", &self.file);
        to.optional("more", &self.more);
    }
}

tablature_runtime::model!(Upload);

/// The body with `BOUNDARY` in place of its boundary, which is checked.
fn parts(value: &impl Serialize, encodings: &[Encoding]) -> String {
    let body = body::multipart(value, encodings).unwrap();
    assert_eq!(body, body::multipart(value, encodings).unwrap());
    let text = String::from_utf8(body.into()).unwrap();
    let boundary = text.split("\r\n").next().unwrap().strip_prefix("--").unwrap();
    let boundary = boundary.strip_suffix("--").unwrap_or(boundary);
    assert_eq!(boundary.len(), 32);
    text.replace(boundary, "BOUNDARY")
}

#[test]
fn multipart_bodies_are_parts() {
    let upload = Upload {
        name: Some("ü \"x\"".to_owned()),
        file: Some(File::new("a\"b\r\n.\\png\\", &b"\x00\x01"[..]).media_type("image/png")),
        more: Some(vec![File::from(b"one".to_vec()), File::new("two", "2")]),
        ..Upload::default()
    };
    assert_eq!(
        parts(&upload, &[]),
        concat!(
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"name\"\r\n",
            "\r\n",
            "ü \"x\"\r\n",
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.\\png%5C\"\r\n",
            "Content-Type: image/png\r\n",
            "\r\n",
            "\u{0}\u{1}\r\n",
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"more\"\r\n",
            "Content-Type: application/octet-stream\r\n",
            "\r\n",
            "one\r\n",
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"more\"; filename=\"two\"\r\n",
            "Content-Type: application/octet-stream\r\n",
            "\r\n",
            "2\r\n",
            "--BOUNDARY--\r\n",
        )
    );
    assert_eq!(parts(&Upload::default(), &[]), "--BOUNDARY--\r\n");
}

#[test]
fn encodings_of_parts_are_kept_to() {
    let of = |property, content_type| Encoding {
        content_type: Some(content_type),
        ..encoding(property)
    };
    let styled = |style, explode| Encoding {
        style: Some(style),
        explode: Some(explode),
        ..encoding("a")
    };
    let part = |name: &str, media_type: &str, text: &str| {
        let media_type = match media_type {
            "" => String::new(),
            _ => format!("Content-Type: {media_type}\r\n"),
        };
        format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{media_type}\r\n{text}\r\n")
    };
    let end = "--BOUNDARY--\r\n";
    for (value, encodings, expected) in [
        (
            r#"{"a":{"x":1.50},"b":null}"#,
            vec![],
            part("a", "application/json", r#"{"x":1.50}"#),
        ),
        (
            r#"{"a":[1,{"x":1},null,[2]]}"#,
            vec![],
            part("a", "", "1") + &part("a", "application/json", r#"{"x":1}"#) + &part("a", "application/json", "[2]"),
        ),
        (
            r#"{"a":{"x":1}}"#,
            vec![of("a", "application/vnd.x+json")],
            part("a", "application/vnd.x+json", r#"{"x":1}"#),
        ),
        (
            r#"{"a":"x"}"#,
            vec![of("a", "application/json")],
            part("a", "application/json", "\"x\""),
        ),
        (
            r#"{"a":"x"}"#,
            vec![of("a", "text/csv; charset=utf-8")],
            part("a", "text/csv; charset=utf-8", "x"),
        ),
        (
            r#"{"a":"x"}"#,
            vec![of("a", "text/*, text/csv, text/plain")],
            part("a", "text/csv", "x"),
        ),
        (
            r#"{"a":{"x":1,"y":"z w"}}"#,
            vec![styled(Style::DeepObject, true)],
            part("a[x]", "", "1") + &part("a[y]", "", "z w"),
        ),
        (r#"{"a":[1,2]}"#, vec![styled(Style::Form, false)], part("a", "", "1,2")),
        (
            r#"{"a":[1,2]}"#,
            vec![styled(Style::PipeDelimited, false)],
            part("a", "", "1|2"),
        ),
    ] {
        assert_eq!(parts(&json(value), &encodings), expected + end, "{value}");
    }
    let file = Upload {
        file: Some(File::from(Bytes::from_static(b"x"))),
        ..Upload::default()
    };
    assert_eq!(
        parts(&file, &[of("file", "image/png")]),
        part("file", "image/png", "x") + end
    );
    assert_eq!(
        body::multipart(&file, &[of("file", "image/png, image/gif")])
            .unwrap_err()
            .reason(),
        "file: the file needs a media type of `image/png, image/gif`: set it with `File::media_type`"
    );
    let bad = Upload {
        file: Some(File::from(Bytes::new()).media_type("a/b\r\nX: y")),
        ..Upload::default()
    };
    assert_eq!(
        body::multipart(&bad, &[]).unwrap_err().to_string(),
        "the body cannot be written: file: the media type has characters that cannot be sent"
    );
}

#[test]
fn a_boundary_is_not_in_what_it_divides() {
    // The boundary of a body becomes part of the next one.
    let mut text = String::new();
    for _ in 0..20 {
        let upload = Upload {
            name: Some(text.clone()),
            ..Upload::default()
        };
        let body = body::multipart(&upload, &[]).unwrap();
        let body = std::str::from_utf8(&body).unwrap();
        let boundary = body.split("\r\n").next().unwrap().strip_prefix("--").unwrap();
        assert_eq!(body.matches(boundary).count(), 2);
        text.push_str(boundary);
    }
}

#[test]
fn a_body_says_its_content_type() {
    #[derive(Debug)]
    struct Either(bool);

    impl RequestBody for Either {
        fn media_type(&self) -> &'static str {
            if self.0 {
                "multipart/form-data"
            } else {
                "application/x-www-form-urlencoded"
            }
        }

        fn encode(&self) -> Result<Bytes, body::BodyError> {
            let value = json(r#"{"a":1}"#);
            if self.0 {
                body::multipart(&value, &[])
            } else {
                body::form(&value, &[])
            }
        }
    }

    let sent = |set: &dyn Fn(&mut Parts)| {
        let mut parts = Parts::new();
        set(&mut parts);
        let request = build::<Root>(&parts).unwrap();
        let content_type = request.headers()["content-type"].to_str().unwrap().to_owned();
        (content_type, String::from_utf8(request.body().to_vec()).unwrap())
    };
    let value = json(r#"{"a":1}"#);
    let multipart = sent(&|parts| parts.multipart(&value, &[]));
    let (media_type, boundary) = multipart.0.split_once("; boundary=").unwrap();
    assert_eq!(media_type, "multipart/form-data");
    assert!(multipart.1.starts_with(&format!("--{boundary}\r\n")));
    assert!(multipart.1.ends_with(&format!("--{boundary}--\r\n")));
    assert_eq!(sent(&|parts| parts.body(&Either(true))), multipart);

    let form = ("application/x-www-form-urlencoded".to_owned(), "a=1".to_owned());
    assert_eq!(sent(&|parts| parts.form(&value, &[])), form);
    assert_eq!(sent(&|parts| parts.body(&Either(false))), form);
    assert_eq!(
        sent(&|parts| parts.text("text/markdown", "# a")),
        ("text/markdown".to_owned(), "# a".to_owned())
    );
    assert_eq!(
        sent(&|parts| parts.bytes("application/octet-stream", "raw")),
        ("application/octet-stream".to_owned(), "raw".to_owned())
    );
    assert!(
        sent(&|parts| parts.multipart(&json("{}"), &[]))
            .0
            .contains("; boundary=")
    );

    let mut parts = Parts::new();
    parts.form("text", &[]);
    assert_eq!(
        problems::<Root>(&parts),
        ["the body cannot be written: expected an object, as a form has named values, found a string"]
    );
}

#[test]
fn a_file_that_is_no_text_is_base64_anywhere_else() {
    let upload = Upload {
        file: Some(File::new("a", &b"\xff\xfe\xfd"[..])),
        ..Upload::default()
    };
    let text = serde_json::to_string(&upload).unwrap();
    assert_eq!(text, r#"{"file":"//79"}"#);
    assert_eq!(serde_yaml_ng::to_string(&upload).unwrap(), "file: //79\n");
    let read: Upload = serde_json::from_str(&text).unwrap();
    // In JSON a file is its text as it stands: whether that is base64, no document says.
    assert_eq!(read.file.as_ref(), Some(&File::from(b"//79".to_vec())));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert_eq!(form(r#"{"file":"//79"}"#, &[]), "file=%2F%2F79");
    assert_eq!(body::form(&upload, &[]).unwrap(), "file=%2F%2F79");

    // A file inside an object, which is a part of JSON.
    let nested = std::collections::BTreeMap::from([("inner", &upload)]);
    assert!(parts(&nested, &[]).contains("\r\n\r\n{\"file\":\"//79\"}\r\n"));
}

/// Something else that has taken the name of a file.
struct Impostor;

impl Serialize for Impostor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("$tablature::File", &1)
    }
}

#[test]
fn what_only_says_that_it_is_a_file_is_refused() {
    let error = body::multipart(&std::collections::BTreeMap::from([("a", Impostor)]), &[]).unwrap_err();
    assert_eq!(error.to_string(), "the body cannot be written: expected a file");
}
