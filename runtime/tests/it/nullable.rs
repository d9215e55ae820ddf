//! Members that may be null, and members that have a type but no name.

use std::collections::BTreeMap;

use tablature_runtime::Json;
use tablature_runtime::model::{Blank, Member, Model, ReadMember, Unknown, WriteMembers};

#[derive(Clone, Debug, PartialEq)]
struct Pet {
    name: Option<String>,
    owner: Option<Option<String>>,
    toys: Option<Option<Vec<i64>>>,
    age: Option<i64>,
    unknown: Unknown,
}

impl Blank for Pet {
    fn blank() -> Self {
        Self {
            name: None,
            owner: None,
            toys: None,
            age: None,
            unknown: Unknown::default(),
        }
    }
}

impl Model for Pet {
    const NAME: &'static str = "Pet";
    const MEMBERS: &'static [Member] = &[
        Member::required("name"),
        Member::optional("owner"),
        Member::optional("toys"),
        Member::optional("age"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.nullable_required(&mut self.name),
            1 => value.nullable(&mut self.owner),
            2 => value.nullable(&mut self.toys),
            _ => value.optional(&mut self.age),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.nullable_required("name", &self.name);
        to.nullable("owner", &self.owner);
        to.nullable("toys", &self.toys);
        to.optional("age", &self.age);
    }
}

tablature_runtime::model!(Pet);

fn read(text: &str) -> Pet {
    serde_json::from_str(text).unwrap()
}

#[test]
fn null_and_absent_are_apart() {
    for (text, name, owner, toys) in [
        (r#"{"name":null}"#, None, None, None),
        (r#"{"name":"a","owner":null}"#, Some("a"), Some(None), None),
        (r#"{"name":null,"owner":"b"}"#, None, Some(Some("b")), None),
        (r#"{"name":"a","toys":null}"#, Some("a"), None, Some(None)),
        (r#"{"name":"a","toys":[]}"#, Some("a"), None, Some(Some(vec![]))),
    ] {
        let pet = read(text);
        assert_eq!(pet.name.as_deref(), name, "{text}");
        assert_eq!(pet.owner.as_ref().map(Option::as_deref), owner, "{text}");
        assert_eq!(pet.toys, toys, "{text}");
        assert!(pet.unknown().is_empty(), "{text}");
        assert_eq!(serde_json::to_string(&pet).unwrap(), text);
        let yaml = serde_yaml_ng::to_string(&pet).unwrap();
        assert_eq!(serde_yaml_ng::from_str::<Pet>(&yaml).unwrap(), pet, "{yaml}");
    }
    let error = serde_json::from_str::<Pet>("{}").unwrap_err();
    assert!(error.to_string().starts_with("missing field `name` of Pet"), "{error}");
    let error = serde_json::from_str::<Pet>(r#"{"name":1}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("invalid type: integer `1`, expected a string"),
        "{error}"
    );

    let mut pet = read(r#"{"name":"a","owner":null}"#);
    assert_ne!(pet, read(r#"{"name":"a"}"#));
    pet.owner = None;
    pet.name = None;
    assert_eq!(serde_json::to_string(&pet).unwrap(), r#"{"name":null}"#);
    assert_eq!(serde_json::to_string(&Pet::blank()).unwrap(), r#"{"name":null}"#);
}

#[test]
fn members_without_a_name_have_their_type() {
    let mut pet = read(r#"{"name":"a","x":1,"age":null,"y":2,"x":3}"#);
    let typed = |pet: &Pet| pet.unknown().typed::<i64>();
    // The null of `age` is one of a named member.
    assert_eq!(
        typed(&pet).unwrap(),
        BTreeMap::from([("x".to_owned(), 3), ("y".to_owned(), 2)])
    );
    assert!(pet.unknown().get("age").is_some_and(Json::is_null));

    pet.unknown_mut().insert_typed("z", &4).unwrap();
    pet.unknown_mut().insert_typed("y", &5).unwrap();
    assert_eq!(
        serde_json::to_string(&pet).unwrap(),
        r#"{"name":"a","x":1,"age":null,"x":3,"z":4,"y":5}"#
    );
    assert_eq!(typed(&pet).unwrap().len(), 3);

    pet.unknown_mut().insert("z", "text");
    let error = typed(&pet).unwrap_err();
    assert_eq!(error.path(), Some("z"));
    assert!(
        error
            .message()
            .starts_with("invalid type: string \"text\", expected i64"),
        "{error}"
    );
    pet.unknown_mut().insert("z", Json::null());
    assert_eq!(typed(&pet).unwrap_err().path(), Some("z"));
    assert_eq!(pet.unknown().typed::<Option<i64>>().unwrap().get("z"), Some(&None));

    let pets = read(r#"{"name":"a","b":{"name":1}}"#).unknown().typed::<Pet>();
    assert_eq!(pets.unwrap_err().path(), Some("b.name"));
    let lists = read(r#"{"name":"a","b":[1,"c"]}"#).unknown().typed::<Vec<i64>>();
    assert_eq!(lists.unwrap_err().path(), Some("b[1]"));

    let error = pet
        .unknown_mut()
        .insert_typed("k", &BTreeMap::from([((1, 2), 3)]))
        .unwrap_err();
    assert_eq!(error.path(), Some("k"));
    assert_eq!(pet.unknown_mut().remove("age"), Some(Json::null()));
    assert!(pet.unknown().get("age").is_none());
}
