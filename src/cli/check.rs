//! `dateline check`.

use super::args::{Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::Out;
use super::progress::mega;
use crate::index::{Checked, check};

pub(super) fn run(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
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
