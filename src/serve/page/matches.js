// What of an article matched the search that it was opened from: painted over the text, which stays as it is.

import * as address from "./address.js";
import { ask } from "./api.js";
import { make } from "./dom.js";
import { Bytes, many, quoted } from "./text.js";

const NAME = "matched";

/** Where a unit of a node's text stands: the text node and the place in it. */
const place = (root, units) => {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = units;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return null;
};

/** The stretch of a paragraph that begins at the byte `start` of `bytes`. */
const range = (paragraph, bytes, start, mark) => {
  const units = (at) => bytes.cut(start, at).length;
  const [from, to] = [place(paragraph, units(mark.start)), place(paragraph, units(mark.end))];
  if (!from || !to) return null;
  const made = new Range();
  made.setStart(...from);
  made.setEnd(...to);
  return made;
};

/** Every mark of the article that the search has. */
const marks = async (state, id, signal) => {
  const { q, since, until } = address.asked(state);
  const found = await ask("/v1/search", { q: `(${q}) id:${quoted(id)}`, since, until, n: 1, snippets: "all", group: "none" }, signal);
  const hit = found.hits.find((one) => one.id === id);
  return hit ? { title: hit.title_marks, body: hit.snippets.flatMap((snippet) => snippet.marks) } : null;
};

/** Paints what matched, and tells in `counter` how often. `parts` are the paragraphs: node, byte where it begins, byte where it ends. */
export const paint = async ({ state, article, heading, parts, counter, signal }) => {
  CSS.highlights?.delete(NAME);
  if (!CSS.highlights || !address.searches(state)) return;
  const found = await marks(state, article.id, signal);
  if (!found || signal.aborted) return;
  const title = new Bytes(article.title);
  const body = new Bytes(article.body);
  const ranges = [
    ...found.title.map((mark) => range(heading, title, 0, mark)),
    ...found.body.map((mark) => {
      const part = parts.find(({ start, end }) => mark.start >= start && mark.end <= end);
      return part ? range(part.node, body, part.start, mark) : null;
    }),
  ].filter(Boolean);
  if (!ranges.length) return;
  CSS.highlights.set(NAME, new Highlight(...ranges));
  let at = -1;
  counter.replaceChildren(make("button", { type: "button", class: "plain small", onclick: () => {
    at = (at + 1) % ranges.length;
    ranges[at].startContainer.parentElement.scrollIntoView({ block: "center" });
    getSelection().setBaseAndExtent(ranges[at].startContainer, ranges[at].startOffset, ranges[at].endContainer, ranges[at].endOffset);
  } }, many(ranges.length, "match", "matches"), make("span", { "aria-hidden": "true" }, " ↓"), make("span", { class: "unseen" }, ", go to the next")));
};

/** Takes the paint off. */
export const clear = () => CSS.highlights?.delete(NAME);
