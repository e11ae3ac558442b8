// Articles over time: bars, and a stretch of them to be chosen by pointer or keyboard, which sets since and until.

import * as address from "./address.js";
import { ask } from "./api.js";
import { draw, later, make } from "./dom.js";
import { count, day, many } from "./text.js";

const HEIGHT = 40;
const PAUSE = 500;
const DAY = 86_400_000;
const STEPS = { day: 1, week: 7 };

/** The handle that was moved by keyboard, which has the focus again in the view that comes of it. */
let held = null;

/** Whether a handle waits for its focus. */
export const holds = () => held !== null;

/** Gives it the focus, where it is there already. */
export const regain = () => {
  const handle = held !== null && document.querySelector(`.handle[data-side="${held}"]`);
  if (!handle) return;
  held = null;
  handle.focus({ preventScroll: true });
};

const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The last day of a stretch that begins on a day. */
const last = (from, by) => {
  const begin = new Date(`${from}T00:00:00Z`);
  if (STEPS[by]) return iso(begin.getTime() + (STEPS[by] - 1) * DAY);
  if (by === "month") begin.setUTCMonth(begin.getUTCMonth() + 1);
  else begin.setUTCFullYear(begin.getUTCFullYear() + 1);
  return iso(begin.getTime() - DAY);
};

/** Fills a place with the timeline of a search: that of all times, with the stretch that is chosen. */
export const timeline = async (state, place, signal) => {
  const { stretches, by, undated } = await ask("/v1/timeline", { q: address.asked(state).q, group: "none" }, signal);
  const inputs = dates(state);
  if (stretches.length < 2) return place.replaceChildren(inputs);
  const bars = stretches.map(({ from, articles }) => ({ from, articles, to: last(from, by) }));
  const most = Math.max(...bars.map(({ articles }) => articles), 1);
  const picture = draw("svg", { viewBox: `0 0 ${bars.length} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    bars.map(({ articles }, at) => {
      const height = articles ? Math.max(1.5, (articles / most) * HEIGHT) : 0;
      return draw("rect", { x: at + (bars.length > 150 ? 0 : 0.1), y: HEIGHT - height, width: bars.length > 150 ? 1 : 0.8, height });
    }));
  const bare = make("div", { class: "window" });
  const chart = make("div", { class: "chart" }, picture, bare);
  const hint = make("p", { class: "hint", "aria-hidden": "true" });
  brush({ state, bars, chart, bare, hint });
  const [begin, end] = [bars[0].from, bars[bars.length - 1].to];
  place.replaceChildren(chart, make("div", { class: "ends" }, make("span", {}, day(begin)), hint, make("span", {}, day(end))), inputs);
  if (undated) inputs.append(make("span", { class: "undated" }, `${many(undated, "article")} without a date`));
  if (place.isConnected) regain();
  return undefined;
};

/** The same by typing. */
const dates = (state) => {
  const one = (name, text) => make("label", {}, make("span", {}, `${text} `), make("input", { type: "date", value: state[name], "data-name": name }));
  const form = make("form", { class: "dates", onsubmit: (event) => {
    event.preventDefault();
    const changes = Object.fromEntries([...form.querySelectorAll("input")].map((input) => [input.dataset.name, input.value]));
    address.go(address.link({ ...changes, n: "" }));
  } }, one("since", "From"), one("until", "to"), make("button", { class: "plain small" }, "Set"));
  return form;
};

/** Lets a stretch of the bars be chosen. */
const brush = ({ state, bars, chart, bare, hint }) => {
  const final = bars.length - 1;
  let from = state.since ? Math.max(0, bars.findIndex(({ to }) => to >= state.since)) : 0;
  let to = state.until ? bars.findLastIndex(({ from: begin }) => begin <= state.until) : final;
  if (to < from) to = from;
  const handles = ["From", "To"].map((name, side) => make("div", {
    class: "handle", role: "slider", tabindex: "0", "aria-label": `${name}: articles published`, "aria-orientation": "horizontal", "data-side": side,
  }));
  chart.append(...handles);

  const paint = () => {
    const share = (at) => `${(at / bars.length) * 100}%`;
    bare.style.left = share(from);
    bare.style.right = share(bars.length - to - 1);
    handles[0].style.left = share(from);
    handles[1].style.left = share(to + 1);
    const whole = from === 0 && to === final;
    chart.classList.toggle("whole", whole);
    const articles = bars.slice(from, to + 1).reduce((sum, bar) => sum + bar.articles, 0);
    hint.textContent = whole ? "" : `${day(bars[from].from)} – ${day(bars[to].to)} · ${count(articles)}`;
    const values = [from, to];
    handles.forEach((handle, side) => {
      handle.setAttribute("aria-valuemin", side ? from : 0);
      handle.setAttribute("aria-valuemax", side ? final : to);
      handle.setAttribute("aria-valuenow", values[side]);
      handle.setAttribute("aria-valuetext", day(side ? bars[to].to : bars[from].from));
    });
  };

  const chosen = () => ({ since: from === 0 ? "" : bars[from].from, until: to === final ? "" : bars[to].to, n: "" });
  const settle = (focus) => {
    const changes = chosen();
    const now = address.read();
    if (changes.since === now.since && changes.until === now.until) return;
    held = focus ?? null;
    address.go(address.link(changes));
  };
  const soon = later(PAUSE, settle);

  const at = (event) => {
    const box = chart.getBoundingClientRect();
    return Math.min(final, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  let grip = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const side = event.target.dataset?.side;
    grip = side === "0" ? to : side === "1" ? from : at(event);
    if (side === undefined) [from, to] = [grip, grip];
    chart.setPointerCapture(event.pointerId);
    event.preventDefault();
    paint();
  });
  chart.addEventListener("pointermove", (event) => {
    const bar = bars[at(event)];
    if (grip === null) {
      hint.textContent = `${day(bar.from)}${bar.to === bar.from ? "" : ` – ${day(bar.to)}`} · ${count(bar.articles)}`;
      return;
    }
    const here = at(event);
    [from, to] = here < grip ? [here, grip] : [grip, here];
    paint();
  });
  chart.addEventListener("pointerleave", () => { if (grip === null) paint(); });
  chart.addEventListener("pointerup", () => { grip = null; settle(); });
  chart.addEventListener("pointercancel", () => { grip = null; paint(); });
  handles.forEach((handle, side) => handle.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -bars.length, End: bars.length };
    if (event.key === "Escape") [from, to] = [0, final];
    else if (!(event.key in moves)) return;
    else if (side === 0) from = Math.min(to, Math.max(0, from + moves[event.key]));
    else to = Math.max(from, Math.min(final, to + moves[event.key]));
    event.preventDefault();
    paint();
    soon(String(side));
  }));
  paint();
};
