"""The client against a server of the sample corpus, whose address and key are in the environment.

    DATELINE_ADDRESS=http://127.0.0.1:7311 DATELINE_API_KEY=... python3 clients/python/test_client.py
"""

import os
import typing
import unittest

import dateline_client
from dateline_client import Article, Client, DatelineError, Hit

ADDRESS = os.environ.get("DATELINE_ADDRESS", "http://127.0.0.1:7311")
KEY = os.environ.get("DATELINE_API_KEY")


class TheClient(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Client(ADDRESS, key=KEY)

    def refused(self, call: typing.Callable[[], object]) -> DatelineError:
        with self.assertRaises(DatelineError) as refused:
            call()
        return refused.exception

    def test_a_search_gives_hits_with_the_sentence_that_says_it(self) -> None:
        answer = self.client.search("number:[100 TO 500]", n=1, sort="-published", group="none")
        self.assertEqual(len(answer["hits"]), 1)
        hit = answer["hits"][0]
        snippet = hit["snippets"][0]
        self.assertIn("number", {mark.get("kind") for mark in snippet["marks"]})
        self.assertGreaterEqual(answer["total"] or 0, 1)
        # Offsets are bytes of the article's text.
        body = self.client.article(hit["id"])["body"].encode()
        self.assertEqual(body[snippet["start"] : snippet["end"]].decode(), snippet["text"])

    def test_pages_and_a_stream_give_every_hit_once(self) -> None:
        paged: typing.List[Hit] = list(self.client.search_all("*", n=7, snippets="0", group="none"))
        streamed: typing.List[Hit] = list(self.client.search_stream("*", snippets="0", group="none"))
        ids = [hit["id"] for hit in paged]
        self.assertEqual(len(ids), self.client.count("*")["count"])
        self.assertEqual(len(set(ids)), len(ids))
        self.assertEqual(sorted(ids), sorted(hit["id"] for hit in streamed))
        # One who has seen enough goes away.
        some = self.client.search_stream("*")
        self.assertIn("id", next(some))
        typing.cast(typing.Generator[Hit, None, None], some).close()

    def test_other_formats_are_texts(self) -> None:
        rows: str = self.client.search("ferry", format="csv")
        self.assertTrue(rows.startswith("id,published,source,title,url,score,snippet\n"))
        self.assertTrue(self.client.timeline("ferry", format="svg").startswith("<svg"))
        self.assertIn("dateline_articles", self.client.metrics())

    def test_an_article_has_its_mentions(self) -> None:
        found = self.client.search("country:iran number:[100 TO 500]", n=1)["hits"][0]
        article: Article = self.client.article(found["id"], mentions=True, cleaning=True)
        self.assertIn("country", {mention["kind"] for mention in article["mentions"]})
        self.assertIn("cleaning", article)
        for mention in article["mentions"]:
            text = article["title" if mention["field"] == "title" else "body"].encode()
            self.assertEqual(text[mention["start"] : mention["end"]].decode(), mention["text"])
        self.assertNotIn("mentions", self.client.article(found["id"], mentions=False))

    def test_counts_by_value_and_by_time(self) -> None:
        facets = self.client.facets("ferry", by="country,person+country,money.USD", n=3, sort="unusual")
        self.assertEqual([facet["by"] for facet in facets["facets"]], ["country", "person+country", "money.USD"])
        self.assertEqual(facets["facets"][0]["values"][0]["value"], ["PH"])
        filled = self.client.facets('"{country} {number}"', captures=True)["captures"]
        self.assertEqual([slot["name"] for slot in filled["slots"]], ["country", "number"])
        timeline = self.client.timeline("ferry", by="year")
        counted = sum(stretch["articles"] for stretch in timeline["stretches"]) + timeline["undated"]
        self.assertEqual(counted, timeline["articles"])
        self.assertEqual(timeline["articles"], self.client.count("ferry")["count"])

    def test_a_story_has_its_articles_figures_and_reasons(self) -> None:
        stories = {hit["story"] for hit in self.client.search_all("*", group="none") if "story" in hit}
        self.assertTrue(stories, "an article has a story")
        for story in sorted(stories)[:8]:
            told = self.client.story(story)
            self.assertEqual(told["story"], story)
            figures = self.client.story_figures(story)
            for row in figures["rows"]:
                for figure in row["figures"]:
                    self.assertIn(figure["text"], figure["quote"]["text"])
            self.assertEqual(len(self.client.story_why(story)), told["total"])
            self.assertIsInstance(self.client.article_related(told["articles"][0]["id"], n=3)["hits"], list)

    def test_what_a_query_may_go_on_with_and_how_it_is_read(self) -> None:
        suggestion = self.client.complete(prefix="phil", kind="country")["suggestions"][0]
        self.assertEqual(suggestion["query"], "country:PH")
        explained = self.client.explain("ferry country:iran")
        self.assertEqual([rewrite["to"] for rewrite in explained["rewrites"]][-1], "Iran")

    def test_an_article_is_put_in_found_and_taken_out(self) -> None:
        name = "of/this test?#1"
        put = self.client.post_articles({"id": name, "title": "Zeppelinfähre", "body": "Some 400 Italians cheered.", "desk": 7})
        self.assertEqual(put["ids"], [name])
        self.assertEqual(self.client.count("zeppelinfähre country:italy")["count"], 1)
        self.assertEqual(self.client.article(name)["title"], "Zeppelinfähre")
        self.assertTrue(self.client.delete_article(name)["deleted"])
        self.assertEqual(self.refused(lambda: self.client.article(name)).code, "no_article")
        lines = self.client.post_articles_lines('{"id": "l1", "title": "One"}\n{"title": "cut sho\n')
        self.assertEqual((lines["articles"], len(lines["rejected"])), (1, 1))
        self.assertTrue(self.client.delete_article("l1")["deleted"])

    def test_a_watch_is_put_and_taken_out(self) -> None:
        self.assertEqual(self.client.put_watch("of-this-test", {"query": "country:iran"})["query"], "country:iran")
        self.assertIn("of-this-test", [watch["name"] for watch in self.client.watches()["watches"]])
        self.assertEqual(self.client.watch("of-this-test")["name"], "of-this-test")
        self.assertTrue(self.client.delete_watch("of-this-test")["deleted"])

    def test_an_error_says_what_where_and_what_to_do(self) -> None:
        error = self.refused(lambda: self.client.search("number:[100 TO abc]"))
        self.assertEqual((error.status, error.code, error.span), (400, "bad_range", (15, 18)))
        self.assertIn("number:", error.help or "")
        self.assertIsNotNone(error.request_id)
        self.assertIn("abc", str(error))
        several = self.refused(lambda: self.client.count("numbr:400 (money:lots"))
        self.assertEqual(len(several.errors), 3)
        parameter = self.refused(lambda: self.client.search("ferry", n=1001))
        self.assertEqual((parameter.code, parameter.parameter), ("bad_parameter", "n"))
        self.assertEqual(self.refused(lambda: next(self.client.search_stream("numbr:1"))).code, "unknown_field")

    def test_a_key_is_needed_to_write_and_goes_nowhere_else(self) -> None:
        without = Client(ADDRESS)
        self.assertEqual(self.refused(lambda: without.delete_article("hp-22-0503")).status, 401)
        other = Client(ADDRESS, key="another-key-0123456789")
        self.assertEqual(self.refused(lambda: other.post_articles({"title": "a"})).code, "unauthorized")
        for address in ("file:///etc/passwd", "127.0.0.1:7311", ""):
            self.assertRaises(ValueError, Client, address)
        for name in ("", ".", ".."):
            self.assertRaises(ValueError, self.client.article, name)

    def test_every_name_is_there(self) -> None:
        for name in dateline_client.__all__:
            self.assertTrue(hasattr(dateline_client, name), name)
        self.assertTrue(self.client.docs().startswith("<!"))
        self.assertEqual(self.client.healthz()["status"], "alive")
        self.assertEqual(self.client.readyz()["status"], "ready")
        self.assertEqual(self.client.openapi_json()["info"]["title"], "dateline")


if __name__ == "__main__":
    unittest.main()
