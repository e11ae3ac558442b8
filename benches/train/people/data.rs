//! Texts whose names are marked, as chunks to learn from.

use std::fs::File;
use std::path::Path;

use dateline::article::{Kind, Mention, TextField};
use dateline::extract::Text;
use dateline::extract::tagger::{OTHER, by_rules, examples};
use dateline::names::person;
use dateline::text::{Token, tokens};
use serde::Deserialize;

/// A set of marked texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Set {
    pub(crate) file: &'static str,
    /// What a chunk of it counts.
    pub(crate) weight: f32,
    /// Whether its marks are made by programs or in haste, so that the rules have a say.
    pub(crate) noisy: bool,
    /// Whether peoples, works and events are marked.
    pub(crate) others: bool,
    /// How many lines make up an article, if they stand one after the other.
    pub(crate) lines: usize,
    /// Whether titles stand inside its persons.
    pub(crate) titles: bool,
}

const SET: Set = Set { file: "", weight: 1.0, noisy: true, others: true, lines: 1, titles: false };

/// The sets, with what was found to serve best on texts kept apart.
/// Tables that are made up: their marks are right.
pub(crate) const TABLES: Set = Set { weight: 0.2, noisy: false, ..SET };

pub(crate) const SETS: [Set; 4] = [
    Set { file: "gmb.jsonl.zst", weight: 0.2, lines: 12, titles: true, ..SET },
    Set { file: "wikigold.jsonl.zst", noisy: false, ..SET },
    Set { file: "btc.jsonl.zst", weight: 0.2, others: false, ..SET },
    Set { file: "wikiann_train_s.jsonl.zst", weight: 0.1, others: false, ..SET },
];

/// A chunk to learn.
pub(crate) struct Lesson {
    pub(crate) features: Vec<Vec<u64>>,
    /// For each token a bit for each tag that it may have.
    pub(crate) may: Vec<u8>,
    pub(crate) weight: f32,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    ents: Vec<Marked>,
}

/// A marked name; its offsets count characters.
#[derive(Deserialize)]
struct Marked {
    start: usize,
    end: usize,
    label: String,
}

/// A name in bytes of the article, and the tag of its first token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) tag: usize,
}

/// Calls `each` with the texts of `set`, a file in `folder`, and their names.
pub(crate) fn read(folder: &Path, set: Set, mut each: impl FnMut(&str, &[Name])) -> Result<(), String> {
    let path = folder.join(set.file);
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let packed = File::open(&path).map_err(|e| told(&e))?;
    let content = zstd::decode_all(packed).map_err(|e| told(&e))?;
    let content = String::from_utf8(content).map_err(|e| told(&e))?;
    let (mut text, mut names, mut held) = (String::new(), Vec::new(), 0);
    for (line, number) in content.lines().zip(1..) {
        let line: Line =
            serde_json::from_str(line).map_err(|e| format!("{}, line {number}: {e}", path.display()))?;
        if held > 0 {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(&line.text);
        names.extend(line.names(set).map(|name| Name {
            start: name.start + from,
            end: name.end + from,
            ..name
        }));
        held += 1;
        if held == set.lines {
            each(&text, &names);
            (held, text, names) = (0, String::new(), Vec::new());
        }
    }
    each(&text, &names);
    Ok(())
}

impl Line {
    fn names(&self, set: Set) -> impl Iterator<Item = Name> {
        let bytes: Vec<usize> = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        self.ents.iter().filter_map(move |marked| {
            let tag = match marked.label.as_str() {
                "PERSON" => 1,
                "ORG" => 3,
                "LOC" | "FAC" => 5,
                "NORP" | "MISC" | "PRODUCT" | "EVENT" => OTHER,
                _ => return None,
            };
            let (mut start, mut end) = (*bytes.get(marked.start)?, *bytes.get(marked.end)?);
            if tag == 1 && set.titles {
                start += length_of_titles(self.text.get(start..end)?);
            }
            let surface = self.text.get(start..end)?;
            end -= ["'s", "’s"].iter().find_map(|s| surface.ends_with(s).then_some(s.len())).unwrap_or(0);
            (start < end).then_some(Name { start, end, tag })
        })
    }
}

/// How many bytes of titles a name begins with: all of it if it is nothing else.
fn length_of_titles(name: &str) -> usize {
    let mut length = 0;
    for token in tokens(name) {
        let word = token.span.of(name);
        if !person::is_title(word) {
            return token.span.start as usize;
        }
        length = name.len();
    }
    length
}

/// Adds the chunks of an article of `set`.
pub(crate) fn teach(text: &str, names: &[Name], set: Set, lessons: &mut Vec<Lesson>) {
    let tokens: Vec<Token> = tokens(text).collect();
    let texts = [Text { field: TextField::Body, text, tokens: &tokens }];
    let mut gold = vec![0; tokens.len()];
    for name in names {
        mark(&mut gold, &tokens, (name.start, name.end), name.tag);
    }
    let mut ruled = vec![0; tokens.len()];
    if set.noisy {
        for mention in by_rules(&texts) {
            mark(
                &mut ruled,
                &tokens,
                (mention.span.start as usize, mention.span.end as usize),
                tag_of(&mention),
            );
        }
    }
    for example in examples(&texts) {
        let first = example.tokens.start;
        let may = example.tokens.clone().map(|at| {
            let mut tag = gold[at];
            // A name that began before the chunk begins here, for the model.
            if at == first && tag != OTHER && tag != 0 && tag.is_multiple_of(2) {
                tag -= 1;
            }
            let mut may = 1u8 << tag;
            if !set.others && tag == 0 {
                may |= 1 << OTHER;
            }
            if set.noisy {
                match ruled[at] {
                    // Marks of persons that the rules miss are mostly right.
                    0 if (3..=4).contains(&tag) => may |= 1,
                    0 => {}
                    rule if at == first && rule != OTHER && rule.is_multiple_of(2) => may |= 1 << (rule - 1),
                    rule => may |= 1 << rule,
                }
            }
            may
        });
        lessons.push(Lesson { may: may.collect(), features: example.features, weight: set.weight });
    }
}

fn tag_of(mention: &Mention) -> usize {
    match mention.kind {
        Kind::Person => 1,
        Kind::Org => 3,
        Kind::Country if mention.via != "country:demonym" => 5,
        _ => OTHER,
    }
}

/// Gives the tokens of a span their tags.
fn mark(tags: &mut [usize], tokens: &[Token], (start, end): (usize, usize), tag: usize) {
    let first = tokens.partition_point(|token| (token.span.start as usize) < start);
    let last = tokens.partition_point(|token| (token.span.start as usize) < end);
    for (place, own) in tags.iter_mut().take(last).skip(first).enumerate() {
        *own = if tag != OTHER && place > 0 { tag + 1 } else { tag };
    }
}
