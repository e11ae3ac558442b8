//! `GET /v1/search`: a page of hits, or all of them as they are found.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use hyper::header::{HeaderValue, LINK};
use hyper::{StatusCode, Uri};
use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use super::{Q, SINCE, UNTIL, group, request};
use crate::backend::{Hit, PageRequest, unless_gone};
use crate::guard::caught;
use crate::render::{csv, json};
use crate::search::{Archive, SearchRequest, stated};
use crate::serve::answer::{self, Flow};
use crate::serve::failure::Failure;
use crate::serve::params::{Param, Params, Takes};
use crate::serve::pool::Waits;
use crate::serve::route::Route;
use crate::serve::snapshots::{Cursor, fingerprint};
use crate::serve::{App, schema};
use crate::snippet::SnippetOptions;

const PARAMS: &[Param] = &[
    Q,
    Param { name: "n", takes: Takes::Number { unless: 10, least: 0, most: 1000 }, about: "how many hits" },
    Param {
        name: "cursor",
        takes: Takes::Text,
        about: "where the page begins: what `next` of the page before says; the pages come from one state of the index",
    },
    Param {
        name: "sort",
        takes: Takes::One(&stated::SORTS),
        about: "order of hits: best first, last published first, first published first",
    },
    SINCE,
    UNTIL,
    Param {
        name: "snippets",
        takes: Takes::Text,
        about: "quotes a hit: a number, 3 unless it is said, or all",
    },
    Param {
        name: "context",
        takes: Takes::One(&stated::CONTEXTS),
        about: "how much of the text a quote gives",
    },
    Param {
        name: "group",
        takes: Takes::One(&stated::GROUPS),
        about: "what is shown once: copies (exact and near ones, under the best hit of them) or nothing",
    },
    Param {
        name: "explain",
        takes: Takes::Flag(false),
        about: "whether to say where each hit's score comes from",
    },
    Param {
        name: "format",
        takes: Takes::One(&["json", "jsonl", "csv"]),
        about: "one JSON document, a JSON object a hit, or a row a hit; `Link` leads to the next page of any of them",
    },
    Param {
        name: "stream",
        takes: Takes::Flag(false),
        about: "every hit, unscored, in the order of the index, as they are found: jsonl or csv; without n, cursor, sort and explain",
    },
];

pub(super) fn routes() -> Vec<Route> {
    let hits = vec![
        (answer::JSON, schema::named("Answer")),
        (answer::JSONL, schema::lines("Hit")),
        (answer::CSV, serde_json::Value::Null),
    ];
    let gone = (answer::JSON, schema::named("Failure"));
    vec![
        Route::get("/v1/search", get(search))
            .about(
                "Find articles, with the sentences that say it",
                "The document is that of `dateline search --format json`, and `next`, where there is a next page.",
            )
            .params(PARAMS)
            .gives_any(200, "The hits", hits)
            .gives_any(410, "The state that the cursor leads to is gone", vec![gone]),
    ]
}

/// What is asked for.
struct Asked {
    query: String,
    request: SearchRequest,
    format: &'static str,
    cursor: Option<Cursor>,
    /// Articles that the pages before stand for.
    seen: u64,
    fingerprint: u64,
}

async fn search(State(app): State<App>, uri: Uri) -> Result<Response, Failure> {
    let params = Params::read(&uri, PARAMS)?;
    let mut asked = asked(&params)?;
    if params.flag("stream") {
        return stream(app, &params, asked).await;
    }
    if let Some(stated) = params.given("cursor") {
        let (cursor, seen) = app.snapshots.read(stated, asked.fingerprint)?;
        asked.request.page.offset = cursor.offset;
        (asked.cursor, asked.seen) = (Some(cursor), seen);
    }
    let shared = App::clone(&app);
    app.searches.run(move || page(&shared, &asked, &uri)).await
}

fn asked(params: &Params) -> Result<Asked, Failure> {
    let query = params.text("q").to_owned();
    let mut request = request(params);
    let quotes = params.given("snippets").map(|text| {
        stated::snippets(text).map_err(|message| {
            Failure::bad("bad_parameter", format!("snippets: {message}")).parameter("snippets", text)
        })
    });
    let unless = SnippetOptions::default();
    request.page = PageRequest {
        limit: params.number("n"),
        offset: 0,
        sort: stated::sort(params.text("sort")).unwrap_or_default(),
        group: group(params)?,
        total: true,
        snippets: SnippetOptions {
            limit: quotes.transpose()?.unwrap_or(unless.limit),
            context: stated::context(params.text("context")).unwrap_or(unless.context),
            ..unless
        },
        explain: params.flag("explain"),
    };
    let format = ["json", "jsonl", "csv"].into_iter().find(|known| *known == params.text("format"));
    let fingerprint = fingerprint(["q", "sort", "since", "until", "group"].map(|name| params.text(name)));
    Ok(Asked { query, request, format: format.unwrap_or("json"), cursor: None, seen: 0, fingerprint })
}

/// A page of hits.
fn page(app: &App, asked: &Asked, uri: &Uri) -> Result<Response, Failure> {
    let (state, archive) = match asked.cursor {
        Some(cursor) => (cursor.state, app.snapshots.at(cursor)?),
        None => app.snapshots.current(),
    };
    let started = Instant::now();
    let answer = archive.search(&asked.query, &asked.request)?;
    let seconds = started.elapsed().as_secs_f64();
    let hits = &answer.page.hits;
    let seen = asked.seen + hits.iter().map(|hit| 1 + hit.copies.total).sum::<u64>();
    let more = !hits.is_empty() && answer.page.total.is_none_or(|total| seen < total);
    let next = more.then(|| {
        let cursor = Cursor { state, offset: asked.request.page.offset + hits.len() };
        app.snapshots.cursor(cursor, seen, asked.fingerprint)
    });
    let mut response = match asked.format {
        "jsonl" => answer::json_lines(hits.iter().map(json::hit)),
        "csv" => {
            let rows: String = std::iter::once(csv::hit_head()).chain(hits.iter().map(csv::hit)).collect();
            answer::of(StatusCode::OK, answer::CSV, rows.into())
        }
        _ => {
            let mut document = json::answer(&asked.query, &answer.page, &answer.notes, seconds);
            if let Some(next) = &next {
                document["next"] = json!(next);
            }
            answer::json(&document)
        }
    };
    if let Some(link) = next.and_then(|next| link(uri, &next)) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// The address of the next page: that of this one, with the cursor.
fn link(uri: &Uri, cursor: &str) -> Option<HeaderValue> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let stated = form_urlencoded::parse(uri.query()?.as_bytes());
    query.extend_pairs(stated.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
    HeaderValue::from_str(&format!("<{}?{}>; rel=\"next\"", uri.path(), query.finish())).ok()
}

/// Bytes that are sent on together, and how long the first of them waits.
const PIECE: (usize, Duration) = (32 << 10, Duration::from_millis(50));
/// Pieces that wait for a client.
const AHEAD: usize = 4;

/// Every hit as it is found.
async fn stream(app: App, params: &Params, asked: Asked) -> Result<Response, Failure> {
    for name in ["n", "cursor", "sort", "explain"] {
        if let Some(value) = params.given(name) {
            let message = format!("a stream gives every hit in the order of the index: it takes no {name}");
            return Err(Failure::bad("bad_parameter", message).parameter(name, value));
        }
    }
    let kind = match params.given("format") {
        None | Some("jsonl") => answer::JSONL,
        Some("csv") => answer::CSV,
        Some(other) => {
            let failure = Failure::bad("bad_parameter", "a stream has jsonl or csv");
            return Err(failure.parameter("format", other));
        }
    };
    let place = app.streams.place().await?;
    let (begun, begins) = oneshot::channel();
    let (pieces, body) = mpsc::channel(AHEAD);
    let runtime = tokio::runtime::Handle::current();
    let patience = app.options.body_time;
    let gone = Arc::new(AtomicBool::new(false));
    let waits = Waits(Arc::clone(&gone));
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let send = |piece: io::Result<Bytes>| {
            runtime.block_on(async {
                tokio::time::timeout(patience, pieces.send(piece)).await.is_ok_and(|sent| sent.is_ok())
            })
        };
        let (_, archive) = app.snapshots.current();
        let mut begun = Some(begun);
        let done = caught("streaming hits", || {
            let mut begin = || begun.take().map(|begun| begun.send(Ok(())));
            unless_gone(&gone, || pour(&archive, &asked, kind, &mut begin, &send))
        });
        let failed = match done {
            Ok(Ok(())) => return,
            Ok(Err(failure)) => failure,
            Err(fault) => Failure::internal(fault.to_string()),
        };
        if let Some(begun) = begun.take() {
            let _ = begun.send(Err(failed)); // whoever asked has gone away
            return;
        }
        // What is told in the middle is not the whole: the connection ends without the end of the body.
        let mut line = failed.document();
        line.push(b'\n');
        if kind == answer::CSV || send(Ok(line.into())) {
            send(Err(io::ErrorKind::Other.into()));
        }
    });
    begins.await.map_err(|_| Failure::internal("a thread ended early"))??;
    let mut response =
        answer::of(StatusCode::OK, kind, axum::body::Body::new(Flow { pieces: body, _waits: waits }));
    // What stands between shall not wait for the end.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Sends every hit, some together; ends where nobody takes them.
fn pour<T>(
    archive: &Archive,
    asked: &Asked,
    kind: &'static str,
    begin: &mut impl FnMut() -> T,
    send: &impl Fn(io::Result<Bytes>) -> bool,
) -> Result<(), Failure> {
    let hits = archive.stream(&asked.query, &asked.request)?;
    begin();
    let mut piece = Vec::new();
    if kind == answer::CSV {
        piece.extend(csv::hit_head().into_bytes());
    }
    let mut since = Instant::now();
    for hit in hits {
        write(&hit?, kind, &mut piece);
        if piece.len() >= PIECE.0 || since.elapsed() >= PIECE.1 {
            if !send(Ok(std::mem::take(&mut piece).into())) {
                return Ok(());
            }
            since = Instant::now();
        }
    }
    if !piece.is_empty() {
        send(Ok(piece.into()));
    }
    Ok(())
}

fn write(hit: &Hit, kind: &str, into: &mut Vec<u8>) {
    if kind == answer::CSV {
        into.extend(csv::hit(hit).into_bytes());
    } else {
        into.extend(answer::bytes(&json::hit(hit)));
        into.push(b'\n');
    }
}
