// Who and what stands in the articles that were found, each a link that refines the search.

import * as address from "./address.js";
import { ask } from "./api.js";
import { make } from "./dom.js";
import { figures } from "./figures.js";
import { name } from "./mentions.js";
import { slots } from "./slots.js";
import { count, quoted } from "./text.js";

const SHOWN = [["country", "Countries"], ["person", "People"], ["org", "Organisations"], ["place", "Places"], ["source", "Outlets"], ["lang", "Languages"], ["section", "Sections"]];
const FEW = 6;
const MANY = 25;
/** From here on the facets stand beside the hits, and are open. */
const WIDE = "(min-width: 64rem)";

const clause = (by, value) => (by === "country" || by === "lang" ? `${by}:${value}` : `${by}:${quoted(value)}`);

const entry = (state, by, one) => {
  const [value] = one.value;
  const chosen = clause(by, value);
  const text = name(by, value);
  const on = state.with.includes(chosen);
  return make("li", {}, make("a", {
    href: address.refined(chosen, state), "aria-current": on ? "true" : null,
    title: state.unusual ? `${one.lift} times as frequent as elsewhere` : null,
  }, make("span", { class: "value" }, text), " ", make("span", { class: "count" }, count(one.articles), make("span", { class: "unseen" }, on ? " articles, chosen" : " articles"))));
};

const facet = (state, title, counted, signal) => {
  const { by, values } = counted;
  const entries = make("ul", {}, values.slice(0, FEW).map((one) => entry(state, by, one)));
  const section = make("section", { class: "facet" }, make("h3", {}, title), entries);
  if ((counted.distinct ?? values.length) <= FEW) return section;
  const more = make("button", { class: "plain small", type: "button", "aria-expanded": "false", onclick: async () => {
    const open = more.getAttribute("aria-expanded") === "true";
    let all = values;
    if (!open) {
      const answer = await ask("/v1/facets", { ...address.asked(state), by, n: MANY, sort: state.unusual && "unusual", group: "none" }, signal).catch(() => null);
      all = answer?.facets[0].values ?? values;
    }
    entries.replaceChildren(...all.slice(0, open ? FEW : MANY).map((one) => entry(state, by, one)));
    more.setAttribute("aria-expanded", String(!open));
    more.textContent = open ? "More" : "Fewer";
  } }, "More");
  section.append(more);
  return section;
};

const order = (state) => make("p", { class: "order", role: "group", "aria-label": "Which come first" },
  [["", "most named"], ["1", "unusual"]].map(([value, text]) => make("a", {
    href: address.link({ unusual: value }, state), "aria-current": state.unusual === value ? "true" : null,
  }, text)));

/** Fills the column beside the hits. */
export const facets = async (state, place, signal) => {
  const wide = matchMedia(WIDE);
  const inside = make("div", { class: "facets" });
  const fold = make("details", { class: "fold", open: wide.matches }, make("summary", {}, "Refine"), inside);
  wide.addEventListener("change", () => { fold.open = wide.matches; }, { signal });
  place.replaceChildren(make("h2", { class: "unseen" }, "Refine"), fold);
  const by = SHOWN.map(([id]) => id).join(",");
  const answer = await ask("/v1/facets", { ...address.asked(state), by, n: FEW, sort: state.unusual && "unusual", group: "none" }, signal);
  const sections = SHOWN.map(([id, title]) => {
    const counted = answer.facets.find((one) => one.by === id);
    const says = counted?.values.length > (id === "lang" || id === "section" ? 1 : 0);
    return says ? facet(state, title, counted, signal) : null;
  });
  // All at once, so that nothing moves.
  const numbers = make("section", { class: "facet figures" });
  const [filled] = await Promise.all([slots(state, answer.articles, signal), figures(state, numbers, signal)]);
  const some = sections.filter(Boolean);
  const none = make("p", { class: "quiet" }, "Nothing is unusual in these.");
  inside.replaceChildren(order(state), filled, ...(some.length ? some : [none]), numbers);
};
