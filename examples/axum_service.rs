//! Embeds dateline in a service of one's own, on axum: its own routes, its own state, its own shapes.
//!
//! Run it with `cargo run --example axum_service`, and ask it: `curl "http://127.0.0.1:7312/people?in=ferry"`.
//! With `--once` it asks itself and ends.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use dateline::backend::{Counted, FacetsRequest};
use dateline::facets::by;
use dateline::ingest::{Live, LiveOptions};
use dateline::read::Input;
use dateline::search::{Archive, SearchError, SearchRequest};
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tower::ServiceExt as _;

const DAY: &str = r#"{"id": "p1", "title": "Ferry returns to Port Hallam", "body": "Captain Rosa Venn brought the ferry home, said Rosa Venn's owner."}
{"id": "p2", "title": "Ferry fares rise", "body": "Minister Ivo Lund said that the ferry would cost 12 euros."}"#;

/// What the routes share: readers that see every commit, and the way in.
struct Newsroom {
    archive: Archive,
    live: Live,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("dateline-example-service-{}", std::process::id()));
    let newsroom = Arc::new(open(&folder)?);
    let router = Router::new()
        .route("/people", get(people))
        .route("/desk", post(desk))
        .with_state(Arc::clone(&newsroom));
    if std::env::args().any(|arg| arg == "--once") {
        let put = Request::post("/desk").body(Body::from(DAY))?;
        println!("{}", text(router.clone().oneshot(put).await?).await?);
        println!(
            "{}",
            text(router.oneshot(Request::get("/people?in=ferry").body(Body::empty())?).await?).await?
        );
    } else {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:7312").await?;
        loop {
            let (stream, _) = listener.accept().await?;
            let service = TowerToHyperService::new(router.clone());
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection);
        }
    }
    newsroom.live.close()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// An index that is made where there is none; whatever is put in is found from then on.
fn open(folder: &PathBuf) -> Result<Newsroom, Box<dyn std::error::Error>> {
    Live::open(folder, LiveOptions::default(), || ())?.close()?;
    let archive = Archive::open(folder)?;
    let readers = archive.clone();
    let live = Live::open(folder, LiveOptions::default(), move || {
        let _ = readers.reload(); // the state before stays, if it cannot be read
    })?;
    Ok(Newsroom { archive, live })
}

/// Who stands in the articles that a query finds. Questions are answered on a thread for blocking work, never on the runtime's own.
async fn people(
    State(newsroom): State<Arc<Newsroom>>,
    request: Request,
) -> Result<String, (StatusCode, String)> {
    let query = request.uri().query().unwrap_or_default();
    let query =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "in").map(|(_, q)| q.into_owned());
    let query = query.unwrap_or_else(|| "*".to_owned());
    let count = move || {
        let request = FacetsRequest { by: vec![by("person")?], ..FacetsRequest::default() };
        newsroom.archive.facets(&query, &SearchRequest::default(), &request)
    };
    let failed = |error: SearchError| match error {
        SearchError::Query(errors) => {
            let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
            (StatusCode::BAD_REQUEST, said.join("\n"))
        }
        other => (StatusCode::INTERNAL_SERVER_ERROR, other.to_string()),
    };
    let lost = |_| (StatusCode::INTERNAL_SERVER_ERROR, "a thread was lost".to_owned());
    let facets = tokio::task::spawn_blocking(count).await.map_err(lost)?.map_err(failed)?;
    let values = facets.counts.iter().flat_map(|counted| match counted {
        Counted::Values(counts) => counts.values.as_slice(),
        Counted::Quantities(_) => &[],
    });
    let lines: Vec<String> = values.map(|of| format!("{} {}", of.articles, of.value.join(" "))).collect();
    Ok(lines.join("\n"))
}

/// Takes articles as JSON lines. When this is answered, they are durable and found.
async fn desk(State(newsroom): State<Arc<Newsroom>>, body: Body) -> Result<String, (StatusCode, String)> {
    let broken = |e: axum::Error| (StatusCode::BAD_REQUEST, e.to_string());
    let bytes = http_body_util::Limited::new(body, 1 << 20).collect().await;
    let bytes = bytes.map_err(|e| broken(axum::Error::new(e)))?.to_bytes();
    let put = move || newsroom.live.put(&Input::reader("desk.jsonl", Cursor::new(bytes)), None);
    let lost = |_| (StatusCode::INTERNAL_SERVER_ERROR, "a thread was lost".to_owned());
    let refused = |e: dateline::ingest::IngestError| (StatusCode::SERVICE_UNAVAILABLE, e.to_string());
    let receipt = tokio::task::spawn_blocking(put).await.map_err(lost)?.map_err(refused)?;
    Ok(format!("{} articles, {} rejected\n", receipt.articles, receipt.rejected.len()))
}

async fn text(response: Response) -> Result<String, Box<dyn std::error::Error>> {
    let bytes = response.into_body().collect().await?.to_bytes();
    Ok(String::from_utf8(bytes.to_vec())?)
}
