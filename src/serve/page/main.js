// The page: reads the address, and has the view made that it names.
//
// address.js   what is shown, as an address         api.js      the server           dom.js, text.js   elements, texts
// box.js       the query and what is wrong with it   complete.js what it may go on with
// results.js   a search: hits.js, facets.js, slots.js, figures.js (histogram), timeline.js
// article.js   an article: mentions.js, matches.js   story.js    a story              watches.js, start.js

import * as address from "./address.js";
import { features } from "./api.js";
import { article } from "./article.js";
import * as box from "./box.js";
import { by, make, tell } from "./dom.js";
import { clear } from "./matches.js";
import { results } from "./results.js";
import { lessons, start } from "./start.js";
import { story } from "./story.js";
import { watches } from "./watches.js";

const main = by("main");
let current = new AbortController();

const view = (state) => {
  if (state.view === "watches") return watches;
  if (state.view === "help") return start;
  if (state.article) return article;
  if (state.story) return story;
  return address.searches(state) ? results : start;
};

const failure = (error) => make("section", { class: "failed" },
  make("h1", {}, error.status === 404 ? "Nothing is there" : "That did not work"),
  error.all?.map((one) => [make("p", {}, one.message), make("p", { class: "quiet" }, one.help)]) ?? make("p", {}, String(error)),
  make("p", {}, make("a", { href: address.hits() }, "Back to the search")));

/** Beneath what is wrong with a query: what else it is refined by, which may be at fault, and what can be asked. */
const unread = (state) => make("div", {}, make("h1", { class: "unseen" }, "The query cannot be read"),
  (state.with.length > 0 || state.since || state.until) && make("p", {}, make("a", { href: address.link({ with: [], since: "", until: "" }, state) }, "Take back what it was refined by")),
  lessons());

/** Shows what the address says; whatever was under way before is given up. */
const show = async ({ back, first }) => {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const state = address.read();
  const y = history.state?.y ?? 0;
  box.show(state);
  clear();
  main.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => main.classList.add("slow"), 250);
  try {
    const made = await view(state)(state, signal);
    if (signal.aborted) return;
    main.replaceChildren(...made.nodes);
    document.title = made.title ? `${made.title} · dateline` : "dateline";
    if (made.told) tell(made.told);
    made.after?.();
    if (!first && made.focus) made.focus.focus({ preventScroll: true });
    if (first && made.typing && matchMedia("(hover: hover)").matches) by("q").focus();
    if (back) made.returned?.();
    if (!first || back || y) scrollTo({ top: back || first ? y : 0, behavior: "instant" });
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    if (box.wrong(state, error)) {
      main.replaceChildren(unread(state));
      tell(error.all.map((one) => one.message).join("; "));
    } else {
      main.replaceChildren(failure(error));
      tell(error.message);
    }
    document.title = "dateline";
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) {
      main.classList.remove("slow");
      main.removeAttribute("aria-busy");
    }
  }
};

box.begin();
address.start(show);
features().then((has) => {
  by("watches").hidden = !has.watches;
}).catch(() => {});
