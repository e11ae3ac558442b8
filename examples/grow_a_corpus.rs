//! Makes a large corpus of a small one, to measure with: every article so many times, each time with another id and with every second word in small
//! letters replaced by one drawn from the corpus, so that next to none is a copy of another. The same input makes the same output.
//!
//! `cargo run --release --no-default-features --example grow_a_corpus -- news.jsonl.zst 10 > large.jsonl`

use std::error::Error;
use std::io::{BufWriter, Write as _};

use dateline::article::RawArticle;
use dateline::read::{Input, Options};

/// Articles that words are drawn from.
const DRAWN_FROM: usize = 3000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, times] = &args[..] else { return Err("usage: grow_a_corpus FILE TIMES".into()) };
    let (input, times): (_, usize) = (Input::file(path.as_ref())?, times.parse()?);
    let options = Options::default();
    let mut words = Vec::new();
    for article in input.articles(&options).flatten().take(DRAWN_FROM) {
        words.extend(article.body.split_whitespace().filter(|word| is_plain(word)).map(str::to_owned));
    }
    if words.is_empty() {
        return Err("no article has a word in small letters".into());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut state = 0x9E37_79B9_7F4A_7C15;
    for copy in 0..times {
        for (number, article) in input.articles(&options).flatten().enumerate() {
            let id = article.id.clone().unwrap_or_else(|| number.to_string());
            let body =
                if copy == 0 { article.body.clone() } else { other(&article, copy, &words, &mut state) };
            let id = if copy == 0 { id } else { format!("{id}-{copy}") };
            let line = serde_json::json!({
                "id": id, "title": article.title, "body": body, "source": article.source, "url": article.url,
                "published": article.published, "lang": article.lang,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

/// The body with every second word in small letters replaced.
fn other(article: &RawArticle, copy: usize, words: &[String], state: &mut u64) -> String {
    let mut body = String::with_capacity(article.body.len() + article.body.len() / 4);
    for (n, word) in article.body.split(' ').enumerate() {
        if n > 0 {
            body.push(' ');
        }
        let replaced = n % 2 == copy % 2 && !word.is_empty() && is_plain(word);
        let drawn = replaced.then(|| {
            // A linear congruential generator; the high bits are the good ones.
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(*state >> 33).ok().and_then(|n| words.get(n % words.len()))
        });
        body.push_str(drawn.flatten().map_or(word, String::as_str));
    }
    body
}
