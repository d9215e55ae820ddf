//! Read, modify, replace.

mod outcome;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response as Answer, StatusCode};
use tablature_runtime::{Operation, Response};

use self::outcome::{Outcome, outcome};
use super::{Core, Prepared};
use crate::Error;
use crate::retry::{Backoff, Jitter};

/// Reads, lets `change` make a replacement of what was read, and sends that; anew from reading if the server answers
/// with a conflict, and once if what is read shows that a replacement whose answer was lost was not done.
pub(super) async fn modify<R, W, F>(
    core: Arc<Core>,
    read: Prepared,
    mut change: F,
) -> Result<Response<W::Output>, Error>
where
    R: Operation,
    W: Operation,
    F: FnMut(R::Output) -> W,
{
    let mut backoff = Backoff::new(Duration::from_millis(20), Duration::from_secs(1), Jitter::Full);
    let url = read.request.uri().clone();
    let mut before = core.answer(read.clone()).await?;
    let (mut attempts, mut lost) = (0, false);
    loop {
        let object = R::decode(before.clone()).map_err(|error| Error::answered(error, &url))?;
        let write = Prepared::of(&change(object.into_body()), &core.settings.servers)?;
        let (sent, sent_to) = (write.request.body().clone(), write.request.uri().clone());
        attempts += 1;
        let error = match core.answer(write).await {
            Ok(answer) => return W::decode(answer).map_err(|error| Error::answered(error, &sent_to)),
            Err(error) => error,
        };
        if error.may_be_done() {
            let Ok(after) = core.answer(read.clone()).await else {
                return Err(error);
            };
            match outcome(before.body(), &sent, after.body()) {
                Outcome::Done => return done::<W>(after, error),
                Outcome::NotDone if error.is_conflict() => {}
                Outcome::NotDone if !may_be_under_way(&error) && !std::mem::replace(&mut lost, true) => {}
                Outcome::NotDone | Outcome::Unknown => return Err(error),
            }
        } else if !error.is_conflict() {
            return Err(error);
        }
        if attempts > core.settings.retry.max_conflicts {
            return Err(error.with_attempts(attempts));
        }
        core.time.sleep(backoff.next_wait()).await;
        before = core.answer(read.clone()).await?;
    }
}

/// Whether a server may still be at work on what it has not answered: the client has waited long enough, or a gateway has.
fn may_be_under_way(error: &Error) -> bool {
    error.as_timeout().is_some() || error.status() == Some(StatusCode::GATEWAY_TIMEOUT)
}

/// The object as it was read after it was replaced, in the place of the answer that was lost.
fn done<W: Operation>(after: Answer<Bytes>, lost: Error) -> Result<Response<W::Output>, Error> {
    W::decode(after).map_err(|_| lost)
}
