// An article: its text with what is mentioned in it, and beside it what it states about itself, who is in it, and what leads on.

import * as address from "./address.js";
import { ask, features } from "./api.js";
import { leads, make } from "./dom.js";
import { facts, hit, open } from "./hits.js";
import { KINDS, query, read, tint } from "./mentions.js";
import { paint } from "./matches.js";
import { Bytes, count, language, longDay, hour, pieces } from "./text.js";

const MOST = 8;

const link = (mention, text) => make("a", {
  class: `mention ${tint(mention.kind)}`, href: address.search(query(mention)), title: `${mention.kind}: ${read(mention)}`,
}, text);

/** A text with its mentions, a paragraph a line: what `whole` makes of each, and the bytes from which to which it goes. */
const paragraphs = (text, mentions, whole) => {
  const bytes = new Bytes(text);
  let at = 0;
  return text.split("\n").flatMap((line) => {
    const start = at;
    const end = start + new Bytes(line).length;
    at = end + 1;
    const within = mentions.filter((mention) => mention.start >= start && mention.end <= end);
    return line.trim() ? [{ node: whole(pieces(bytes, start, end, within, link)), start, end }] : [];
  });
};

/** Each kind with a box that takes its tint away. */
const legend = (mentions, text) => {
  const kinds = KINDS.filter(([kind]) => mentions.some((mention) => tint(mention.kind) === kind));
  if (!kinds.length) return null;
  return make("fieldset", { class: "legend" }, make("legend", { class: "unseen" }, "Mentions that are shown"),
    kinds.map(([kind, name]) => make("label", {}, make("input", {
      type: "checkbox", checked: true, onchange: (event) => text.classList.toggle(`no-${kind}`, !event.target.checked),
    }), make("span", { class: `mention ${kind}` }, name))));
};

const stated = (article) => {
  const dateline = article.dateline?.place;
  const rows = [
    ["Outlet", article.source && make("a", { href: address.search(`source:"${article.source.replace(/["\\]/g, " ")}"`) }, article.source)],
    ["Published", article.published && `${longDay(article.published)} ${hour(article.published)}`],
    ["Updated", article.updated && `${longDay(article.updated)} ${hour(article.updated)}`],
    ["By", article.byline], ["Agency", article.agency], ["Section", article.section], ["From", dateline],
    ["Language", article.lang && `${language(article.lang)}${article.lang_detected ? " (detected)" : ""}`],
    ["Address", leads(article.url) && make("a", { href: article.url, rel: "noopener noreferrer nofollow" }, article.url.replace(/^https?:\/\//i, ""))],
    ["Id", make("code", {}, article.id)],
  ];
  return make("dl", { class: "stated" }, rows.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
};

/** Who and what is in it, those most often named first. */
const cast = (mentions) => KINDS.filter(([kind]) => kind !== "figure" && kind !== "date").map(([kind, name]) => {
  const times = new Map();
  for (const mention of mentions) if (mention.kind === kind) times.set(mention.key, { mention, times: (times.get(mention.key)?.times ?? 0) + 1 });
  const most = [...times.values()].sort((a, b) => b.times - a.times).slice(0, MOST);
  if (!most.length) return null;
  return make("section", { class: "facet" }, make("h2", {}, name[0].toUpperCase() + name.slice(1)),
    make("ul", {}, most.map((one) => make("li", {}, make("a", { href: address.search(query(one.mention)) },
      make("span", { class: "value" }, read(one.mention)), " ", make("span", { class: "count" }, count(one.times), make("span", { class: "unseen" }, " mentions")))))));
});

const copies = (article) => {
  if (!article.copies?.length) return null;
  return make("section", { class: "facet" }, make("h2", {}, "The same text elsewhere"),
    make("ul", { class: "copies" }, article.copies.map((one) => make("li", {}, make("a", { href: open(one.id) }, one.source || one.title || one.id), facts({ published: one.published })))));
};

const related = async (id, place, signal) => {
  const has = await features();
  if (!has.related) return;
  const answer = await ask(`/v1/articles/${encodeURIComponent(id)}/related`, {}, signal);
  if (!answer.hits?.length) return;
  place.append(make("h2", {}, "Related"), make("ol", { class: "hits" }, answer.hits.slice(0, MOST).map((one, at) => make("li", {}, hit({ ...one, snippets: [] }, `related-${at}`)))));
};

export const article = async (state, signal) => {
  const shown = await ask(`/v1/articles/${encodeURIComponent(state.article)}`, {}, signal);
  const has = await features();
  const mentions = shown.mentions ?? [];
  const of = (field) => mentions.filter((mention) => mention.field === field);
  const heading = make("h1", { tabindex: "-1" });
  const titles = paragraphs(shown.title || "Without a headline", shown.title ? of("title") : [], (inside) => make("span", {}, inside));
  heading.append(...titles.map(({ node }) => node));
  const parts = paragraphs(shown.body ?? "", of("body"), (inside) => make("p", {}, inside));
  const text = make("div", { class: "text", lang: shown.lang }, heading, facts(shown), make("div", { class: "body" }, parts.map(({ node }) => node)));
  const counter = make("span", { class: "counter" });
  paint({ state, article: shown, heading, parts, counter, signal }).catch(() => {});
  const others = make("section", { class: "related" });
  related(state.article, others, signal).catch(() => {});
  const nodes = make("div", { class: "reading-view" },
    make("nav", { class: "trail", "aria-label": "Way back" },
      make("a", { href: address.hits() }, address.searches(state) ? "← All hits" : "← Search"),
      has.story && shown.story && make("a", { href: address.link({ story: shown.story, article: "" }) }, "Its story"),
      counter, legend(mentions, text)),
    make("article", { class: "sheet" }, text),
    make("aside", { class: "beside", "aria-label": "About this article" }, stated(shown), copies(shown), cast(mentions)),
    others);
  return { nodes: [nodes], title: shown.title, told: `Article: ${shown.title}`, focus: heading };
};
