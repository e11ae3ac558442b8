//! What a browser shows: files that the program carries, `index.html` at `/`, all by their names under `/page/`.
//!
//! To add one, put it here and name it in the table. Nothing but these files is ever given, whatever an address says; and what they may do in a browser
//! is said by [`POLICY`]: load what comes from here, ask this server, and nothing else.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use hyper::StatusCode;
use hyper::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue};

use super::failure::Failure;
use super::{App, answer};

/// What a page is called.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// What a script is called.
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What the files of this room may do in a browser.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A file: its name, its type, its bytes.
type File = (&'static str, &'static str, &'static [u8]);

/// Every file.
const FILES: &[File] = &[
    ("index.html", HTML, include_bytes!("index.html")),
    ("docs.html", HTML, include_bytes!("docs.html")),
    ("docs.js", SCRIPT, include_bytes!("docs.js")),
    ("address.js", SCRIPT, include_bytes!("address.js")),
    ("api.js", SCRIPT, include_bytes!("api.js")),
    ("article.js", SCRIPT, include_bytes!("article.js")),
    ("box.js", SCRIPT, include_bytes!("box.js")),
    ("complete.js", SCRIPT, include_bytes!("complete.js")),
    ("dom.js", SCRIPT, include_bytes!("dom.js")),
    ("facets.js", SCRIPT, include_bytes!("facets.js")),
    ("figures.js", SCRIPT, include_bytes!("figures.js")),
    ("hits.js", SCRIPT, include_bytes!("hits.js")),
    ("main.js", SCRIPT, include_bytes!("main.js")),
    ("matches.js", SCRIPT, include_bytes!("matches.js")),
    ("mentions.js", SCRIPT, include_bytes!("mentions.js")),
    ("results.js", SCRIPT, include_bytes!("results.js")),
    ("slots.js", SCRIPT, include_bytes!("slots.js")),
    ("start.js", SCRIPT, include_bytes!("start.js")),
    ("story.js", SCRIPT, include_bytes!("story.js")),
    ("text.js", SCRIPT, include_bytes!("text.js")),
    ("timeline.js", SCRIPT, include_bytes!("timeline.js")),
    ("watches.js", SCRIPT, include_bytes!("watches.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("icon.svg")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];

/// The tag of each file.
static TAGS: LazyLock<Vec<String>> =
    LazyLock::new(|| FILES.iter().map(|(_, _, bytes)| answer::tag(bytes)).collect());

/// The addresses of the files.
pub(super) fn router() -> Router<App> {
    Router::new().route("/", get(|headers: HeaderMap| async move { file("index.html", &headers) })).route(
        "/page/{name}",
        get(|Path(name): Path<String>, headers: HeaderMap| async move { file(&name, &headers) }),
    )
}

/// A file by its name.
pub(super) fn file(name: &str, asked: &HeaderMap) -> Result<Response, Failure> {
    let found = FILES.iter().zip(TAGS.iter()).find(|((known, _, _), _)| *known == name);
    let Some(((_, kind, bytes), tag)) = found else {
        return Err(Failure::missing("no_route", "there is nothing at this address"));
    };
    let mut response =
        answer::tagged(asked, tag, || answer::of(StatusCode::OK, kind, axum::body::Body::from(*bytes)));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// What stands between two marks, wherever it does.
    fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
        text.split(before).skip(1).filter_map(move |rest| rest.split(after).next())
    }

    fn text(name: &str) -> &'static str {
        let file = FILES.iter().find(|(known, _, _)| *known == name);
        std::str::from_utf8(file.map_or(&[][..], |(_, _, bytes)| bytes)).unwrap()
    }

    #[test]
    fn every_file_of_the_folder_is_given_and_whatever_is_asked_for_is_there() {
        let given: Vec<&str> = FILES.iter().map(|(name, _, _)| *name).collect();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/serve/page");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(name == "mod.rs" || given.contains(&name.as_str()), "{name} is not in the table");
        }
        for name in &given {
            let imported = between(text(name), "from \"./", "\"");
            for asked in imported.chain(between(text(name), "\"/page/", "\"")) {
                assert!(given.contains(&asked), "{name} asks for {asked}");
            }
        }
    }

    #[test]
    fn what_the_page_loads_is_said_at_its_head() {
        let head: Vec<&str> = between(text("index.html"), "\"/page/", "\"").collect();
        for (name, kind, _) in FILES.iter().filter(|(name, _, _)| *name != "docs.js") {
            assert!(*kind != SCRIPT || head.contains(name), "{name} is found out about late");
        }
    }

    #[test]
    fn no_text_becomes_markup() {
        for (name, _, _) in FILES {
            for word in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                " style=",
                "javascript:",
            ] {
                assert!(!text(name).contains(word), "{name} has {word}");
            }
        }
    }
}
