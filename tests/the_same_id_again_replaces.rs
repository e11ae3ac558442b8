//! Ids: the same one again replaces, the same content without one is the same article, deleting takes it out.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Place, index};
use dateline::article::Article;
use dateline::index::{IndexError, Prepared, Reader, Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::search::SearchRequest;

fn count(place: &Place, query: &str) -> u64 {
    place.archive().count(query, &SearchRequest::default()).unwrap()
}

#[test]
fn indexing_the_same_input_twice_changes_no_counts() {
    let place = Place::new();
    let text =
        place.file("plain.txt", b"Some 400 people left Port Hallam by ferry on Monday, the harbour said.\n");
    let lines = place.file(
        "day.jsonl",
        b"{\"id\": \"a\", \"body\": \"The ferry is back.\"}\n{\"body\": \"No id here.\"}\n",
    );
    let (first, _) = index(&place, &[&text, &lines]);
    let counts = |place: &Place| [count(place, "*"), count(place, "ferry"), count(place, "number:400")];
    let before = counts(&place);
    let (second, _) = index(&place, &[&text, &lines]);
    assert_eq!((first.articles, first.replaced), (3, 0));
    assert_eq!((second.articles, second.replaced), (3, 3));
    assert_eq!(counts(&place), before);
    assert_eq!(before, [3, 2, 1]);
}

#[test]
fn of_two_articles_with_one_id_the_later_in_the_input_stands() {
    let lines: Vec<String> = (0..3000)
        .map(|n| format!("{{\"id\": \"same{}\", \"body\": \"Version{n} of the story.\"}}", n % 3))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let place = Place::with(&lines);
    assert_eq!(count(&place, "*"), 3);
    for last in ["version2997", "version2998", "version2999"] {
        assert_eq!(count(&place, last), 1, "{last}");
    }
}

#[test]
fn a_deleted_article_is_gone_and_can_come_back() {
    let line = "{\"id\": \"a\", \"body\": \"The ferry is back.\"}";
    let place = Place::with(&[line, "{\"id\": \"b\", \"body\": \"The ferry left.\"}"]);
    let ran = place.run(&["delete", "a"]);
    assert_eq!((ran.code, ran.err.trim()), (0, "deleted 1 of 1"));
    assert_eq!(count(&place, "ferry"), 1);
    assert!(place.archive().get("a").unwrap().is_none());
    let ran = place.run(&["delete", "a", "b"]);
    assert_eq!(ran.code, 1, "one of them was not there: {ran:?}");
    let again = place.file("again.jsonl", line.as_bytes());
    let (done, _) = index(&place, &[&again]);
    assert_eq!((done.articles, done.replaced), (1, 0));
    assert_eq!(count(&place, "*"), 1);
}

fn prepared(writer: &Writer, id: &str, body: String) -> Prepared {
    let article = Article { id: id.to_owned(), body, ..Article::default() };
    Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap()
}

#[test]
fn an_article_taken_out_and_added_again_before_a_commit_stands() {
    let place = Place::with(&[
        "{\"id\": \"a\", \"body\": \"The ferry is back.\"}",
        "{\"id\": \"b\", \"body\": \"The ferry left.\"}",
    ]);
    for others_first in [true, false] {
        let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
        if others_first {
            writer.upsert(prepared(&writer, "c", "Another one.".to_owned())).unwrap();
        }
        assert!(writer.delete("a").unwrap());
        assert!(!writer.upsert(prepared(&writer, "a", "The ferry is back again.".to_owned())).unwrap());
        writer.finish().unwrap();
        assert_eq!(place.archive().get("a").unwrap().unwrap().article.body, "The ferry is back again.");
        assert_eq!(count(&place, "ferry"), 2);
    }
}

#[test]
fn the_last_of_each_id_stands_while_segments_are_written_beside_those_that_come_in() {
    let place = Place::new();
    // So little that terms are put aside after every few articles, a segment is full after some hundred, and no commit between.
    let options = WriterOptions { memory: 0, ..WriterOptions::default() };
    let mut writer = Writer::open(&place.index(), &options).unwrap();
    let (ids, rounds) = (40, 8);
    for round in 0..rounds {
        for id in 0..ids {
            // Words that no other article has, for they take the room.
            let words: Vec<String> = (0..120).map(|n| format!("w{round}x{id}x{n}")).collect();
            let body = format!("Round{round} of a{id}. {}", words.join(" "));
            writer.upsert(prepared(&writer, &format!("a{id}"), body)).unwrap();
            if id % 7 == 3 {
                writer.delete(&format!("a{}", (id + 20) % ids)).unwrap();
            }
        }
    }
    writer.finish().unwrap();
    let reader = Reader::open(&place.index()).unwrap();
    let written: u64 = reader.segments().iter().map(|segment| segment.articles + segment.deleted).sum();
    assert!(reader.segments().len() > 1, "{written} articles in one segment");
    // What was taken out in the last round came before or after its own article.
    let gone: Vec<u64> = (0..ids).filter(|id| id % 7 == 3).map(|id| (id + 20) % ids).collect();
    let gone_last = |id: u64| gone.contains(&id) && (id + ids - 20) % ids >= id;
    for id in 0..ids {
        let found = place.archive().get(&format!("a{id}")).unwrap();
        if gone_last(id) {
            assert!(found.is_none(), "a{id}");
        } else {
            assert!(found.unwrap().article.body.starts_with(&format!("Round{} ", rounds - 1)), "a{id}");
        }
    }
    let standing = (0..ids).filter(|id| !gone_last(*id)).count() as u64;
    assert_eq!(count(&place, "*"), standing);
    assert_eq!(count(&place, &format!("round{}", rounds - 1)), standing);
    assert_eq!(count(&place, "round1"), 0);
}

#[test]
fn an_id_of_any_length_can_be_replaced_and_shown() {
    let long = "x".repeat(100_000);
    let line = format!("{{\"id\": \"{long}\", \"body\": \"A long id.\"}}");
    let place = Place::with(&[&line, &line]);
    assert_eq!(count(&place, "*"), 1);
    assert_eq!(place.archive().get(&long).unwrap().unwrap().article.id, long);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let place = Place::with(&["{\"id\": \"a\", \"body\": \"One.\"}"]);
    let options = WriterOptions { memory: 15_000_000, ..WriterOptions::default() };
    let first = Writer::open(&place.index(), &options).unwrap();
    assert!(matches!(Writer::open(&place.index(), &options), Err(IndexError::Locked(_))));
    first.finish().unwrap();
    Writer::open(&place.index(), &options).unwrap().finish().unwrap();
}

#[test]
fn an_index_of_another_format_is_refused_with_what_can_read_it() {
    let place = Place::with(&["{\"id\": \"a\", \"body\": \"One.\"}"]);
    let manifest = place.index().join("manifest.json");
    std::fs::write(&manifest, "{\"format\": 99, \"written_by\": \"dateline 9.9.0\"}").unwrap();
    let ran = place.run(&["count", "one"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("format 99") && ran.err.contains("dateline 9.9.0"), "{}", ran.err);
    std::fs::remove_file(&manifest).unwrap();
    let ran = place.run(&["count", "one"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("damaged: manifest.json is missing"), "{}", ran.err);
}

#[test]
fn a_directory_of_other_things_is_left_alone() {
    let place = Place::new();
    std::fs::create_dir(place.index()).unwrap();
    std::fs::write(place.index().join("letters.txt"), "mine").unwrap();
    let day = place.file("day.jsonl", b"{\"id\": \"a\", \"body\": \"One.\"}\n");
    let ran = place.run(&["index", day.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("holds no index"), "{}", ran.err);
    let ran = place.run(&["-i", "nowhere", "count", "one"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no index at nowhere"), "{}", ran.err);
}

#[test]
fn an_article_that_its_agency_takes_back_is_gone() {
    let place = Place::new();
    let sent = place.file(
        "sent.jsonl",
        b"{\"uri\": \"urn:a\", \"pubstatus\": \"usable\", \"headlines\": [{\"value\": \"The ferry is back\"}]}
{\"uri\": \"urn:b\", \"pubstatus\": \"usable\", \"headlines\": [{\"value\": \"The ferry left\"}]}\n",
    );
    let taken_back = place.file("taken-back.json", b"{\"uri\": \"urn:a\", \"pubStatus\": \"canceled\"}");
    let (done, _) = index(&place, &[&sent, &taken_back]);
    assert_eq!((done.articles, done.withdrawn, done.rejected), (2, 1, 0), "in one run");
    assert_eq!(count(&place, "ferry"), 1);
    let (done, _) = index(&place, &[&taken_back]);
    assert_eq!(
        (done.articles, done.withdrawn, done.rejected),
        (0, 0, 0),
        "there is nothing left to take back"
    );
    let all = place.file("all.json", b"{\"uri\": \"urn:b\", \"pubStatus\": \"canceled\"}");
    let (done, _) = index(&place, &[&all]);
    assert_eq!(done.withdrawn, 1, "in a later run");
    assert_eq!(count(&place, "*"), 0);
}
