// The box for the query, and what is wrong with what it holds, shown where it is wrong.

import * as address from "./address.js";
import { attach } from "./complete.js";
import { by, make } from "./dom.js";
import { Bytes, pieces } from "./text.js";

const input = by("q");
const place = by("wrong");

/** Has the box answer. */
export const begin = () => {
  by("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const { sort, group, since, until, with: chosen, unusual, figures } = address.read();
    address.go(address.link({ q: input.value.trim(), sort, group, since, until, with: chosen, unusual, figures }, { with: [] }));
  });
  input.addEventListener("input", clear);
  attach(input, by("suggestions"));
};

const clear = () => {
  input.removeAttribute("aria-invalid");
  place.replaceChildren();
};

/** Shows the query of the address. */
export const show = (state) => {
  clear();
  if (document.activeElement !== input || input.value.trim() !== state.q.trim()) input.value = state.q;
};

/** Puts a query into the box, to be gone on with. */
export const write = (query) => {
  input.value = query;
  input.focus();
  input.setSelectionRange(query.length, query.length);
};

/** The query with a stretch of it underlined; `start` and `end` count its bytes. */
const underlined = (query, start, end) => {
  const bytes = new Bytes(query);
  const last = Math.max(end, start + 1);
  const line = last > bytes.length ? `${query} ` : query;
  return make("code", { class: "line" },
    pieces(new Bytes(line), 0, new Bytes(line).length, [{ start, end: Math.min(last, new Bytes(line).length) }], (_, text) => make("span", { class: "here" }, text)));
};

const told = (state, before, one) => {
  const of = one.parameter && one.parameter !== "q" ? null : one.span;
  const within = of && of[0] >= before && of[0] - before <= new Bytes(state.q).length;
  return make("li", {},
    within && underlined(state.q, of[0] - before, of[1] - before),
    make("p", {}, make("strong", {}, one.message)),
    one.help && make("p", { class: "help" }, "Try ", make("code", {}, one.help)));
};

/** Shows what is wrong with the query beneath it; whether that is where it belongs. */
export const wrong = (state, error) => {
  if (error.status !== 400 || !error.all) return false;
  const { before } = address.query(state);
  input.setAttribute("aria-invalid", "true");
  place.replaceChildren(make("div", { class: "bar" }, make("ul", { role: "alert" }, error.all.map((one) => told(state, before, one)))));
  const [first] = error.all;
  if (first.span && !(first.parameter && first.parameter !== "q") && document.activeElement === input) {
    const bytes = new Bytes(state.q);
    input.setSelectionRange(bytes.units(first.span[0] - before), bytes.units(first.span[1] - before));
  }
  return true;
};

/** How the query was read, where that is worth telling. */
export const notes = (list) => {
  if (!list?.length) return null;
  return make("ul", { class: "notes", "aria-label": "How the query was read" },
    list.map((note) => make("li", {}, note.message, note.help && make("span", { class: "help" }, ` ${note.help}`))));
};
