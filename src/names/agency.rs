//! News agencies: the names that datelines, bylines, copyright lines and queries call them by, and the short one each is kept under.
//!
//! The agencies are those of the national members of EANA, OANA and FANA and the large commercial ones (AP, Bloomberg, CNN Wire, Dow Jones, PA, UPI), with the
//! signatures that they put into their datelines, as their own style guides and services print them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold_char;

/// The name an agency is kept under, and what else it is called. Names are compared without case, accents and full stops.
const AGENCIES: &[(&str, &[&str])] = &[
    ("AA", &["anadolu agency", "anadolu ajansi", "anadolu"]),
    ("AAP", &["australian associated press", "aap newswire"]),
    ("AFP", &["agence france-presse", "agence france presse", "agencia afp"]),
    ("Agerpres", &[]),
    ("ANI", &["asian news international"]),
    ("ANP", &["algemeen nederlands persbureau"]),
    ("ANSA", &[]),
    ("AP", &["associated press", "the associated press", "ap news", "apnews", "ap photo"]),
    ("APA", &["austria presse agentur"]),
    ("Belga", &["belga news agency"]),
    ("Bernama", &[]),
    ("Bloomberg", &["bloomberg news", "bloomberg.com"]),
    ("BNS", &["baltic news service"]),
    ("BTA", &["bulgarian news agency"]),
    ("CNA", &["central news agency"]),
    ("CNN", &["cnn wire", "cnn.com", "cnn newsource", "cnnmoney"]),
    ("CNS", &["china news service"]),
    ("CP", &["canadian press", "the canadian press", "la presse canadienne"]),
    ("CTK", &["czech news agency"]),
    ("DJ", &["dow jones", "dow jones newswires"]),
    ("dpa", &["deutsche presse-agentur", "dpa international", "dpa-afx", "dpa infocom"]),
    ("EFE", &["agencia efe", "epa-efe"]),
    ("EP", &["europa press"]),
    ("Fides", &["agenzia fides"]),
    ("IANS", &["indo-asian news service"]),
    ("Interfax", &["interfax-ukraine"]),
    ("IPS", &["inter press service"]),
    ("IRNA", &["islamic republic news agency"]),
    ("ISNA", &["iranian students' news agency"]),
    ("JTA", &["jewish telegraphic agency"]),
    ("KCNA", &["korean central news agency"]),
    ("Kyodo", &["kyodo news"]),
    ("KUNA", &["kuwait news agency"]),
    ("Lusa", &["agencia lusa"]),
    ("MTI", &["magyar tavirati iroda"]),
    ("NAN", &["news agency of nigeria"]),
    ("Notimex", &[]),
    ("NTB", &["norsk telegrambyra"]),
    ("PA", &["pa media", "press association", "the press association", "pa news agency"]),
    ("PAP", &["polska agencja prasowa"]),
    ("Petra", &["jordan news agency"]),
    ("PNA", &["philippine news agency"]),
    ("PTI", &["press trust of india"]),
    ("QNA", &["qatar news agency"]),
    (
        "Reuters",
        &[
            "thomson reuters",
            "thomson reuters foundation",
            "reuters life!",
            "reuters health",
            "reuters.com",
            "reuters breakingviews",
        ],
    ),
    ("RIA", &["ria novosti"]),
    ("Ritzau", &[]),
    ("SANA", &["syrian arab news agency"]),
    ("SAPA", &["south african press association"]),
    ("SDA", &["keystone-sda", "sda/ats", "swissinfo/sda"]),
    ("SPA", &["saudi press agency"]),
    ("STA", &["slovenian press agency"]),
    ("STT", &["suomen tietotoimisto"]),
    ("Tanjug", &[]),
    ("TASS", &["itar-tass", "itar tass"]),
    ("TT", &["tidningarnas telegrambyra"]),
    ("Ukrinform", &[]),
    ("UNI", &["united news of india"]),
    ("UPI", &["united press international"]),
    ("VOA", &["voice of america"]),
    ("WAM", &["emirates news agency"]),
    ("Xinhua", &["xinhua news agency", "xinhua news", "xinhuanet"]),
    ("Yonhap", &["yonhap news agency", "yonhap news"]),
];

/// The longest name in the table, in bytes, and some more for what is folded away.
pub const LONGEST: usize = 48;

/// The agency that `name` is, under its short name: "The Associated Press" is AP.
///
/// ```
/// use dateline::names::agency::lookup;
/// assert_eq!(lookup("The Associated Press"), Some("AP"));
/// assert_eq!(lookup("A.F.P."), Some("AFP"));
/// assert_eq!(lookup("Reuters/Ipsos"), Some("Reuters"));
/// assert_eq!(lookup("Harbour Post"), None);
/// ```
pub fn lookup(name: &str) -> Option<&'static str> {
    let name = name.trim();
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    exact(name).or_else(|| name.split(['/', '|']).map(str::trim).find_map(exact))
}

/// [`AGENCIES`] by every name as [`folded`] makes it.
static TABLE: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let named = |(short, others): &(&'static str, &[&'static str])| {
        let short = *short;
        std::iter::once(short)
            .chain(others.iter().copied())
            .map(move |name| (folded(name), short))
            .collect::<Vec<_>>()
    };
    AGENCIES.iter().flat_map(named).collect()
});

fn exact(name: &str) -> Option<&'static str> {
    TABLE.get(folded(name).as_str()).copied()
}

/// A name without case, accents and full stops.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| *c != '.') {
        fold_char(c, &mut |c| folded.push(c));
    }
    folded
}

/// Whether a short name is nothing else in news: not a word, a currency or an abbreviation with other meanings, so that it
/// may be believed where nothing around it says that an agency is named.
pub fn is_plain(agency: &str) -> bool {
    !matches!(
        agency,
        "AA" | "APA"
            | "BTA"
            | "CP"
            | "DJ"
            | "EP"
            | "Fides"
            | "NAN"
            | "PA"
            | "Petra"
            | "RIA"
            | "SPA"
            | "STA"
            | "TT"
            | "UNI"
    )
}

/// The agency whose name `text` begins with, and how many bytes of it that takes; the longest name counts.
pub fn at_start(text: &str) -> Option<(&'static str, usize)> {
    let names = AGENCIES.iter().flat_map(|(short, others)| {
        std::iter::once(*short).chain(others.iter().copied()).map(move |name| (*short, name))
    });
    let begins = |name: &str| {
        text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && !text.get(name.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    };
    names
        .filter(|(_, name)| begins(name))
        .max_by_key(|(_, name)| name.len())
        .map(|(short, name)| (short, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_own_agency() {
        for (short, others) in AGENCIES {
            for name in std::iter::once(short).chain(*others) {
                assert_eq!(lookup(name), Some(*short), "{name}");
                assert_eq!(lookup(&name.to_uppercase()), Some(*short), "{name}");
            }
        }
    }

    #[test]
    fn a_name_at_the_start_ends_with_its_word() {
        assert_eq!(at_start("The Associated Press. All rights"), Some(("AP", 20)));
        assert_eq!(at_start("Reuters. All"), Some(("Reuters", 7)));
        assert_eq!(at_start("Apple"), None);
        assert_eq!(at_start("É"), None);
    }
}
