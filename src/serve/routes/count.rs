//! `GET /v1/count`: how many articles match.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::Uri;

use super::{Q, SINCE, UNTIL, notes, request};
use crate::render::json;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};

const PARAMS: &[Param] = &[Q, SINCE, UNTIL];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/v1/count", get(count))
            .about("Count the articles that match", "The document of `dateline count --format json`.")
            .params(PARAMS)
            .gives(200, "The count", answer::JSON, schema::named("Count")),
    ]
}

async fn count(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let (_, archive) = shared.snapshots.current();
            let query = params.text("q");
            let plan = archive.plan(query)?;
            let count = archive.count_plan(&plan, &request(&params))?;
            Ok(answer::json(&json::count(query, count, &notes(&archive, &plan, count == 0)?)))
        })
        .await
}
