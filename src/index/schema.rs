//! The fields that tantivy keeps for an article.

use tantivy::SegmentReader;
use tantivy::columnar::Column;
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use crate::article::Kind;

/// The numeric kinds, each with a column of its own.
pub const NUMERIC: [Kind; 4] = [Kind::Number, Kind::Money, Kind::Percent, Kind::Quantity];

/// What articles are counted by: each has a column of strings, in which a value stands once an article, whatever its length no
/// longer than [`super::terms::MAX_KEY_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyed {
    /// The keys of people.
    Person,
    /// The codes of countries.
    Country,
    /// The keys of organisations.
    Org,
    /// The keys of places.
    Place,
    /// The outlet.
    Source,
    /// The section.
    Section,
    /// The agency.
    Agency,
    /// The language tag.
    Lang,
}

impl Keyed {
    /// Every one, in the order of [`Fields::keys`].
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Country,
        Self::Org,
        Self::Place,
        Self::Source,
        Self::Section,
        Self::Agency,
        Self::Lang,
    ];

    /// The name of its column.
    pub fn column(self) -> &'static str {
        match self {
            Self::Person => "by_person",
            Self::Country => "by_country",
            Self::Org => "by_org",
            Self::Place => "by_place",
            Self::Source => "by_source",
            Self::Section => "by_section",
            Self::Agency => "by_agency",
            Self::Lang => "by_lang",
        }
    }
}

/// The fields of an index, by what they hold.
#[derive(Debug, Clone)]
pub struct Fields {
    /// The article's id, one term.
    pub id: Field,
    /// The words of title and body, with positions.
    pub text: Field,
    /// The marks of mentions, paragraphs and sentences, at the same positions; see [`super::terms`].
    pub mention: Field,
    /// The words of the outlet's name, with positions.
    pub source: Field,
    /// The words of the byline, with positions.
    pub byline: Field,
    /// The words of the section, with positions.
    pub section: Field,
    /// The words of the agency's name, with positions.
    pub agency: Field,
    /// The words of the address, with positions.
    pub url: Field,
    /// The language tag, one term, and the language alone if the tag says more.
    pub lang: Field,
    /// Column: publication, in seconds since 1970-01-01 UTC.
    pub published: Field,
    /// Column: last change, in seconds since 1970-01-01 UTC.
    pub updated: Field,
    /// Column: the first position of the body.
    pub body_start: Field,
    /// Column: the first position after the lead.
    pub lead_end: Field,
    /// Columns: the first seconds of the dates in the text, and the seconds past their last, one each a mention.
    pub dates: (Field, Field),
    /// Columns: codes of the quantities of each kind in [`NUMERIC`], and the upper ends of intervals.
    pub values: [(Field, Field); 4],
    /// Columns: what articles are counted by, as [`Keyed::ALL`] has it.
    pub keys: [Field; 8],
    /// The smallest hashes of the body's word sequences: what copies of an article are looked up by; see
    /// [`super::copies`].
    pub minima: Field,
    /// Column: the number of the group of copies that the article is in, made from the id of the group's first article.
    pub group: Field,
    /// The same number as a term, of copies alone: not of the first article.
    pub copies: Field,
    /// The id of the article that this one copies, stored; only copies have it.
    pub copy_of: Field,
    /// The whole article with its mentions, stored; see [`super::Stored`].
    pub stored: Field,
}

/// Names of the single-valued columns.
pub const PUBLISHED: &str = "published";
/// See [`PUBLISHED`].
pub const UPDATED: &str = "updated";
/// See [`PUBLISHED`].
pub const BODY_START: &str = "body_start";
/// See [`PUBLISHED`].
pub const LEAD_END: &str = "lead_end";
/// See [`PUBLISHED`].
pub const GROUP: &str = "group";

/// The column of the groups of copies.
pub(crate) fn group_column(segment: &SegmentReader) -> tantivy::Result<Column<u64>> {
    segment.fast_fields().u64(GROUP)
}

/// The column that holds the codes of a numeric kind ([`crate::article::code`]), one a mention, in the order of the mentions.
pub fn column(kind: Kind) -> &'static str {
    kind.name()
}

/// The column that holds the upper ends of a numeric kind's intervals, in the same order.
pub fn interval_column(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "money_hi",
        Kind::Percent => "percent_hi",
        Kind::Quantity => "quantity_hi",
        _ => "number_hi",
    }
}

/// The columns of the dates in the text: first seconds and seconds past the last, in the order of the mentions.
pub const DATES: (&str, &str) = ("date", "date_to");

/// The schema of format [`super::manifest::FORMAT`] and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // The engine's tokenizers are not asked: see `segment`.
    let postings = |option, lengths| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(option)
                .set_fieldnorms(lengths),
        )
    };
    let (articles, positions) = (IndexRecordOption::Basic, IndexRecordOption::WithFreqsAndPositions);
    let words = || postings(positions, true);
    let number = NumericOptions::default().set_fast();
    let fields = Fields {
        id: builder.add_text_field("id", postings(articles, false)),
        text: builder.add_text_field("text", words()),
        mention: builder.add_text_field("mention", words()),
        source: builder.add_text_field("source", words()),
        byline: builder.add_text_field("byline", words()),
        section: builder.add_text_field("section", words()),
        agency: builder.add_text_field("agency", words()),
        url: builder.add_text_field("url", words()),
        lang: builder.add_text_field("lang", postings(articles, false)),
        published: builder.add_i64_field(PUBLISHED, number.clone()),
        updated: builder.add_i64_field(UPDATED, number.clone()),
        body_start: builder.add_u64_field(BODY_START, number.clone()),
        lead_end: builder.add_u64_field(LEAD_END, number.clone()),
        values: NUMERIC.map(|kind| {
            (
                builder.add_u64_field(column(kind), number.clone()),
                builder.add_u64_field(interval_column(kind), number.clone()),
            )
        }),
        dates: (
            builder.add_i64_field(DATES.0, number.clone()),
            builder.add_i64_field(DATES.1, number.clone()),
        ),
        minima: builder.add_u64_field("minima", NumericOptions::default().set_indexed()),
        group: builder.add_u64_field(GROUP, number.clone()),
        copies: builder.add_u64_field("copies", NumericOptions::default().set_indexed()),
        copy_of: builder.add_text_field("copy_of", STORED),
        stored: builder.add_bytes_field("stored", BytesOptions::default().set_stored()),
        // After what is stored, whose numbers the records of older formats have, too.
        keys: Keyed::ALL
            .map(|keyed| builder.add_text_field(keyed.column(), TextOptions::default().set_fast("raw"))),
    };
    (builder.build(), fields)
}

#[cfg(test)]
mod tests {
    #[test]
    fn fields_are_few_enough_to_be_told_in_six_bits() {
        assert!(super::schema().0.fields().count() < 64);
    }
}
