//! Answers, and the Status of those that are none.

use serde_json::{Value, json};

use super::http::{Answer, Body};

pub fn ok(status: u16, body: Value) -> Answer {
    Answer {
        status,
        headers: Vec::new(),
        body: Body::Whole(body),
    }
}

pub type Outcome = Result<Answer, Failure>;

/// What is wrong, with the fields that it is about.
#[derive(Debug)]
pub struct Failure {
    pub code: u16,
    pub reason: &'static str,
    pub message: String,
    pub causes: Vec<Value>,
}

impl Failure {
    pub fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            reason,
            message: message.into(),
            causes: Vec::new(),
        }
    }

    pub fn invalid(field: &str, reason: &str, message: &str) -> Self {
        let mut failure = Self::new(422, "Invalid", format!("{field}: {message}"));
        failure
            .causes
            .push(json!({"reason": reason, "message": message, "field": field}));
        failure
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, "Conflict", message)
    }

    pub fn not_found(kind: &str, name: &str) -> Self {
        Self::new(404, "NotFound", format!("{kind} \"{name}\" not found"))
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub fn body(&self) -> Value {
        let mut body = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": self.message, "reason": self.reason, "code": self.code,
        });
        if !self.causes.is_empty() {
            body["details"] = json!({"causes": self.causes});
        }
        body
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        ok(failure.code, failure.body())
    }
}
