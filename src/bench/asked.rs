//! Queries that people asked, from a file: those that hit, all of their words and any of them.
//!
//! A line is a query; of one with tabs the third field is (a number, a name, then the words), of one that begins with a number and a colon
//! what follows. So both lists of topics and logs of search engines can be read.

use std::collections::BTreeSet;
use std::path::Path;

use super::BenchError;
use super::draw::{BareQuery, Drawn, Yardstick};
use super::meter::Random;
use crate::search::{Archive, SearchRequest};
use crate::text::{fold, tokens};

/// The classes of these queries.
pub(super) const CLASSES: [&str; 2] = ["asked all", "asked any"];
/// Words of a query; longer ones are passed over.
const WORDS: std::ops::RangeInclusive<usize> = 2..=6;

/// Draws up to `count` queries that at least one article answers with all of their words.
pub(super) fn draw(
    archive: &Archive,
    file: &Path,
    count: usize,
    seed: u64,
) -> Result<Vec<Drawn>, BenchError> {
    let text = std::fs::read(file)?;
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let mut random = Random::new(seed);
    let mut drawn = Vec::new();
    let mut seen = BTreeSet::new();
    for _ in 0..if lines.is_empty() { 0 } else { count * 40 } {
        if drawn.len() >= CLASSES.len() * count {
            break;
        }
        let line = lines.get(random.below(lines.len())).copied().unwrap_or_default();
        let words = words(line);
        if !WORDS.contains(&words.len()) || !seen.insert(words.clone()) {
            continue;
        }
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let (all, any) = (quoted.join(" "), quoted.join(" OR "));
        if archive.count(&all, &SearchRequest::default())? == 0 {
            continue;
        }
        let against = [BareQuery::And(words.clone()), BareQuery::Or(words)].map(Yardstick::Bare);
        let asked = CLASSES.into_iter().zip([all, any]).zip(against);
        drawn.extend(asked.map(|((class, text), measure)| Drawn { class, text, measure }));
    }
    Ok(drawn)
}

/// The words of a line's query, folded, each once.
fn words(line: &str) -> Vec<String> {
    let query = match line.split('\t').nth(2) {
        Some(field) => field,
        None => match line.split_once(':') {
            Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => rest,
            _ => line,
        },
    };
    let mut words: Vec<String> = Vec::new();
    for token in tokens(query) {
        let word = fold(token.span.of(query));
        // Bare tantivy's words have nothing else in them.
        if word.chars().all(char::is_alphanumeric) && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn queries_stand_in_lists_of_topics_and_in_logs() {
        assert_eq!(words("adhoc\t051\tAirbus Subsidies\tDocument will discuss"), ["airbus", "subsidies"]);
        assert_eq!(words("3:miami white pages"), ["miami", "white", "pages"]);
        assert_eq!(words("harbour: the harbour's fees"), ["harbour", "the", "fees"]);
        assert!(words("").is_empty());
    }
}
