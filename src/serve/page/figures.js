// The figures in the articles that were found, and where they lie: a row for each stretch, which refines the search to it.

import * as address from "./address.js";
import { ask } from "./api.js";
import { draw, make } from "./dom.js";
import { range } from "./mentions.js";
import { count, figure, many, round } from "./text.js";

const KINDS = [["number", "numbers"], ["money", "money"], ["percent", "shares"], ["quantity", "measures"]];
const NAMED = /(?:^|[\s(-])(number|money|percent|quantity)((?:\.(?:"[^"]+"|[\p{L}\p{N}%]+))?):/u;
const SLOT = /\{(?:\w+=)?(number|money|percent|quantity)\b/;

/** What the address or the query says is to be summed up. */
const wanted = (state) => {
  if (state.figures) return state.figures;
  const { text } = address.query(state);
  const named = NAMED.exec(text);
  if (named) return named[1] + (named[2] === ".exact" ? "" : named[2]);
  return SLOT.exec(text)?.[1] ?? "number";
};

const bars = (state, summary) => {
  const most = Math.max(...summary.bins.map((bin) => bin.values), 1);
  const one = (bin) => {
    const clause = range(summary.kind, summary.unit, bin.from, bin.to, "}");
    const width = draw("svg", { viewBox: `0 0 ${most} 1`, preserveAspectRatio: "none", "aria-hidden": "true" }, draw("rect", { width: bin.values, height: 1 }));
    const text = `${round(bin.from)} – ${round(bin.to)}`;
    const inside = [make("span", { class: "value" }, text), width, make("span", { class: "count" }, count(bin.values), make("span", { class: "unseen" }, " values"))];
    return make("li", {}, bin.values ? make("a", { href: address.refined(clause, state), "aria-current": state.with.includes(clause) ? "true" : null }, inside) : make("span", { class: "empty" }, inside));
  };
  return make("ul", { class: "bins" }, summary.bins.map(one));
};

const summed = ({ values, median, min, max }) => make("p", { class: "quiet small" }, `${many(values, "value")}; median ${figure(median)}, ${figure(min)} to ${figure(max)}`);

/** Fills a section with the figures of one kind, and of one unit of it. */
export const figures = async (state, place, signal) => {
  const by = wanted(state);
  const [kind] = by.split(".");
  const answer = await ask("/v1/facets", { ...address.asked(state), by, n: 8, group: "none" }, signal);
  const [{ units }] = answer.facets;
  const choose = (event) => address.go(address.link({ figures: event.target.value }, state));
  const select = (id, text, options) => make("label", {}, make("span", { class: "unseen" }, text),
    make("select", { id, onchange: choose }, options.map(([value, told]) => make("option", { value, selected: value === by || (id === "figures-kind" && value === kind) }, told))));
  const others = kind === by ? units : (await ask("/v1/facets", { ...address.asked(state), by: kind, n: 8, group: "none" }, signal)).facets[0].units;
  const named = others.filter(({ unit }) => unit && unit !== "%").map(({ unit }) => {
    const part = /^[\p{L}\p{N}]+$/u.test(unit) ? unit : `"${unit}"`;
    return [`${kind}.${part}`, unit];
  });
  if (by !== kind && !named.some(([value]) => value === by)) named.unshift([by, by.slice(kind.length + 1).replaceAll('"', "")]);
  const shown = units.find(({ unit }) => kind === "percent" || unit) ?? units[0];
  const choices = by === kind ? [[kind, shown?.unit ? `${shown.unit} (most)` : "any unit"], ...named.filter(([, unit]) => unit !== shown?.unit)] : named;
  place.replaceChildren(make("h3", {}, "Figures"),
    make("div", { class: "choose" }, select("figures-kind", "Kind of figures", KINDS), named.length ? select("figures-unit", "Unit", choices) : null),
    ...(shown ? [bars(state, shown), summed(shown)] : [make("p", { class: "quiet small" }, "None in these articles.")]));
};
