//! Checks an index: counts words through the index and by reading every stored article with the same tokenizer.
//!
//! `cargo run --release --example count_against_a_scan -- INDEX WORD...` prints both counts for each word, and fails if any
//! two differ.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::collections::HashMap;

use dateline::search::{Archive, SearchRequest};
use dateline::snippet::SnippetOptions;
use dateline::text::{fold, fold_into, tokens};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let archive = Archive::open(args.next().ok_or("usage: count_against_a_scan INDEX WORD...")?)?;
    let words: Vec<String> = args.map(|word| fold(&word)).collect();
    let mut scanned: HashMap<&str, u64> = words.iter().map(|word| (word.as_str(), 0)).collect();

    let mut request = SearchRequest::default();
    request.page.snippets = SnippetOptions { limit: Some(0), ..SnippetOptions::default() };
    let mut term = String::new();
    for hit in archive.stream("*", &request)? {
        let article = hit?.article;
        let mut seen: Vec<&str> = Vec::new();
        for text in [&article.title, &article.body] {
            for token in tokens(text) {
                term.clear();
                fold_into(token.span.of(text), &mut term);
                if let Some((word, count)) = scanned.get_key_value(term.as_str()).map(|(w, c)| (*w, *c))
                    && !seen.contains(&word)
                {
                    seen.push(word);
                    scanned.insert(word, count + 1);
                }
            }
        }
    }
    let mut wrong = 0;
    for word in &words {
        let counted = archive.count(&format!("\"{word}\""), &request)?;
        let scan = scanned.get(word.as_str()).copied().unwrap_or(0);
        println!("{word:15} index {counted:8}  scan {scan:8}");
        wrong += u32::from(counted != scan);
    }
    if wrong > 0 {
        return Err(format!("{wrong} of {} counts differ", words.len()).into());
    }
    Ok(())
}
