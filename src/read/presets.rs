//! Ready mappings for the shapes that news archives come in.

use super::fields::{Mapping, MappingError};

/// Name of each shape and where it keeps its fields; what is not named is found by the table of known keys.
const PRESETS: &[(&str, &[&str])] = &[
    (
        "news-please",
        &[
            "title=title",
            "body=maintext",
            "byline=authors",
            "published=date_publish",
            "updated=date_modify",
            "url=url",
            "source=source_domain",
            "lang=language",
        ],
    ),
    (
        "cc-news",
        &[
            "title=title",
            "body=text",
            "body=plain_text",
            "byline=author",
            "published=published_date",
            "published=date",
            "url=url",
            "source=sitename",
            "source=domain",
            "source=publisher",
            "lang=language",
        ],
    ),
    (
        "webz",
        &[
            "id=uuid",
            "title=title",
            "body=text",
            "byline=author",
            "published=published",
            "updated=crawled",
            "url=url",
            "source=thread.site_full",
            "lang=language",
        ],
    ),
    (
        "reuters-21578",
        &[
            "id=new_id",
            "id=newid",
            "title=title",
            "body=body",
            "body=text",
            "byline=author",
            "published=date",
            "published=date_time",
        ],
    ),
];

/// The names of all presets.
pub fn preset_names() -> impl Iterator<Item = &'static str> {
    PRESETS.iter().map(|(name, _)| *name)
}

impl Mapping {
    /// The mapping for the shape called `name`.
    ///
    /// ```
    /// use dateline::read::Mapping;
    /// assert!(Mapping::preset("news-please").is_some());
    /// assert!(Mapping::preset("unheard-of").is_none());
    /// ```
    pub fn preset(name: &str) -> Option<Self> {
        let (_, rules) = PRESETS.iter().find(|(known, _)| *known == name)?;
        let mapping: Result<Self, MappingError> = Self::parse(rules.iter().copied());
        mapping.ok()
    }

    /// These rules, and of `other` those for fields that these say nothing about.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.with(other)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_mapping() {
        assert!(preset_names().all(|name| Mapping::preset(name).is_some_and(|mapping| !mapping.is_empty())));
    }
}
