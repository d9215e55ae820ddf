//! How a watch goes on after each thing that happens to it: a state machine without IO.

use std::time::{Duration, Instant, SystemTime};

use tablature_client::Error;
use tablature_client::retry::{Backoff, Jitter};
use tablature_runtime::operation::Pagination;

use super::{Ending, Event, Patience};
use crate::Status;

/// How long a silent connection must have lasted to count as one that worked.
const WORKED: Duration = Duration::from_secs(5);

/// A watch, and how far it has come.
#[derive(Debug)]
pub(crate) struct Follow {
    /// The version from which to go on; none if a list has to be read first.
    version: Option<String>,
    list: Option<Pagination>,
    backoff: Backoff,
    since: Option<Instant>,
    worked: bool,
    patience: Patience,
    refused_since: Option<Instant>,
    failing_since: Option<Instant>,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Read the list, whose version is the one to go on from.
    List(Pagination),
    /// Watch from this version; from whatever the server takes if there is none.
    Watch(Option<String>),
}

/// What follows from a failure.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Wait, then do what is to be done next.
    Wait(Duration),
    /// There is no getting over it.
    End,
}

impl Follow {
    /// A watch from `version`. One that cannot list depends on the server for its begin.
    pub(crate) fn new(version: Option<String>, list: Option<Pagination>) -> Self {
        Self {
            version,
            list,
            backoff: Backoff::new(Duration::from_millis(500), Duration::from_secs(30), Jitter::Full),
            since: None,
            worked: false,
            patience: Patience::default(),
            refused_since: None,
            failing_since: None,
        }
    }

    pub(crate) fn set_patience(&mut self, patience: Patience) {
        self.patience = patience;
    }

    pub(crate) fn step(&self) -> Step {
        match self.list {
            Some(list) if self.version.is_none() => Step::List(list),
            _ => Step::Watch(self.version.clone()),
        }
    }

    /// The list is read, and is of this version.
    pub(crate) fn listed(&mut self, version: String) {
        self.healed();
        self.version = Some(version);
    }

    /// Something has come: what failed before no longer counts.
    fn healed(&mut self) {
        self.refused_since = None;
        self.failing_since = None;
    }

    /// The watch has begun.
    pub(crate) fn connected(&mut self, now: Instant) {
        self.since = Some(now);
        self.worked = true;
    }

    /// An event is about to be told, of an object of this version.
    pub(crate) fn event<T>(&mut self, event: &Event<T>, version: Option<String>) {
        if matches!(event, Event::Error(_)) {
            return;
        }
        if let Some(version) = version.filter(|version| !version.is_empty()) {
            self.version = Some(version);
            self.backoff.reset();
            self.healed();
        }
    }

    /// The connection has come to its end, as it does from time to time. How long to wait.
    pub(crate) fn ended(&mut self, now: Instant) -> Duration {
        let worked = self
            .since
            .take()
            .is_some_and(|since| now.saturating_duration_since(since) >= WORKED);
        if worked {
            self.backoff.reset();
            self.healed();
            return Duration::ZERO;
        }
        self.backoff.next_wait()
    }

    /// The list, the begin of the watch or its connection has failed.
    pub(crate) fn failed(&mut self, error: &Error, now: Instant, date: SystemTime) -> Verdict {
        self.since = None;
        if error.is_gone() {
            return self.expired();
        }
        let heals = match error {
            Error::Transport(error) => !matches!(
                error.cause().kind(),
                tablature_client::transport::TransportErrorKind::Tls
            ),
            Error::Timeout(_) => true,
            Error::Credential(error) if error.cause().is_passing() => true,
            Error::Credential(_) => return self.refused_at(now, None),
            Error::Call(tablature_runtime::Error::Api(error)) => match error.status().as_u16() {
                401 | 403 | 404 => return self.refused_at(now, error.retry_after(date)),
                status => status == 429 || status >= 500,
            },
            _ => false,
        };
        if !heals {
            return Verdict::End;
        }
        self.failing_at(now, error.retry_after(date))
    }

    /// The watch is refused, or has no credential: that may heal, as it does where a credential is renewed.
    fn refused_at(&mut self, now: Instant, asked: Option<Duration>) -> Verdict {
        let since = *self.refused_since.get_or_insert(now);
        if !self.worked && !self.patience.at_begin {
            return Verdict::End;
        }
        self.wait_within(Some(self.patience.refused), since, now, asked)
    }

    fn failing_at(&mut self, now: Instant, asked: Option<Duration>) -> Verdict {
        let since = *self.failing_since.get_or_insert(now);
        self.wait_within(self.patience.failing, since, now, asked)
    }

    fn wait_within(
        &mut self,
        longest: Option<Duration>,
        since: Instant,
        now: Instant,
        asked: Option<Duration>,
    ) -> Verdict {
        if longest.is_some_and(|longest| now.saturating_duration_since(since) >= longest) {
            return Verdict::End;
        }
        let own = self.backoff.next_wait();
        Verdict::Wait(asked.map_or(own, |asked| asked.max(own)))
    }

    /// The server has sent an error in place of an event.
    pub(crate) fn refused(&mut self, status: &Status, now: Instant) -> Verdict {
        self.since = None;
        if status.is_expired() {
            return self.expired();
        }
        match status.code {
            Some(code) if code >= 500 || code == 429 => self.failing_at(now, None),
            Some(401) => self.refused_at(now, None),
            _ => Verdict::End,
        }
    }

    fn expired(&mut self) -> Verdict {
        if self.list.is_none() {
            return Verdict::End;
        }
        self.version = None;
        Verdict::Wait(self.backoff.next_wait())
    }
}

/// What an error in the place of an event ends a watch with.
pub(crate) fn cause(status: Box<Status>) -> Ending {
    if status.is_expired() {
        Ending::Expired(Some(status))
    } else {
        Ending::Status(status)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Event, Follow, Instant, Pagination, Status, Step, Verdict};
    use crate::watch::{Ending, Patience};

    const LIST: Pagination = Pagination {
        limit: "limit",
        token: "continue",
        next: "/metadata/continue",
        items: "/items",
        replaces: &[],
    };

    fn status(code: i32) -> Status {
        let mut status = Status::default();
        status.code = Some(code);
        status
    }

    #[test]
    fn goes_on_from_the_last_version_and_lists_anew_where_it_is_too_old() {
        let mut follow = Follow::new(None, Some(LIST));
        assert_eq!(follow.step(), Step::List(LIST));
        follow.listed("5".to_owned());
        follow.event(&Event::Added(()), Some("6".to_owned()));
        follow.event(&Event::Added(()), None);
        follow.event::<()>(&Event::Error(Box::default()), Some("9".to_owned()));
        assert_eq!(follow.step(), Step::Watch(Some("6".to_owned())));
        assert!(matches!(follow.refused(&status(500), Instant::now()), Verdict::Wait(_)));
        assert_eq!(follow.step(), Step::Watch(Some("6".to_owned())));
        assert!(matches!(follow.refused(&status(410), Instant::now()), Verdict::Wait(_)));
        assert_eq!(follow.step(), Step::List(LIST));
        assert!(matches!(follow.refused(&status(400), Instant::now()), Verdict::End));
    }

    #[test]
    fn one_that_cannot_list_ends_where_the_version_is_too_old() {
        let mut follow = Follow::new(None, None);
        assert_eq!(follow.step(), Step::Watch(None));
        assert!(matches!(follow.refused(&status(410), Instant::now()), Verdict::End));
        assert!(matches!(super::cause(Box::new(status(410))), Ending::Expired(Some(_))));
        assert!(matches!(super::cause(Box::new(status(400))), Ending::Status(_)));
    }

    #[test]
    fn a_server_that_answers_with_nothing_but_errors_is_given_up() {
        let mut follow = Follow::new(Some("1".to_owned()), Some(LIST));
        follow.set_patience(Patience::default().failing(Duration::from_secs(60)));
        let begin = Instant::now();
        let mut verdicts = (0..10).map(|minutes| {
            let now = begin + Duration::from_secs(10 * minutes);
            follow.connected(now);
            follow.refused(&status(500), now)
        });
        assert!(matches!(verdicts.next(), Some(Verdict::Wait(_))));
        assert!(verdicts.any(|it| matches!(it, Verdict::End)));
    }

    #[test]
    fn a_connection_that_lasted_is_followed_by_the_next_at_once() {
        let mut follow = Follow::new(Some("1".to_owned()), Some(LIST));
        let now = Instant::now();
        follow.connected(now);
        assert_eq!(follow.ended(now + Duration::from_secs(5)), Duration::ZERO);
        // Silent ones that end at once are asked for ever less often.
        let longest = (0..20).map(|_| {
            follow.connected(now);
            follow.ended(now)
        });
        assert!(
            longest
                .max()
                .is_some_and(|wait| wait > Duration::from_secs(5) && wait <= Duration::from_secs(30))
        );
    }
}
