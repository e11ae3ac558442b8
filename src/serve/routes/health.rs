//! Whether the server lives and is ready, and what it has done.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::{StatusCode, Uri};
use serde_json::{Value, json};

use crate::serve::failure::Failure;
use crate::serve::metrics::resident;
use crate::serve::params::Params;
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};

/// What Prometheus reads.
const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(super) fn routes() -> Vec<Route> {
    let status = || json!({ "type": "object", "required": ["status"], "properties": { "status": { "type": "string" } } });
    vec![
        Route::get("/healthz", get(alive)).open().about("Whether the server lives", "").gives(
            200,
            "It does",
            answer::JSON,
            status(),
        ),
        Route::get("/readyz", get(ready))
            .open()
            .about("Whether questions are answered", "")
            .gives(200, "They are", answer::JSON, status())
            .gives(
                503,
                "The index cannot be read, or too many questions wait",
                answer::JSON,
                schema::named("Failure"),
            ),
        Route::get("/metrics", get(metrics)).about("Counts for Prometheus", "").gives(
            200,
            "The counts",
            METRICS,
            Value::Null,
        ),
    ]
}

async fn alive(uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    Ok(answer::json(&json!({ "status": "alive" })))
}

async fn ready(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            shared.archive.files()?;
            Ok(answer::json(&json!({ "status": "ready" })))
        })
        .await
}

async fn metrics(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let segments = app.archive.backend().reader().segments().len() as u64;
    let mut now = vec![
        ("dateline_articles", "Articles in the index.", app.archive.len()),
        ("dateline_segments", "Segments of the index.", segments),
        ("dateline_searches_waiting", "Questions that wait.", app.searches.waiting() as u64),
    ];
    if let Some(bytes) = resident() {
        now.push(("process_resident_memory_bytes", "Memory that the process holds.", bytes));
    }
    Ok(answer::of(StatusCode::OK, METRICS, app.metrics.text(&now).into()))
}
