//! Read, modify, replace.

use std::sync::Arc;
use std::time::Duration;

use tablature_runtime::{Operation, Response};

use super::{Core, Prepared};
use crate::Error;
use crate::retry::{Backoff, Jitter};

/// How often an object is read again after somebody else has changed it in the meantime.
const CONFLICTS: u32 = 5;

/// Reads, lets `change` make a replacement of what was read, and sends that; anew from reading if the
/// server answers with a conflict.
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
    let mut conflicts = 0;
    loop {
        let url = read.request.uri().clone();
        let answer = core.answer(read.clone()).await?;
        let object = R::decode(answer)
            .map_err(|error| Error::answered(error, &url))?
            .into_body();
        let write = Prepared::of(&change(object), &core.settings.servers)?;
        let url = write.request.uri().clone();
        match core.answer(write).await {
            Ok(answer) => return W::decode(answer).map_err(|error| Error::answered(error, &url)),
            Err(error) if error.is_conflict() && conflicts < CONFLICTS => {
                conflicts += 1;
                core.time.sleep(backoff.next_wait()).await;
            }
            Err(error) => return Err(error),
        }
    }
}
