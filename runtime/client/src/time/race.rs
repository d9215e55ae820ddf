//! A future against the clock.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use super::Sleep;

/// What `future` gives, unless `deadline` comes first.
pub async fn race<F: Future>(deadline: &mut Sleep, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        Pin::new(&mut *deadline).poll(context).map(|()| None)
    })
    .await
}
