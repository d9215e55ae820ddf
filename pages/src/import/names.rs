//! Names of components and operations, made from what pages call things.

/// A name of a component: letters and digits, the first of each word upper case.
pub(super) fn component(text: &str) -> String {
    let mut name = String::new();
    let mut upper = true;
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            if upper {
                name.extend(character.to_uppercase())
            } else {
                name.push(character)
            }
            upper = false;
        } else {
            upper = true;
        }
    }
    if name.starts_with(|it: char| it.is_ascii_digit()) {
        name.insert(0, 'N');
    }
    if name.is_empty() { "Unnamed".to_owned() } else { name }
}

/// The name of a part of an object: `ServiceSpecPorts` of `Service.spec.ports[]`.
pub(super) fn part(path: &str) -> String {
    component(&path.replace("[]", ""))
}

/// The `operationId` of a method and a path: `get` `/api/v1/services/{name}` is `getApiV1ServicesName`.
pub(super) fn operation(method: &str, path: &str) -> String {
    format!("{}{}", method.to_ascii_lowercase(), component(path))
}

/// The verbs that titles begin with, and those of names.
const VERBS: [(&str, &str); 20] = [
    ("Adding", "add"),
    ("Cancelling", "cancel"),
    ("Creating", "create"),
    ("Deleting", "delete"),
    ("Disabling", "disable"),
    ("Enabling", "enable"),
    ("Getting", "get"),
    ("Listing", "list"),
    ("Modifying", "modify"),
    ("Obtaining", "get"),
    ("Patching", "patch"),
    ("Querying", "query"),
    ("Reading", "read"),
    ("Removing", "remove"),
    ("Replacing", "replace"),
    ("Setting", "set"),
    ("Starting", "start"),
    ("Stopping", "stop"),
    ("Updating", "update"),
    ("Viewing", "show"),
];

/// The `operationId` of a title that begins with a verb: `Deleting a Pod` is `deletePod`.
pub(super) fn titled(title: &str) -> Option<String> {
    let mut words = title.split_whitespace();
    let first = words.next()?;
    let is_known = |(long, short): &&(&str, &str)| first == *long || first.eq_ignore_ascii_case(short);
    let (_, verb) = VERBS.iter().find(is_known)?;
    let rest = words.filter(|it| !matches!(*it, "a" | "an" | "the" | "of" | "The" | "A" | "An"));
    let rest = rest.collect::<Vec<_>>().join(" ");
    let fits = !rest.is_empty() && rest.len() <= 60 && rest.chars().all(|it| it.is_ascii_alphanumeric() || it == ' ');
    fits.then(|| format!("{verb}{}", component(&rest)))
}

/// The tag of a path: the resource that it is about, which is the last fixed part before a
/// variable, or the last one of all.
pub(super) fn tag(path: &str) -> String {
    let parts: Vec<_> = path.split('/').filter(|it| !it.is_empty()).collect();
    let is_variable = |it: &&str| it.starts_with('{');
    // A namespace or project comes before the resource.
    let named = parts
        .windows(2)
        .rfind(|it| matches!(it, [a, b] if !is_variable(a) && is_variable(b) && !is_scope(a)));
    let named = named.and_then(|it| it.first());
    let last = parts.iter().rfind(|it| !is_variable(it));
    let tag = named.or(last).copied().unwrap_or("default");
    words(tag)
}

/// A text in lower case, with `-` for what is neither a letter nor a digit.
pub(super) fn words(text: &str) -> String {
    let words = text.chars().map(|it| it.is_ascii_alphanumeric().then_some(it));
    words.map(|it| it.map_or('-', |it| it.to_ascii_lowercase())).collect()
}

fn is_scope(part: &str) -> bool {
    matches!(part, "namespaces" | "projects")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_what_is_there() {
        assert_eq!(component("io.k8s.api.core.v1.Pod"), "IoK8sApiCoreV1Pod");
        assert_eq!(part("Service.spec.ports[]"), "ServiceSpecPorts");
        assert_eq!(operation("GET", "/api/v1/services/{name}"), "getApiV1ServicesName");
        assert_eq!(tag("/api/v1/namespaces/{namespace}/services/{name}/status"), "services");
        assert_eq!(tag("/api/v1/namespaces/{namespace}/services"), "services");
        assert_eq!(tag("/apis"), "apis");
        assert_eq!(component("5g"), "N5g");
        assert_eq!(titled("Deleting a Pod").as_deref(), Some("deletePod"));
        assert_eq!(titled("Update the Status of Pods").as_deref(), Some("updateStatusPods"));
        assert_eq!(titled("Pods (deprecated)"), None);
        assert_eq!(titled("Deleting"), None);
    }
}
