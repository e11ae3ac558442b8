// An article with what is mentioned in it, the story it belongs to, and watches.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, ask, found, open, settled, shown, withBrowser } from "./browser.mjs";
import { STORY, pretend } from "./stories.mjs";

withBrowser();

test("the text is the article's, and each mention stands where the server says", async (t) => {
  const { hits } = await ask("/v1/search", { q: "*", n: 100, snippets: 0, group: "none" });
  const page = await open(t, "/");
  for (const { id } of hits.filter((_, at) => at % 8 === 0)) {
    const article = await ask(`/v1/articles/${encodeURIComponent(id)}`);
    await page.goto(`${new URL(page.url()).origin}/?${new URLSearchParams({ article: id })}`);
    await page.locator(".text h1").waitFor();
    assert.equal(await page.locator(".text h1").textContent(), article.title || "Without a headline");
    assert.equal((await page.locator(".body p").allTextContents()).join("\n"), article.body.split("\n").filter((line) => line.trim()).join("\n"));
    const order = (a, b) => (a.field === b.field ? a.start - b.start || b.end - a.end : a.field === "title" ? -1 : 1);
    const texts = article.mentions.sort(order).reduce((kept, mention) => {
      const before = kept[kept.length - 1];
      return before && before.field === mention.field && mention.start < before.end ? kept : [...kept, mention];
    }, []).map((mention) => mention.text);
    assert.deepEqual(await page.locator(".text a.mention").allTextContents(), texts);
  }
});

test("every mention leads to all that mention it", async (t) => {
  const { hits } = await ask("/v1/search", { q: "strike", n: 3 });
  const page = await open(t, `/?${new URLSearchParams({ article: hits[0].id })}`);
  const links = await page.locator(".text a.mention").evaluateAll((all) => all.map((link) => new URL(link.href).searchParams.get("q")));
  assert.ok(links.length > 5);
  for (const q of new Set(links)) {
    const answer = await ask("/v1/count", { q: `(${q}) id:"${hits[0].id}"` });
    assert.equal(answer.count, 1, `${q} finds the article itself: ${JSON.stringify(answer)}`);
  }
});

test("what matched the search is painted over the article it was opened from", async (t) => {
  const q = "country:GB OR strike OR “ünï”";
  const { hits } = await ask("/v1/search", { q, n: 3, snippets: "all" });
  for (const hit of hits) {
    const page = await open(t, `/?${new URLSearchParams({ q, article: hit.id })}`);
    await page.getByRole("button", { name: /match/ }).waitFor();
    const painted = await page.evaluate(() => [...CSS.highlights.get("matched")].map(String));
    assert.deepEqual(painted, [...hit.title_marks, ...hit.snippets.flatMap((snippet) => snippet.marks)].map((mark) => mark.text));
    await page.getByRole("button", { name: /match/ }).click();
    assert.equal(await page.evaluate(() => String(getSelection())), painted[0]);
  }
});

test("tints are taken away by kind", async (t) => {
  const { hits } = await ask("/v1/search", { q: "strike country:*", n: 1 });
  const page = await open(t, `/?${new URLSearchParams({ article: hits[0].id })}`);
  const tint = () => page.locator(".body .mention.country").first().evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.notEqual(await tint(), "rgba(0, 0, 0, 0)");
  await page.getByRole("checkbox", { name: "countries" }).uncheck();
  assert.equal(await tint(), "rgba(0, 0, 0, 0)");
});

test("an article that is not there is said not to be", async (t) => {
  const page = await open(t, "/?q=strike&article=nobody", { status: [404] });
  assert.match(await page.locator("main").textContent(), /no article with this id/);
  await page.getByRole("link", { name: "Back to the search" }).click();
  assert.ok(await found(page) > 0);
});

test("a story is folded, opened, and its figures stand side by side", async (t) => {
  const page = await open(t, "/");
  await pretend(page);
  await page.goto(`${new URL(page.url()).origin}/?q=ferry`);
  await page.locator(".folded summary").click();
  assert.match(await page.locator(".folded summary").textContent(), /2 more from 3 outlets/);
  await page.getByRole("link", { name: /figures side by side/ }).click();
  await page.locator(".side-by-side").waitFor();
  assert.equal(shown(page).story, STORY);
  assert.deepEqual(await page.locator(".told > li > a").allTextContents(), ["Fire on the ferry off Puerto Alma", "At least twelve dead on burning ferry", "Ferry fire: toll put at 14"]);
  assert.deepEqual(await page.locator(".said mark").allTextContents(), ["ten", "At least twelve", "14", "between 230 and 260"]);
  assert.deepEqual(await page.locator(".said .read").allTextContents(), ["10 people", "at least 12 people", "14 people", "230–260 people"]);
  await page.locator(".told > li > a").first().click();
  await page.locator(".related .hit").waitFor();
  await page.getByRole("link", { name: "Its story" }).click();
  await page.locator(".side-by-side").waitFor();
});

test("a story of the archive is shown as the server tells it", async (t) => {
  const told = await ask("/v1/stories/dbd-6120");
  const { rows } = await ask("/v1/stories/dbd-6120/figures");
  assert.ok(told.total >= 2 && rows.length > 0);
  const page = await open(t, "/?article=dbd-6120");
  await page.getByRole("link", { name: "Its story" }).click();
  await page.locator(".side-by-side").waitFor();
  assert.equal(shown(page).story, told.story);
  const titles = told.articles.map(({ title }) => title || "Without a headline");
  assert.deepEqual(await page.locator(".told > li > a").allTextContents(), titles);
  const figures = rows.flatMap((row) => row.figures.map(({ text }) => text)).sort();
  assert.deepEqual((await page.locator(".said mark").allTextContents()).sort(), figures);
});

test("a watch of the archive is kept and removed", async (t) => {
  const page = await open(t, "/?q=strike", { status: [401] });
  await page.locator("#watches").click();
  await page.fill("#watch-name", "strikes-kept");
  await page.fill("#watch-query", "strike");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator("dialog[open]").waitFor();
  await page.locator("dialog[open] input").fill(KEY);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "strikes-kept" }).waitFor();
  assert.deepEqual((await ask("/v1/watches")).watches, [{ name: "strikes-kept", query: "strike" }]);
  await page.getByRole("button", { name: /strikes-kept/ }).click();
  await page.getByRole("link", { name: "strikes-kept" }).waitFor({ state: "detached" });
  assert.deepEqual((await ask("/v1/watches")).watches, []);
});

test("watches are kept and removed with the key, which is asked for once and stored nowhere", async (t) => {
  const page = await open(t, "/", { status: [401] });
  await pretend(page);
  await page.goto(`${new URL(page.url()).origin}/?q=strike`);
  await found(page).catch(() => {});
  await page.locator("#watches").click();
  await page.getByRole("link", { name: "quakes" }).waitFor();
  await page.fill("#watch-name", "strikes");
  await page.fill("#watch-query", "strike");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator("dialog[open]").waitFor();
  await page.fill("#key", KEY);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "strikes" }).waitFor();
  await page.getByRole("button", { name: "Remove quakes" }).click();
  await page.getByRole("link", { name: "quakes" }).waitFor({ state: "detached" });
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.equal(await page.evaluate((key) => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href]).includes(key), KEY), false);
  await settled(page);
});
