//! A plan without the forms of words that no article has, for those who are shown what is looked for.

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::list::Form;
use super::lower::word_field;
use crate::backend::BackendError;
use crate::plan::{Element, Leaf, Node, Part, Pattern, Places};

/// Those of `forms` that some segment holds in a field, in their order.
pub(super) fn held(searcher: &Searcher, field: Field, forms: &[String]) -> Result<Vec<String>, BackendError> {
    let mut held = Vec::with_capacity(forms.len());
    for form in forms {
        if searcher.doc_freq(&Term::from_field_text(field, form))? > 0 {
            held.push(form.clone());
        }
    }
    Ok(held)
}

/// Those of `forms` that some segment holds in a field, in their order.
pub(super) fn held_forms(
    searcher: &Searcher,
    field: Field,
    forms: &[Form],
) -> Result<Vec<Form>, BackendError> {
    let mut held = Vec::with_capacity(forms.len());
    for form in forms {
        if searcher.doc_freq(&Term::from_field_text(field, &form.term))? > 0 {
            held.push(form.clone());
        }
    }
    Ok(held)
}

/// The same plan, of each word's forms those that the index holds; the first where it holds none.
pub(super) fn without_absent_forms(searcher: &Searcher, node: &Node) -> Result<Node, BackendError> {
    let of = |node: &Node| without_absent_forms(searcher, node);
    let all_of = |nodes: &[Node]| nodes.iter().map(of).collect::<Result<Vec<_>, _>>();
    Ok(match node {
        Node::All => Node::All,
        Node::Nothing => Node::Nothing,
        Node::And { all, none } => Node::And { all: all_of(all)?, none: all_of(none)? },
        Node::Or(children) => Node::Or(all_of(children)?),
        Node::Boost { child, by } => Node::Boost { child: Box::new(of(child)?), by: *by },
        Node::Leaf(leaf) => Node::Leaf(match leaf {
            Leaf::Words(row) => Leaf::Words(in_row(searcher, row)?),
            Leaf::Near(places) => Leaf::Near(in_places(searcher, places)?),
            Leaf::AtLeast { n, of } => Leaf::AtLeast { n: *n, of: in_places(searcher, of)? },
            other => other.clone(),
        }),
    })
}

fn in_places(searcher: &Searcher, places: &Places) -> Result<Places, BackendError> {
    let of = |places: &Places| in_places(searcher, places);
    Ok(match places {
        Places::Row(row) => Places::Row(in_row(searcher, row)?),
        Places::Or(children) => Places::Or(children.iter().map(of).collect::<Result<_, _>>()?),
        Places::Near { op, left, right } => {
            Places::Near { op: *op, left: Box::new(of(left)?), right: Box::new(of(right)?) }
        }
    })
}

fn in_row(searcher: &Searcher, row: &Pattern) -> Result<Pattern, BackendError> {
    let mut row = row.clone();
    let field = word_field(row.scope);
    for part in &mut row.parts {
        if let Part::Word(Element::Terms(forms) | Element::Forms { terms: forms, .. }) = part {
            match held(searcher, field, forms)? {
                there if there.is_empty() => forms.truncate(1),
                there => *forms = there,
            }
        }
    }
    Ok(row)
}
