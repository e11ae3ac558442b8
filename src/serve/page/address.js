// What is shown is told by the address alone, so that every view has one to keep, and back and forward lead where they should.

/** Parameters of the address: one value each, in this order. */
const ONE = ["q", "sort", "since", "until", "group", "unusual", "figures", "n", "article", "story", "view"];
const MANY = "with";

/** What is asked for. */
export const read = (search = location.search) => {
  const params = new URLSearchParams(search);
  const state = { [MANY]: params.getAll(MANY).filter(Boolean) };
  for (const name of ONE) state[name] = params.get(name) ?? "";
  return state;
};

/** The address of a state, that of this one with changes unless told otherwise. */
export const link = (changes, from = read()) => {
  const state = { ...from, ...changes };
  const params = new URLSearchParams();
  for (const name of ONE) if (state[name]) params.set(name, state[name]);
  for (const chosen of state[MANY]) params.append(MANY, chosen);
  return params.size ? `/?${params}` : "/";
};

/** The address of a new search, which keeps how hits are shown. */
export const search = (q) => {
  const { sort, group } = read();
  return link({ q, sort, group }, { with: [] });
};

/** The address of the hits that an article or a story was opened from. */
export const hits = () => link({ article: "", story: "", view: "" });

/** The address of this search refined: by one more or one less, beginning at the first page. */
export const refined = (clause, state = read()) => {
  const without = state.with.filter((chosen) => chosen !== clause);
  const chosen = without.length < state.with.length ? without : [...without, clause];
  return link({ with: chosen, n: "", article: "", story: "", view: "" }, state);
};

/** The query as the server is asked it, and how many bytes stand before what was typed. */
export const query = (state) => {
  const typed = state.q.trim();
  if (!state.with.length) return { text: state.q, before: 0 };
  const chosen = state.with.join(" ");
  if (!typed || typed === "*") return { text: chosen, before: Infinity };
  return { text: `(${state.q}) ${chosen}`, before: 1 };
};

/** What every route about a search is asked. */
export const asked = (state) => ({ q: query(state).text.trim() || "*", since: state.since, until: state.until });

/** Whether anything is searched for. */
export const searches = (state) => Boolean(state.q.trim() || state.with.length || state.since || state.until);

let shown = () => {};

/** Goes to an address of this page; the place on this one is kept for who comes back. */
export const go = (href) => {
  keep();
  history.pushState({}, "", href);
  shown({ back: false });
};

/** Changes the address without a step to go back to. */
export const replace = (href) => history.replaceState({ ...history.state }, "", href);

const keep = () => history.replaceState({ ...history.state, y: scrollY }, "");

/** Shows what the address says, now and whenever it changes; links within the page lead there without loading it anew. */
export const start = (show) => {
  shown = show;
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => show({ back: true }));
  addEventListener("pagehide", keep);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = event.target.closest?.("a[href]");
    if (!anchor || anchor.target || anchor.hasAttribute("download")) return;
    const to = new URL(anchor.href);
    if (to.origin !== location.origin || to.pathname !== "/" || (to.hash && to.search === location.search)) return;
    event.preventDefault();
    go(to.pathname + to.search);
  });
  show({ back: false, first: true });
};
