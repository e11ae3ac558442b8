// Shows /openapi.json, and asks what is shown. Whatever comes from the server is put in as text, never as markup.

const make = (name, text, ...inside) => {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  node.append(...inside);
  return node;
};

const shapeName = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.oneOf) return schema.oneOf.map(shapeName).join(" | ");
  if (schema.type === "array") return `${shapeName(schema.items)}[]`;
  const range = schema.maximum === undefined ? "" : ` ${schema.minimum}..${schema.maximum}`;
  return [].concat(schema.type ?? "any").join(" | ") + range;
};

const row = (...cells) => make("tr", "", ...cells.map((cell) => (cell instanceof Node ? make("td", "", cell) : make("td", cell))));

const field = (parameter) => {
  const { schema } = parameter;
  const node = schema.enum ? make("select") : make("input");
  if (schema.enum) node.append(make("option", ""), ...schema.enum.map((value) => make("option", value)));
  else if (schema.default !== undefined) node.placeholder = schema.default;
  node.dataset.name = parameter.name;
  node.dataset.in = parameter.in;
  return node;
};

const ask = async (verb, path, form, body, out) => {
  let address = path;
  const query = new URLSearchParams();
  for (const node of form.querySelectorAll("[data-name]")) {
    if (!node.value) continue;
    if (node.dataset.in === "path") address = address.replace(`{${node.dataset.name}}`, encodeURIComponent(node.value));
    else query.append(node.dataset.name, node.value);
  }
  if (query.size) address += `?${query}`;
  const headers = {};
  const key = document.querySelector("#key").value;
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(address, { method: verb, headers, body: body?.value });
    const text = await answer.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON */ }
    out.textContent = `${verb} ${address}\n${answer.status}\n\n${shown.slice(0, 200000)}`;
  } catch (error) {
    out.textContent = String(error);
  }
  out.hidden = false;
};

const show = (path, verb, route) => {
  const table = make("table");
  for (const parameter of route.parameters ?? []) {
    const name = make("code", parameter.name + (parameter.required ? " *" : ""));
    table.append(row(name, shapeName(parameter.schema), parameter.description ?? "", field(parameter)));
  }
  const form = make("form", "", table);
  let body;
  if (route.requestBody) {
    body = make("textarea");
    body.rows = 5;
    body.placeholder = Object.keys(route.requestBody.content).join(" or ");
    form.append(body);
  }
  const out = make("pre");
  out.hidden = true;
  form.append(make("button", "Ask"), out);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(verb.toUpperCase(), path, form, body, out);
  });
  const answers = make("table");
  for (const [status, answer] of Object.entries(route.responses)) {
    const kinds = Object.entries(answer.content ?? {}).map(([kind, { schema }]) => `${kind}: ${shapeName(schema)}`);
    answers.append(row(make("code", status), answer.description, kinds.join("; ")));
  }
  return make("details", "", make("summary", "", make("b", verb.toUpperCase()), make("code", path), ` ${route.summary ?? ""}`),
    make("p", route.description ?? ""), form, answers);
};

const api = await (await fetch("/openapi.json")).json();
document.querySelector("#about").textContent = api.info.description;
const routes = document.querySelector("#routes");
routes.replaceChildren();
for (const [path, verbs] of Object.entries(api.paths)) {
  for (const [verb, route] of Object.entries(verbs)) routes.append(show(path, verb, route));
}
const shapes = document.querySelector("#shapes");
for (const [name, schema] of Object.entries(api.components.schemas)) {
  const table = make("table");
  for (const [property, shape] of Object.entries(schema.properties ?? {})) table.append(row(make("code", property), shapeName(shape)));
  shapes.append(make("details", "", make("summary", "", make("code", name)), table));
}
