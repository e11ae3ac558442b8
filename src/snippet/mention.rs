//! Whether a mention passes a test.

use crate::article::{Kind, Mention, Reading, place};
use crate::plan::{EntityName, MentionTest, QuantityTest, UnitTest};

/// Whether a mention passes.
pub(super) fn passes(mention: &Mention, test: &MentionTest) -> bool {
    mention.kind == test.kind()
        && match test {
            MentionTest::Any(_) => true,
            MentionTest::Entity { name, .. } => has_name(mention, name),
            MentionTest::Quantity(test) => has_quantity(mention, test),
            MentionTest::Date(test) => mention.period().is_some_and(|period| test.matches(period)),
        }
}

fn has_name(mention: &Mention, name: &EntityName) -> bool {
    let Reading::Entity(key) = &mention.reading else { return false };
    match name {
        EntityName::Key(wanted) => key == wanted,
        EntityName::Part(wanted) if mention.kind == Kind::Place => {
            place::parts(key).any(|part| part.concat() == *wanted)
        }
        EntityName::Part(wanted) => key.split(' ').any(|part| part == wanted),
    }
}

fn has_quantity(mention: &Mention, test: &QuantityTest) -> bool {
    let Some(quantity) = mention.quantity() else { return false };
    let unit = match &test.unit {
        UnitTest::Any => true,
        UnitTest::Counted => mention.kind == Kind::Number && quantity.unit.is_some(),
        UnitTest::Is(unit) => quantity.unit.as_deref() == Some(unit),
    };
    unit && test.codes().matches_quantity(quantity)
}
