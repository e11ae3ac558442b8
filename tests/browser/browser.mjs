// A real browser, and pages of the server in it.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

export const URL_OF_SERVER = process.env.DATELINE_URL;
export const KEY = process.env.DATELINE_API_KEY;

/** Where pictures are kept. */
export const PICTURES = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "target", "browser");
mkdirSync(PICTURES, { recursive: true });

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

let browser;

/** Has the tests of a file share a browser. */
export const withBrowser = () => {
  before(async () => { browser = await launch(); });
  after(() => browser.close());
};

/** A new page, at an address of the server; whatever goes wrong in it fails the test when it ends. */
export const open = async (t, path, options = {}) => {
  const { status = [], ...more } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...more });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    const expected = status.some((code) => message.text().includes(`status of ${code}`));
    if (message.type() === "error" && !expected) wrong.push(message.text());
  });
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  });
  await page.goto(URL_OF_SERVER + path);
  await settled(page);
  return page;
};

/** Waits until a view stands, with what comes after it: of a search, the timeline and the facets. */
export const settled = (page) => page.waitForFunction(() => {
  const main = document.querySelector("main");
  if (main.hasAttribute("aria-busy")) return false;
  if (!main.querySelector(".hit") || !main.querySelector(".search")) return main.querySelector("h1") || document.querySelector("#wrong li");
  return main.querySelector(".time .dates") && main.querySelector(".figures h3");
});

/** Waits until a search says how many articles it found. */
export const found = async (page) => {
  await page.locator("main:not([aria-busy]) h1.found").waitFor();
  await settled(page);
  return Number(/[\d,]+/.exec(await page.locator("h1.found").textContent())[0].replaceAll(",", ""));
};

/** A document of the server. */
export const ask = async (path, params = {}) => (await fetch(`${URL_OF_SERVER}${path}?${new URLSearchParams(params)}`)).json();

/** The parameters of the address that is shown. */
export const shown = (page) => Object.fromEntries(new URL(page.url()).searchParams);
