// What a query may go on with, in a list beneath the box: the pattern of a combobox with a list that is not entered.

import { ask } from "./api.js";
import { later, make } from "./dom.js";
import { capitals, count } from "./text.js";

const KINDS = ["person", "country", "org", "place", "number", "money", "percent", "quantity", "date"];
const NAMED = /(?:^|[\s(-])(person|country|org|place):("?)([^"]*)$/;
const SLOT = /\{(\w*)$/;
const WORD = /(?:^|[\s(-])([\p{L}\p{N}][\p{L}\p{N}.'’-]*)$/u;
const PAUSE = 110;

/** What is completed where the caret stands: from where, which prefix, of which kind. */
const wanted = (before) => {
  const slot = SLOT.exec(before);
  if (slot) return { slot: slot[1].toLowerCase(), from: before.length - slot[0].length };
  const quotes = before.split('"').length % 2 === 0;
  const named = NAMED.exec(before);
  if (named && (quotes ? named[2] : !named[2] && !/\s/.test(named[3]))) {
    const [, kind, quote, prefix] = named;
    return { kind, prefix, from: before.length - kind.length - 1 - quote.length - prefix.length };
  }
  const word = WORD.exec(before);
  if (quotes || !word || word[1].length < 2) return null;
  return { kind: "any", prefix: word[1], from: before.length - word[1].length };
};

const suggestions = async (want, signal) => {
  if (want.slot !== undefined) {
    return KINDS.filter((kind) => kind.startsWith(want.slot)).map((kind) => ({ kind: "slot", value: kind, query: `{${kind}}` }));
  }
  const { suggestions: found } = await ask("/v1/complete", { prefix: want.prefix, kind: want.kind, n: want.kind === "any" ? 4 : 8 }, signal);
  return found.filter((one) => one.articles !== 0);
};

/** Has a box complete what is typed. */
export const attach = (input, list) => {
  let shown = [];
  let active = -1;
  let from = 0;
  let under = new AbortController();

  const close = () => {
    under.abort();
    list.hidden = true;
    shown = [];
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (at) => {
    active = at;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    return list.children[at].scrollIntoView({ block: "nearest" });
  };

  const take = (at) => {
    const { query } = shown[at];
    const after = input.value.slice(input.selectionStart);
    const begun = input.value.slice(0, from) + query;
    const gap = query.endsWith(":") || query.startsWith("{") || /^\s/.test(after) ? "" : " ";
    input.value = begun + gap + after;
    input.setSelectionRange(begun.length + gap.length, begun.length + gap.length);
    input.focus();
    close();
    if (query.endsWith(":")) look();
  };

  const option = (one, at) => {
    const name = one.kind === "person" || one.kind === "place" || one.kind === "org" ? capitals(one.value) : one.value;
    return make("li", {
      id: `suggestion-${at}`, role: "option", "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); take(at); },
    },
    make("span", { class: "value" }, one.kind === "field" ? `${name}:` : one.kind === "slot" ? `{${name}}` : name),
    make("span", { class: "kind" }, ` ${one.kind}`), one.articles ? make("span", { class: "count" }, ` ${count(one.articles)}`) : null);
  };

  const look = async () => {
    const want = wanted(input.value.slice(0, input.selectionStart));
    if (!want || document.activeElement !== input) return close();
    under.abort();
    under = new AbortController();
    const { signal } = under;
    try {
      const found = await suggestions(want, signal);
      if (signal.aborted || document.activeElement !== input) return undefined;
      if (!found.length) return close();
      ({ from } = want);
      shown = found;
      list.replaceChildren(...found.map(option));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      return mark(-1);
    } catch {
      return close(); // a list that does not come is not missed
    }
  };

  const soon = later(PAUSE, look);
  input.addEventListener("input", (event) => {
    if (!event.isComposing) soon();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", () => { soon.stop(); close(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (list.hidden) {
      if (key === "ArrowDown") { event.preventDefault(); look(); }
      return;
    }
    if (key === "ArrowDown") mark(active + 1 < shown.length ? active + 1 : -1);
    else if (key === "ArrowUp") mark(active < 0 ? shown.length - 1 : active - 1);
    else if (key === "Enter" && active >= 0) take(active);
    else if (key === "Escape") close();
    else return;
    event.preventDefault();
  });
};
