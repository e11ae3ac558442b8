// Saved watches: queries that are asked again of what comes in.

import * as address from "./address.js";
import { ask, send } from "./api.js";
import { make, tell } from "./dom.js";

const NAME = "[\\p{L}\\p{N}._\\-]{1,64}";

const one = (watch, again) => make("li", {},
  make("a", { href: address.search(watch.query) }, watch.name), " ", make("code", {}, watch.query), " ",
  make("button", { type: "button", class: "plain small", "aria-label": `Remove ${watch.name}`, onclick: () => again("DELETE", watch.name, undefined, `${watch.name} is removed`) }, "Remove"));

export const watches = async (state, signal) => {
  const heading = make("h1", { tabindex: "-1" }, "Watches");
  const list = make("ul", { class: "watches" });
  const wrong = make("p", { role: "alert", class: "help" });
  const fill = (found) => list.replaceChildren(...(found.length ? found.map((watch) => one(watch, again)) : [make("li", { class: "quiet" }, "None so far.")]));
  const again = async (method, name, document, said) => {
    try {
      wrong.textContent = "";
      await send(method, `/v1/watches/${encodeURIComponent(name)}`, document);
      fill((await ask("/v1/watches")).watches);
      tell(said);
      return true;
    } catch (error) {
      wrong.textContent = [error.message, error.all?.[0]?.help].filter(Boolean).join(": ");
      return false;
    }
  };
  const name = make("input", { id: "watch-name", required: true, maxlength: 64, pattern: NAME });
  const query = make("input", { id: "watch-query", required: true, class: "query", value: address.query(state).text });
  const form = make("form", { class: "watch", onsubmit: async (event) => {
    event.preventDefault();
    if (await again("PUT", name.value.trim(), { query: query.value.trim() }, `${name.value} is kept`)) name.value = "";
    name.focus();
  } },
  make("h2", {}, "Keep another"),
  make("label", { for: "watch-name" }, "Name"), name, make("label", { for: "watch-query" }, "Query"), query, make("p", {}, make("button", {}, "Keep")));
  fill((await ask("/v1/watches", {}, signal)).watches);
  const nodes = make("div", { class: "narrow" }, heading,
    make("p", { class: "quiet" }, "Queries that are kept by the server. Keeping and removing needs its key."), list, wrong, form);
  return { nodes: [nodes], title: "Watches", focus: heading };
};
