//! `/v1/watches`: queries that are asked of every article that comes in.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{delete, get, put};
use hyper::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};

use super::articles::whole;
use crate::render::json as shown;
use crate::serve::failure::Failure;
use crate::serve::params::Params;
use crate::serve::route::{Access, Route, Verb};
use crate::serve::{App, answer, schema};
use crate::watch::{Watch, WatchError, WatchList};

pub(super) fn routes() -> Vec<Route> {
    let failure = || schema::named("Failure");
    let query = || json!({ "type": "object", "required": ["query"], "properties": { "query": { "type": "string", "minLength": 1 } } });
    vec![
        Route::get("/v1/watches", get(list))
            .about("List the watches", "In order of name; `dateline watch run` tells what they matched.")
            .gives(200, "The watches", answer::JSON, schema::named("Watches")),
        Route::get("/v1/watches/{name}", get(show))
            .about("Show a watch", "Its name and its query.")
            .part("name", "the name of the watch")
            .gives(200, "The watch", answer::JSON, schema::named("Watch"))
            .gives(404, "There is no such watch", answer::JSON, failure()),
        Route::new(Verb::Put, "/v1/watches/{name}", Access::Write, put(add))
            .about("Add a watch, or change it", "Asked of every article that comes in from now on.")
            .part("name", "its name: letters, digits, - _ and .")
            .takes(answer::JSON, query())
            .gives(200, "It stands", answer::JSON, schema::named("Watch"))
            .gives(403, "The server has no key, so nothing is written", answer::JSON, failure()),
        Route::new(Verb::Delete, "/v1/watches/{name}", Access::Write, delete(remove))
            .about("Take a watch out", "What it matched and was not told of yet is still told.")
            .part("name", "the name of the watch")
            .gives(200, "It is out", answer::JSON, json!({ "type": "object", "required": ["deleted", "name"], "properties": { "deleted": { "type": "boolean" }, "name": { "type": "string" } } }))
            .gives(403, "The server has no key, so nothing is written", answer::JSON, failure())
            .gives(404, "There is no such watch", answer::JSON, failure()),
    ]
}

impl From<WatchError> for Failure {
    fn from(error: WatchError) -> Self {
        let message = error.to_string();
        match error {
            WatchError::Query { errors, .. } => errors.into(),
            WatchError::Name(_) => Self::bad("bad_name", message),
            WatchError::Unknown(_) => Self::missing("no_watch", message),
            WatchError::TooMany { .. } => Self::bad("too_many", message),
            WatchError::Changing(_) => Self::busy("changing", "another process is changing the watches"),
            WatchError::Index(error) => error.into(),
            _ => Self::internal(&message),
        }
    }
}

/// Where the index is.
fn path(app: &App) -> &std::path::Path {
    app.archive.backend().reader().path()
}

fn told(name: &str, query: &str) -> Value {
    json!({ "name": name, "query": query })
}

async fn list(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let list = WatchList::read(path(&shared))?;
            let watches: Vec<Value> = list.iter().map(|watch| told(&watch.name, &watch.query)).collect();
            Ok(answer::json(&json!({ "watches": watches })))
        })
        .await
}

async fn show(State(app): State<App>, Path(name): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let list = WatchList::read(path(&shared))?;
            let query = list.query(&name).ok_or_else(|| WatchError::Unknown(name.clone()))?;
            Ok(answer::json(&told(&name, query)))
        })
        .await
}

async fn add(
    State(app): State<App>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let (bytes, held) = whole(&app, &headers, body).await?;
    let shared = App::clone(&app);
    app.writes
        .run(move || {
            let _held = held;
            let stated: Value = serde_json::from_slice(&bytes)
                .map_err(|e| Failure::bad("bad_json", format!("the body is no JSON: {e}")))?;
            let query = stated.get("query").and_then(Value::as_str).ok_or_else(|| {
                Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "no_query", "the body has no query")
                    .help("{\"query\": \"country:iran deport\"}")
            })?;
            let watch = Watch { name: name.clone(), query: query.to_owned() };
            let plan = WatchList::change(path(&shared), |list| list.add(watch, true))?;
            let mut document = told(&name, query);
            document["notes"] = plan.notes.iter().map(shown::diagnostic).collect();
            Ok(answer::json(&document))
        })
        .await
}

async fn remove(State(app): State<App>, Path(name): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let shared = App::clone(&app);
    app.writes
        .run(move || {
            WatchList::change(path(&shared), |list| list.remove(&name))?;
            Ok(answer::json(&json!({ "deleted": true, "name": name })))
        })
        .await
}
