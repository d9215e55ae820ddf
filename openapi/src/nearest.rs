//! Finds the known name that an unknown one may have meant.

/// The nearest of some names, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    // A third of the letters may be wrong, so that no unlikely name is proposed.
    let most = (length / 3).max(1);
    known
        .into_iter()
        // Comparing letters is slow, and names of another length are not near.
        .filter(|it| it.chars().count().abs_diff(length) <= most)
        .map(|it| (strsim::osa_distance(&wanted, &it.to_lowercase()), it))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, it)| it)
}

/// The question that proposes the nearest name.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|it| format!("did you mean `{it}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_proposed() {
        let known = ["description", "operationId", "in"];
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("operationID", known), Some("operationId"));
        assert_eq!(nearest("summary", known), None);
        assert_eq!(nearest("x", known), None);
    }
}
