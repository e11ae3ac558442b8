// A story: its articles in the order of time, and the figures that outlets give, side by side.

import * as address from "./address.js";
import { ask, features } from "./api.js";
import { make } from "./dom.js";
import { facts, open } from "./hits.js";
import { Bytes, day, many, pieces, reading } from "./text.js";

/** A figure as an outlet gives it, with the sentence that says it. */
const cell = (figure) => {
  const bytes = new Bytes(figure.quote?.text ?? figure.text);
  const start = figure.quote?.start ?? figure.start;
  const said = pieces(bytes, 0, bytes.length, [{ start: figure.start - start, end: figure.end - start }], (_, text) => make("mark", {}, text));
  return make("div", { class: "said" }, make("a", { class: "read", href: open(figure.id) }, reading(figure.reading)),
    figure.published && make("span", { class: "quiet small" }, ` ${day(figure.published)}`), make("blockquote", {}, said));
};

const topic = (row) => {
  const about = (row.about ?? []).join(", ");
  return [make("span", {}, row.unit || "number"), about && make("span", { class: "quiet small" }, ` ${about}`)];
};

const table = (rows) => {
  const outlets = [...new Set(rows.flatMap((row) => row.figures.map((figure) => figure.source || "unnamed")))];
  return make("div", { class: "wide", role: "region", "aria-label": "Figures side by side", tabindex: "0" },
    make("table", { class: "side-by-side" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "About"), outlets.map((outlet) => make("th", { scope: "col" }, outlet)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, make("th", { scope: "row" }, topic(row)),
        outlets.map((outlet) => {
          const given = row.figures.filter((figure) => (figure.source || "unnamed") === outlet);
          return make("td", { "data-outlet": outlet, class: given.length ? null : "empty" }, given.map(cell));
        }))))));
};

const figures = async (id, place, signal) => {
  const has = await features();
  if (!has.figures) return;
  const { rows } = await ask(`/v1/stories/${encodeURIComponent(id)}/figures`, {}, signal);
  if (rows?.length) place.append(make("h2", {}, "Figures side by side"), table(rows));
};

export const story = async (state, signal) => {
  const shown = await ask(`/v1/stories/${encodeURIComponent(state.story)}`, {}, signal);
  const heading = make("h1", { tabindex: "-1" }, shown.title || "A story");
  const inOrder = [...shown.articles].sort((a, b) => String(a.published ?? "9").localeCompare(String(b.published ?? "9")));
  const outlets = shown.outlets?.length ?? 0;
  const spans = shown.first && (day(shown.first) === day(shown.last) ? day(shown.first) : `${day(shown.first)} – ${day(shown.last)}`);
  const numbers = make("section", { class: "story-figures" });
  await figures(state.story, numbers, signal).catch(() => {});
  const nodes = make("div", { class: "story" },
    make("nav", { class: "trail", "aria-label": "Way back" }, make("a", { href: address.hits() }, address.searches(state) ? "← All hits" : "← Search")),
    heading,
    make("p", { class: "quiet" }, [many(shown.total ?? inOrder.length, "article"), outlets && many(outlets, "outlet"), spans].filter(Boolean).join(" · ")),
    numbers,
    make("section", {}, make("h2", {}, "As it was told"),
      make("ol", { class: "told" }, inOrder.map((one) => make("li", {}, make("a", { href: open(one.id) }, one.title || one.id), facts(one))))));
  return { nodes: [nodes], title: shown.title, told: `Story: ${shown.title}`, focus: heading };
};
