// Articles come from strangers: whatever they hold is shown as text, and nothing of it runs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KEY, URL_OF_SERVER, found, open, settled, withBrowser } from "./browser.mjs";

withBrowser();

const RUNS = "window.ran=1";
const ATTACKS = [
  `<script>${RUNS}</script>`, `<img src=x onerror="${RUNS}">`, `"><svg/onload=${RUNS}>`, `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `</title><script>${RUNS}</script>`, `<a href="javascript:${RUNS}">here</a>`, `<style>@import 'javascript:${RUNS}'</style>`, `{{constructor.constructor('${RUNS}')()}}`,
  "\u202e<b onmouseover=window.ran=1>", `<math><mtext></mtext><mglyph><style><img src=x onerror=${RUNS}>`, "' onfocus='window.ran=1' autofocus='", "<template><script>window.ran=1</script></template>",
];
const ID = `"><img src=x onerror=${RUNS}>/../x?y#z`;
const headers = { Authorization: `Bearer ${KEY}`, "Content-Type": "application/json" };

before(async () => {
  const body = `Zorblat said on Tuesday that some 400 people left Iran.\n\n${ATTACKS.map((attack) => `Zorblat President <b>Ada Lovelorn</b> told ${attack} 12 people.`).join("\n\n")}`;
  const article = {
    id: ID, title: `Zorblat ${ATTACKS[1]} “ünï” Ada Lovelorn`, body, source: ATTACKS[1], byline: ATTACKS[0], section: ATTACKS[2], agency: ATTACKS[5],
    url: `javascript:${RUNS}`, published: "2024-05-05T10:00:00Z", lang: "en",
  };
  const other = { ...article, id: "hostile-2", title: `Zorblat again ${ATTACKS[0]}`, url: "https://post.example/\"onclick=window.ran=1" };
  const answer = await fetch(`${URL_OF_SERVER}/v1/articles`, { method: "POST", headers, body: JSON.stringify([article, other]) });
  assert.equal(answer.status, 200, await answer.text());
});

after(async () => {
  for (const id of [ID, "hostile-2"]) await fetch(`${URL_OF_SERVER}/v1/articles/${encodeURIComponent(id)}`, { method: "DELETE", headers });
});

/** Nothing ran, and no element came of a text. */
const calm = async (page) => {
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.locator("main img, main script, main iframe, main style, main template, main math, main b").count(), 0);
  const addresses = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.protocol));
  assert.deepEqual(addresses.filter((protocol) => !/^https?:$/.test(protocol)), []);
};

test("hits and facets show hostile text as text", async (t) => {
  const page = await open(t, "/?q=zorblat&n=20&group=none");
  await found(page);
  assert.match(await page.locator(".hits").textContent(), /<img src=x onerror="window\.ran=1">/);
  await page.locator(".hit").first().hover();
  await calm(page);
  await page.locator(".facet", { hasText: "Outlets" }).locator("a").first().click();
  await page.locator(".chip").waitFor();
  await settled(page);
  await calm(page);
});

test("a hostile article is opened and nothing runs", async (t) => {
  const page = await open(t, `/?${new URLSearchParams({ q: "zorblat", article: ID })}`);
  assert.match(await page.locator(".body").textContent(), /<script>window\.ran=1<\/script>/);
  assert.match(await page.locator(".text h1").textContent(), /“ünï” Ada Lovelorn$/, "offsets hold behind letters of several bytes");
  await calm(page);
  for (const mention of await page.locator(".mention").all()) if (await mention.isVisible()) await mention.hover();
  await calm(page);
});

test("a hostile address runs nothing", async (t) => {
  const page = await open(t, `/?${new URLSearchParams({ article: ATTACKS[0], story: ATTACKS[1], view: ATTACKS[2] })}`, { status: [400, 404] });
  await calm(page);
  for (const attack of ATTACKS) {
    const params = new URLSearchParams({ q: attack, with: attack, sort: attack, since: attack, figures: attack, group: attack });
    await page.goto(`${URL_OF_SERVER}/?${params}`);
    await settled(page);
    await calm(page);
  }
});

test("the page allows no inline script, and says so", async () => {
  const answer = await fetch(URL_OF_SERVER);
  const policy = answer.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.doesNotMatch(await answer.text(), /<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:/i);
});
