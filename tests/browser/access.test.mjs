// For everybody: checked by axe in light and dark, on wide and narrow screens; pictures of all of it are kept.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { PICTURES, URL_OF_SERVER, ask, open, settled, withBrowser } from "./browser.mjs";
import { STORY, pretend } from "./stories.mjs";

withBrowser();

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS = [["wide", { width: 1440, height: 960 }], ["middle", { width: 768, height: 1024 }], ["phone", { width: 360, height: 760 }]];
const SCHEMES = ["light", "dark"];

const { hits: [{ id }] } = await ask("/v1/search", { q: "strike", n: 1, snippets: 0 });
const VIEWS = [
  ["start", "/"],
  ["search", "/?q=strike+number%3A*&with=country%3AGB"],
  ["figures", "/?q=*&figures=money.USD&since=2022-01-01&unusual=1"],
  ["none", "/?q=%22no+such+words%22"],
  ["error", "/?q=number%3A%5B100+TO+abc%5D+numbr%3A3"],
  ["article", `/?${new URLSearchParams({ q: "strike", article: id })}`],
  ["story", `/?story=${STORY}`],
  ["watches", "/?view=watches"],
  ["docs", "/docs"],
];

const check = async (page) => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  assert.deepEqual(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`.slice(0, 900)), []);
};

for (const [view, path] of VIEWS) {
  test(`${view} is for everybody`, async (t) => {
    const page = await open(t, "/", { status: [400, 404] });
    if (view === "story" || view === "watches") await pretend(page);
    for (const [screen, size] of SCREENS) {
      await page.setViewportSize(size);
      for (const scheme of screen === "middle" ? ["light"] : SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        if (scheme === SCHEMES[0]) {
          await page.goto(URL_OF_SERVER + path);
          if (view === "docs") await page.locator("#routes details").first().waitFor();
          else await settled(page);
        }
        if (screen === "wide" ? scheme === "dark" : screen === "phone" && scheme === "light") await check(page);
        await page.screenshot({ path: join(PICTURES, `${view}-${screen}-${scheme}.png`) });
      }
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${view} does not scroll sideways at ${size.width}`);
    }
    await page.setViewportSize({ width: 320, height: 600 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nor at 320");
  });
}

test("what is folded on a phone, and the list of suggestions, are for everybody", async (t) => {
  const page = await open(t, "/?q=strike", { viewport: { width: 360, height: 760 } });
  await page.getByText("Refine", { exact: true }).last().click();
  await page.locator(".facet li a").first().waitFor();
  await check(page);
  await page.fill("#q", "");
  await page.locator("#q").pressSequentially("count");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await check(page);
  await page.screenshot({ path: join(PICTURES, "suggestions-phone-light.png") });
});

test("who comes by keyboard may skip to the content", async (t) => {
  const page = await open(t, "/?q=strike");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});
