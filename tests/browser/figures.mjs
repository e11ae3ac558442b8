// Prints what a first visit costs: paints, shifts of the layout, bytes. Fails where a bound is passed.

import { gzipSync } from "node:zlib";

import { URL_OF_SERVER, launch } from "./browser.mjs";

const SCRIPTS = 60_000;
const SHIFT = 0.01;
const RUNS = 5;

/** Measures a visit with an empty cache. */
const visit = async (browser, path) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.seen = { shift: 0, largest: 0 };
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.seen.shift += entry.value; })).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.seen.largest = entry.startTime; })).observe({ type: "largest-contentful-paint", buffered: true });
  });
  const bodies = [];
  page.on("response", (response) => bodies.push(response.body().then((body) => [new URL(response.url()).pathname, gzipSync(body).length]).catch(() => null)));
  await page.goto(URL_OF_SERVER + path, { waitUntil: "networkidle" });
  await page.waitForTimeout(300);
  const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  const { shift, largest } = await page.evaluate(() => globalThis.seen);
  const files = (await Promise.all(bodies)).filter(Boolean);
  await context.close();
  return { first, largest, shift, files };
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const sum = (files, of) => files.filter(([name]) => of(name)).reduce((total, [, bytes]) => total + bytes, 0);

const browser = await launch();
let passed = true;
console.log("view      first paint  largest paint  layout shift  scripts gzip  page gzip  answers gzip");
for (const [view, path] of [["start", "/"], ["search", "/?q=earthquake+OR+strike"], ["article", "/?q=strike&article=hp-23-0517"]]) {
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, path));
  const [{ files }] = visits;
  const own = (name) => name === "/" || name.startsWith("/page/");
  const scripts = sum(files, (name) => name.endsWith(".js"));
  const shift = Math.max(...visits.map((one) => one.shift));
  passed &&= scripts < SCRIPTS && shift < SHIFT;
  const cells = [`${median(visits.map((one) => one.first)).toFixed(0)} ms`.padStart(11), `${median(visits.map((one) => one.largest)).toFixed(0)} ms`.padStart(13), shift.toFixed(4).padStart(12), `${scripts}`.padStart(12), `${sum(files, own)}`.padStart(9), `${sum(files, (name) => !own(name))}`.padStart(12)];
  console.log(`${view.padEnd(9)} ${cells.join("  ")}`);
}
await browser.close();
console.log(passed ? `scripts are under ${SCRIPTS} bytes, nothing shifts` : `a bound is passed: scripts ${SCRIPTS} bytes, shift ${SHIFT}`);
process.exit(passed ? 0 : 1);
