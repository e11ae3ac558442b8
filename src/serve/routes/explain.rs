//! `GET /v1/explain`: how a query is read, and what answering it takes.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::Uri;

use super::Q;
use crate::query::{Limits, parse};
use crate::render::json;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};

const PARAMS: &[Param] = &[Q];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/v1/explain", get(explain))
            .about(
                "Show how a query is read and what answering it takes",
                "The document of `dateline explain --format json`.",
            )
            .params(PARAMS)
            .gives(200, "The plan and what it costs", answer::JSON, schema::named("Explained")),
    ]
}

async fn explain(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let (_, archive) = shared.snapshots.current();
            let query = params.text("q");
            let (plan, cost) = archive.explain(query)?;
            let read = parse(query, &Limits::default()).map(|p| p.query.to_string()).unwrap_or_default();
            Ok(answer::json(&json::explained(query, &read, &plan, &cost)))
        })
        .await
}
