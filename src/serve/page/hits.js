// A hit: what the article states about itself, the sentences that say it with what matched, and who else has it.

import * as address from "./address.js";
import { call, hasKey, url } from "./api.js";
import { make, tell } from "./dom.js";
import { Bytes, day, hour, many, pieces, reading } from "./text.js";

const FIGURES = new Set(["number", "money", "percent", "quantity"]);

/** From here on a number in words is worth reading in figures. */
const SMALL = 12;

/** What a mark's quantities come to, where that says more than the text does: "some 400" is about 400. */
const readings = (mark) => {
  const slots = Object.values(mark.slots ?? {}).filter(({ kind, reading: stated }) => FIGURES.has(kind) && stated);
  const stated = slots.length ? slots : FIGURES.has(mark.kind) && mark.reading ? [mark] : [];
  const told = stated.map((one) => {
    const plain = /^=?([\d.,]+)(?: |$)/.exec(one.reading); // neither about nor up to; "between 550 and 650" is said in figures, too
    const said = plain && (/\d/.test(one.text) || Number(plain[1].replaceAll(",", "")) <= SMALL);
    // What is counted stands beside the number in the text.
    return said ? "" : reading(one.kind === "number" ? one.reading.split(" ")[0] : one.reading);
  });
  return [...new Set(told)].filter(Boolean);
};

/** A mark, with the reading of its quantities beside it. */
const marked = (mark, text) => {
  const node = make("mark", {}, text);
  const told = readings(mark);
  return told.length ? [node, make("span", { class: "reading" }, make("span", { class: "unseen" }, " read as "), told.join(", "))] : node;
};

/** A text of which the bytes from `start` are given, with what matched in it. */
export const withMarks = (text, start, marks, show = marked) => {
  const bytes = new Bytes(text);
  const within = (marks ?? []).map((mark) => ({ ...mark, start: mark.start - start, end: mark.end - start }));
  return pieces(bytes, 0, bytes.length, within, show);
};

/** Who published it, and when. */
export const facts = (article) => make("p", { class: "facts" },
  article.source && make("span", { class: "source" }, article.source),
  article.published && make("time", { datetime: article.published }, day(article.published), hour(article.published) && ` ${hour(article.published)}`),
  article.byline && make("span", {}, article.byline),
  article.agency && make("span", {}, article.agency),
  article.lang && article.lang !== "en" && make("span", {}, article.lang));

/** The address of an article, opened from the search that there is. */
export const open = (id) => address.link({ article: id, story: "", view: "" });

const other = (one) => make("li", {}, make("a", { href: open(one.id) }, one.title || one.id), facts(one));

/** The others of its story, or its copies, folded. */
const folded = (one) => {
  if (one.articles_total > 1) {
    const others = (one.articles ?? []).filter(({ id }) => id !== one.id);
    const outlets = one.outlets > 1 ? `${one.articles_total - 1} more from ${many(one.outlets, "outlet")}` : `${one.articles_total - 1} more`;
    return make("details", { class: "folded" }, make("summary", {}, `+ ${outlets}`), make("ul", {}, others.map(other)),
      one.story && make("p", {}, make("a", { href: address.link({ story: one.story, article: "", view: "" }) }, "The story, with its figures side by side")));
  }
  if (!one.copies_total) return null;
  const rest = one.copies_total - one.copies.length;
  return make("details", { class: "folded" }, make("summary", {}, `+ ${many(one.copies_total, "copy", "copies")}`),
    make("ul", {}, one.copies.map(other)), rest > 0 && make("p", { class: "quiet" }, `and ${rest} more`));
};

export const hit = (one, at) => {
  const id = `hit-${at}`;
  const remember = () => sessionStorage.setItem("opened", id);
  return make("article", { class: "hit", "aria-labelledby": id, lang: one.lang },
    make("h2", {}, make("a", { id, href: open(one.id), onclick: remember }, one.title ? withMarks(one.title, 0, one.title_marks, (_, text) => make("mark", {}, text)) : "Without a headline")),
    facts(one),
    one.snippets.map((snippet) => make("blockquote", { class: "snippet" }, make("p", {}, withMarks(snippet.text, snippet.start, snippet.marks)))),
    folded(one));
};

const NAMES = { csv: "CSV", jsonl: "JSONL" };

/** Links to all hits as files. */
export const exports = (params) => {
  const one = (format) => {
    const href = url("/v1/search", { ...params, stream: "true", format });
    const name = `dateline.${format}`;
    return make("a", { href, download: name, onclick: (event) => {
      if (!hasKey()) return;
      event.preventDefault();
      save(href, name);
    } }, NAMES[format]);
  };
  return make("span", { class: "exports" }, "Export all: ", one("csv"), " ", one("jsonl"));
};

/** Where the key has to be sent, the file is fetched, which a link alone would not do. */
const save = async (href, name) => {
  try {
    const file = URL.createObjectURL(await (await call(href)).blob());
    const link = document.createElement("a");
    link.href = file;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 60_000);
  } catch (error) {
    tell(error.message);
  }
};

