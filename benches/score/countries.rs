//! Countries by article: those that its names and demonyms tell, and those that its cities and regions tell, too.
//!
//! A set is a file of lines `{"id", "text", "gold_explicit", "gold_all"}` with codes of ISO 3166-1. An article's text is read as it
//! stands, as `dateline extract --no-clean` does. *Explicit* are the keys of mentions of countries; *all* are these and the
//! countries (`iso`) of mentions of places. Precision, recall and F1 count pairs of an article and a country.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use dateline::article::{Kind, Mention, place};
use dateline::extract::{Options, Text, extract};
use dateline::text::{Token, tokens};
use serde::Deserialize;

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
    gold_explicit: BTreeSet<String>,
    gold_all: BTreeSet<String>,
}

/// Right, wrong and missed.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Counts {
    fn add(&mut self, found: &BTreeSet<String>, gold: &BTreeSet<String>) {
        self.right += found.intersection(gold).count();
        self.wrong += found.difference(gold).count();
        self.missed += gold.difference(found).count();
    }

    fn row(self, set: &str, what: &str) -> String {
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        let (precision, recall) = (share(self.right + self.wrong), share(self.right + self.missed));
        let f1 = 2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64;
        format!(
            "{set:<12} {what:<9} {:>6.1} {:>6.1} {:>6.1} {:>6} {:>6} {:>6}",
            100.0 * f1,
            100.0 * precision,
            100.0 * recall,
            self.right,
            self.wrong,
            self.missed
        )
    }
}

/// The table of the sets in `paths`; with what was wrong and what was missed where `errors` says so.
pub(crate) fn run(paths: &[impl AsRef<Path>], errors: bool) -> Result<String, String> {
    let head = ["set", "countries", "F1", "P", "R", "right", "wrong", "missed"];
    let mut table = format!(
        "{:<12} {:<9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}\n",
        head[0], head[1], head[2], head[3], head[4], head[5], head[6], head[7]
    );
    let mut told = String::new();
    for path in paths {
        let path = path.as_ref();
        let set = path.file_stem().and_then(|name| name.to_str()).unwrap_or("");
        let lines = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let (mut explicit, mut all) = (Counts::default(), Counts::default());
        for (line, number) in lines.lines().zip(1..) {
            let article: Article =
                serde_json::from_str(line).map_err(|e| format!("{}, line {number}: {e}", path.display()))?;
            let cut: Vec<Token> = tokens(&article.text).collect();
            let mentions = extract(&[Text::body(&article.text, &cut)], &Options::default());
            let found = countries(&mentions);
            let named: BTreeSet<String> = found
                .iter()
                .filter(|(_, m)| m.iter().any(|m| m.kind == Kind::Country))
                .map(|(c, _)| c.clone())
                .collect();
            let any: BTreeSet<String> = found.keys().cloned().collect();
            explicit.add(&named, &article.gold_explicit);
            all.add(&any, &article.gold_all);
            if errors {
                tell(&mut told, &article, &found, &any);
            }
        }
        table += &format!("{}\n{}\n", explicit.row(set, "explicit"), all.row(set, "all"));
    }
    Ok(if told.is_empty() { table } else { format!("{told}\n{table}") })
}

/// The countries of an article, with the mentions that tell them.
fn countries(mentions: &[Mention]) -> BTreeMap<String, Vec<&Mention>> {
    let mut found: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        let key = mention.key();
        let code = match mention.kind {
            Kind::Country => Some(&*key),
            Kind::Place => place::country(&key),
            _ => None,
        };
        if let Some(code) = code {
            found.entry(code.to_owned()).or_default().push(mention);
        }
    }
    found
}

/// What is wrong or missed of all countries of an article, with the words around.
fn tell(
    told: &mut String,
    article: &Article,
    found: &BTreeMap<String, Vec<&Mention>>,
    any: &BTreeSet<String>,
) {
    for code in any.difference(&article.gold_all) {
        for mention in found[code].iter().take(3) {
            let text = &article.text;
            let around = (mention.span.start as usize).saturating_sub(30)..mention.span.end as usize + 20;
            let words: String =
                text.char_indices().filter(|(at, _)| around.contains(at)).map(|(_, c)| c).collect();
            let words = words.replace(char::is_whitespace, " ");
            let _ =
                writeln!(told, "wrong  {code} {} {} ({}): {words}", article.id, mention.key(), mention.via);
        }
    }
    for code in article.gold_all.difference(any) {
        let how = if article.gold_explicit.contains(code) { "named" } else { "through places" };
        let _ = writeln!(told, "missed {code} {} {how}", article.id);
    }
}
