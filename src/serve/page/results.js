// A search: what was chosen, the timeline, the hits, and beside them the facets.

import * as address from "./address.js";
import { ask, features } from "./api.js";
import * as box from "./box.js";
import { by, make, tell } from "./dom.js";
import { facets } from "./facets.js";
import { exports, hit } from "./hits.js";
import { count, many } from "./text.js";
import { holds, regain, timeline } from "./timeline.js";
import { label } from "./mentions.js";

const PAGE = 10;
const SORTS = [["", "Best first"], ["-published", "Newest first"], ["published", "Oldest first"]];

/** How hits are folded where the address says nothing: by story where the server knows them. */
const grouping = async (state) => {
  const has = await features();
  if (state.group && has.groups.includes(state.group)) return state.group;
  return has.stories ? "story" : "copy";
};

const chosen = (state) => {
  const chip = (text, href, what) => make("li", {}, make("a", { class: "chip", href, "aria-label": `Remove ${what}` }, text, make("span", { "aria-hidden": "true" }, " ×")));
  const chips = state.with.map((clause) => chip(label(clause), address.refined(clause, state), label(clause)));
  if (state.since || state.until) {
    const text = !state.until ? `since ${state.since}` : !state.since ? `until ${state.until}` : `${state.since} – ${state.until}`;
    chips.push(chip(text, address.link({ since: "", until: "", n: "" }, state), `the dates ${text}`));
  }
  return chips.length ? make("ul", { class: "chips", "aria-label": "Refined by" }, chips) : null;
};

/** A choice that is a part of the address. */
const choice = (name, text, options, value, change) => make("label", {}, `${text} `,
  make("select", { id: `choose-${name}`, onchange: (event) => change(event.target.value) },
    options.map(([id, told]) => make("option", { value: id, selected: id === value }, told))));

const GROUPS = { story: "stories", copy: "copies", none: "nothing" };

const controls = (state, group, has) => make("div", { class: "controls" },
  choice("sort", "Sort", SORTS, state.sort, (sort) => address.go(address.link({ sort, n: "" }))),
  choice("group", "Fold", has.groups.map((id) => [id, GROUPS[id] ?? id]), group, (to) => address.go(address.link({ group: to, n: "" }))),
  has.watches && make("a", { href: address.link({ view: "watches" }) }, "Watch this"),
  exports({ ...address.asked(state), group: group === "none" ? "none" : "" }));

/** The list of hits and what leads on from its end. */
const list = (state, params, answer) => {
  const items = make("ol", { class: "hits" }, answer.hits.map((one, at) => make("li", {}, hit(one, at))));
  const foot = make("p", { class: "more" });
  let { next, total } = answer;
  let shown = answer.hits.length;
  const more = make("button", { class: "plain", type: "button" }, "More");
  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const page = await ask("/v1/search", { ...params, n: PAGE, cursor: next }).catch((error) => {
        if (error.status !== 410) throw error;
        return ask("/v1/search", { ...params, n: Math.min(1000, shown + PAGE) }).then((all) => ({ ...all, hits: all.hits.slice(shown) }));
      });
      const added = page.hits.map((one, at) => make("li", {}, hit(one, shown + at)));
      items.append(...added);
      shown += page.hits.length;
      ({ next, total } = page);
      address.replace(address.link({ n: String(shown) }));
      tell(`${shown} shown`);
      added[0]?.querySelector("a")?.focus();
    } catch (error) {
      tell(error.message);
    }
    more.disabled = false;
    end();
  });
  const end = () => {
    if (next) foot.replaceChildren(more);
    else foot.replaceChildren(shown > 0 ? "That is all." : "");
  };
  end();
  return { items, foot, total };
};

const none = (state) => make("div", { class: "none" },
  make("p", {}, "No article says that."),
  make("ul", {},
    (state.since || state.until) && make("li", {}, make("a", { href: address.link({ since: "", until: "", n: "" }, state) }, "Look at all dates")),
    state.with.length ? make("li", {}, make("a", { href: address.link({ with: [], n: "" }, state) }, "Take back what it was refined by")) : null,
    /"/.test(state.q) ? make("li", {}, "Words in quotes are found as written; ", make("a", { href: address.link({ q: state.q.replace(/"([^"{}:]*)"/g, "$1"), n: "" }, state) }, "without quotes"), " they are found in every inflection") : null,
    make("li", {}, make("a", { href: "/?view=help" }, "What can be asked"))));

export const results = async (state, signal) => {
  const group = await grouping(state);
  const has = await features();
  const n = Math.min(1000, Math.max(PAGE, Number(state.n) || PAGE));
  const params = { ...address.asked(state), sort: state.sort, group };
  const answer = await ask("/v1/search", { ...params, n }, signal);
  const { items, foot } = list(state, params, answer);
  const told = `${many(answer.total ?? answer.hits.length, "article")} found`;
  const heading = make("h1", { tabindex: "-1", class: "found" }, told);
  const shape = make("section", { class: "time", "aria-label": "Articles over time" });
  const side = make("aside", { class: "side", "aria-label": "Refine" });
  const failed = (where) => (error) => {
    if (error.name !== "AbortError") where.replaceChildren(make("p", { class: "quiet" }, error.message));
  };
  const something = answer.hits.length > 0;
  const dated = something || state.since || state.until;
  if (dated) timeline(state, shape, signal).catch(failed(shape));
  if (something) facets(state, side, signal).catch(failed(side));
  const nodes = make("div", { class: "search" },
    make("div", { class: "head" },
      make("div", { class: "summary" }, heading, make("span", { class: "quiet took", "aria-hidden": "true" }, `${count(Math.max(1, Math.round(answer.seconds * 1000)))} ms`)),
      box.notes(answer.notes), chosen(state), something && controls(state, group, has), dated && shape),
    side,
    make("div", { class: "found-list" }, something ? [items, foot] : none(state)));
  return {
    nodes: [nodes],
    title: state.q || state.with.map(label).join(", "),
    told,
    focus: document.activeElement === by("q") || holds() ? null : heading,
    after: regain,
    returned: () => {
      const from = sessionStorage.getItem("opened");
      if (from) document.getElementById(from)?.focus({ preventScroll: true });
    },
  };
};
