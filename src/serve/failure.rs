//! What is answered where a question or an article cannot be dealt with: `{"error": {"code", "message", "span", "help"}}`.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use serde::Serialize;

use super::answer;
use crate::article::Span;
use crate::backend::BackendError;
use crate::index::IndexError;
use crate::ingest::IngestError;
use crate::query::{Diagnostic, Severity};
use crate::search::SearchError;

/// One thing that is wrong.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Said {
    /// What it is, for programs.
    code: Cow<'static, str>,
    /// What is wrong, for people.
    message: String,
    /// Bytes of the query, or of the parameter that is named.
    span: Option<[u32; 2]>,
    /// What to write or do instead.
    help: Option<String>,
    /// The parameter that is at fault, where it is not the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<Cow<'static, str>>,
}

#[derive(Debug, Serialize)]
struct Document<'a> {
    error: &'a Said,
    /// All of them, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<&'a Said>,
}

/// Why a request was not answered.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    said: Vec<Said>,
    headers: Vec<(HeaderName, &'static str)>,
    /// For the log: what the operator should know and a client should not.
    detail: Option<String>,
}

/// What happened below, for the log; travels with a response.
#[derive(Debug, Clone)]
pub(super) struct Detail(pub(super) String);

impl Failure {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        let said = Said { code: code.into(), message, span: None, help: None, parameter: None };
        Self { status, said: vec![said], headers: Vec::new(), detail: None }
    }

    /// A request that says what cannot be.
    pub(super) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// Something that is not there.
    pub(super) fn missing(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    /// More than can be done at once.
    pub(super) fn busy(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
            .header(RETRY_AFTER, "1")
            .help("ask again after the seconds that Retry-After names")
    }

    /// A request without the key that it needs, or with another.
    pub(super) fn locked(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", message)
            .header(WWW_AUTHENTICATE, "Bearer")
            .help("send the key of the server: Authorization: Bearer KEY")
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(said) = self.said.first_mut() {
            said.help = Some(help.into());
        }
        self
    }

    /// A parameter that is at fault, all of its value where it has one.
    pub(super) fn parameter(mut self, name: impl Into<Cow<'static, str>>, value: &str) -> Self {
        if let Some(said) = self.said.first_mut() {
            said.parameter = Some(name.into());
            said.span = Some([0, u32::try_from(value.len()).unwrap_or(u32::MAX)]);
        }
        self
    }

    pub(super) fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// What is wrong with a parameter other than the query, which is read as queries are.
    pub(super) fn of_parameter(error: SearchError, name: &'static str) -> Self {
        let mut failure = Self::from(error);
        for said in &mut failure.said {
            said.parameter = Some(name.into());
        }
        failure
    }

    /// The document, for an answer that has begun.
    pub(super) fn document(&self) -> Vec<u8> {
        let Some(error) = self.said.first() else { return Vec::new() };
        let errors = if self.said.len() > 1 { self.said.iter().collect() } else { Vec::new() };
        answer::bytes(&Document { error, errors })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = answer::json_bytes(self.status, self.document());
        for (name, value) in self.headers {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if let Some(detail) = self.detail {
            response.extensions_mut().insert(Detail(detail));
        }
        response
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        let said = |diagnostic: Diagnostic| {
            let Diagnostic { code, message, span: Span { start, end }, help, .. } = diagnostic;
            Said { code: code.into(), message, span: Some([start, end]), help, parameter: None }
        };
        let errors = diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let said: Vec<Said> = errors.map(said).collect();
        if said.is_empty() {
            return Self::bad("bad_query", "the query cannot be read");
        }
        Self { said, ..Self::bad("", "") }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Query(diagnostics) => diagnostics.into(),
            SearchError::Backend(error) => error.into(),
        }
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        match error {
            BackendError::Index(error) => error.into(),
            BackendError::TooDeep { limit } => {
                Self::bad("too_deep", format!("hits beyond {limit} are not paged"))
                    .help("narrow the query, or ask for all hits with stream=true")
            }
            BackendError::TooSlow { limit } => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "too_slow",
                format!("the query took longer than {} s and was stopped", limit.as_secs_f64()),
            )
            .help("narrow the query"),
            error @ BackendError::Gone => Self::busy("gone", error.to_string()),
            error @ BackendError::TooManyWords { .. } => Self::bad("limit", error.to_string()),
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Self::from(&error)
    }
}

impl From<&IndexError> for Failure {
    fn from(error: &IndexError) -> Self {
        let told = error.to_string();
        match error {
            IndexError::Locked(_) => {
                Self::busy("index_locked", "another program is writing to the index").detail(told)
            }
            IndexError::Io { .. } | IndexError::Failed(_) => Self::busy(
                "index_failed",
                "the index could not be read or written; what was committed stands",
            )
            .help("ask again; if it stays so, the log of the server says what failed")
            .detail(told),
            error if error.is_damage() => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "index_damaged", "the index is damaged")
                    .help("the log of the server says what is damaged")
                    .detail(told)
            }
            _ => Self::internal(told),
        }
    }
}

impl Failure {
    /// A defect.
    pub(super) fn internal(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "a defect of the server")
            .help("the log of the server says what failed; please report it")
            .detail(detail)
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Index(error) => error.into(),
            IngestError::Shared(error) => (&*error).into(),
            other => Self::internal(other.to_string()),
        }
    }
}
