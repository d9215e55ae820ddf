//! Numbers: exact where they are kept, refused where they do not fit, and enumerations of them.

use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use tablature_runtime::{Json, Number, OtherInteger, ParameterValue, base64};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum Code {
    Ok,
    Gone,
    Other(OtherInteger),
}

tablature_runtime::open_int_enum!(Code { Ok => 200, Gone => -1 });

#[derive(Clone, Debug, Default, PartialEq)]
struct Numbers {
    int: Option<i64>,
    small: Option<u32>,
    float: Option<f64>,
    single: Option<f32>,
    code: Option<Code>,
    exact: Option<Number>,
    unknown: Unknown,
}

impl Model for Numbers {
    const NAME: &'static str = "Numbers";
    const MEMBERS: &'static [Member] = &[
        Member::optional("int"),
        Member::optional("small"),
        Member::optional("float"),
        Member::optional("single"),
        Member::optional("code"),
        Member::optional("exact"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.int),
            1 => value.optional(&mut self.small),
            2 => value.optional(&mut self.float),
            3 => value.optional(&mut self.single),
            4 => value.optional(&mut self.code),
            _ => value.optional(&mut self.exact),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("int", &self.int);
        to.optional("small", &self.small);
        to.optional("float", &self.float);
        to.optional("single", &self.single);
        to.optional("code", &self.code);
        to.optional("exact", &self.exact);
    }
}

tablature_runtime::model!(Numbers);

fn read(text: &str) -> Result<Numbers, String> {
    text.parse::<Json>()
        .unwrap()
        .decode()
        .map_err(|error| error.to_string())
}

#[test]
fn an_integer_enumeration_is_open() {
    assert_eq!(Code::from(200), Code::Ok);
    assert_eq!(Code::from(-1), Code::Gone);
    let other = Code::from(7);
    assert!(matches!(&other, Code::Other(value) if value.as_i64() == 7));
    assert_eq!(format!("{other:?} {other} {:>4}", Code::Gone), "Other(7) 7   -1");
    assert!(other == 7 && Code::Ok == 200);
    assert_eq!(Code::values(), [Code::Ok, Code::Gone]);
    assert_eq!(Code::Gone.as_i64(), -1);
    assert_eq!(other.text(), "7");
    assert_eq!("-1".parse(), Ok(Code::Gone));
    assert!("x".parse::<Code>().is_err());

    for text in [r#"{"code":200}"#, r#"{"code":-1}"#, r#"{"code":9223372036854775807}"#] {
        assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), text);
    }
    assert_eq!(
        serde_yaml_ng::from_str::<Numbers>("code: 200").unwrap().code,
        Some(Code::Ok)
    );
    for (text, message) in [
        (
            r#"{"code":9223372036854775808}"#,
            "code: invalid value: integer `9223372036854775808`, expected an integer of 64 bits",
        ),
        (
            r#"{"code":"200"}"#,
            "code: invalid type: string \"200\", expected an integer of 64 bits",
        ),
        (
            r#"{"code":1.5}"#,
            "code: invalid type: floating point `1.5`, expected an integer of 64 bits",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn floats_are_the_nearest_to_their_digits() {
    for text in [
        "0.1",
        "1.7976931348623157e308",
        "5e-324",
        "2.2250738585072011e-308",
        "9007199254740993",
        "123456789012345678901234567890",
        "1.00000000000000011102230246251565404236316680908203126",
        "3.0000002",
        "0.000000000000000000000000000000000000000000001401298464324817",
        "16777217",
        "-0.0",
    ] {
        let numbers = read(&format!(r#"{{"float":{text},"single":{text}}}"#));
        match text.parse::<f32>() {
            Ok(single) if single.is_finite() => {
                let numbers = numbers.unwrap();
                assert_eq!(
                    numbers.float.unwrap().to_bits(),
                    text.parse::<f64>().unwrap().to_bits(),
                    "{text}"
                );
                assert_eq!(numbers.single.unwrap().to_bits(), single.to_bits(), "{text}");
            }
            _ => {
                let numbers = read(&format!(r#"{{"float":{text}}}"#)).unwrap();
                assert_eq!(
                    numbers.float.unwrap().to_bits(),
                    text.parse::<f64>().unwrap().to_bits(),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn integers_that_do_not_fit_are_errors_that_say_where() {
    for (text, message) in [
        (
            r#"{"int":9223372036854775808}"#,
            "int: invalid value: integer `9223372036854775808`, expected i64",
        ),
        (
            r#"{"int":15e-1}"#,
            "int: invalid type: floating point `1.5`, expected i64",
        ),
        (r#"{"small":-1}"#, "small: invalid value: integer `-1`, expected u32"),
        (
            r#"{"small":4294967296}"#,
            "small: invalid value: integer `4294967296`, expected u32",
        ),
        (r#"{"float":1e400}"#, "float: number out of range"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn integers_may_be_written_with_a_fraction_or_an_exponent() {
    assert_eq!(read(r#"{"int":1e3}"#).unwrap().int, Some(1000));
    assert_eq!(
        read(r#"{"int":-9007199254740993.0}"#).unwrap().int,
        Some(-9_007_199_254_740_993)
    );
}

#[test]
fn exact_numbers_keep_every_digit() {
    let long = "123456789012345678901234567890.123456789012345678901234567890e-5";
    for text in ["0", "-0", "1.0", "1e400", "-5", long] {
        let numbers = read(&format!(r#"{{"exact":{text}}}"#)).unwrap();
        assert_eq!(
            serde_json::to_string(&numbers).unwrap(),
            format!(r#"{{"exact":{text}}}"#)
        );
        assert_eq!(numbers.exact.unwrap().to_string(), text);
    }
    let number = |text: &str| text.parse::<Number>().unwrap();
    for (one, other) in [("1", "1.0"), ("1e2", "100"), ("-0", "0.00"), ("0.1", "1e-1")] {
        assert_eq!(number(one), number(other));
    }
    assert!(number("1e400") > number("9e399") && number("-2") < number("-1.5") && number("0.1") > number("0"));
    assert_ne!(number("9007199254740993"), number("9007199254740992"));
    assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
    assert_eq!(Number::from(-3_i32).as_i64(), Some(-3));
    assert_eq!(Number::try_from(0.1).unwrap().to_f64(), 0.1);
    assert_eq!(Number::try_from(0.1).unwrap().to_string(), "0.1");
    assert!(Number::try_from(f64::NAN).is_err());
    assert_eq!(number("1e400").to_f64(), f64::INFINITY);
    assert_eq!((number("1.0").is_integer(), number("1").is_integer()), (false, true));
    assert_eq!(number("1.50").text(), "1.50");
    for text in ["", "x", "\"1\"", "01", "1 2", "NaN", "null"] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
    assert!(
        read(r#"{"exact":"1"}"#)
            .unwrap_err()
            .starts_with("exact: expected a number")
    );
    assert_eq!(serde_yaml_ng::from_str::<Number>("12").unwrap(), Number::from(12));
}

#[test]
fn base64_is_read_with_and_without_padding() {
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"\xfb\xff", "+/8="),
    ] {
        assert_eq!(base64::encode(bytes), text);
        assert_eq!(base64::decode(text).unwrap(), bytes);
        assert_eq!(base64::decode(text.trim_end_matches('=')).unwrap(), bytes);
    }
    for text in ["Z", "Zm9v!", "-_8=", "Zm 9v"] {
        let error = base64::decode(text).unwrap_err().to_string();
        assert!(error.starts_with("the text is not base64: "), "{error}");
    }
}
