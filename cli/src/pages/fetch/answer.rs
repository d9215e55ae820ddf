//! What a server's answer says of a page: that it is there, gone, moved, or behind a login.

use crate::pages::fetch::store::Validators;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The page.
    Page {
        /// Its text.
        text: String,
        /// What tells the next time whether it changed.
        validators: Validators,
    },
    /// It is as it was.
    Unchanged,
    /// There is no such page any more.
    Gone(u16),
    /// It is elsewhere now.
    Moved(String),
    /// It is shown to those who log in.
    Login(String),
    /// It could not be had this time.
    Failed(String),
}

impl Answer {
    /// What an answer with this status and body is.
    pub(super) fn of(status: u16, location: Option<&str>, text: String, validators: Validators) -> Self {
        match status {
            200 if asks_for_password(&text) => Self::Login("the page has a field for a password".to_owned()),
            200 => Self::Page { text, validators },
            304 => Self::Unchanged,
            404 | 410 => Self::Gone(status),
            401 | 403 => Self::Login(format!("status {status}")),
            300..=399 => match location {
                Some(to) if is_login(to) => Self::Login(format!("status {status} to {to}")),
                Some(to) => Self::Moved(to.to_owned()),
                None => Self::Failed(format!("status {status} without a location")),
            },
            _ => Self::Failed(format!("status {status}")),
        }
    }

    /// One or two words for it, and why.
    pub(super) fn in_words(&self) -> (&'static str, String) {
        match self {
            Self::Page { .. } => ("fetched", String::new()),
            Self::Unchanged => ("unchanged", String::new()),
            Self::Gone(status) => ("gone", format!("status {status}")),
            Self::Moved(to) => (
                "moved",
                format!("to {to}, record it with --source if it is the same page"),
            ),
            Self::Login(why) => ("login", format!("{why}, the page itself was not seen")),
            Self::Failed(why) => ("failed", why.clone()),
        }
    }
}

/// Whether a page is a form to log in with.
fn asks_for_password(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mut inputs = text.split("<input").skip(1);
    inputs.any(|it| {
        let tag: String = it.split('>').next().unwrap_or_default().split_whitespace().collect();
        ["type=\"password\"", "type='password'", "type=password"]
            .iter()
            .any(|it| tag.contains(it))
    })
}

/// Whether an address is that of a login.
fn is_login(url: &str) -> bool {
    let words = url.to_ascii_lowercase();
    let mut words = words.split(|it: char| !it.is_ascii_alphanumeric());
    words.any(|it| {
        matches!(
            it,
            "login" | "signin" | "sso" | "auth" | "oauth" | "oauth2" | "authenticate"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_what_its_status_and_text_say() {
        let of = |status, location, text: &str| {
            let answer = Answer::of(status, location, text.to_owned(), Validators::default());
            answer.in_words().0
        };
        for (status, location, text, word) in [
            (200, None, "<h1>Lamps</h1>", "fetched"),
            (200, None, "<form><input name=p type = 'password'></form>", "login"),
            (200, None, "<p>type=\"password\"</p>", "fetched"),
            (304, None, "", "unchanged"),
            (404, None, "", "gone"),
            (410, None, "", "gone"),
            (401, None, "", "login"),
            (302, Some("https://id.example/sso?next=/lamps"), "", "login"),
            (301, Some("/lamps/new"), "", "moved"),
            (302, Some("/blogin"), "", "moved"),
            (302, None, "", "failed"),
            (503, None, "", "failed"),
        ] {
            assert_eq!(of(status, location, text), word, "{status} {location:?}");
        }
    }
}
