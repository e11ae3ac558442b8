//! `/v1/articles`: articles given, put in and taken out.

use std::io::Cursor;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{delete, get, post};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use hyper::{StatusCode, Uri};
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;

use crate::ingest::{Live, Receipt};
use crate::read::{Format, Input, ReadError, Reject};
use crate::render::json as shown;
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::route::{Access, Route, Verb};
use crate::serve::{App, answer, schema};
use crate::story::id_of;

const SHOWN: &[Param] = &[
    Param {
        name: "mentions",
        takes: Takes::Flag(true),
        about: "whether to tell what was found in it, and which names count as one",
    },
    Param {
        name: "cleaning",
        takes: Takes::Flag(false),
        about: "whether to tell what cleaning dropped and changed, and why",
    },
];

/// What JSON lines are called, here and there.
const LINES: [&str; 4] =
    [answer::JSONL, "application/jsonl", "application/ndjson", "application/x-jsonlines"];

/// Kilobytes of the room for bodies that are taken at once.
const STEP: usize = 64;

pub(super) fn routes() -> Vec<Route> {
    let failure = || schema::named("Failure");
    let stated = || schema::named("Stated");
    vec![
        Route::new(Verb::Post, "/v1/articles", Access::Write, post(put))
            .about(
                "Put articles in",
                "One article or many, cleaned and marked as `dateline index` does it; one with an id that there is replaces that. Answered when all of them are durable and found. Records that cannot be read are told, the others are put in; after a thousand of them the rest is left unread, and `given_up` says so.",
            )
            .takes(answer::JSON, json!({ "oneOf": [stated(), { "type": "array", "items": stated(), "minItems": 1 }] }))
            .takes(answer::JSONL, Value::Null)
            .gives(200, "What became of them", answer::JSON, schema::named("Receipt"))
            .gives(403, "The server has no key, so nothing is written", answer::JSON, failure())
            .gives(415, "The body is neither JSON nor JSON lines", answer::JSON, failure())
            .gives(422, "None of them can be read", answer::JSON, failure()),
        Route::get("/v1/articles/{id}", get(show))
            .about(
                "Show an article",
                "The document of `dateline show --mentions --format json`. Its ETag says whether it is still as it was.",
            )
            .part("id", "the id of the article")
            .params(SHOWN)
            .gives(200, "The article", answer::JSON, schema::named("Article"))
            .gives_any(304, "The client has it as it is", Vec::new())
            .gives(404, "There is no such article", answer::JSON, failure()),
        Route::new(Verb::Delete, "/v1/articles/{id}", Access::Write, delete(remove))
            .about("Take an article out", "Answered when that is durable.")
            .part("id", "the id of the article")
            .gives(200, "It is out", answer::JSON, json!({ "type": "object", "required": ["deleted", "id"], "properties": { "deleted": { "type": "boolean" }, "id": { "type": "string" } } }))
            .gives(403, "The server has no key, so nothing is written", answer::JSON, failure())
            .gives(404, "There is no such article", answer::JSON, failure()),
    ]
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let params = Params::read(&uri, SHOWN)?;
    let shared = App::clone(&app);
    let document = move || {
        let (_, archive) = shared.snapshots.current();
        let stored = archive.get(&id)?.ok_or_else(missing)?;
        let mut article = shown::article(&stored, &archive.copies(&id)?, params.flag("mentions"));
        if let Some(story) = archive.story_of(&id)? {
            article["story"] = json!(id_of(story));
        }
        if params.flag("cleaning") {
            article["cleaning"] = shown::cleaning(&stored.cleaning);
        }
        Ok(answer::bytes(&article))
    };
    let document = app.searches.run(document).await?;
    let tag = answer::tag(&document);
    Ok(answer::tagged(&headers, &tag, || answer::json_bytes(StatusCode::OK, document)))
}

fn missing() -> Failure {
    Failure::missing("no_article", "there is no article with this id")
}

/// The index as it is written; there is a key if anybody came so far.
fn live(app: &App) -> Result<&Live, Failure> {
    app.live.as_ref().ok_or_else(|| Failure::internal("a server without a key was written to"))
}

async fn remove(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let shared = App::clone(&app);
    app.writes
        .run(move || {
            if !live(&shared)?.delete(&id)? {
                return Err(missing());
            }
            shared.metrics.deleted.fetch_add(1, Ordering::Relaxed);
            Ok(answer::json(&json!({ "deleted": true, "id": id })))
        })
        .await
}

async fn put(State(app): State<App>, uri: Uri, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    Params::read(&uri, &[])?;
    let format = format(&headers)?;
    let (bytes, held) = whole(&app, &headers, body).await?;
    let shared = App::clone(&app);
    app.writes
        .run(move || {
            let _held = held;
            let input = Input::reader("http", Cursor::new(bytes));
            let receipt = live(&shared)?.put(&input, Some(format))?;
            shared.metrics.articles.fetch_add(receipt.articles, Ordering::Relaxed);
            shared.metrics.rejected.fetch_add(receipt.rejected.len() as u64, Ordering::Relaxed);
            told(&receipt)
        })
        .await
}

/// What the type of the body says.
fn format(headers: &HeaderMap) -> Result<Format, Failure> {
    let stated = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        answer::JSON => Ok(Format::Json),
        lines if LINES.contains(&lines) => Ok(Format::Jsonl),
        _ => Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_type",
            "the body is neither JSON nor JSON lines, by its Content-Type",
        )
        .help(
            "Content-Type: application/json for one article or an array, application/x-ndjson for one a line",
        )),
    }
}

/// The whole body, within the bounds of one and of all that are held.
pub(super) async fn whole(
    app: &App,
    headers: &HeaderMap,
    mut body: Body,
) -> Result<(Vec<u8>, OwnedSemaphorePermit), Failure> {
    let most = app.options.body_bytes;
    let too_long = || {
        let message = format!("the body is longer than {most} bytes");
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_long", message)
            .help("send the articles in several requests")
    };
    let stated = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if stated.is_some_and(|length| length > most) {
        return Err(too_long());
    }
    // What comes of a body takes more room than itself; this is held until it is written. It grows with what has come: who says that much
    // will come, and sends little, keeps nobody else out.
    let room = |kilobytes: usize| {
        let kilobytes = u32::try_from(kilobytes).unwrap_or(u32::MAX);
        let held = app.bodies.clone().try_acquire_many_owned(kilobytes);
        held.map_err(|_| Failure::busy("overloaded", "too many bodies at once"))
    };
    let mut held = room(STEP)?;
    let mut bytes = Vec::new();
    let read = async {
        while let Some(frame) = body.frame().await {
            let broken = |_| Failure::bad("broken_body", "the body ended early");
            let piece: Bytes = frame.map_err(broken)?.into_data().unwrap_or_default();
            if bytes.len() + piece.len() > most {
                return Err(too_long());
            }
            let lacks = (bytes.len() + piece.len()).div_ceil(1 << 10).saturating_sub(held.num_permits());
            if lacks > 0 {
                held.merge(room(lacks.next_multiple_of(STEP))?);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(())
    };
    let slow = |_| Failure::new(StatusCode::REQUEST_TIMEOUT, "slow_body", "the body took too long to come");
    tokio::time::timeout(app.options.body_time, read).await.map_err(slow)??;
    Ok((bytes, held))
}

/// What became of the articles; a failure where there was none that could be read.
fn told(receipt: &Receipt) -> Result<Response, Failure> {
    let Receipt { articles, replaced, withdrawn, ids, rejected, given_up } = receipt;
    if let (0, 0, Some(first)) = (articles, withdrawn, rejected.first()) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let message = format!("record {} {}", first.origin.record, first.reason);
        return Err(Failure::new(status, first.reason.code(), message).help(help(&first.reason)));
    }
    let mut document = json!({
        "articles": articles,
        "replaced": replaced,
        "withdrawn": withdrawn,
        "ids": ids,
        "rejected": rejected.iter().map(reject).collect::<Vec<_>>(),
    });
    if *given_up {
        document["given_up"] = json!(true);
    }
    Ok(answer::json(&document))
}

fn reject(reject: &Reject) -> Value {
    json!({
        "record": reject.origin.record,
        "offset": reject.origin.offset,
        "code": reject.reason.code(),
        "message": reject.reason.to_string(),
        "help": help(&reject.reason),
    })
}

/// What can be done about a record, by who speaks HTTP and has no flags.
fn help(reason: &ReadError) -> &'static str {
    match reason {
        ReadError::NoText => "give it a \"title\", a \"body\" or both",
        ReadError::TooLong { .. } => "send less in one record",
        other => other.help(),
    }
}
