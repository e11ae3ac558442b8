//! `models/countries.tsv`: the names of countries in other languages, out of the package cldr-localenames-full (Unicode CLDR)
//! and the list beside this file.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use dateline::names::country;
use dateline::text::{fold, tokens};
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::wheel::hexadecimal;

/// SHA-256 of `cldr-localenames-full-48.2.0.tgz`.
const SHA256: &str = "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57";
const NAMES: &str = include_str!("countries/names.tsv");

/// The languages: the tag that articles have, and the locales of CLDR whose names it takes, in order. Where two languages
/// call two countries the same, a query means the one of the language that stands first.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("de", &["de"]),
    ("fr", &["fr"]),
    ("es", &["es"]),
    ("it", &["it"]),
    ("pt", &["pt", "pt-PT"]),
    ("nl", &["nl"]),
    ("ru", &["ru"]),
    ("pl", &["pl"]),
    ("sv", &["sv"]),
    ("da", &["da"]),
    ("no", &["no", "nn"]),
    ("fi", &["fi"]),
    ("cs", &["cs"]),
    ("sk", &["sk"]),
    ("hu", &["hu"]),
    ("ro", &["ro"]),
    ("el", &["el"]),
    ("tr", &["tr"]),
    ("uk", &["uk"]),
    ("bg", &["bg"]),
    ("hr", &["hr"]),
    ("bs", &["bs"]),
    ("sr", &["sr", "sr-Latn"]),
    ("sl", &["sl"]),
    ("mk", &["mk"]),
    ("be", &["be"]),
    ("ca", &["ca"]),
    ("et", &["et"]),
    ("lv", &["lv"]),
    ("lt", &["lt"]),
    ("sq", &["sq"]),
    ("id", &["id"]),
    ("ms", &["ms"]),
    ("vi", &["vi"]),
    ("sw", &["sw"]),
    ("ja", &["ja"]),
    ("zh", &["zh", "zh-Hant"]),
    ("ko", &["ko"]),
    ("ar", &["ar"]),
    ("fa", &["fa"]),
    ("he", &["he"]),
    ("ur", &["ur"]),
    ("hi", &["hi"]),
    ("bn", &["bn"]),
    ("ta", &["ta"]),
    ("th", &["th"]),
    ("ka", &["ka"]),
    ("hy", &["hy"]),
];

/// Countries whose name in brackets is another name.
const RENAMED: [&str; 8] = ["MM", "SZ", "TL", "CI", "MK", "CV", "FK", "CC"];

/// How sure it is that a name is the country's: of two countries with one name the surer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum From {
    Ours,
    Plain,
    Alternative,
    Cut,
}

/// Writes the table; what it holds, for people.
pub(crate) fn make(package: &Path, out: &Path) -> Result<String, String> {
    let files = unpack(package)?;
    let mut table = String::from(
        "# Names of countries in other languages; made by `cargo xtask train countries`, see models/README.md.\n",
    );
    let (mut languages, mut names) = (0, 0);
    for (tag, locales) in LANGUAGES {
        let mut found: BTreeMap<String, (From, &str, char)> = BTreeMap::new();
        let mut torn = Vec::new();
        let mut add = |name: &str, code: &'static str, from: From| {
            let (name, mark) = match name.strip_suffix('?') {
                Some(name) => (name, '?'),
                // Two capitals are some word or other in a headline.
                None if is_acronym(name) && key(name).len() < 3 && from != From::Ours => (name, '?'),
                None if is_acronym(name) => (name, '^'),
                None => (name, ' '),
            };
            let key = key(name);
            if key.is_empty() {
                return;
            }
            match found.get(&key) {
                Some((before, of, _)) if *of != code && *before == from && code != "--" => torn.push(key),
                Some((before, _, _)) if *before <= from => {}
                _ => _ = found.insert(key, (from, code, mark)),
            }
        };
        for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&'static str> = line.split('\t').collect();
            if let [language, code, ways] = columns[..]
                && language == *tag
            {
                ways.split('|').for_each(|way| add(way, code, From::Ours));
            }
        }
        for locale in *locales {
            let json = files.get(*locale).ok_or_else(|| format!("the package has no {locale}"))?;
            each_name(json, locale, &mut add)?;
        }
        for key in &torn {
            found.remove(key);
        }
        let mut rows: BTreeMap<&str, String> = BTreeMap::new();
        for (key, (_, code, mark)) in &found {
            let row = rows.entry(code).or_insert_with(|| String::from("|"));
            row.push_str(key);
            if *mark != ' ' {
                row.push(*mark);
            }
            row.push('|');
        }
        names += found.len();
        languages += 1;
        table.push_str(tag);
        for (code, ways) in rows {
            table.push_str(&format!("\t{code}{ways}"));
        }
        table.push('\n');
    }
    std::fs::write(out, &table).map_err(|e| format!("{}: {e}", out.display()))?;
    let checksum = hexadecimal(&Sha256::digest(table.as_bytes()));
    Ok(format!("{names} names in {languages} languages, {} bytes, SHA-256 {checksum}", table.len()))
}

/// The names of territories of each locale asked for, as JSON.
fn unpack(package: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let bytes = std::fs::read(package).map_err(|e| format!("{}: {e}", package.display()))?;
    let found = hexadecimal(&Sha256::digest(&bytes));
    if found != SHA256 {
        return Err(format!("{}: the SHA-256 is {found}, not {SHA256}", package.display()));
    }
    let mut files = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(bytes.as_slice()));
    let failed = |e: std::io::Error| format!("{}: {e}", package.display());
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let path = entry.path().map_err(failed)?.to_string_lossy().into_owned();
        let locale =
            path.strip_prefix("package/main/").and_then(|rest| rest.strip_suffix("/territories.json"));
        if let Some(locale) = locale.filter(|locale| LANGUAGES.iter().any(|(_, all)| all.contains(locale))) {
            let mut json = Vec::new();
            entry.read_to_end(&mut json).map_err(failed)?;
            files.insert(locale.to_owned(), json);
        }
    }
    Ok(files)
}

/// Gives every name of a country that a locale has.
fn each_name(
    json: &[u8],
    locale: &str,
    add: &mut impl FnMut(&str, &'static str, From),
) -> Result<(), String> {
    let json: Value = serde_json::from_slice(json).map_err(|e| format!("{locale}: {e}"))?;
    let names = json.pointer(&format!("/main/{locale}/localeDisplayNames/territories"));
    for (what, name) in names.and_then(Value::as_object).into_iter().flatten() {
        let (code, alternative) =
            what.split_once("-alt-").map_or((what.as_str(), ""), |(code, alt)| (code, alt));
        let Some(code) = country::codes().find(|known| *known == code) else { continue };
        let Some(name) = name.as_str().filter(|_| matches!(alternative, "" | "short" | "variant")) else {
            continue;
        };
        let from = if alternative.is_empty() { From::Plain } else { From::Alternative };
        match name.split_once(['(', '（']) {
            Some((main, rest)) => {
                let Some(other) = rest.strip_suffix([')', '）']) else { continue };
                add(main, code, From::Cut);
                if RENAMED.contains(&code) {
                    add(other, code, From::Cut);
                }
            }
            None => match name.split_once(", ") {
                Some((main, _)) => add(main, code, From::Cut),
                None => add(name, code, from),
            },
        }
    }
    Ok(())
}

/// Whether a name is written in capitals throughout: "USA", "США".
fn is_acronym(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.chars().any(char::is_lowercase)
}

/// A name as texts and queries are searched for it: folded words.
fn key(name: &str) -> String {
    let words: Vec<String> = tokens(name).map(|token| fold(token.span.of(name)).replace('.', "")).collect();
    words.join(" ")
}
