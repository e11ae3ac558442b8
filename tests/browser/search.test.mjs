// Searching, refining, going back and forth, with pointer and keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, found, open, settled, shown, withBrowser } from "./browser.mjs";

withBrowser();

const type = async (page, query) => {
  await page.fill("#q", query);
  await page.press("#q", "Enter");
};

test("a query finds articles, and marks exactly what the server says that matched", async (t) => {
  const page = await open(t, "/");
  for (const query of ["country:turkey said", '"{number} people" OR title:quake', "é* OR naïve OR côte OR money.EUR:*"]) {
    await type(page, query);
    await page.waitForURL((url) => url.searchParams.get("q") === query);
    const number = await found(page);
    const answer = await ask("/v1/search", { q: query, group: "copy" });
    assert.equal(number, answer.total);
    const group = await page.locator("#choose-group").inputValue();
    const { hits } = await ask("/v1/search", { q: query, group });
    const marks = hits.flatMap((hit) => [...hit.title_marks, ...hit.snippets.flatMap((snippet) => snippet.marks)]).map((mark) => mark.text);
    assert.deepEqual(await page.locator(".found-list mark").allTextContents(), marks);
    assert.deepEqual(await page.locator(".hit h2").allTextContents(), hits.map((hit) => hit.title || "Without a headline"));
    assert.match(await page.locator("#told").textContent(), /found$/);
  }
});

test("quantities are read beside the mark", async (t) => {
  const page = await open(t, "/?q=%22{number+people}%22+country:US");
  await found(page);
  assert.ok((await page.locator(".reading").allTextContents()).some((text) => / about 400$/.test(text)));
});

test("a facet refines, and its chip takes that back", async (t) => {
  const page = await open(t, "/?q=*");
  const all = await found(page);
  await page.getByRole("link", { name: /^Japan/ }).first().click();
  await page.locator(".chip").waitFor();
  const less = await found(page);
  assert.equal(less, (await ask("/v1/count", { q: "country:JP" })).count);
  assert.ok(less < all);
  assert.equal(shown(page).with, "country:JP");
  await page.getByRole("link", { name: "Remove Japan" }).click();
  await page.locator(".chip").waitFor({ state: "detached" });
  assert.equal(await found(page), all);
});

test("refining keeps an OR together", async (t) => {
  const page = await open(t, "/?q=quake+OR+strike&with=country:JP");
  assert.equal(await found(page), (await ask("/v1/count", { q: "(quake OR strike) country:JP" })).count);
});

test("a stretch of the figures refines to it", async (t) => {
  const page = await open(t, "/?q=*&figures=number.people");
  await found(page);
  const bin = page.locator(".bins a").first();
  await bin.waitFor();
  await bin.click();
  await page.locator(".chip").waitFor();
  assert.match(shown(page).with, /^number\.people:\[/);
  assert.equal(await found(page), (await ask("/v1/count", { q: shown(page).with })).count);
});

test("what filled the holes of a phrase is counted, and refines", async (t) => {
  const page = await open(t, `/?${new URLSearchParams({ q: '"{who=person} said"' })}`);
  await found(page);
  const { captures } = await ask("/v1/facets", { q: '"{who=person} said"', captures: "true", n: 8 });
  const [first] = captures.slots[0].values;
  const slot = page.locator(".filled .facet", { hasText: "{who}" });
  assert.equal(await slot.locator("li").count(), captures.slots[0].values.length);
  await slot.locator("a").first().click();
  await page.locator(".chip").waitFor();
  assert.equal(shown(page).with, `person:"${first.reading}"`);
});

test("the timeline chooses a stretch by keyboard, by pointer and by dates", async (t) => {
  const page = await open(t, "/?q=*");
  await page.locator(".handle").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("PageUp");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-valuenow")), "11");
  await page.waitForURL(/since=/);
  await page.locator(".chip").waitFor();
  const since = shown(page).since;
  assert.equal(await found(page), (await ask("/v1/count", { q: "*", since })).count);
  await page.waitForFunction(() => document.activeElement.getAttribute("role") === "slider");
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.searchParams.has("since"));
  await settled(page);
  await page.locator(".chart svg").waitFor();
  const box = await page.locator(".chart").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/since=.*until=/);
  await page.locator(".chip").waitFor();
  const { since: from, until } = shown(page);
  assert.equal(await found(page), (await ask("/v1/count", { q: "*", since: from, until })).count);
  await page.fill('[data-name="since"]', "2023-01-01");
  await page.fill('[data-name="until"]', "2023-12-31");
  await page.press('[data-name="until"]', "Enter");
  await page.waitForURL(/until=2023-12-31/);
});

test("an error is underlined where it is, and said with what to write", async (t) => {
  const page = await open(t, "/", { status: [400] });
  await type(page, "“é” number:[100 TO abc] numbr:3");
  await page.locator("#wrong li").first().waitFor();
  assert.deepEqual(await page.locator("#wrong .here").allTextContents(), ["abc", "numbr"]);
  assert.match(await page.locator("#wrong").textContent(), /is not a number.*number:>=100/);
  assert.equal(await page.getAttribute("#q", "aria-invalid"), "true");
  assert.equal(await page.evaluate(() => getSelection().toString() || document.querySelector("#q").value.slice(document.querySelector("#q").selectionStart, document.querySelector("#q").selectionEnd)), "abc");
  await type(page, "numbr:3");
  await page.getByRole("link", { name: "Search for number:3" }).click();
  await page.waitForURL((url) => url.searchParams.get("q") === "number:3");
  assert.equal(await page.getAttribute("#q", "aria-invalid"), null);
});

test("what a query was refined by can be taken back where that is at fault", async (t) => {
  const page = await open(t, `/?${new URLSearchParams({ q: "strike", with: "number:[100 TO abc]" })}`, { status: [400] });
  assert.match(await page.locator("#wrong").textContent(), /is not a number/);
  await page.getByRole("link", { name: "Take back what it was refined by" }).click();
  assert.ok(await found(page) > 0);
});

test("how a query was read is told", async (t) => {
  const page = await open(t, `/?q=${encodeURIComponent("“death toll”")}`);
  assert.match(await page.locator(".notes").textContent(), /read “ ” as "/);
});

test("fields, countries, people and slots are completed by keyboard", async (t) => {
  const page = await open(t, "/");
  const complete = async (text, option) => {
    await page.fill("#q", "");
    await page.locator("#q").pressSequentially(text);
    await page.getByRole("option", { name: option }).waitFor();
    while ((await page.locator('[aria-selected="true"]').count()) === 0 || !option.test(await page.locator('[aria-selected="true"]').textContent())) await page.keyboard.press("ArrowDown");
    assert.equal(await page.getAttribute("#q", "aria-activedescendant"), await page.locator('[aria-selected="true"]').getAttribute("id"));
    await page.keyboard.press("Enter");
    return page.inputValue("#q");
  };
  assert.equal(await complete("quake publ", /^published:/), "quake published:");
  assert.equal(await complete("country:turk", /rkiye|Turkey/), "country:TR ");
  assert.equal(await complete('strike person:"recep', /^Recep/), 'strike person:"recep tayyip erdogan" ');
  assert.equal(await complete('"{per', /^\{person\}/), '"{person}');
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "false");
});

test("back and forward lead where they were, and every view has its address", async (t) => {
  const page = await open(t, "/?q=strike");
  const before = await found(page);
  await page.locator(".hit h2 a").nth(1).click();
  await page.locator(".text h1").waitFor();
  const title = await page.locator(".text h1").textContent();
  const address = page.url();
  await page.locator(".body a.mention").first().click();
  await page.locator("h1.found").waitFor();
  await page.goBack();
  await page.locator(".text h1").waitFor();
  assert.equal(await page.locator(".text h1").textContent(), title);
  await page.goBack();
  assert.equal(await found(page), before);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), title, "the hit that was opened has the focus again");
  await page.goForward();
  await page.locator(".text h1").waitFor();
  assert.equal(page.url(), address);
  const other = await open(t, address.slice(address.indexOf("/?")));
  assert.equal(await other.locator(".text h1").textContent(), title);
  assert.match(await other.title(), new RegExp(title.slice(0, 12)));
});

test("more hits come at the end, and the address keeps how many", async (t) => {
  const page = await open(t, "/?q=*");
  await found(page);
  assert.equal(await page.locator(".hits > li").count(), 10);
  await page.getByRole("button", { name: "More", exact: true }).last().click();
  await page.waitForURL(/n=20/);
  assert.equal(await page.locator(".hits > li").count(), 20);
  assert.equal(await page.evaluate(() => document.activeElement.id), "hit-10");
  await page.reload();
  await found(page);
  assert.equal(await page.locator(".hits > li").count(), 20);
});

test("all hits are given as files", async (t) => {
  const page = await open(t, "/?q=strike");
  const number = await found(page);
  for (const [name, lines] of [["CSV", number + 1], ["JSONL", number]]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
    let text = "";
    for await (const piece of await file.createReadStream()) text += piece;
    const rows = name === "CSV" ? text.replace(/"[^"]*"/g, "").trim().split("\n").length : text.trim().split("\n").length;
    assert.equal(rows, lines);
  }
});

test("all of it is done by keyboard", async (t) => {
  const page = await open(t, "/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "one can type at once");
  await page.keyboard.type("strike");
  await page.keyboard.press("Enter");
  await found(page);
  const press = async (until) => {
    for (let at = 0; at < 120; at += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(until)) return;
    }
    assert.fail(`no tab leads to ${until}`);
  };
  await press(() => document.activeElement.closest(".facet li a"));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus is seen");
  await page.keyboard.press("Enter");
  await page.locator(".chip").waitFor();
  await found(page);
  await press(() => document.activeElement.closest(".hit h2"));
  await page.keyboard.press("Enter");
  await page.locator(".text h1").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "who opens an article begins at its headline");
  await press(() => document.activeElement.matches(".body a.mention"));
  await page.keyboard.press("Enter");
  await page.locator("h1.found").waitFor();
  assert.ok(await found(page) > 0);
});

test("where nothing is found, what can be done is told", async (t) => {
  const page = await open(t, '/?q="no such words here"&since=2020-01-01');
  await page.locator(".none").waitFor();
  assert.match(await page.locator(".none").textContent(), /all dates/);
});
