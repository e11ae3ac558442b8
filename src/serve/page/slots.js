// What filled the holes of a phrase, which are read from every article that was found.

import * as address from "./address.js";
import { ask } from "./api.js";
import { make } from "./dom.js";
import { name } from "./mentions.js";
import { count, quoted, reading as inWords } from "./text.js";

const HOLE = /\{\s*(?:(\w+)\s*=\s*)?(person|country|org|place|number|money|percent|quantity|date)\b/g;
const NAMES = ["person", "org", "country", "place"];
const SHOWN = 8;
/** As many articles are read without being asked to. */
const QUICK = 2000;
/** Milliseconds. */
const PATIENCE = 600;

/** The kinds of the holes of a query by their names: a second `{country}` is called country_2. */
export const holes = (query) => {
  const kinds = new Map();
  const times = new Map();
  for (const [, called, kind] of query.matchAll(HOLE)) {
    const base = called ?? kind;
    const time = (times.get(base) ?? 0) + 1;
    times.set(base, time);
    kinds.set(time > 1 ? `${base}_${time}` : base, kind);
  }
  return kinds;
};

const entry = (state, kind, value) => {
  const named = NAMES.includes(kind);
  const text = named ? name(kind, value.reading) : kind === "date" ? value.reading : inWords(value.reading);
  const inside = [make("span", { class: "value" }, text), make("span", { class: "count" }, count(value.articles), make("span", { class: "unseen" }, " articles"))];
  const clause = kind === "country" ? `country:${value.reading}` : `${kind}:${quoted(value.reading)}`;
  return make("li", {}, named ? make("a", { href: address.refined(clause, state) }, inside) : make("span", { class: "empty" }, inside));
};

const section = (state, kinds, slot) => make("section", { class: "facet" }, make("h3", {}, `{${slot.name}}`),
  make("ul", {}, slot.values.map((value) => entry(state, kinds.get(slot.name), value))));

/** What filled the holes of the query, where it has any; what takes longer than people wait is shown when they ask for it. */
export const slots = async (state, articles, signal) => {
  const { q, since, until } = address.asked(state);
  const kinds = holes(q);
  const place = make("div", { class: "filled" });
  if (!kinds.size) return place;
  const read = async () => {
    const answer = await ask("/v1/facets", { q, since, until, captures: "true", n: SHOWN }, signal);
    return answer.captures.slots.filter((slot) => slot.values.length).map((slot) => section(state, kinds, slot));
  };
  const reading = articles <= QUICK ? read().catch(() => []) : null;
  const soon = reading && await Promise.race([reading, new Promise((done) => { setTimeout(done, PATIENCE); })]);
  if (soon) place.append(...soon);
  else {
    place.append(make("button", { type: "button", class: "plain small", onclick: async (event) => {
      event.target.disabled = true;
      place.replaceChildren(...await (reading ?? read().catch(() => [make("p", { class: "quiet" }, "That takes too long.")])));
    } }, "What filled the holes"));
  }
  return place;
};
