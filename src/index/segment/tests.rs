//! However often terms have to be set aside on the way, the same articles make the same segment, byte by byte.

use tantivy::Index;
use tantivy::directory::Directory as _;
use tantivy::index::SegmentComponent;

use super::{Builder, Tally};
use crate::article::Article;
use crate::index::writer::SCHEMA;
use crate::index::{Prepared, analyse};
use crate::text::token_list;

fn prepared(n: usize) -> Prepared {
    // Words that each article has, words that a few have, and words that no other has.
    let words: Vec<String> = (0..40).map(|k| format!("w{n}x{k} v{}x{k}", n % 20)).collect();
    let body = format!("Jane Doe{} of Iran said {n} ferries left Port Hallam. {}", n % 7, words.join(" "));
    let article = Article { id: format!("a{n}"), title: format!("Ferries {n}"), body, ..Article::default() };
    let analysed = analyse(&article, &token_list(&article.title), &token_list(&article.body), &[]);
    Prepared::new(&article, &[], analysed).unwrap()
}

/// The files of a segment whose terms may take so many bytes of memory, and how many runs it was made of.
fn written(room: usize) -> (Vec<(SegmentComponent, Vec<u8>)>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create_in_ram(SCHEMA.0.clone());
    let segment = index.new_segment();
    let mut builder = Builder::new(segment.clone(), folder.path().to_owned(), room).unwrap();
    let mut tally = Tally::default();
    for n in 0..150 {
        builder.add(&prepared(n).entry, &mut tally).unwrap();
    }
    let runs = builder.runs.len() + usize::from(builder.sorting.is_some());
    let meta = builder.write().unwrap();
    let kinds = [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    let bytes = kinds.map(|kind| {
        let path = meta.relative_path(kind.clone());
        let file = index.directory().open_read(&path).unwrap();
        (kind, file.read_bytes().unwrap().to_vec())
    });
    (bytes.to_vec(), runs)
}

#[test]
fn terms_that_were_set_aside_and_merged_are_those_that_never_left_memory() {
    let ((much, none), (little, some)) = (written(200_000_000), written(100_000));
    assert!(none == 0 && some > 3, "{none} and {some} runs");
    for ((kind, one), (_, other)) in much.into_iter().zip(little) {
        assert!(one == other, "the files of {kind:?} differ: {} and {} bytes", one.len(), other.len());
    }
}
