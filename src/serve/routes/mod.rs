//! The routes, one file a resource. A file gives its routes with their documentation; here they become a router.

mod articles;
mod complete;
mod count;
mod documents;
mod explain;
mod facets;
mod health;
mod search;
mod stories;
mod timeline;
mod watches;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use hyper::StatusCode;
use serde_json::Value;
use tower_http::compression::CompressionLayer;

use super::failure::Failure;
use super::params::{Param, Params, Takes};
use super::route::Route;
use super::{App, guards, held};
use crate::backend::Group;
use crate::plan::Plan;
use crate::query::Diagnostic;
use crate::search::{Archive, SearchRequest, stated};

/// Every route that is documented.
pub(super) fn all() -> Vec<Route> {
    let each = [
        search::routes(),
        count::routes(),
        articles::routes(),
        facets::routes(),
        timeline::routes(),
        stories::routes(),
        watches::routes(),
        explain::routes(),
        complete::routes(),
        health::routes(),
        documents::routes(),
    ];
    each.into_iter().flatten().collect()
}

/// What answers every request.
pub(super) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in all() {
        let key = from_fn_with_state((Arc::clone(app), route.access), guards::key);
        router = router.route(route.path, route.handler.layer(key));
    }
    router = router.merge(super::page::router());
    router
        .fallback(|| async {
            Failure::missing("no_route", "there is nothing at this address").help("/docs tells what there is")
        })
        .method_not_allowed_fallback(|| async {
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, "no_method", "this address is not used so")
                .help("/docs tells what there is")
                .into_response()
        })
        .layer(from_fn_with_state(Arc::clone(app), held::held))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(app), guards::every))
        .with_state(Arc::clone(app))
}

/// The query.
const Q: Param = Param {
    name: "q",
    takes: Takes::Needed,
    about: "the query: words, \"phrases\", country:iran, person:\"donald trump\", number:[100 TO 500]",
};
const SINCE: Param =
    Param { name: "since", takes: Takes::Date, about: "only articles published on this day or later" };
const UNTIL: Param =
    Param { name: "until", takes: Takes::Date, about: "only articles published on this day or earlier" };

/// The stretch of publication that is asked for.
fn request(params: &Params) -> SearchRequest {
    SearchRequest {
        since: params.date("since").map(|day| day.0),
        until: params.date("until").map(|day| day.1),
        ..SearchRequest::default()
    }
}

/// What is shown or counted once.
fn group(params: &Params) -> Result<Group, Failure> {
    let name = params.text("group");
    stated::group(name).map_err(|message| {
        Failure::bad("bad_parameter", format!("group: {message}")).parameter("group", name)
    })
}

/// How the query was read.
fn notes(archive: &Archive, plan: &Plan, nothing_found: bool) -> Result<Vec<Diagnostic>, Failure> {
    Ok(archive.notes(plan, nothing_found)?)
}

/// Any object.
fn any_object() -> Value {
    serde_json::json!({ "type": "object" })
}
