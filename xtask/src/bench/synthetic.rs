//! A document of any size, to see how cost grows with it.

/// How many operations there are at scale 1; there are as many models.
pub(super) const OPERATIONS: usize = 20;

/// The document: each operation has parameters, a body and answers of its own, each model refers to the next one of
/// the ten that belong to a tag.
pub(super) fn document(scale: usize) -> String {
    let count = OPERATIONS * scale;
    let paths: Vec<_> = (0..count).map(operation).collect();
    let models: Vec<_> = (0..count).map(model).collect();
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Synthetic","version":"1"}},"paths":{{{}}},"components":{{"schemas":{{{}}}}}}}"#,
        paths.join(",\n"),
        models.join(",\n")
    )
}

fn operation(number: usize) -> String {
    let tag = number / 10;
    format!(
        r##""/things{number}/{{name}}":{{"put":{{"operationId":"replaceThing{number}","tags":["group{tag}"],
"description":"Replaces thing {number}, which has to be there; what is left out is as it was before.",
"parameters":[
{{"name":"name","in":"path","required":true,"description":"The name of the thing.","schema":{{"type":"string"}}}},
{{"name":"limit{number}","in":"query","description":"How many there are at most.","schema":{{"type":"integer"}}}},
{{"name":"pretty","in":"query","description":"Whether it is to be read by people.","schema":{{"type":"boolean"}}}}],
"requestBody":{{"required":true,"description":"The thing.","content":{{"application/json":{{"schema":
{{"$ref":"#/components/schemas/Thing{number}"}}}}}}}},
"responses":{{"200":{{"description":"The thing as it is now.","content":{{"application/json":{{"schema":
{{"$ref":"#/components/schemas/Thing{number}"}}}}}}}},"404":{{"description":"There is no such thing."}}}}}}}}"##
    )
}

fn model(number: usize) -> String {
    let next = number / 10 * 10 + (number + 1) % 10;
    format!(
        r##""Thing{number}":{{"type":"object","description":"A thing of the kind {number}, with what belongs to it.",
"required":["name"],"properties":{{
"name":{{"type":"string","description":"What it is called, once among its kind."}},
"size":{{"type":"integer","format":"int64","minimum":0,"description":"How big it is, in bytes."}},
"mode":{{"type":"string","enum":["Fast","Slow{number}"],"description":"How it is to be treated."}},
"labels":{{"type":"object","additionalProperties":{{"type":"string"}},"description":"What it is found by."}},
"notes":{{"type":"array","items":{{"type":"string"}},"description":"What people say of it."}},
"next":{{"$ref":"#/components/schemas/Thing{next}"}}}}}}"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_document_of_the_size_that_is_asked_for() {
        let text = document(2);
        let mut read = |_: &str| Ok(text.clone());
        let (documents, report) = tablature_openapi::Documents::load(&["synthetic.json".to_owned()], &mut read);
        assert!(!report.has_errors(), "{report:?}");
        let tree = tablature_codegen::tree(&documents, &tablature_codegen::Options::default());
        assert_eq!(tree.map(|it| it.operations()).ok(), Some(2 * OPERATIONS));
    }
}
