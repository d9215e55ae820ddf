//! Lowers the documented failures of an operation to an enumeration, shared by operations that document the same.

use tablature_openapi::document::{Extensions, Response};

use crate::ir::{Answer, AnswerHeader, FailureVariants, Item, ItemKind, Status, StatusVariant, TypeName};
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::operations::response::{answer_body, headers, label};
use crate::names::{Case, Ident, Scope, spell};

/// A documented failure.
pub struct Failed<'d> {
    /// Which statuses.
    pub status: Status,
    /// What is documented of it.
    pub response: &'d Response,
    /// The name of the component that it is, if it is one.
    pub component: Option<String>,
}

/// The enumeration of the failures of an operation; none where they document neither a body nor a header.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    mut failures: Vec<Failed<'d>>,
    name: &Ident,
) -> Option<TypeName> {
    let says = |it: &Failed<'_>| !it.response.content.is_empty() || !it.response.headers.is_empty();
    if !failures.iter().any(says) {
        return None;
    }
    failures.sort_by_key(|it| it.status);
    let answers: Vec<Answer> = failures
        .iter()
        .map(|it| {
            let place = it
                .component
                .clone()
                .unwrap_or_else(|| format!("{name}{}", label(it.status)));
            body(context, document, it.response, &place)
        })
        .collect();
    let headers = headers::lower(context, document, failures.iter().map(|it| it.response), name);
    let statuses: Vec<Status> = failures.iter().map(|it| it.status).collect();
    let components: Vec<_> = failures.iter().map(|it| &it.component).collect();
    let key = (document, format!("{statuses:?} {components:?} {answers:?} {headers:?}"));
    if let Some(known) = context.failures.get(&key) {
        return Some(known.clone());
    }
    let ty = context.claim_type(document, &name_of(&statuses), &Extensions::default());
    let variants = variants(&failures, answers);
    context.failures.insert(key, ty.clone());
    context.add_file(document, vec![item(&ty, variants, headers)]);
    Some(ty)
}

/// What the body of a failure holds. A component is lowered once, so that all operations have the same type.
fn body<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &str) -> Answer {
    if let Some(known) = context.failure_bodies.get(&response.span) {
        return known.clone();
    }
    let name = format!("{}Response", spell(Case::Type, name));
    answer_body::tell_of_others(context, response);
    let answer = match answer_body::lower(context, document, response, &name) {
        // Who asks for a value is answered by an error at once: nothing of it is left to stream.
        Answer::Stream(..) => Answer::Binary,
        whole => whole,
    };
    context.failure_bodies.insert(response.span, answer.clone());
    answer
}

fn variants(failures: &[Failed<'_>], answers: Vec<Answer>) -> Vec<StatusVariant> {
    let labels: Vec<String> = failures.iter().map(|it| label(it.status)).collect();
    let names = Scope::reserving(&["Other", "Self"]).claim_all(Case::Type, labels.iter().map(String::as_str));
    let all = failures.iter().zip(answers).zip(names);
    all.map(|((failure, answer), name)| StatusVariant {
        name,
        status: failure.status,
        answer,
        // What an operation says of its own failure does not hold for others that share the type.
        docs: match failure.component {
            Some(_) => docs::status_docs(failure.status, failure.response),
            None => docs::status_docs_alone(failure.status),
        },
    })
    .collect()
}

fn item(ty: &TypeName, variants: Vec<StatusVariant>, headers: Vec<AnswerHeader>) -> Item {
    Item {
        name: ty.name.clone(),
        docs: vec![
            "A failure, by its status.".to_owned(),
            String::new(),
            "[`error.failure::<O>()`](crate::runtime::Error::failure) gives it, with the operation that was called for `O`."
                .to_owned(),
        ],
        deprecated: None,
        derives: Default::default(),
        kind: ItemKind::Failures(FailureVariants { variants, headers }),
    }
}

/// The statuses as a name: all of them where they are few, else the first one and how many more.
fn name_of(statuses: &[Status]) -> String {
    let labels: Vec<String> = statuses.iter().map(|it| label(*it)).collect();
    match labels.as_slice() {
        [first, rest @ ..] if rest.len() > 2 => format!("{first}And{}MoreFailure", rest.len()),
        few => format!("{}Failure", few.join("Or")),
    }
}
