//! What to count by, as people write it: `person`, `person+country`, `day`, `money.USD`.

use crate::article::{Kind, Span};
use crate::backend::{By, Facet};
use crate::plan::{self, Leaf, MentionTest, QuantityTest, UnitTest};
use crate::query::{self, Diagnostic, Limits, Severity};
use crate::search::SearchError;
use crate::text::edits;

/// The kinds that are summed up.
const NUMERIC: [Kind; 4] = [Kind::Number, Kind::Money, Kind::Percent, Kind::Quantity];

/// Reads what to count by: a facet (`person`, `day`), two of them that stand in one article (`person+country`, `person+person`), or the
/// quantities of a kind, with a unit as in queries (`number`, `percent`, `money.USD`, `quantity.km`, `number.exact`).
///
/// ```
/// use dateline::backend::{By, Facet};
/// use dateline::facets::by;
/// assert_eq!(by("person+country").unwrap(), By::Pair(Facet::Person, Facet::Country));
/// assert!(matches!(by("money.USD").unwrap(), By::Quantity(_)));
/// assert!(by("persn").unwrap_err().to_string().contains("did you mean \"person\"?"));
/// ```
///
/// # Errors
/// [`SearchError::Query`] with the place in `text`.
pub fn by(text: &str) -> Result<By, SearchError> {
    let named = |name: &str| Facet::ALL.into_iter().find(|facet| name.eq_ignore_ascii_case(facet.name()));
    let Some((one, other)) = text.split_once('+') else {
        return match named(text) {
            Some(facet) => Ok(By::One(facet)),
            None if is_numeric(text) => quantity(text).map(By::Quantity),
            None => Err(refused(text, Span::new(0, text.len()))),
        };
    };
    let spans = [Span::new(0, one.len()), Span::new(one.len() + 1, text.len())];
    match (named(one), named(other)) {
        (Some(one), Some(other)) => Ok(By::Pair(one, other)),
        (None, _) => Err(refused(one, spans[0])),
        (_, None) => Err(refused(other, spans[1])),
    }
}

/// Whether the first part of a name is that of a kind of quantity, and all of it may be a field.
fn is_numeric(text: &str) -> bool {
    let kind = text.split('.').next().unwrap_or_default();
    let sign = |c: char| c.is_alphanumeric() || "._-%/$€£¥°²³'".contains(c);
    NUMERIC.iter().any(|known| kind.eq_ignore_ascii_case(known.name())) && text.chars().all(sign)
}

/// The quantities that a field of the query language names.
fn quantity(field: &str) -> Result<QuantityTest, SearchError> {
    let query = query::parse(&format!("{field}:*"), &Limits::default()).map_err(SearchError::Query)?;
    let plan = plan::plan(&query.query).map_err(SearchError::Query)?;
    match plan.root.leaves().first() {
        Some(Leaf::Mention(MentionTest::Quantity(test))) => Ok(test.clone()),
        Some(Leaf::Mention(MentionTest::Any(kind))) => {
            Ok(QuantityTest { kind: *kind, unit: UnitTest::Any, range: None, exact: false })
        }
        _ => Err(refused(field, Span::new(0, field.len()))),
    }
}

fn refused(name: &str, span: Span) -> SearchError {
    let known = || Facet::ALL.into_iter().map(Facet::name).chain(NUMERIC.into_iter().map(Kind::name));
    let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    let near = known().filter_map(|known| Some((edits(&name.to_lowercase(), known, 2)?, known))).min();
    let near = near.filter(|_| name.len() > 2).map(|(_, near)| format!("; did you mean \"{near}\"?"));
    let message = if is_numeric(name) {
        format!("{shown} is summed up by itself, not in pairs")
    } else {
        format!("articles are not counted by \"{shown}\"{}", near.unwrap_or_default())
    };
    let facets: Vec<&str> = known().collect();
    let help = format!("{}; two in one article: person+country; with a unit: money.USD", facets.join(", "));
    SearchError::Query(vec![Diagnostic {
        severity: Severity::Error,
        code: "unknown_facet",
        message,
        span,
        help: Some(help),
    }])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::text::Calendar;

    fn said(text: &str) -> String {
        let Err(SearchError::Query(errors)) = by(text) else { panic!("{text} is read") };
        errors.iter().map(|error| error.render(text)).collect()
    }

    #[test]
    fn facets_pairs_and_quantities_are_told_apart() {
        assert_eq!(by("Person").unwrap(), By::One(Facet::Person));
        assert_eq!(by("week").unwrap(), By::One(Facet::Published(Calendar::Week)));
        assert_eq!(by("person+person").unwrap(), By::Pair(Facet::Person, Facet::Person));
        let test = |kind, unit, exact| By::Quantity(QuantityTest { kind, unit, range: None, exact });
        let is = |unit: &str| UnitTest::Is(unit.to_owned());
        assert_eq!(by("number").unwrap(), test(Kind::Number, UnitTest::Any, false));
        assert_eq!(by("number.exact").unwrap(), test(Kind::Number, UnitTest::Any, true));
        assert_eq!(by("money.usd").unwrap(), test(Kind::Money, is("USD"), false));
        assert_eq!(by("quantity.km").unwrap(), test(Kind::Quantity, is("kilometre"), false));
    }

    #[test]
    fn what_cannot_be_counted_by_is_named_with_what_can() {
        insta::assert_snapshot!(said("person+contry"), @r#"
        error[unknown_facet]: articles are not counted by "contry"; did you mean "country"?
          person+contry
                 ^^^^^^
          help: person, country, org, place, source, lang, section, agency, day, week, month, year, number, money, percent, quantity; two in one article: person+country; with a unit: money.USD
        "#);
        insta::assert_snapshot!(said("money.usx"), @r#"
        error[unknown_currency]: "usx" is not an ISO 4217 currency; did you mean "UGX"?
          money.usx
          ^^^^^^^^^
        "#);
        insta::assert_snapshot!(said("person+money"), @r#"
        error[unknown_facet]: money is summed up by itself, not in pairs
          person+money
                 ^^^^^
          help: person, country, org, place, source, lang, section, agency, day, week, month, year, number, money, percent, quantity; two in one article: person+country; with a unit: money.USD
        "#);
        insta::assert_snapshot!(said("money:* OR a"), @r#"
        error[unknown_facet]: articles are not counted by "money:* OR a"
          money:* OR a
          ^^^^^^^^^^^^
          help: person, country, org, place, source, lang, section, agency, day, week, month, year, number, money, percent, quantity; two in one article: person+country; with a unit: money.USD
        "#);
        insta::assert_snapshot!(said(""), @r#"
        error[unknown_facet]: articles are not counted by ""
          help: person, country, org, place, source, lang, section, agency, day, week, month, year, number, money, percent, quantity; two in one article: person+country; with a unit: money.USD
        "#);
    }
}
