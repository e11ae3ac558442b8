// Elements, made. Texts become text nodes, never markup, wherever they come from.

const SVG = "http://www.w3.org/2000/svg";

const fill = (node, properties, inside) => {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "href") node.setAttribute("href", address(value));
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.flat(Infinity).filter((part) => part !== undefined && part !== null && part !== false && part !== ""));
  return node;
};

/** Makes an element: its attributes (`onclick` and the like are listeners), then what is in it: nodes and texts. */
export const make = (name, properties, ...inside) => fill(document.createElement(name), properties, inside);

/** The same for pictures. */
export const draw = (name, properties, ...inside) => fill(document.createElementNS(SVG, name), properties, inside);

/** An address that leads to a page and runs nothing: what articles state may be anything. */
export const address = (stated) => {
  try {
    const { protocol } = new URL(stated, document.baseURI);
    return protocol === "http:" || protocol === "https:" ? stated : "#";
  } catch {
    return "#";
  }
};

/** Whether an address that an article states leads anywhere. */
export const leads = (stated) => /^https?:\/\//i.test(stated ?? "");

/** The element with this id. */
export const by = (id) => document.getElementById(id);

/** Tells those who listen what has happened. */
export const tell = (text) => {
  by("told").textContent = text;
};

/** Calls once, when nothing has been asked for a while; `stop` takes back what was asked. */
export const later = (wait, work) => {
  let timer;
  const soon = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(work, wait, ...args);
  };
  soon.stop = () => clearTimeout(timer);
  return soon;
};
