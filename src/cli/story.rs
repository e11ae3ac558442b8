//! `dateline story`, `related`, and `explain story`.

use std::time::Instant;

use clap::Args;
use serde_json::json;

use super::args::{Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::{Out, complain, time};
use crate::backend::Story;
use crate::index::{Correction, Writer, WriterOptions};
use crate::render::{json as render_json, printable, story as render, terminal};
use crate::search::{Archive, SearchRequest};
use crate::story::id_of;

#[derive(Debug, Args)]
pub(in crate::cli) struct StoryArgs {
    /// The id of a story, or of an article of it
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// Set what each outlet says of the same thing side by side, with the sentence that says it
    #[arg(long, conflicts_with_all = ["join", "split"])]
    pub(in crate::cli) numbers: bool,
    /// Say by hand that another story, or that of another article, is the same; kept for articles that come again
    #[arg(long, value_name = "ID", conflicts_with = "split")]
    pub(in crate::cli) join: Option<String>,
    /// Say by hand that these articles are a story of their own; kept for when they come again
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(in crate::cli) split: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RelatedArgs {
    /// The id of an article
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// How many stories
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    pub(in crate::cli) limit: usize,
}

/// Articles of a story that a correction names.
const NAMED: usize = 1000;

pub(super) fn story(global: &Global, args: &StoryArgs, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let Some(story) = archive.story(&args.id)? else { return Ok(missing(&args.id)) };
    if let Some(other) = &args.join {
        let Some(other) = archive.story(other)? else { return Ok(missing(other)) };
        if other.number == story.number {
            out.say("they are one story already");
            return Ok(Exit::Found);
        }
        let together = ids(&story).chain(ids(&other)).take(NAMED).collect();
        return correct(global, &Correction { together, apart: Vec::new() }, out);
    }
    if !args.split.is_empty() {
        let stranger = args.split.iter().find(|id| !ids(&story).any(|known| known == **id));
        if let Some(stranger) = stranger {
            return Err(Failure::message(format!(
                "{stranger} is no article of story {}",
                id_of(story.number)
            )));
        }
        let apart: Vec<String> = ids(&story).filter(|id| !args.split.contains(id)).take(NAMED).collect();
        if apart.is_empty() {
            return Err(Failure::message(
                "these are all articles of the story; name those that do not belong to the rest",
            ));
        }
        return correct(global, &Correction { together: args.split.clone(), apart }, out);
    }
    let started = Instant::now();
    if args.numbers {
        let sheet = archive.figures_of_story(&args.id)?.unwrap_or_default();
        out.detail(|| format!("compared in {}", time(started.elapsed())));
        match out.format {
            OutputFormat::Json => out.document(&render::figures_json(&story, &sheet))?,
            OutputFormat::Jsonl => out.json(&render::figures_json(&story, &sheet))?,
            _ => out.text(&render::figures(&story, &sheet, out.style))?,
        }
        return Ok(if sheet.rows.is_empty() { Exit::None } else { Exit::Found });
    }
    match out.format {
        OutputFormat::Json => out.document(&render::json(&story))?,
        OutputFormat::Jsonl => out.json(&render::json(&story))?,
        _ => out.text(&render::text(&story, out.style))?,
    }
    Ok(Exit::Found)
}

fn ids(story: &Story) -> impl Iterator<Item = String> + '_ {
    story.articles.iter().map(|article| article.id.clone())
}

fn missing(id: &str) -> Exit {
    complain(&format!("no story and no article {id}"));
    Exit::None
}

/// Corrects stories, durably, and tells which story the articles are in now.
fn correct(global: &Global, correction: &Correction, out: &mut Out) -> Result<Exit, Failure> {
    let first = correction.together.first().cloned().unwrap_or_default();
    let options = WriterOptions { memory: 15_000_000, ..WriterOptions::default() };
    let correct = || {
        let mut writer = Writer::open(&global.index, &options)?;
        let moved = writer.correct(correction.clone())?;
        writer.finish().map(|()| moved)
    };
    let moved = correct().map_err(|error| Failure::from(error).at(&global.index))?;
    let story = Archive::open(&global.index)?.story(&first)?.map(|story| id_of(story.number));
    let story = story.unwrap_or_default();
    if out.format == OutputFormat::Text {
        out.say(&format!("moved {moved} to story {story}; kept for when they come again"));
    } else {
        out.json(&json!({ "moved": moved, "story": story }))?;
    }
    Ok(Exit::Found)
}

pub(super) fn explain(global: &Global, id: &str, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let Some(whys) = archive.explain_story(id)? else { return Ok(missing(id)) };
    match out.format {
        OutputFormat::Json => out.document(&render::why_json(&whys))?,
        OutputFormat::Jsonl => out.json(&render::why_json(&whys))?,
        _ => out.text(&render::why(&whys, out.style))?,
    }
    Ok(Exit::Found)
}

pub(super) fn related(global: &Global, args: &RelatedArgs, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let mut request = SearchRequest::default();
    request.page.limit = args.limit;
    request.page.snippets.limit = Some(1);
    let failed = |e| Failure::search(e, "");
    let Some(related) = archive.related(&args.id, &request).map_err(failed)? else {
        complain(&format!("no article {}", args.id));
        return Ok(Exit::None);
    };
    out.detail(|| format!("asked for {}", printable(&related.query)));
    let hits: Vec<_> = related.hits.iter().map(render_json::hit).collect();
    match out.format {
        OutputFormat::Json => {
            out.document(&json!({ "id": args.id, "query": related.query, "hits": hits }))?;
        }
        OutputFormat::Jsonl => hits.iter().try_for_each(|hit| out.json(hit))?,
        _ => {
            for (hit, number) in related.hits.iter().zip(1..) {
                out.text(&terminal::hit(number, hit, out.style))?;
            }
        }
    }
    Ok(if hits.is_empty() { Exit::None } else { Exit::Found })
}
