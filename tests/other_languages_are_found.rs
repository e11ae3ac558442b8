//! Articles of other languages than English: inflections, elided articles, scripts without spaces, names of countries.

#![allow(clippy::unwrap_used, reason = "tests")]

use dateline::ingest::{IngestOptions, ingest};
use dateline::read::Input;
use dateline::search::{Archive, SearchRequest};
use dateline::snippet::SnippetOptions;

/// An id, a language and a text; the title is the id.
type Article = (&'static str, &'static str, &'static str);

struct Place {
    _folder: tempfile::TempDir,
    archive: Archive,
}

fn place(articles: &[Article]) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = articles
        .iter()
        .map(|(id, lang, body)| {
            serde_json::json!({"id": id, "title": id, "lang": lang, "body": body}).to_string()
        })
        .collect();
    let input = Input::reader("day.jsonl", std::io::Cursor::new(lines.join("\n")));
    ingest(folder.path(), &[input], &IngestOptions::default(), &mut ()).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    Place { _folder: folder, archive }
}

/// The ids found, each with the marks of its quotes.
fn found(place: &Place, query: &str) -> Vec<(String, Vec<String>)> {
    let mut request = SearchRequest::default();
    request.page.snippets = SnippetOptions { limit: None, ..SnippetOptions::default() };
    let answer = place.archive.search(query, &request).unwrap();
    let mut hits: Vec<_> = answer
        .page
        .hits
        .into_iter()
        .map(|hit| {
            let body = &hit.article.body;
            let marks = hit.highlights.snippets.iter().flat_map(|snippet| &snippet.marks);
            (hit.article.id.clone(), marks.map(|m| m.span.of(body).to_owned()).collect())
        })
        .collect();
    hits.sort();
    assert_eq!(place.archive.count(query, &SearchRequest::default()).unwrap(), hits.len() as u64, "{query}");
    hits
}

fn ids(place: &Place, query: &str) -> Vec<String> {
    found(place, query).into_iter().map(|(id, _)| id).collect()
}

fn marks(place: &Place, query: &str) -> Vec<String> {
    found(place, query).into_iter().flat_map(|(_, marks)| marks).collect()
}

#[test]
fn a_bare_word_finds_its_inflections_in_articles_of_its_language_alone() {
    let place = place(&[
        ("de1", "de", "Die Brücken am Hafen von Ostrand wurden am Montag gesperrt."),
        ("de2", "de-at", "Eine neue Brücke soll im Sommer fertig sein, sagte der Bürgermeister."),
        ("en1", "en", "The firm Brucken said that its Hafens project was closed."),
        ("sv1", "sv", "Hamnarna stängdes i går, och hamnen i Norvik öppnar inte förrän i maj."),
    ]);
    assert_eq!(ids(&place, "Brücke"), ["de1", "de2"]);
    assert_eq!(marks(&place, "brücke"), ["Brücken", "Brücke"]);
    assert_eq!(ids(&place, "brucken"), ["de1", "de2", "en1"], "the word itself counts everywhere");
    assert_eq!(ids(&place, "\"Brücke\""), ["de2"], "quoted as written");
    assert_eq!(marks(&place, "hamn"), ["Hamnarna", "hamnen"]);
    assert_eq!(ids(&place, "hafen W/3 brücke"), ["de1"]);
    assert_eq!(ids(&place, "ATLEAST2(hamn)"), ["sv1"]);
    assert_eq!(ids(&place, "lang:sv brücke"), Vec::<String>::new());
}

#[test]
fn an_english_index_knows_no_other_forms() {
    let place = place(&[("en1", "en", "The bridges of Port Arden were closed.")]);
    let (with, without) = (
        place.archive.plan("bridge").unwrap(),
        dateline::query::parse("bridge", &dateline::query::Limits::default()),
    );
    assert_eq!(with, dateline::plan::plan(&without.unwrap().query).unwrap());
    assert_eq!(ids(&place, "bridge"), ["en1"]);
}

#[test]
fn explaining_tells_the_forms_of_each_language() {
    let place = place(&[
        ("de1", "de", "Die Sanktionen gegen den Hafen bleiben."),
        ("fr1", "fr", "Les sanctions contre le port restent, la sanction aussi."),
    ]);
    let (plan, cost) = place.archive.explain("sanction").unwrap();
    let told: Vec<_> = plan.rewrites.iter().map(|rewrite| rewrite.to.as_str()).collect();
    assert_eq!(told, ["sanction, sanctions", "French: sanction, sanctions"]);
    assert_eq!(cost.words.len(), 2);
    let (plan, cost) = place.archive.explain("sanktion").unwrap();
    assert_eq!(plan.rewrites.last().unwrap().to, "German: sanktionen");
    assert_eq!(cost.words, [("sanktionen (de)".to_owned(), 1)]);
}

#[test]
fn an_elided_article_is_no_part_of_the_word() {
    let place = place(&[
        ("fr1", "fr", "Le chef de l’État d'Iran a dit qu'il viendrait aujourd'hui."),
        ("it1", "it", "Il governo dell'Iran ha parlato dell’elezione."),
        ("tr1", "tr", "Ankara'da konuşan bakan, İran'ın kararını açıkladı."),
        ("en1", "en", "Tony D'Iran of O'Neill spoke."),
    ]);
    assert_eq!(found(&place, "État"), [("fr1".to_owned(), vec!["État".to_owned()])]);
    assert_eq!(ids(&place, "iran"), ["fr1", "it1", "tr1"]);
    assert_eq!(marks(&place, "iran"), ["Iran", "Iran", "İran"]);
    assert_eq!(marks(&place, "elezioni"), ["elezione"]);
    assert_eq!(ids(&place, "\"chef de l'état\""), ["fr1"]);
    assert_eq!(ids(&place, "\"chef de état\""), ["fr1"], "they share a position");
    assert_eq!(ids(&place, "d'iran"), ["en1", "fr1", "it1"]);
    assert_eq!(ids(&place, "\"d'iran\""), ["en1", "fr1"]);
    assert_eq!(ids(&place, "ankara"), ["tr1"]);
    assert_eq!(ids(&place, "hui"), Vec::<String>::new());
}

#[test]
fn scripts_without_spaces_are_searched_as_phrases() {
    let place = place(&[
        ("ja1", "ja", "東京大学は月曜日に発表した。学生はポストを見た。"),
        ("ja2", "ja", "大学は東京にある。ﾎﾟｽﾄとＮＨＫが伝えた。"),
        ("ko1", "ko", "서울에서 다리가 닫혔다. 시장은 6월에 열린다고 말했다."),
        ("th1", "th", "สะพานในประเทศไทยปิดเมื่อวันจันทร์"),
        ("hi1", "hi", "पुल सोमवार को बंद हुआ। वह जून में खुलेगा।"),
        ("hi2", "hi", "पल भर में बंद।"),
        ("ru1", "ru", "Новый мост закрыт. Воин стоял у мостов."),
        ("ru2", "ru", "Война идёт у моста."),
    ]);
    assert_eq!(found(&place, "東京大学"), [("ja1".to_owned(), vec!["東京大学".to_owned()])]);
    assert_eq!(ids(&place, "東京 大学"), ["ja1", "ja2"]);
    assert_eq!(ids(&place, "東京 W/8 大学"), ["ja1", "ja2"]);
    assert_eq!(ids(&place, "東京 PRE/2 大学"), ["ja1"]);
    assert_eq!(marks(&place, "ポスト"), ["ポスト", "ﾎﾟｽﾄ"]);
    assert_eq!(marks(&place, "nhk"), ["ＮＨＫ"]);
    assert_eq!(marks(&place, "ボスト"), Vec::<String>::new(), "voiced kana are letters of their own");
    assert_eq!(marks(&place, "서울"), ["서울"]);
    assert_eq!(marks(&place, "ประเทศไทย"), ["ประเทศไทย"]);
    assert_eq!(marks(&place, "ไทย"), ["ไทย"]);
    assert_eq!(ids(&place, "पुल"), ["hi1"]);
    assert_eq!(ids(&place, "पुल W/S खुलेगा"), Vec::<String>::new(), "the danda ends a sentence");
    assert_eq!(ids(&place, "мост"), ["ru1", "ru2"]);
    assert_eq!(ids(&place, "война"), ["ru2"]);
}

#[test]
fn countries_are_found_by_their_names_in_any_language() {
    let place = place(&[
        ("de1", "de", "Die Regierung Frankreichs traf sich in der Schweiz."),
        ("fr1", "fr", "Le chef de l'État d'Allemagne est parti pour la Suisse."),
        ("ru1", "ru", "В России и во Франции закрыли мосты."),
        ("ja1", "ja", "ドイツとフランスは橋を閉鎖した。"),
        ("en1", "en", "Germany and France closed their bridges."),
    ]);
    assert_eq!(ids(&place, "country:Frankreich"), ["de1", "en1", "ja1", "ru1"]);
    assert_eq!(ids(&place, "country:France"), ids(&place, "country:フランス"));
    assert_eq!(ids(&place, "country:Allemagne"), ["en1", "fr1", "ja1"]);
    assert_eq!(marks(&place, "lang:de country:Франция"), ["Frankreichs"]);
    assert_eq!(marks(&place, "\"d'{country}\""), Vec::<String>::new());
    assert_eq!(marks(&place, "\"la {country}\""), ["la Suisse"]);
    assert_eq!(marks(&place, "country:CH W/5 country:DE"), ["Allemagne", "Suisse"]);
    let refused = place.archive.search("country:Frankreihc", &SearchRequest::default()).unwrap_err();
    assert!(refused.to_string().contains("did you mean \"France\""), "{refused}");
}

#[test]
fn figures_are_read_as_their_language_writes_them() {
    let place = place(&[
        ("de1", "de", "Rund 1.200 Menschen gingen, 3,5 Millionen Euro fehlen, 12,5 Prozent mehr."),
        ("fr1", "fr", "Quelque 1 200 personnes, 3,5 millions d’euros, soit 12,5 % de plus."),
        ("en1", "en", "Some 1,200 people left; 3.5 million euros, 12.5% more."),
    ]);
    let all = ["de1", "en1", "fr1"];
    assert_eq!(ids(&place, "number:[1200 TO 1200]"), all);
    assert_eq!(ids(&place, "money.EUR:[3.5m TO 3.5m]"), all);
    assert_eq!(ids(&place, "percent:[12.5 TO 12.5]"), all);
    assert_eq!(ids(&place, "number:<100"), Vec::<String>::new());
    assert_eq!(marks(&place, "lang:de money:>1m"), ["3,5 Millionen Euro"]);
}
