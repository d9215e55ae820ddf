//! Running the program, bounded in time and in what it prints, on a thread of its own.

use std::future::poll_fn;
use std::io::{ErrorKind, Read};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;
use tablature_client::credentials::{CredentialError, Lease};

use super::Exec;

/// How much the program may print, in bytes.
const MOST: usize = 1 << 20;
/// How often it is looked whether the program has ended.
const LOOK: Duration = Duration::from_millis(10);

type Outcome = Result<Lease, CredentialError>;

#[derive(Default)]
struct Shared {
    state: Mutex<(Option<Outcome>, Option<Waker>)>,
    given_up: AtomicBool,
}

/// Tells the thread that nobody waits for it any more.
struct GiveUp(Arc<Shared>);

impl Drop for GiveUp {
    fn drop(&mut self) {
        self.0.given_up.store(true, Ordering::Relaxed);
    }
}

/// Does `work` on a thread of its own, so that no async runtime stands still. It is told when nobody waits any more.
pub(super) fn on_a_thread<F>(work: F) -> Pin<Box<dyn Future<Output = Outcome> + Send>>
where
    F: FnOnce(&AtomicBool) -> Outcome + Send + 'static,
{
    Box::pin(async move {
        let shared = Arc::new(Shared::default());
        let thread = Arc::clone(&shared);
        let spawned = thread::Builder::new()
            .name("kubeconfig-exec".to_owned())
            .spawn(move || {
                let outcome = work(&thread.given_up);
                let mut state = thread.state.lock().unwrap_or_else(PoisonError::into_inner);
                state.0 = Some(outcome);
                if let Some(waker) = state.1.take() {
                    waker.wake();
                }
            });
        spawned.map_err(|error| CredentialError::passing(format_args!("there is no thread: {error}")))?;
        let waiting = GiveUp(shared);
        poll_fn(|context| {
            let mut state = waiting.0.state.lock().unwrap_or_else(PoisonError::into_inner);
            match state.0.take() {
                Some(outcome) => Poll::Ready(outcome),
                None => {
                    state.1 = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    })
}

/// Runs the program and gives what it prints.
pub(super) fn run(
    exec: &Exec,
    longest: Duration,
    given_up: &AtomicBool,
) -> Result<Zeroizing<Vec<u8>>, CredentialError> {
    let mut command = Command::new(&exec.command);
    command
        .args(&exec.arguments)
        .envs(exec.environment.iter().map(|(name, value)| (name, value)))
        .env("KUBERNETES_EXEC_INFO", &exec.info)
        .stdin(if exec.interactive {
            Stdio::inherit()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        let hint = exec
            .install_hint
            .as_deref()
            .filter(|_| error.kind() == ErrorKind::NotFound);
        let hint = hint.map(|hint| format!(": {hint}")).unwrap_or_default();
        CredentialError::new(format_args!("{exec} cannot be run: {error}{hint}"))
    })?;
    let printed = child.stdout.take().map(|stdout| thread::spawn(move || read(stdout)));
    let end = Instant::now() + longest;
    let status = loop {
        match child.try_wait() {
            // What it has begun may still hold its output.
            Ok(Some(status)) if printed.as_ref().is_none_or(thread::JoinHandle::is_finished) => break status,
            Ok(_) if given_up.load(Ordering::Relaxed) => return Err(stop(child, exec, "was given up")),
            Ok(_) if Instant::now() >= end => return Err(stop(child, exec, &format!("took longer than {longest:?}"))),
            Ok(_) => thread::sleep(LOOK),
            Err(error) => return Err(stop(child, exec, &format!("cannot be waited for: {error}"))),
        }
    };
    let printed = printed.map_or(Ok(None), thread::JoinHandle::join).ok().flatten();
    let printed = printed.ok_or_else(|| CredentialError::new(format_args!("{exec} printed more than {MOST} bytes")))?;
    if !status.success() {
        return Err(CredentialError::new(format_args!("{exec} failed: {status}")));
    }
    Ok(printed)
}

/// What is printed, if it is not too much.
fn read(stdout: impl Read) -> Option<Zeroizing<Vec<u8>>> {
    let mut printed = Zeroizing::new(Vec::with_capacity(4096));
    let mut limited = stdout.take(MOST as u64 + 1);
    limited.read_to_end(&mut printed).ok()?;
    (printed.len() <= MOST).then_some(printed)
}

fn stop(mut child: Child, exec: &Exec, why: &str) -> CredentialError {
    let _killed = child.kill();
    let _waited = child.wait();
    CredentialError::passing(format_args!("{exec} {why}"))
}
