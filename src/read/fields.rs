//! Which key of a JSON record is which field of an article.
//!
//! Keys are compared without case, `_`, `-`, `.`, `:` and spaces, so `pubDate`, `pub_date` and `PubDate` are one. Where
//! a record has several keys for one field, the one that stands first for that field in [`KEYS`] wins, unless it is
//! null or blank. A user's own mapping wins over all of them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A field of an article that a key can be mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The identifier.
    Id,
    /// The headline.
    Title,
    /// The text.
    Body,
    /// The outlet.
    Source,
    /// Where it was published.
    Url,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// Its language.
    Lang,
    /// The part of the outlet that it stands in.
    Section,
    /// The news agency that it came from.
    Agency,
}

impl Field {
    /// Every field, in order.
    pub const ALL: [Field; 11] = [
        Field::Id,
        Field::Title,
        Field::Body,
        Field::Source,
        Field::Url,
        Field::Byline,
        Field::Published,
        Field::Updated,
        Field::Lang,
        Field::Section,
        Field::Agency,
    ];

    /// Its name, as in `--field title=headline`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Body => "body",
            Self::Source => "source",
            Self::Url => "url",
            Self::Byline => "byline",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Lang => "lang",
            Self::Section => "section",
            Self::Agency => "agency",
        }
    }

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// The keys that are known for each field, best first: names used by news crawlers, feeds, exports of databases,
/// schema.org, IPTC ninjs and common news data sets.
const KEYS: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &["id", "_id", "guid", "uuid", "uid", "articleid", "docid", "documentid", "docno", "storyid"],
    ),
    (Field::Title, &["title", "headline", "headlines", "heading", "articletitle", "titletext", "subject"]),
    (
        Field::Body,
        &[
            "body",
            "text",
            "maintext",
            "articlebody",
            "bodytext",
            "fulltext",
            "articletext",
            "plaintext",
            "cleanedtext",
            "content",
            "article",
            "story",
            "document",
            "description",
            "shortdescription",
            "summary",
            "abstract",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "outlet",
            "publisher",
            "publication",
            "newspaper",
            "sourcename",
            "sitename",
            "site",
            "provider",
            "sourcedomain",
            "domain",
        ],
    ),
    (
        Field::Url,
        &["url", "link", "canonicalurl", "weburl", "permalink", "href", "articleurl", "uri", "sourceurl"],
    ),
    (Field::Byline, &["byline", "author", "authors", "creator", "dccreator", "writer", "writers"]),
    (
        Field::Published,
        &[
            "published",
            "publishedat",
            "datepublished",
            "datepublish",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "pubdate",
            "firstpublished",
            "webpublicationdate",
            "date",
            "datetime",
            "timestamp",
            "firstcreated",
            "dcdate",
            "created",
            "createdat",
            "versioncreated",
        ],
    ),
    (
        Field::Updated,
        &[
            "updated",
            "updatedat",
            "datemodified",
            "datemodify",
            "modified",
            "modifiedat",
            "lastmodified",
            "lastupdated",
            "dateupdated",
        ],
    ),
    (Field::Section, &["section", "sectionname", "articlesection", "category", "desk", "newsdesk"]),
    (Field::Agency, &["agency", "newsagency", "wire", "wireservice"]),
    (Field::Lang, &["lang", "language", "languagecode", "langcode", "inlanguage", "dclanguage", "locale"]),
];

/// What a rank means: 0 is the user's own mapping, then the place in [`KEYS`].
pub(super) type Rank = usize;

/// The field that `key` is known for, and how well it fits.
pub(super) fn known(key: &str) -> Option<(Field, Rank)> {
    const LONGEST: usize = 20;
    let mut folded = [0u8; LONGEST];
    let mut length = 0;
    for byte in key.bytes().filter(|b| !b"_-.: ".contains(b)) {
        *folded.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let folded = if key == "_id" { key.as_bytes() } else { folded.get(..length)? };
    TABLE.get(folded).copied()
}

/// [`KEYS`] by key.
static TABLE: LazyLock<FxHashMap<&[u8], (Field, Rank)>> = LazyLock::new(|| {
    let ranked = |(field, keys): &(Field, &'static [&'static str])| {
        let field = *field;
        keys.iter().zip(1..).map(move |(key, rank)| (key.as_bytes(), (field, rank)))
    };
    KEYS.iter().flat_map(ranked).collect()
});

/// A mapping that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No equals sign, or nothing on one side of it.
    #[error("\"{rule}\" is not of the form FIELD=KEY, as in title=headline")]
    Form {
        /// What was given.
        rule: String,
    },
    /// The name before the equals sign is no field.
    #[error(
        "no field \"{name}\"; fields are id title body source url byline published updated lang section agency"
    )]
    UnknownField {
        /// What was given.
        name: String,
    },
}

/// The user's own mapping of keys to fields, over the known ones.
///
/// ```
/// use dateline::read::Mapping;
/// let mapping = Mapping::parse(["title=headline.main", "id=meta.uuid"]).unwrap();
/// assert!(Mapping::parse(["titel=headline"]).is_err());
/// # let _ = mapping;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    rules: Vec<Rule>,
}

/// `field` is found under `key`, and there at `path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) field: Field,
    /// The key as the user wrote it, dots and all.
    pub(super) key: String,
}

impl Mapping {
    /// A mapping from rules of the form `FIELD=KEY`, where `KEY` is a key of the record or a path of keys and list
    /// places parted by dots: `byline=authors.0.name`.
    ///
    /// # Errors
    /// If a rule has another form or names no field.
    pub fn parse<'a>(rules: impl IntoIterator<Item = &'a str>) -> Result<Self, MappingError> {
        let mut mapping = Self::default();
        for rule in rules {
            mapping.add(rule)?;
        }
        Ok(mapping)
    }

    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules of both; where both have some for a field, these.
    pub(super) fn with(mut self, other: Self) -> Self {
        let own: Vec<Field> = self.rules.iter().map(|rule| rule.field).collect();
        self.rules.extend(other.rules.into_iter().filter(|rule| !own.contains(&rule.field)));
        self
    }

    /// Adds one rule `FIELD=KEY`.
    ///
    /// # Errors
    /// As [`Mapping::parse`].
    pub fn add(&mut self, rule: &str) -> Result<(), MappingError> {
        let (name, key) = rule
            .split_once('=')
            .map(|(name, key)| (name.trim(), key.trim()))
            .filter(|(name, key)| !name.is_empty() && !key.is_empty())
            .ok_or_else(|| MappingError::Form { rule: rule.to_owned() })?;
        let field = Field::ALL
            .into_iter()
            .find(|field| field.name() == name)
            .ok_or_else(|| MappingError::UnknownField { name: name.to_owned() })?;
        self.rules.push(Rule { field, key: key.to_owned() });
        Ok(())
    }

    /// The rules that read from the top-level key `key`, each with the path below it (empty: the value itself).
    pub(super) fn under<'m>(&'m self, key: &'m str) -> impl Iterator<Item = (Field, &'m str)> {
        self.rules.iter().filter_map(move |rule| {
            let rest = rule.key.strip_prefix(key)?;
            if rest.is_empty() { Some((rule.field, "")) } else { Some((rule.field, rest.strip_prefix('.')?)) }
        })
    }
}

/// Whether the name of a scheme of subjects says that they are sections of an outlet.
pub(super) fn names_sections(scheme: &str) -> bool {
    let scheme = scheme.to_ascii_lowercase();
    ["section", "department", "desk"].iter().any(|word| scheme.contains(word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn no_key_stands_for_two_fields_and_every_key_is_found() {
        assert_eq!(TABLE.len(), KEYS.iter().map(|(_, keys)| keys.len()).sum::<usize>());
        for (field, keys) in KEYS {
            assert!(keys.iter().all(|key| known(key).is_some_and(|(found, _)| found == *field)), "{field:?}");
        }
    }

    #[test]
    fn keys_are_known_in_any_spelling() {
        for key in ["pubDate", "pub_date", "PubDate", "pub-date"] {
            assert_eq!(known(key).map(|k| k.0), Some(Field::Published), "{key}");
        }
        assert_eq!(known("dc:creator").map(|k| k.0), Some(Field::Byline));
        assert_eq!(known("keywords"), None);
        assert_eq!(known(&"k".repeat(400)), None);
    }

    #[test]
    fn a_rule_reads_a_key_with_dots_or_a_path() {
        let mapping = Mapping::parse(["title=dc.title", "id=meta.uuid", "body=text"]).unwrap();
        assert_eq!(mapping.under("dc.title").collect::<Vec<_>>(), [(Field::Title, "")]);
        assert_eq!(mapping.under("meta").collect::<Vec<_>>(), [(Field::Id, "uuid")]);
        assert_eq!(mapping.under("met").count(), 0);
    }

    #[test]
    fn a_wrong_rule_says_what_is_wrong() {
        assert_eq!(
            Mapping::parse(["titel=x"]).unwrap_err().to_string(),
            "no field \"titel\"; fields are id title body source url byline published updated lang section agency"
        );
        assert_eq!(
            Mapping::parse(["title"]).unwrap_err().to_string(),
            "\"title\" is not of the form FIELD=KEY, as in title=headline"
        );
    }
}
