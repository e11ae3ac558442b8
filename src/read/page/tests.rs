//! What a page says about itself in several places, and what is made of it.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::article::Origin;

fn read(page: &str) -> RawArticle {
    let mut article = RawArticle::at(Origin { file: "p.html".into(), record: 1, offset: 0 });
    fill(&mut article, page).unwrap();
    article
}

fn head(inside: &str) -> RawArticle {
    read(&format!("<html><head>{inside}</head><body><h1>A bridge closed</h1><p>Text.</p></body></html>"))
}

fn linked(json: &str) -> RawArticle {
    head(&format!("<script type=\"application/ld+json\">{json}</script>"))
}

const STORY: &str = "<p>The old bridge over the Kessel closed on Monday after a crack was found, the town said. Some 4,000 cars cross it each day.</p>
<p>Repairs will take until May and cost 2.1 million euros, according to the engineer in charge, Orla Venn.</p>
<p>Buses take the road by the mill meanwhile. Walkers may still cross, but only on the eastern side of the bridge.</p>";

#[test]
fn json_ld_goes_before_meta_elements_and_these_before_the_page() {
    let all = "<title>Three | Post</title><meta property=og:title content=Two>
        <meta property=article:published_time content=2024-01-02>
        <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"One\", \"datePublished\": \"2024-01-01\"}</script>";
    let article = head(all);
    assert_eq!((article.title.as_str(), article.published.as_deref()), ("One", Some("2024-01-01")));
    let article = head(all.split("<script").next().unwrap());
    assert_eq!((article.title.as_str(), article.published.as_deref()), ("Two", Some("2024-01-02")));
    let article = head("<title>A bridge closed | Post</title>");
    assert_eq!(article.title, "A bridge closed");
}

#[test]
fn the_article_is_found_among_all_that_json_ld_describes() {
    let article = linked(
        r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "Harbour Post"},
            {"@type": "Person", "@id": "#ann", "name": "Ann &amp; Co"},
            {"@type": "WebPage", "name": "Page", "datePublished": "2020-01-01"},
            {"@type": ["NewsArticle"], "headline": "A bridge closed", "author": [{"@id": "#ann"}, "B. Roe"],
             "publisher": {"@id": "#org"}, "datePublished": "2024-03-04", "dateModified": "2024-03-05",
             "articleSection": ["Town", "News"], "mainEntityOfPage": {"@id": "https://a.example/2024/bridge"}}]}"##,
    );
    assert_eq!(article.title, "A bridge closed");
    assert_eq!(article.byline.as_deref(), Some("Ann & Co, B. Roe"));
    assert_eq!(article.source.as_deref(), Some("Harbour Post"));
    assert_eq!(article.published.as_deref(), Some("2024-03-04"));
    assert_eq!(article.updated.as_deref(), Some("2024-03-05"));
    assert_eq!(article.section.as_deref(), Some("Town"));
    assert_eq!(article.url.as_deref(), Some("https://a.example/2024/bridge"));
}

#[test]
fn json_ld_with_line_ends_in_its_strings_is_read_and_broken_json_ld_is_left() {
    assert_eq!(linked("{\"@type\": \"Article\", \"headline\": \"A\nbridge\"}").title, "A bridge");
    assert_eq!(linked("{\"@type\": \"Article\", \"headline\": \"A").title, "A bridge closed");
}

#[test]
fn addresses_and_the_outlet_are_no_authors_where_there_are_others() {
    let metas = "<meta property=og:site_name content='Harbour Post'><meta name=author content='Harbour Post'>
        <meta property=article:author content='https://social.example/ann'><meta name=byl content='By Ann Lee'>";
    assert_eq!(head(metas).byline.as_deref(), Some("Ann Lee"));
    let alone =
        "<meta property=og:site_name content='Harbour Post'><meta name=author content='Harbour Post'>";
    assert_eq!(head(alone).byline.as_deref(), Some("Harbour Post"));
}

#[test]
fn a_date_that_is_none_makes_way_for_the_next() {
    let metas = "<meta name=pubdate content='yesterday'><meta name=date content='4 March 2024'>";
    assert_eq!(head(metas).published.as_deref(), Some("4 March 2024"));
}

#[test]
fn the_address_is_that_of_the_article_and_not_of_the_site() {
    let links =
        "<link rel=canonical href='https://a.example/'><meta property=og:url content='https://a.example/b'>";
    let article = head(links);
    assert_eq!(article.url.as_deref(), Some("https://a.example/b"));
    assert_eq!(article.source.as_deref(), Some("a.example"));
}

#[test]
fn what_surrounds_the_story_is_not_read() {
    let page = format!(
        "<html><title>Bridge over the Kessel closed | Post</title><body><nav><a href=/>Home</a></nav><article>
        <p>Town</p><h1>Bridge over the Kessel closed</h1>{STORY}<p>Read more: <a href=/a>Ferries late again</a></p>
        <p><a href=/b>Why the mill road floods every spring, and what to do about it</a></p>
        <p>Sign up for our letter, every morning at six.</p><h3>Most popular</h3></article></body></html>"
    );
    let paragraphs: Vec<String> = read(&page).body.split("\n\n").map(str::to_owned).collect();
    assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
    assert!(paragraphs[0].starts_with("The old bridge") && paragraphs[2].ends_with("of the bridge."));
}

#[test]
fn a_brief_keeps_its_words_and_paragraphs_apart() {
    let page = "<html><title>Bridge closed</title><body><article><h1>Bridge closed</h1>
        <p>The old bridge closed on Monday.</p><p>It opens in May.</p></article><footer><p>Terms</p></footer></body></html>";
    assert_eq!(read(page).body, "The old bridge closed on Monday.\n\nIt opens in May.");
}

#[test]
fn a_page_that_shows_too_little_is_read_from_its_json_ld() {
    let story = "The bridge closed on Monday, and some 4,000 cars now take the road by the mill. ".repeat(20);
    let json = format!("{{\"@type\": \"NewsArticle\", \"headline\": \"H\", \"articleBody\": \"{story}\"}}");
    assert_eq!(linked(&json).body, story.trim());
    // Where the page shows another story, the page is right.
    let other = format!("<script type='application/ld+json'>{json}</script><article>{STORY}</article>");
    assert!(read(&other).body.starts_with("The old bridge"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_read_or_refused(page in "(<(div|p|b|a href=x|table|td|script type='application/ld\\+json'|title|h1|/div|/p|/b|/table|/script)>|[a-z ]{1,9}|\\{\"@type\": \"Article\"\\}|&#x[0-9a-f]{1,6};){0,60}") {
        let mut article = RawArticle::at(Origin { file: "p.html".into(), record: 1, offset: 0 });
        let _ = fill(&mut article, &page);
    }
}
