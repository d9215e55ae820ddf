//! One attempt: the request as it goes out, and the answer as it comes in.

use bytes::Bytes;
use http::Request;
use tablature_runtime::auth::AuthContext;

use super::Core;
use super::call::{Answer, Call};
use super::hook::Attempt;
use super::redirect::same_origin;
use super::trace::Span;
use crate::Error;
use crate::credentials::{CredentialError, Held};
use crate::transport::{Limits, TransportError};

impl Core {
    /// The request of the next attempt, as hooks and the credential make it.
    pub(super) fn dress(&self, call: &mut Call<'_>, held: Option<&Held>) -> Result<(Attempt, Request<Bytes>), Error> {
        let number = call.attempt();
        let attempt = Attempt {
            operation: call.facts().operation,
            method: call.facts().method.clone(),
            route: call.facts().route,
            number,
        };
        let mut request = call.request.clone();
        for name in self.settings.headers.keys() {
            if !call.request.headers().contains_key(name) {
                for value in self.settings.headers.get_all(name) {
                    request.headers_mut().append(name, value.clone());
                }
            }
        }
        for hook in &self.settings.hooks {
            hook.before(&attempt, &mut request);
        }
        if let Some(held) = held {
            if !same_origin(call.url(), request.uri()) {
                let error =
                    CredentialError::new("the credential is not sent to another server, as a hook would have it");
                return Err(call.no_credential(error));
            }
            let mut context = AuthContext::new(call.facts().security, self.time.system_now());
            context.plain_http = self.settings.connect.plain_http;
            held.credential
                .authenticate(&mut request, &context)
                .map_err(|error| call.no_credential(error.into()))?;
        }
        Ok((attempt, request))
    }

    /// Sends a request, and receives the answer as far as it is waited for.
    pub(super) async fn exchange(
        &self,
        attempt: &Attempt,
        span: &Span,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Answer, TransportError> {
        let answer = self.transport.send(request, limits).await?;
        let (head, body) = answer.into_parts();
        span.status(head.status);
        for hook in &self.settings.hooks {
            hook.answered(attempt, &head);
        }
        let (body, stream) = if limits.idle.is_some() && head.status.is_success() {
            (Bytes::new(), Some(body))
        } else {
            (body.collect(self.settings.max_body).await?, None)
        };
        let head = http::Response::from_parts(head, body);
        Ok(Answer { head, stream })
    }
}
