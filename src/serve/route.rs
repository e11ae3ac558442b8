//! A route: its address, who may use it, its parameters, its answers and the function that gives them. The router and the documentation
//! are both made of the same routes, so that neither has one that the other lacks.

use axum::routing::MethodRouter;
use serde_json::Value;

use super::App;
use super::params::Param;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Everybody: it tells nothing of the articles.
    Open,
    /// Everybody on this machine; with the key where others can reach the server.
    Read,
    /// Who has the key.
    Write,
}

/// What a route is asked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

/// An answer that a route may give.
pub(super) struct Gives {
    pub(super) status: u16,
    pub(super) about: &'static str,
    /// Each type, and the JSON schema of what is of it; `Null` for any text.
    pub(super) kinds: Vec<(&'static str, Value)>,
}

/// One route.
pub(super) struct Route {
    pub(super) verb: Verb,
    /// With `{name}` for a part that varies.
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) summary: &'static str,
    pub(super) about: &'static str,
    pub(super) params: &'static [Param],
    /// What `{name}` in the path stands for.
    pub(super) part: Option<(&'static str, &'static str)>,
    /// The types that a body may have, each with its schema.
    pub(super) takes: Vec<(&'static str, Value)>,
    pub(super) gives: Vec<Gives>,
    pub(super) handler: MethodRouter<App>,
}

impl Route {
    pub(super) fn new(verb: Verb, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self {
            verb,
            path,
            access,
            summary: "",
            about: "",
            params: &[],
            part: None,
            takes: Vec::new(),
            gives: Vec::new(),
            handler,
        }
    }

    /// Asked with `GET`, for who may read.
    pub(super) fn get(path: &'static str, handler: MethodRouter<App>) -> Self {
        Self::new(Verb::Get, path, Access::Read, handler)
    }

    pub(super) fn open(self) -> Self {
        Self { access: Access::Open, ..self }
    }

    pub(super) fn about(self, summary: &'static str, about: &'static str) -> Self {
        Self { summary, about, ..self }
    }

    pub(super) fn params(self, params: &'static [Param]) -> Self {
        Self { params, ..self }
    }

    pub(super) fn part(self, name: &'static str, about: &'static str) -> Self {
        Self { part: Some((name, about)), ..self }
    }

    pub(super) fn takes(mut self, kind: &'static str, schema: Value) -> Self {
        self.takes.push((kind, schema));
        self
    }

    /// An answer of one type.
    pub(super) fn gives(self, status: u16, about: &'static str, kind: &'static str, schema: Value) -> Self {
        self.gives_any(status, about, vec![(kind, schema)])
    }

    /// An answer of one of several types, or of none.
    pub(super) fn gives_any(
        mut self,
        status: u16,
        about: &'static str,
        kinds: Vec<(&'static str, Value)>,
    ) -> Self {
        self.gives.push(Gives { status, about, kinds });
        self
    }
}
