// Texts and figures as they are shown. The server counts bytes of UTF-8; a browser counts other things.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Cuts a text by ranges of its bytes. */
export class Bytes {
  constructor(text) {
    this.text = text;
    this.bytes = encoder.encode(text);
  }

  get length() {
    return this.bytes.length;
  }

  cut(start, end) {
    return decoder.decode(this.bytes.subarray(Math.max(0, start), Math.max(0, end)));
  }

  /** How many of JavaScript's units stand before a byte. */
  units(at) {
    return this.cut(0, at).length;
  }
}

/** The text between two bytes in pieces: strings, and what `show(range, text)` makes of each range. Ranges that overlap one before are left out. */
export const pieces = (bytes, start, end, ranges, show) => {
  const out = [];
  let at = start;
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (range.start < at || range.end > end || range.end <= range.start) continue;
    out.push(bytes.cut(at, range.start), show(range, bytes.cut(range.start, range.end)));
    at = range.end;
  }
  out.push(bytes.cut(at, end));
  return out;
};

const whole = new Intl.NumberFormat("en");
const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const countries = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

const dated = (format) => (instant) => {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : format.format(date);
};

export const count = (number) => whole.format(number);
export const many = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;
export const day = dated(short);
export const longDay = dated(long);
export const monthOf = dated(month);

/** The time of day, unless it is midnight, which mostly means that none was stated. */
export const hour = (instant) => {
  const told = dated(clock)(instant);
  return told === "00:00" || !/T/.test(instant) ? "" : `${told} UTC`;
};

const named = (names, code) => {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
};
export const country = (code) => named(countries, code);
export const language = (code) => named(languages, code);

/** A folded name as people write it. */
export const capitals = (name) => name.replace(/(^|[\s'’-])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase());

const SIZES = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"]];

/** A number as news writes it: 2.5bn. */
export const figure = (number) => {
  const size = Math.abs(number);
  for (const [of, name] of SIZES) {
    if (size >= of) return `${whole.format(Number((number / of).toPrecision(4)))}${name}`;
  }
  if (size !== 0 && size < 0.01) return number.toExponential(1);
  return whole.format(Number(number.toPrecision(6)));
};

/** The same where there is little room: 10k. */
export const round = (number) => (Math.abs(number) >= 1e3 && Math.abs(number) < 1e6 ? `${figure(number / 1e3)}k` : figure(number));

const SAID = { "~": "about ", "<=": "up to ", ">=": "at least ", "<": "under ", ">": "over " };
const QUANTITY = /^(~|<=|>=|<|>|=)?(-?[\d,.]+?)(?:\.\.(-?[\d,.]+))?(?: (.+))?$/;

/** The reading of a quantity in words: `<=400 people` is "up to 400 people". */
export const reading = (stated) => {
  const read = QUANTITY.exec(stated);
  if (!read) return stated;
  const [, sign, lo, hi, unit] = read;
  const number = (text) => figure(Number(text.replaceAll(",", "")));
  const range = hi ? `${number(lo)}–${number(hi)}` : number(lo);
  return `${SAID[sign] ?? ""}${range}${unit === "%" ? " %" : unit ? ` ${unit}` : ""}`;
};

/** A value in quotes, as a query has it. */
export const quoted = (value) => `"${String(value).replace(/["\\]/g, " ").trim()}"`;
