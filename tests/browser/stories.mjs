// Answers about stories and watches in the shapes that the page reads, made up: so the views are tested whatever the sample corpus holds.

const published = (day) => `2024-02-${String(day).padStart(2, "0")}T08:00:00Z`;
const article = (id, title, source, day) => ({ id, title, source, published: published(day) });
const ARTICLES = [
  article("s-3", "Ferry fire: toll put at 14", "Coastline Radio", 3),
  article("s-1", "Fire on the ferry off Puerto Alma", "Northern Wire", 1),
  article("s-2", "At least twelve dead on burning ferry", "The Meridian", 2),
];
const figure = (id, title, source, day, text, reading, quote) => ({
  id, title, source, published: published(day), reading, field: "body", text,
  start: 100 + new TextEncoder().encode(quote.slice(0, quote.indexOf(text))).length,
  end: 100 + new TextEncoder().encode(quote.slice(0, quote.indexOf(text) + text.length)).length,
  quote: { start: 100, end: 100 + new TextEncoder().encode(quote).length, text: quote },
});
const ROWS = [
  { about: ["dead"], unit: "people", figures: [
    figure("s-1", "Fire", "Northern Wire", 1, "ten", "10 people", "“No fewer than ten” have died — so the coast guard."),
    figure("s-2", "At least", "The Meridian", 2, "At least twelve", ">=12 people", "At least twelve people are dead."),
    figure("s-3", "Ferry", "Coastline Radio", 3, "14", "14 people", "The toll was put at 14 people."),
  ] },
  { about: ["on board"], unit: "people", figures: [figure("s-3", "Ferry", "Coastline Radio", 3, "between 230 and 260", "230..260 people", "There were between 230 and 260 people on board.")] },
];

export const STORY = "00f1e2d3c4b5a697";
const hit = { ...ARTICLES[0], score: 1, story: STORY, title_marks: [], snippets: [], articles: ARTICLES, articles_total: 3, outlets: 3 };

/** Has these answers stand for the server's. */
export const pretend = async (page) => {
  const watches = [{ name: "quakes", query: "quake OR earthquake" }];
  const answer = (document) => (route) => route.fulfill({ json: typeof document === "function" ? document(route.request()) : document });
  await page.route("**/openapi.json", async (route) => {
    const response = await route.fetch();
    const api = await response.json();
    for (const path of ["/v1/stories/{id}", "/v1/stories/{id}/figures", "/v1/articles/{id}/related", "/v1/watches"]) api.paths[path] = {};
    const group = api.paths["/v1/search"].get.parameters.find(({ name }) => name === "group");
    group.schema.enum = [...new Set(["story", ...group.schema.enum])];
    await route.fulfill({ json: api });
  });
  await page.route("**/v1/search?*group=story*", answer({ query: "ferry", total: 3, seconds: 0.001, notes: [], hits: [hit] }));
  await page.route("**/v1/articles/s-*", answer({ ...ARTICLES[0], story: STORY, body: "The toll was put at 14 people.", mentions: [] }));
  await page.route("**/v1/articles/*/related", answer({ id: "s-3", query: "ferry", hits: [hit] }));
  await page.route("**/v1/stories/*", answer({ story: STORY, title: "Ferry fire", total: 3, outlets: ["Northern Wire", "The Meridian", "Coastline Radio"], first: published(1), last: published(3), articles: ARTICLES }));
  await page.route("**/v1/stories/*/figures", answer({ story: STORY, title: "Ferry fire", rows: ROWS }));
  await page.route("**/v1/watches", answer(() => ({ watches })));
  await page.route("**/v1/watches/*", (route) => {
    const request = route.request();
    const name = decodeURIComponent(new URL(request.url()).pathname.split("/").pop());
    if (!/^Bearer .{16}/.test(request.headers().authorization ?? "")) {
      return route.fulfill({ status: 401, json: { error: { code: "unauthorized", message: "the key is needed", span: null, help: null } } });
    }
    const at = watches.findIndex((watch) => watch.name === name);
    if (at >= 0) watches.splice(at, 1);
    if (request.method() === "PUT") watches.push({ name, query: request.postDataJSON().query });
    return route.fulfill({ json: {} });
  });
};
