//! From a syntax tree to a plan: names bound to fields, words to terms, with what the rewriting did on record.
//!
//! [`plan`] walks the tree of [`crate::query`] ([`bind`]): words and phrases become rows of terms and slots
//! ([`words`]), names and values tests of mentions ([`mention`]), operands of the proximity operators places
//! ([`places`]). It gives a [`Plan`] of [`Node`]s ([`node`], [`pattern`], [`mention_test`]) with the [`rewrite`]s that
//! were applied, or the errors of the query, all at once.
//!
//! What the parts mean is said once, for everyone who has to decide it: [`phrase`] and [`row`] when things stand in a
//! row, [`near`] when they stand near each other, [`shape`] what comes of operators within operators. A plan knows no
//! engine: it can be serialised and answered elsewhere.

mod bind;
mod describe;
mod mention;
mod mention_test;
pub mod near;
mod node;
mod pairs;
mod pattern;
pub mod phrase;
mod places;
mod refuse;
mod rewrite;
pub mod row;
pub mod shape;
mod words;

pub use bind::{Plan, PlanOptions, plan, plan_with};
pub use mention_test::{DateTest, EntityName, MentionTest, QuantityTest, UnitTest, ValueRange};
pub use node::{ExactField, ExistsField, Leaf, Nearness, Node, Places, TimeField};
pub use pattern::{Element, Glob, GlobPart, Part, Pattern, Scope, Slot};
pub use rewrite::{Rewrite, Rule};
