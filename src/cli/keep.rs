//! `dateline check`, `export`, `merge`, `backup`, `restore` and `migrate`.

use std::path::Path;

use serde_json::json;

use super::args::{Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::Out;
use super::progress::mega;
use crate::backend::{Group, PageRequest};
use crate::index::{
    Checked, Copied, Migrated, Reader, Writer, WriterOptions, backup, check, migrate, restore,
};
use crate::search::{Archive, SearchRequest};

pub(super) fn check_all(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let checked = check(&global.index)?;
    if out.format == OutputFormat::Text {
        out.text(&readable(&checked))?;
    } else {
        out.document(&serde_json::to_value(&checked).map_err(std::io::Error::from)?)?;
    }
    Ok(if checked.damage.is_empty() { Exit::Found } else { Exit::Damaged })
}

fn readable(checked: &Checked) -> String {
    let Checked { files, bytes, articles, damage, notes } = checked;
    let mut text = String::new();
    for damage in damage {
        text += &format!("damaged: {}: {}\n  lost: {}\n", damage.file, damage.what, damage.lost);
    }
    text.extend(notes.iter().map(|note| format!("note: {note}\n")));
    text += &format!("read {files} files, {}, of {articles} articles: ", mega(*bytes as f64));
    text += &match damage.len() {
        0 => "all as they were written\n".to_owned(),
        n => format!("{n} damaged; restore the index from a backup, or index again\n"),
    };
    text
}

pub(super) fn export(global: &Global, query: &str, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let mut exported: u64 = 0;
    for hit in archive.stream(query, &request).map_err(|e| Failure::search(e, query))? {
        out.json(&crate::render::json::exported(&hit?.article))?;
        exported += 1;
    }
    out.say(&format!("{exported} articles"));
    Ok(if exported > 0 { Exit::Found } else { Exit::None })
}

pub(super) fn merge(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let before = Reader::open(&global.index)?.segments().len(); // merging makes no index
    let merge = || {
        let mut writer = Writer::open(&global.index, &WriterOptions::default())?;
        writer.merge()?;
        writer.finish()
    };
    merge().map_err(|error| Failure::from(error).at(&global.index))?;
    let reader = Reader::open(&global.index)?;
    let (after, articles) = (reader.segments().len(), reader.len());
    if out.format == OutputFormat::Text {
        out.say(&format!("{articles} articles: {before} segments before, {after} now"));
    } else {
        out.json(&json!({ "articles": articles, "before": before, "after": after }))?;
    }
    Ok(Exit::Found)
}

pub(super) fn backup_to(global: &Global, to: &Path, out: &mut Out) -> Result<Exit, Failure> {
    let copied = backup(&global.index, to).map_err(|error| Failure::from(error).at(to))?;
    tell(&copied, to, out)
}

pub(super) fn restore_from(global: &Global, from: &Path, out: &mut Out) -> Result<Exit, Failure> {
    let copied = restore(from, &global.index).map_err(|error| Failure::from(error).at(&global.index))?;
    tell(&copied, &global.index, out)
}

pub(super) fn migrate_here(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let migrated = migrate(&global.index)?;
    if out.format == OutputFormat::Text {
        let Migrated { from, articles, kept } = &migrated;
        let printable = |path: &Path| crate::render::printable(&path.to_string_lossy()).into_owned();
        out.say(&match kept {
            Some(kept) => {
                let kept = printable(kept);
                format!("{articles} articles, from format {from}; the index as it was is kept in {kept} until you remove it")
            }
            None => format!("{} is of this format already: {articles} articles", printable(&global.index)),
        });
    } else {
        out.document(&serde_json::to_value(&migrated).map_err(std::io::Error::from)?)?;
    }
    Ok(Exit::Found)
}

fn tell(copied: &Copied, to: &Path, out: &mut Out) -> Result<Exit, Failure> {
    let Copied { articles, files, bytes } = copied;
    if out.format == OutputFormat::Text {
        let to = crate::render::printable(&to.to_string_lossy()).into_owned();
        out.say(&format!("{articles} articles, {files} files, {}, now in {to}", mega(*bytes as f64)));
    } else {
        out.document(&serde_json::to_value(copied).map_err(std::io::Error::from)?)?;
    }
    Ok(Exit::Found)
}
