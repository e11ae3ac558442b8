//! Whose articles a line is compared with: the host of the address, else the outlet, else the folder that the file lies in.

use std::hash::Hasher as _;

use crate::article::{Article, Origin};

/// The outlet of an article, as far as evidence is concerned.
#[derive(Debug, Clone, Copy)]
pub(in crate::clean) struct Source<'a> {
    /// A fingerprint of it.
    pub(super) key: u64,
    /// What it is called: `The Port Arden News`, or the part of a host that names it, `portarden`; empty if that is not known.
    name: &'a str,
}

impl<'a> Source<'a> {
    /// The source of an article whose facts are filled in.
    pub(in crate::clean) fn of(article: &'a Article, origin: &Origin) -> Self {
        let mut hasher = rustc_hash::FxHasher::default();
        let host = article.url.as_deref().and_then(host);
        let named = host.or(article.source.as_deref());
        let folder = || origin.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for byte in named.unwrap_or_else(folder).bytes() {
            hasher.write_u8(byte.to_ascii_lowercase());
        }
        // An outlet may be called as some folder is.
        hasher.write_u8(u8::from(named.is_none()));
        Self { key: hasher.finish().max(1), name: host.map_or(named.unwrap_or(""), main_label) }
    }

    /// Whether `line` names the outlet, however it is spaced: `The Port Arden` for `portarden`.
    pub(super) fn is_named_in(&self, line: &str) -> bool {
        const SHORTEST: usize = 4;
        let letters = |text: &str| -> String {
            let mut letters = String::with_capacity(text.len());
            letters.extend(text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()));
            letters
        };
        let name = letters(self.name);
        let name = name.strip_prefix("the").filter(|rest| rest.len() >= SHORTEST).unwrap_or(&name);
        name.len() >= SHORTEST && name.len() <= line.len() && letters(line).contains(name)
    }
}

/// The host of an address, without `www.` and without the port.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && host.len() <= 100).then_some(host)
}

/// The part of a host that names the outlet: `portarden` of `news.portarden.co.uk`.
fn main_label(host: &str) -> &str {
    const SHARED: &[&str] = &["co", "com", "org", "net", "ac", "gov", "gob", "go"];
    let mut labels = host.rsplit('.').skip(1);
    match (labels.next(), labels.next()) {
        (Some(second), Some(third)) if SHARED.contains(&second) => third,
        (Some(second), _) => second,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_the_host_else_the_outlet_else_the_folder() {
        let origin = |file: &str| Origin { file: file.into(), record: 1, offset: 0 };
        let (here, there) = (origin("a/1.txt"), origin("b/1.txt"));
        let mut article = Article::default();
        let key = |article: &Article, origin: &Origin| Source::of(article, origin).key;
        assert_eq!(key(&article, &here), key(&article, &origin("a/2.txt")));
        assert_ne!(key(&article, &here), key(&article, &there));
        article.source = Some("The Port Arden News".to_owned());
        assert_eq!(key(&article, &here), key(&article, &there));
        assert!(Source::of(&article, &here).is_named_in("Copyright by Port Arden News, all rights kept"));
        let outlet = key(&article, &here);
        article.url = Some("https://www.portarden.co.uk:8080/a?b".to_owned());
        let host = key(&article, &here);
        assert_ne!(outlet, host);
        assert!(Source::of(&article, &here).is_named_in("More of this in Port-Arden"));
        assert!(!Source::of(&article, &here).is_named_in("More of this in Holm"));
        article.url = Some("http://PortArden.co.uk/c".to_owned());
        assert_eq!(key(&article, &here), host);
        article.url = Some("no address".to_owned());
        assert_eq!(key(&article, &here), outlet);
    }
}
