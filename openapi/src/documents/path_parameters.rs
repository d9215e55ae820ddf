//! Path parameters and the names in braces of the path: each has the other.

use super::Documents;
use super::unique::parameter;
use crate::codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{JsonType, Parameter, ParameterLocation, PathItem, RefOr, Schema};
use crate::reader::Care;
use crate::span::{Span, Spanned};
use crate::template::{Route, Template};

/// What is changed in a stranger's path item, so that its operations can be sent.
enum Mend {
    /// A parameter that is missing is a text.
    Add(usize, Box<Parameter>),
    /// A parameter that the path does not have is left out of an operation, or of all of them.
    Remove(Option<usize>, usize),
}

/// Reports names without a parameter and parameters without a name. In a stranger's document the former are texts and
/// the latter are left out.
pub(super) fn check(documents: &mut Documents, care: Care, report: &mut Report) {
    let mut mends = Vec::new();
    for (document, it) in documents.documents.iter().enumerate() {
        for (index, (path, item)) in it.paths.iter().enumerate() {
            let Ok(template) = Template::parse(Route::parse(&path.value).path) else {
                continue;
            };
            let (item, care) = match item {
                RefOr::Item(item) => (Some(item), care),
                // Other paths may share it, so it is left as it is.
                RefOr::Ref(it) => {
                    let found = documents.resolve_path_item(&it.target.span, &it.target.value);
                    (found.map(|(_, item)| item), Care::Curated)
                }
            };
            let Some(item) = item else { continue };
            for (finding, mend) in findings(documents, path, &template.names, item) {
                match care {
                    Care::Curated => report.push(finding),
                    Care::Foreign => {
                        let consequence = match &mend {
                            Mend::Add(..) => "it is taken to be a text",
                            Mend::Remove(..) => "it is left out",
                        };
                        report.push(finding.with_consequence(consequence).as_warning());
                        mends.push((document, index, mend));
                    }
                }
            }
        }
    }
    // From the end, so that indices before it stay right.
    for (document, index, mend) in mends.into_iter().rev() {
        let path = documents
            .documents
            .get_mut(document)
            .and_then(|it| it.paths.get_mut(index));
        if let Some((_, RefOr::Item(item))) = path {
            apply(item, mend);
        }
    }
}

fn apply(item: &mut PathItem, mend: Mend) {
    match mend {
        Mend::Add(operation, parameter) => {
            if let Some((_, operation)) = item.operations.get_mut(operation) {
                operation.parameters.push(RefOr::Item(*parameter));
            }
        }
        Mend::Remove(None, index) => drop(item.parameters.remove(index)),
        Mend::Remove(Some(operation), index) => {
            if let Some((_, operation)) = item.operations.get_mut(operation) {
                operation.parameters.remove(index);
            }
        }
    }
}

fn findings(documents: &Documents, path: &Spanned<String>, names: &[&str], item: &PathItem) -> Vec<(Diagnostic, Mend)> {
    let of_path = |list: &[RefOr<Parameter>]| -> Vec<(usize, Span, String)> {
        let all = list.iter().enumerate();
        let all = all.filter_map(|(index, it)| Some((index, parameter(documents, it)?)));
        all.filter(|(_, (_, it))| it.location.value == ParameterLocation::Path)
            .map(|(index, (at, it))| (index, at, it.name.value.clone()))
            .collect()
    };
    let shared = of_path(&item.parameters);
    let mut found = Vec::new();
    let extra = |(index, at, name): &(usize, Span, String), operation: Option<usize>| {
        let message = format!("the path parameter `{name}` does not stand in `{}`", path.value);
        let finding = codes::UNUSED_PATH_PARAMETER.at(*at, message);
        (!names.contains(&name.as_str())).then_some((finding, Mend::Remove(operation, *index)))
    };
    found.extend(shared.iter().filter_map(|it| extra(it, None)));
    for (operation, (_, it)) in item.operations.iter().enumerate() {
        let own = of_path(&it.parameters);
        found.extend(own.iter().filter_map(|it| extra(it, Some(operation))));
        for name in names {
            if !own.iter().chain(&shared).any(|(_, _, known)| known == name) {
                let message = format!("`{{{name}}}` of the path has no parameter");
                let finding = codes::MISSING_PATH_PARAMETER.at(it.span, message);
                found.push((finding, Mend::Add(operation, Box::new(text(name, it.span)))));
            }
        }
    }
    found
}

/// A required path parameter that is any text.
fn text(name: &str, span: Span) -> Parameter {
    let schema = Schema {
        span,
        types: vec![Spanned::new(JsonType::String, span)],
        ..Schema::default()
    };
    Parameter {
        span,
        name: Spanned::new(name.to_owned(), span),
        location: Spanned::new(ParameterLocation::Path, span),
        description: None,
        required: true,
        deprecated: false,
        allow_empty_value: None,
        style: None,
        explode: None,
        allow_reserved: None,
        schema: Some(Box::new(schema)),
        content: Vec::new(),
        examples: Vec::new(),
        extensions: crate::document::Extensions::new(),
    }
}
