//! `/v1/stories/{id}`: a story, its figures side by side, and why its articles are together; `/v1/articles/{id}/related`.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use hyper::Uri;
use serde_json::{Value, json};

use super::{SINCE, UNTIL, request};
use crate::render::{json as shown, story as render};
use crate::search::Archive;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};

/// Stories that are related, at most.
const MOST_RELATED: usize = 100;

const RELATED: &[Param] = &[
    Param {
        name: "n",
        takes: Takes::Number { unless: 10, least: 1, most: MOST_RELATED },
        about: "how many stories",
    },
    SINCE,
    UNTIL,
];

const PART: &str = "the id of a story, or of an article of it";

pub(super) fn routes() -> Vec<Route> {
    let missing = || schema::named("Failure");
    vec![
        Route::get("/v1/stories/{id}", get(story))
            .about("Show a story", "The document of `dateline story --format json`: its articles in the order of time.")
            .part("id", PART)
            .gives(200, "The story", answer::JSON, schema::named("Story"))
            .gives(404, "There is no such story", answer::JSON, missing()),
        Route::get("/v1/stories/{id}/figures", get(figures))
            .about(
                "Set the figures of a story side by side",
                "The document of `dateline story --numbers --format json`: what several outlets say of the same thing, each with the sentence that says it.",
            )
            .part("id", PART)
            .gives(200, "The figures", answer::JSON, schema::named("Figures"))
            .gives(404, "There is no such story", answer::JSON, missing()),
        Route::get("/v1/stories/{id}/why", get(why))
            .about(
                "Show why articles are one story",
                "The document of `dateline explain story --format json`: the article that each is most like, and the words that both have.",
            )
            .part("id", PART)
            .gives(200, "One an article", answer::JSON, json!({ "type": "array", "items": schema::named("Why") }))
            .gives(404, "There is no such story", answer::JSON, missing()),
        Route::get("/v1/articles/{id}/related", get(related))
            .about(
                "Find other stories about the same",
                "The document of `dateline related --format json`: one article of each story, nearest first.",
            )
            .part("id", "the id of an article")
            .params(RELATED)
            .gives(200, "The stories", answer::JSON, schema::named("Related"))
            .gives(404, "There is no such article", answer::JSON, missing()),
    ]
}

fn missing() -> Failure {
    Failure::missing("no_story", "there is no story and no article with this id")
}

/// Asks something of the index as it is now.
async fn ask(
    app: App,
    question: impl FnOnce(&Archive) -> Result<Option<Value>, Failure> + Send + 'static,
) -> Result<Response, Failure> {
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let (_, archive) = shared.snapshots.current();
            question(&archive)?.map(|document| answer::json(&document)).ok_or_else(missing)
        })
        .await
}

async fn story(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    ask(app, move |archive| Ok(archive.story(&id)?.map(|story| render::json(&story)))).await
}

async fn figures(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    ask(app, move |archive| {
        let Some(story) = archive.story(&id)? else { return Ok(None) };
        let sheet = archive.figures_of_story(&id)?.unwrap_or_default();
        Ok(Some(render::figures_json(&story, &sheet)))
    })
    .await
}

async fn why(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    ask(app, move |archive| Ok(archive.explain_story(&id)?.map(|whys| render::why_json(&whys)))).await
}

async fn related(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, RELATED)?;
    ask(app, move |archive| {
        let mut request = request(&params);
        request.page.limit = params.number("n");
        request.page.snippets.limit = Some(1);
        let related = archive.related(&id, &request)?;
        Ok(related.map(|related| {
            let hits: Vec<Value> = related.hits.iter().map(shown::hit).collect();
            json!({ "id": id, "query": related.query, "hits": hits })
        }))
    })
    .await
}
