// What is mentioned: how it is named, and the query that finds all that mentions it.

import { capitals, country, day, figure, language, monthOf, quoted, reading } from "./text.js";

/** Kinds in the order in which they are listed, with their tints, of which figures share one. */
export const KINDS = [
  ["person", "people"], ["country", "countries"], ["org", "organisations"], ["place", "places"], ["figure", "figures"], ["date", "dates"],
];

const FIGURES = ["number", "money", "percent", "quantity"];

/** The tint of a kind. */
export const tint = (kind) => (FIGURES.includes(kind) ? "figure" : kind);

const plain = (number) => (Number.isInteger(number) ? String(number) : number.toPrecision(12).replace(/\.?0+$/, ""));

/** The part of a field that says the unit. */
const part = (unit) => {
  if (!unit || unit === "%") return "";
  return /^[\p{L}\p{N}]+$/u.test(unit) ? `.${unit}` : `.${quoted(unit)}`;
};

/** The query for a stretch of quantities, with its upper end or without. */
export const range = (kind, unit, lo, hi, end = "]") => {
  const field = kind + part(unit);
  return lo === hi ? `${field}:${plain(lo)}` : `${field}:[${plain(lo)} TO ${plain(hi)}${end}`;
};

/** The query that finds all that mentions the same. */
export const query = (mention) => {
  const { kind, key } = mention;
  if (kind === "country") return `country:${key}`;
  if (kind === "date") return mention.first === mention.last ? `date:${mention.first}` : `date:[${mention.first} TO ${mention.last}]`;
  if (FIGURES.includes(kind)) return range(kind, mention.unit, mention.lo, mention.hi);
  return `${kind}:${quoted(key)}`;
};

/** The name of a value of a field, as people write it. */
export const name = (kind, value) => {
  if (kind === "country") return country(value);
  if (kind === "lang") return language(value);
  if (kind === "person" || kind === "org") return capitals(value);
  if (kind === "place") return capitals(value).replace(/, (..)$/i, (_, code) => `, ${code.toUpperCase()}`);
  return value;
};

/** What a mention is read as. */
export const read = (mention) => {
  if (mention.kind === "date") {
    const [first, last] = [mention.first, mention.last];
    if (!first) return mention.key;
    if (first === last) return day(first);
    if (/^\d{4}$/.test(mention.key)) return mention.key;
    return /^\d{4}-\d{2}$/.test(mention.key) ? monthOf(first) : `${day(first)} – ${day(last)}`;
  }
  if (FIGURES.includes(mention.kind)) return reading(mention.key);
  return name(mention.kind, mention.key);
};

const CLAUSE = /^(-?)([a-z]+)(?:\.("[^"]*"|[^:]+))?:(?:"(.*)"|\[(\S+) TO (\S+)[\]}]|(.*))$/;

/** A clause that was chosen, in words. */
export const label = (clause) => {
  const read = CLAUSE.exec(clause);
  if (!read) return clause;
  const [, , field, unit, text, lo, hi, bare] = read;
  const of = unit ? ` ${unit.replaceAll('"', "")}` : field === "percent" ? " %" : "";
  if (lo !== undefined) {
    const number = (stated) => (field === "date" || stated === "*" ? stated : figure(Number(stated)));
    return `${number(lo)} – ${number(hi)}${of}`;
  }
  const value = text ?? bare;
  if (FIGURES.includes(field)) return `${Number.isFinite(Number(value)) ? figure(Number(value)) : value}${of}`;
  return name(field, value);
};
