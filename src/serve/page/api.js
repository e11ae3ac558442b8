// Asks the server. A key, where one is needed, is asked for once and kept in this tab's memory alone.

import { by } from "./dom.js";

let key = "";
let asking;

/** What the server says is wrong. */
export class Wrong extends Error {
  constructor(status, document) {
    const first = document?.error ?? { code: "unreachable", message: "the server gives no answer", help: "Is it running?" };
    super(first.message);
    this.status = status;
    this.code = first.code;
    this.all = document?.errors ?? [first];
  }
}

const askForKey = () => {
  asking ??= new Promise((done) => {
    const dialog = by("ask");
    const field = by("key");
    field.value = "";
    dialog.returnValue = "";
    by("ask-again").textContent = key ? "That is not the key." : "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "go" ? field.value.trim() : "";
      field.value = "";
      asking = undefined;
      done(given);
    }, { once: true });
  });
  return asking;
};

/** The answer as it comes; a [`Wrong`] unless it is a good one. */
export const call = async (path, options = {}) => {
  const headers = { ...options.headers, ...(key && { Authorization: `Bearer ${key}` }) };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Wrong(0);
  }
  if (response.ok) return response;
  if (response.status === 401) {
    key = await askForKey();
    if (key) return call(path, options);
  }
  throw new Wrong(response.status, await response.json().catch(() => null));
};

const kept = new Map();
const MOST = 40;
const FRESH = 60_000;

/** The address of a question; parameters that are empty are left out. */
export const url = (path, params = {}) => {
  const given = Object.entries(params).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
};

/** A document. Those of the last minute are kept, so that going back is quick. */
export const ask = async (path, params, signal) => {
  const asked = url(path, params);
  const before = kept.get(asked);
  if (before && performance.now() - before.at < FRESH) return before.document;
  const document = await (await call(asked, { signal })).json();
  kept.delete(asked);
  kept.set(asked, { at: performance.now(), document });
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  return document;
};

/** Writes something, and forgets what was read before. */
export const send = async (method, path, document) => {
  kept.clear();
  const body = document === undefined ? {} : { body: JSON.stringify(document), headers: { "Content-Type": "application/json" } };
  return call(path, { method, ...body });
};

/** Whether a file has to be asked for with the key, which a plain link would not send. */
export const hasKey = () => Boolean(key);

let known;

/** What this server answers, by its own account. */
export const features = () => {
  known ??= ask("/openapi.json").then((api) => {
    const parameters = api.paths["/v1/search"]?.get?.parameters ?? [];
    const groups = parameters.find(({ name }) => name === "group")?.schema?.enum ?? [];
    const has = (path) => path in api.paths;
    return {
      groups,
      stories: groups.includes("story"),
      story: has("/v1/stories/{id}"),
      figures: has("/v1/stories/{id}/figures"),
      related: has("/v1/articles/{id}/related"),
      watches: has("/v1/watches"),
    };
  }).catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
};
