//! The documentation of the routes, for programs and for people.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use hyper::header::HeaderMap;
use hyper::{StatusCode, Uri};
use serde_json::Value;

use super::any_object;
use crate::serve::failure::Failure;
use crate::serve::page;
use crate::serve::params::Params;
use crate::serve::route::Route;
use crate::serve::{App, answer};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/openapi.json", get(openapi))
            .open()
            .about("This documentation, for programs", "")
            .gives(200, "A document by OpenAPI", answer::JSON, any_object())
            .gives_any(304, "The client has it as it is", Vec::new()),
        Route::get("/docs", get(docs))
            .open()
            .about("This documentation, for people", "")
            .gives(200, "A page that shows it", page::HTML, Value::Null)
            .gives_any(304, "The client has it as it is", Vec::new()),
    ]
}

async fn openapi(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let tag = answer::tag(&app.openapi);
    Ok(answer::tagged(&headers, &tag, || answer::json_bytes(StatusCode::OK, app.openapi.clone())))
}

async fn docs(uri: Uri, headers: HeaderMap) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    page::file("docs.html", &headers)
}
