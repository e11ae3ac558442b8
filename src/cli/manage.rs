//! `dateline show`, `delete` and `stats`.

use serde_json::{Value, json};

use super::args::{DeleteArgs, Global, OutputFormat, ShowArgs};
use super::exit::{Exit, Failure};
use super::out::{Out, complain};
use super::progress::mega;
use crate::article::{Article, Dateline, Kind, TextField, iso_day};
use crate::backend::CopyFacts;
use crate::index::{Stored, Writer, WriterOptions};
use crate::render::{self, mentions, printable, terminal};
use crate::search::{Archive, SearchRequest};
use crate::story::id_of;

pub(super) fn show(global: &Global, args: &ShowArgs, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let mut missing = false;
    for id in &args.ids {
        let Some(stored) = archive.get(id)? else {
            missing = true;
            complain(&format!("no article {id}"));
            continue;
        };
        if let Some(piece) = &args.raw_offsets {
            super::raw::show(&stored.article, piece, args, out)?;
            continue;
        }
        let group = archive.copies(id)?;
        match out.format {
            OutputFormat::Json => out.document(&shown(&archive, &stored, &group, args)?)?,
            OutputFormat::Jsonl => out.json(&shown(&archive, &stored, &group, args)?)?,
            _ => {
                out.text(&readable(&stored, &group, args.mentions, out))?;
                if args.cleaning {
                    out.text(&terminal::cleaning(&stored.cleaning))?;
                }
            }
        }
    }
    Ok(if missing { Exit::None } else { Exit::Found })
}

fn shown(archive: &Archive, stored: &Stored, group: &[CopyFacts], args: &ShowArgs) -> Result<Value, Failure> {
    let mut article = render::json::article(stored, group, args.mentions);
    if args.cleaning {
        article["cleaning"] = render::json::cleaning(&stored.cleaning);
    }
    if let Some(story) = archive.story_of(&stored.article.id)? {
        article["story"] = json!(id_of(story));
    }
    Ok(article)
}

fn readable(stored: &Stored, group: &[CopyFacts], with_mentions: bool, out: &Out) -> String {
    let (article, style) = (&stored.article, out.style);
    let shown = |field: TextField| {
        let marks = stored.mentions.iter().filter(|m| with_mentions && m.field == field);
        mentions::marked(article.text(field), marks, style)
    };
    let mut text = format!("{}\n{}\n", shown(TextField::Title), style.faint(&terminal::facts(article)));
    let lang = article
        .lang
        .as_ref()
        .map(|lang| if article.lang_detected { format!("{lang}, detected") } else { lang.clone() });
    let dateline = article.dateline.map(|dateline| dateline_of(article, dateline));
    let more = [
        ("by", &article.byline),
        ("agency", &article.agency),
        ("dateline", &dateline),
        ("section", &article.section),
        ("url", &article.url),
        ("lang", &lang),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            text += &style.faint(&format!("{name}: {}", printable(value).replace('\n', " ")));
            text.push('\n');
        }
    }
    text.extend(terminal::group(stored, group).lines().map(|line| format!("{}\n", style.faint(line))));
    text += &format!("\n{}\n", shown(TextField::Body).replace('\n', "\n\n"));
    if with_mentions {
        text += &mentions::tables(article, &stored.mentions, style);
        let merges = mentions::merges(article, &stored.mentions, style);
        if stored.mentions.is_empty() {
            text += "\nnothing is marked\n";
        } else if !merges.is_empty() {
            text += &format!("\nnames that count as one\n{merges}");
        }
        let run_together = mentions::run_together(article, style);
        if !run_together.is_empty() {
            text += &format!("\nwords run together, found by both\n{run_together}");
        }
    }
    text
}

/// The place and the day of a dateline.
fn dateline_of(article: &Article, dateline: Dateline) -> String {
    let place = dateline.place.map(|place| place.of(&article.body).to_owned());
    let parts: Vec<String> = place.into_iter().chain(dateline.day.map(iso_day)).collect();
    parts.join(", ")
}

pub(super) fn delete(global: &Global, args: &DeleteArgs, out: &mut Out) -> Result<Exit, Failure> {
    Archive::open(&global.index)?; // deleting makes no index
    let mut deleted = 0;
    let mut delete = || {
        let options = WriterOptions { memory: 15_000_000, ..WriterOptions::default() };
        let mut writer = Writer::open(&global.index, &options)?;
        for id in &args.ids {
            if writer.delete(id)? {
                deleted += 1;
            } else {
                complain(&format!("no article {id}"));
            }
        }
        writer.finish()
    };
    delete().map_err(|error| Failure::from(error).at(&global.index))?;
    if out.format == OutputFormat::Text {
        out.say(&format!("deleted {deleted} of {}", args.ids.len()));
    } else {
        out.json(&json!({ "deleted": deleted, "asked": args.ids.len() }))?;
    }
    Ok(if deleted == args.ids.len() { Exit::Found } else { Exit::None })
}

pub(super) fn stats(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let files = archive.files()?;
    let count =
        |query: &str| archive.count(query, &SearchRequest::default()).map_err(|e| Failure::search(e, query));
    let mut with = Vec::new();
    for kind in
        [Kind::Person, Kind::Country, Kind::Number, Kind::Money, Kind::Percent, Kind::Quantity, Kind::Date]
    {
        with.push((kind.name(), count(&format!("{}:*", kind.name()))?));
    }
    let dated = count("published:*")?;
    if out.format == OutputFormat::Text {
        let mut text = format!("articles  {}\n", archive.len());
        text += &format!("dated     {dated}\n");
        for (name, articles) in &with {
            text += &format!("with {name:9} {articles}\n");
        }
        let names = if archive.merged_names() { "merged in each article" } else { "by their own words" };
        text += &format!("names     {names}\n");
        text += &format!("segments  {}\nsize      {}\n", files.segments, mega(files.total() as f64));
        for (kind, bytes) in &files.bytes {
            text += &format!("  {kind:9} {}\n", mega(*bytes as f64));
        }
        out.text(&text)?;
    } else {
        let with: serde_json::Map<_, _> = with.into_iter().map(|(n, c)| (n.to_owned(), json!(c))).collect();
        out.document(&json!({
            "articles": archive.len(), "dated": dated, "with": with,
            "merged_names": archive.merged_names(), "segments": files.segments, "bytes": files.bytes, "total_bytes": files.total(),
        }))?;
    }
    Ok(Exit::Found)
}
