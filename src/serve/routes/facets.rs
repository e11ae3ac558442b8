//! `GET /v1/facets`: values counted, or what filled slots.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::{StatusCode, Uri};

use super::{Q, SINCE, UNTIL, group, notes, request};
use crate::backend::{FacetSort, FacetsRequest};
use crate::facets::{by, captures};
use crate::plan::Plan;
use crate::render::counts;
use crate::search::Archive;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};

const PARAMS: &[Param] = &[
    Q,
    SINCE,
    UNTIL,
    Param {
        name: "by",
        takes: Takes::List("country,person,org,place,source"),
        about: "what to count by, with commas between: person, country, org, place, source, lang, section, agency, day, week, month, year; two that stand in one article (person+country); numbers, summed up: number, percent, money.USD, quantity.km",
    },
    Param {
        name: "n",
        takes: Takes::Number { unless: 10, least: 0, most: 1000 },
        about: "how many values of each",
    },
    Param {
        name: "sort",
        takes: Takes::One(&["count", "unusual"]),
        about: "which come first: those of most articles, or those whose share of the articles that match is most surprising beside all others",
    },
    Param {
        name: "group",
        takes: Takes::One(&["none", "copy", "story"]),
        about: "what is counted once: nothing, copies (exact and near ones), or the articles of a story",
    },
    Param {
        name: "captures",
        takes: Takes::Flag(false),
        about: "count what filled the slots of phrases instead: \"{country} deported {number}\"; without by, sort and group",
    },
    Param {
        name: "format",
        takes: Takes::One(&["json", "jsonl", "csv"]),
        about: "one JSON document, a JSON object a facet, or rows",
    },
];

/// The time that counting what filled slots has, which reads every article that matches.
const SLOTS_TIME: Duration = Duration::from_secs(30);
/// The most things to count by.
const MOST: usize = 16;

pub(super) fn routes() -> Vec<Route> {
    let kinds = vec![
        (answer::JSON, schema::named("Facets")),
        (answer::JSONL, schema::lines("Facet")),
        (answer::CSV, serde_json::Value::Null),
    ];
    vec![
        Route::get("/v1/facets", get(facets))
            .about(
                "Count who and what stands in the articles that match, and sum up their numbers",
                "The document of `dateline facets --format json`.",
            )
            .params(PARAMS)
            .gives_any(200, "The counts", kinds),
    ]
}

async fn facets(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let shared = App::clone(&app);
    let captures = params.flag("captures");
    let work = move || {
        let (_, archive) = shared.snapshots.current();
        let plan = archive.plan(params.text("q"))?;
        if captures {
            slots(&archive.with_stream_time_limit(Some(SLOTS_TIME)), &plan, &params)
        } else {
            values(&archive, &plan, &params)
        }
    };
    // What filled slots is read from the articles, which takes its time.
    if captures { app.streams.run(work).await } else { app.searches.run(work).await }
}

fn values(archive: &Archive, plan: &Plan, params: &Params) -> Result<Response, Failure> {
    let wanted: Vec<&str> = params.text("by").split(',').collect();
    if wanted.len() > MOST {
        let message = format!("by names {} things to count by, the limit is {MOST}", wanted.len());
        return Err(Failure::bad("limit", message).parameter("by", params.text("by")));
    }
    let wanted = wanted.into_iter().map(|name| by(name).map_err(|e| Failure::of_parameter(e, "by")));
    let counted = FacetsRequest {
        by: wanted.collect::<Result<_, _>>()?,
        limit: params.number("n"),
        sort: if params.text("sort") == "unusual" { FacetSort::Unusual } else { FacetSort::Count },
        group: group(params)?,
    };
    let facets = archive.facets_plan(plan, &request(params), &counted)?;
    Ok(match params.text("format") {
        "jsonl" => answer::json_lines(counts::facets(&facets)),
        "csv" => answer::of(StatusCode::OK, answer::CSV, counts::rows(&facets).into()),
        _ => {
            let notes = notes(archive, plan, facets.articles == 0)?;
            answer::json(&counts::document(params.text("q"), &facets, &notes))
        }
    })
}

fn slots(archive: &Archive, plan: &Plan, params: &Params) -> Result<Response, Failure> {
    for name in ["by", "sort", "group"] {
        if let Some(value) = params.given(name) {
            let message = format!("captures counts what filled slots: it takes no {name}");
            return Err(Failure::bad("bad_parameter", message).parameter(name, value));
        }
    }
    if params.text("format") == "csv" {
        return Err(Failure::bad("bad_parameter", "captures has no csv").parameter("format", "csv"));
    }
    let found = captures(archive, plan, &request(params), params.number("n"))?;
    let notes = notes(archive, plan, found.articles == 0)?;
    let document = counts::captures(params.text("q"), &found, &notes);
    Ok(if params.text("format") == "jsonl" {
        answer::json_lines([document])
    } else {
        answer::json(&document)
    })
}
