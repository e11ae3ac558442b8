//! `dateline demo`: the sample corpus indexed, and what grep cannot do with it.

use super::exit::{Exit, Failure};
use super::out::Out;
use super::sample::FILES;
use crate::backend::PageRequest;
use crate::ingest::{IngestOptions, ingest};
use crate::read::Input;
use crate::render::terminal;
use crate::search::{Archive, SearchRequest};
use crate::snippet::SnippetOptions;

/// A thing that grep cannot do, and the query that does it.
struct Scene {
    title: &'static str,
    query: &'static str,
    hits: usize,
}

const SCENES: &[Scene] = &[
    Scene {
        title: "How many? A number is found by its value, however it is written, and shown as it was read.",
        query: "country:Iran number:[100 TO 500]",
        hits: 3,
    },
    Scene {
        title: "Who? A person is found under every form of the name in the article, and nobody else of that name.",
        query: "person:\"hossein noushabadi\"",
        hits: 2,
    },
    Scene {
        title: "Where? US, U.S., American and United States are one country, and \"us\" is not.",
        query: "country:US expel",
        hits: 2,
    },
    Scene { title: "How much? Amounts by currency and size.", query: "money.USD:>=1bn", hits: 3 },
    Scene {
        title: "Who, how many, of where? Holes in a phrase, each filled by a whole mention.",
        query: "\"{number >100} {country}\"",
        hits: 2,
    },
    Scene { title: "In one sentence, in all inflections.", query: "earthquake W/S kill", hits: 1 },
    Scene {
        title: "Phrases as written, words in all their forms, dates, outlets.",
        query: "earthquake kill published:>=2022",
        hits: 2,
    },
];

pub(super) fn run(out: &mut Out) -> Result<Exit, Failure> {
    let folder = super::scratch("demo")?;
    let index = folder.path().join("index");
    let inputs: Vec<Input> = FILES.iter().map(|(name, bytes)| Input::reader(name, *bytes)).collect();
    let done = ingest(&index, &inputs, &IngestOptions::default(), &mut ())?;
    let archive = Archive::open(&index)?;
    out.text(&format!(
        "Indexed {} sample articles in {:.1} s, offline.\n",
        done.articles,
        done.elapsed.as_secs_f64()
    ))?;
    for scene in SCENES {
        let page = PageRequest {
            limit: scene.hits,
            snippets: SnippetOptions { limit: Some(1), ..SnippetOptions::default() },
            ..PageRequest::default()
        };
        let request = SearchRequest { page, ..SearchRequest::default() };
        let answer = archive.search(scene.query, &request).map_err(|e| Failure::search(e, scene.query))?;
        out.text(&format!("\n{}\n$ dateline search '{}'\n", scene.title, scene.query))?;
        for (hit, number) in answer.page.hits.iter().zip(1..) {
            out.text(&terminal::hit(number, hit, out.style))?;
        }
    }
    out.text("\nYour own articles: dateline index PATH... && dateline search 'QUERY'\n\
        The query language: dateline help query\n")?;
    Ok(Exit::Found)
}
