//! `GET /v1/timeline`: articles by the time of their publication.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::{StatusCode, Uri};

use super::{Q, SINCE, UNTIL, group, notes, request};
use crate::render::{svg, timeline};
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};
use crate::text::Calendar;

const PARAMS: &[Param] = &[
    Q,
    SINCE,
    UNTIL,
    Param {
        name: "by",
        takes: Takes::One(&["auto", "day", "week", "month", "year"]),
        about: "what to count by; what fits the time that the articles span unless it is said",
    },
    Param {
        name: "group",
        takes: Takes::One(&["none", "copy", "story"]),
        about: "what is counted once: nothing, copies (exact and near ones), or the articles of a story",
    },
    Param {
        name: "format",
        takes: Takes::One(&["json", "jsonl", "csv", "svg"]),
        about: "one JSON document, a JSON object a stretch, rows, or a picture",
    },
];

const SVG: &str = "image/svg+xml";

pub(super) fn routes() -> Vec<Route> {
    let kinds = vec![
        (answer::JSON, schema::named("Timeline")),
        (answer::JSONL, schema::lines("Stretch")),
        (answer::CSV, serde_json::Value::Null),
        (SVG, serde_json::Value::Null),
    ];
    vec![
        Route::get("/v1/timeline", get(counted))
            .about(
                "Count the articles that match by day, week, month or year",
                "The document of `dateline timeline --format json`.",
            )
            .params(PARAMS)
            .gives_any(200, "The counts", kinds),
    ]
}

async fn counted(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let (_, archive) = shared.snapshots.current();
            let query = params.text("q");
            let plan = archive.plan(query)?;
            let by = match params.text("by") {
                "day" => Some(Calendar::Day),
                "week" => Some(Calendar::Week),
                "month" => Some(Calendar::Month),
                "year" => Some(Calendar::Year),
                _ => None,
            };
            let counted = archive.timeline_fitting(&plan, &request(&params), by, group(&params)?)?;
            Ok(match params.text("format") {
                "jsonl" => answer::json_lines(timeline::lines(&counted)),
                "csv" => answer::of(StatusCode::OK, answer::CSV, timeline::rows(&counted).into()),
                "svg" => answer::of(StatusCode::OK, SVG, svg::timeline(query, &counted).into()),
                _ => {
                    let notes = notes(&archive, &plan, counted.articles == 0)?;
                    answer::json(&timeline::document(query, &counted, &notes))
                }
            })
        })
        .await
}
