// Where nothing is asked yet: what can be asked, by examples that are.

import * as address from "./address.js";
import { make } from "./dom.js";

const TAUGHT = [
  ["Words and phrases", [
    ["earthquake emergency", "both words, in every inflection"],
    ['"death toll"', "a phrase as written"],
    ["(quake OR earthquake) NOT Syria", "either, without a third"],
  ]],
  ["Who and where", [
    ["country:Iranian", "a country under all its names"],
    ["person:erdogan", "a person, by any part of the name"],
    ['source:"Northern Wire"', "one outlet"],
  ]],
  ["How much", [
    ["number.people:[100 TO 500]", "figures in a range, vague ones too"],
    ["money.USD:>=1bn", "amounts in a currency"],
    ["percent:>50", "shares"],
  ]],
  ["Phrases with a hole in them", [
    ['"{number} people"', "a figure, then a word"],
    ['"{person} said"', "anybody who said something"],
    ['"{number people} killed"~3', "with words to spare"],
  ]],
  ["Near each other", [
    ["earthquake W/10 killed", "within ten words"],
    ["country:Japan W/S number:*", "in one sentence"],
    ["ATLEAST3(strike)", "at least so often"],
  ]],
  ["When", [
    ["published:2023", "the year of publication"],
    ["date:[2023-09-01 TO 2023-09-30]", "days that the text names"],
    ["title:strike published:>=2022-06", "headlines since a month"],
  ]],
];

/** The lessons, each example a link to its hits. */
export const lessons = () => make("div", { class: "lessons" }, TAUGHT.map(([title, examples]) => make("section", {}, make("h2", {}, title),
  make("ul", {}, examples.map(([q, what]) => make("li", {}, make("a", { href: address.link({ q }, { with: [] }) }, make("code", {}, q)), make("span", { class: "quiet" }, what)))))));

export const start = async (state) => {
  const help = state.view === "help";
  const heading = make("h1", { tabindex: "-1" }, help ? "What can be asked" : "Search the archive by who, where, how much and when");
  const lead = help
    ? "Words next to each other must all be found. Operators are written in capitals. What is wrong with a query is shown beneath it, with what to write instead."
    : "Get the sentence that says it. Each of these is a query; open one, and change it.";
  const nodes = make("div", { class: "start" }, heading, make("p", { class: "lead" }, lead), lessons());
  return { nodes: [nodes], title: help ? "What can be asked" : "", focus: heading, typing: !help };
};
