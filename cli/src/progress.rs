//! What a long run is doing, on the terminal while it does it.

use std::io::Write as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long a run is silent.
const SILENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(200);

/// A line on the standard error that says what is done and since when; gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    running: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts, if there is somebody to see it.
    pub(crate) fn start(is_shown: bool, doing: impl Into<String>) -> Self {
        let doing = doing.into();
        let running = is_shown.then(|| {
            let (sender, receiver) = mpsc::channel();
            (sender, thread::spawn(move || show(doing, &receiver)))
        });
        Self { running }
    }

    /// Says what is done now.
    pub(crate) fn enter(&self, doing: impl Into<String>) {
        if let Some((sender, _)) = &self.running {
            let _ = sender.send(doing.into());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.running.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

fn show(mut doing: String, news: &mpsc::Receiver<String>) {
    let start = Instant::now();
    let mut error = std::io::stderr();
    let mut is_shown = false;
    loop {
        let wait = match is_shown {
            true => STEP,
            false => SILENCE.saturating_sub(start.elapsed()),
        };
        match news.recv_timeout(wait) {
            Ok(next) => doing = next,
            Err(RecvTimeoutError::Timeout) => {
                let _ = write!(error, "\r{doing}, {} s\u{1b}[K", start.elapsed().as_secs());
                let _ = error.flush();
                is_shown = true;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if is_shown {
        let _ = write!(error, "\r\u{1b}[K");
    }
}
