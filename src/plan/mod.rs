//! From a syntax tree to a plan: names bound to fields, words to terms, with what the rewriting did on record.
//!
//! [`plan`] walks the tree of [`crate::query`] ([`bind`]), and gives a [`Plan`] of [`node`]s or the errors of the query, all at
//! once. [`phrase`] says when words stand in a row, for everyone who has to decide it. A plan knows no
//! engine: it can be serialised and answered elsewhere.

mod bind;
pub mod node;
pub mod phrase;
mod refuse;

pub use bind::{Plan, PlanOptions, plan, plan_with};
pub use node::{
    Element, EntityName, ExactField, ExistsField, Glob, GlobPart, Leaf, Node, Pattern, QuantityTest, Scope,
    TimeField, UnitTest, ValueRange,
};
