//! `GET /v1/complete`: what a query may go on with.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::Uri;
use serde_json::{Value, json};

use crate::article::Kind;
use crate::names::country;
use crate::query::FieldName;
use crate::search::Archive;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::route::Route;
use crate::serve::{App, answer, schema};
use crate::text::fold;

const PARAMS: &[Param] = &[
    Param {
        name: "prefix",
        takes: Takes::Text,
        about: "how a field, a country, or a word of a name begins, in any case; all there are where it is empty",
    },
    Param {
        name: "kind",
        takes: Takes::One(&["any", "field", "country", "person", "org", "place"]),
        about: "what is meant by it",
    },
    Param {
        name: "n",
        takes: Takes::Number { unless: 10, least: 1, most: 100 },
        about: "how many of each kind",
    },
];

/// The longest prefix; no name is that long.
const LONGEST: usize = 200;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/v1/complete", get(complete))
            .about(
                "Complete a field, a country or a name",
                "Names are those of the index, those of most articles first; `query` is what to write in a query.",
            )
            .params(PARAMS)
            .gives(200, "What it may become", answer::JSON, schema::named("Completion")),
    ]
}

async fn complete(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let prefix = params.text("prefix");
    if prefix.len() > LONGEST {
        let message = format!("prefix has {} bytes, the limit is {LONGEST}", prefix.len());
        return Err(Failure::bad("limit", message).parameter("prefix", prefix));
    }
    let shared = App::clone(&app);
    app.searches
        .run(move || {
            let (_, archive) = shared.snapshots.current();
            let (stated, n) = (params.text("prefix"), params.number("n"));
            let (prefix, kind) = (fold(stated.trim()), params.text("kind"));
            let wanted = |name: &str| kind == "any" || kind == name;
            let mut suggestions = Vec::new();
            if wanted("field") {
                suggestions.extend(fields(&prefix).take(n));
            }
            if wanted("country") {
                suggestions.extend(countries(&archive, &prefix)?.into_iter().take(n));
            }
            for kind in [Kind::Person, Kind::Org, Kind::Place] {
                if wanted(kind.name()) {
                    let names = archive.backend().names_beginning(kind, &prefix, n)?;
                    suggestions.extend(names.into_iter().map(|(name, articles)| {
                        let query = format!("{}:\"{}\"", kind.name(), name.replace(['"', '\\'], " "));
                        suggestion(kind.name(), &name, &query, Some(articles))
                    }));
                }
            }
            Ok(answer::json(&json!({ "prefix": stated, "suggestions": suggestions })))
        })
        .await
}

fn suggestion(kind: &str, value: &str, query: &str, articles: Option<u64>) -> Value {
    json!({ "kind": kind, "value": value, "query": query, "articles": articles })
}

fn fields(prefix: &str) -> impl Iterator<Item = Value> + '_ {
    let names = FieldName::ALL.into_iter().map(FieldName::name).filter(move |name| name.starts_with(prefix));
    names.map(|name| suggestion("field", name, &format!("{name}:"), None))
}

/// Countries of which a word or the code begins so, those of most articles first.
fn countries(archive: &Archive, prefix: &str) -> Result<Vec<Value>, Failure> {
    let begins =
        |name: &str| name.starts_with(prefix) || name.split([' ', '-']).any(|w| w.starts_with(prefix));
    let mut found = Vec::new();
    for code in country::codes() {
        let Some(name) = country::name(code) else { continue };
        if begins(&fold(name)) || fold(code) == prefix {
            let articles = archive.backend().articles_naming(Kind::Country, code)?;
            found.push((std::cmp::Reverse(articles), name, code));
        }
    }
    found.sort_unstable();
    let each = found.into_iter().map(|(articles, name, code)| {
        suggestion("country", name, &format!("country:{code}"), Some(articles.0))
    });
    Ok(each.collect())
}
