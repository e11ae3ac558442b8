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
    pieces(new Bytes(line), 0, new Bytes(line).length, [{ start, end: last }], (_, text) => make("span", { class: "here" }, text)));
};

/** The query with what was meant in the place of what is not known. */
const mended = (query, start, end, message) => {
  const meant = /did you mean "([^"]+)"/.exec(message)?.[1];
  if (!meant) return null;
  const bytes = new Bytes(query);
  const written = bytes.cut(0, start) + meant + bytes.cut(end, bytes.length);
  return make("p", {}, make("a", { href: address.link({ q: written }) }, "Search for ", make("code", {}, written)));
};

const told = (state, before, one) => {
  const of = one.parameter && one.parameter !== "q" ? null : one.span;
  const [start, end] = of ? [of[0] - before, of[1] - before] : [-1, -1];
  const within = start >= 0 && end <= new Bytes(state.q).length;
  return make("li", {},
    within && underlined(state.q, start, end),
    make("p", {}, make("strong", {}, one.message)),
    within && mended(state.q, start, end, one.message),
    one.help && make("p", { class: "help" }, "Try ", make("code", {}, one.help)));
};

/** Shows what is wrong with the query beneath it; whether that is where it belongs. */
export const wrong = (state, error) => {
  if (error.status !== 400 || !error.all) return false;
  const { before } = address.query(state);
  input.setAttribute("aria-invalid", "true");
  place.replaceChildren(make("div", { class: "bar" }, make("div", { role: "alert" }, make("ul", {}, error.all.map((one) => told(state, before, one))))));
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
