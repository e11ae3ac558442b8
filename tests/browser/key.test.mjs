// A server that is not this machine's alone wants its key for every question: the page asks for it once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, URL_OF_SERVER, found, open, withBrowser } from "./browser.mjs";

withBrowser();

/** Has the server want its key for what it gives to everybody on this machine. */
const wantKey = (page) => page.route("**/v1/**", (route) => {
  if (route.request().headers().authorization === `Bearer ${KEY}`) return route.continue();
  return route.fulfill({ status: 401, json: { error: { code: "unauthorized", message: "the key is needed", span: null, help: "Authorization: Bearer KEY" } } });
});

test("the key is asked for until it is the right one, and sent with every question and every file", async (t) => {
  const page = await open(t, "/", { status: [401] });
  await wantKey(page);
  await page.goto(`${URL_OF_SERVER}/?q=strike`);
  await page.locator("dialog[open]").waitFor();
  await page.fill("#key", "this-is-another-key");
  await page.keyboard.press("Enter");
  await page.getByText("That is not the key.").waitFor();
  await page.fill("#key", KEY);
  await page.keyboard.press("Enter");
  const number = await found(page);
  assert.ok(number > 0);
  assert.equal(await page.locator("dialog[open]").count(), 0);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "JSONL" }).click()]);
  let text = "";
  for await (const piece of await file.createReadStream()) text += piece;
  assert.equal(text.trim().split("\n").length, number);
});

test("who has no key is told so", async (t) => {
  const page = await open(t, "/", { status: [401] });
  await wantKey(page);
  await page.goto(`${URL_OF_SERVER}/?q=strike`);
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("main").getByText("the key is needed").waitFor();
});
