// Shows /openapi.json. Everything is put in as text, never as markup, and nothing comes from elsewhere.
"use strict";

const METHODS = ["get", "post", "delete", "put", "patch"];
/** Deeper than this a schema is shown by its name. */
const MAX_DEPTH = 6;

let document_ = {};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** What the value refers to, or itself; with the name of what it refers to. */
function resolve(value) {
  if (!value || !value.$ref) return { name: undefined, value: value ?? {} };
  const parts = value.$ref.slice(2).split("/");
  const found = parts.reduce((here, part) => here[part], document_);
  // What stands beside a reference adds to it.
  const { $ref: _, ...more } = value;
  return { name: parts.at(-1), value: typeof found === "object" ? { ...found, ...more } : found };
}

/** Of Markdown: paragraphs, lists of one level, code and emphasis. */
function prose(text) {
  const box = element("div", { class: "text" });
  for (const block of (text ?? "").trim().split(/\n\s*\n/)) {
    if (!block) continue;
    if (block.startsWith("- ")) {
      const items = block.split(/\n(?=- )/).map((item) => element("li", {}, ...inline(item.slice(2))));
      box.append(element("ul", {}, ...items));
    } else {
      box.append(element("p", {}, ...inline(block)));
    }
  }
  return box;
}

function inline(text) {
  return text.split(/(`[^`]+`|\*[^*\s][^*]*\*)/).map((part) => {
    if (part.startsWith("`") && part.length > 1) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("*") && part.length > 2) return element("em", {}, part.slice(1, -1));
    return part;
  });
}

function json(value) {
  return element("pre", { tabindex: "0" }, element("code", {}, JSON.stringify(value, null, 2)));
}

function typeOf(schema) {
  const { name, value } = resolve(schema);
  if (value.const !== undefined) return JSON.stringify(value.const);
  if (value.enum) return value.enum.map((one) => JSON.stringify(one)).join(" | ");
  const types = [value.type ?? []].flat();
  if (types.includes("array") && value.items) return `array of ${typeOf(value.items)}`;
  if (types.length) return types.join(" or ");
  return name ?? "any";
}

function limits(schema) {
  const said = [];
  if (schema.pattern) said.push(`like ${schema.pattern}`);
  if (schema.maxLength !== undefined) said.push(`at most ${schema.maxLength} characters`);
  if (schema.minItems !== undefined) said.push(`at least ${schema.minItems}`);
  if (schema.maxItems !== undefined) said.push(`at most ${schema.maxItems}`);
  if (schema.default !== undefined) said.push(`${JSON.stringify(schema.default)} without it`);
  return said.join("; ");
}

/** The fields of an object, with those of all that it is made of. */
function fieldsOf(schema, into = { fields: new Map(), required: new Set(), needs: [] }) {
  const { value } = resolve(schema);
  for (const part of value.allOf ?? []) {
    const { value: resolved } = resolve(part);
    if (resolved.if) continue;
    if (resolved.anyOf && !resolved.properties) into.needs.push(resolved.description ?? "");
    else fieldsOf(part, into);
  }
  for (const [name, field] of Object.entries(value.properties ?? {})) {
    const known = into.fields.get(name);
    into.fields.set(name, known && !resolve(field).value.type ? known : field);
  }
  for (const name of value.required ?? []) into.required.add(name);
  return into;
}

function schemaView(schema, depth = 0) {
  const { value } = resolve(schema);
  const box = element("div", {});
  if (value.description) box.append(prose(value.description));
  const choices = value.oneOf ?? (value.properties || value.allOf ? undefined : value.anyOf);
  const { fields, required, needs } = fieldsOf(schema);
  for (const need of needs.filter(Boolean)) box.append(element("p", { class: "faint" }, ...inline(need)));
  if (fields.size) {
    const list = element("ul", { class: "fields" });
    for (const [name, field] of fields) list.append(fieldView(name, field, required.has(name), depth));
    box.append(list);
  } else if (value.items) {
    box.append(element("p", { class: "faint" }, "each:"), schemaView(value.items, depth + 1));
  } else if (!choices) {
    box.append(element("p", {}, element("code", {}, typeOf(schema)), " ", element("span", { class: "faint" }, limits(value))));
  }
  if (choices && depth < MAX_DEPTH) {
    box.append(element("p", { class: "faint" }, "one of:"));
    for (const choice of choices) {
      const named = resolve(choice).name ?? resolve((choice.allOf ?? [])[1]).name ?? typeOf(choice);
      box.append(element("details", {}, element("summary", {}, element("code", {}, named)), schemaView(choice, depth + 1)));
    }
  }
  return box;
}

/** Whether there is more to a schema than its type. */
function isDeep(schema) {
  const { value } = resolve(schema);
  const inner = value.items ? resolve(value.items).value : value;
  return Boolean(inner.properties || inner.allOf || inner.oneOf || (inner.anyOf && !inner.required));
}

function fieldView(name, field, required, depth) {
  const { value } = resolve(field);
  const item = element(
    "li",
    {},
    element("code", {}, name),
    " ",
    element("span", { class: "faint" }, isDeep(field) && !value.items ? "object" : typeOf(field)),
    required ? element("span", { class: "bad" }, " required") : "",
    element("span", { class: "faint" }, limits(value) ? ` (${limits(value)})` : ""),
  );
  if (isDeep(field) && depth < MAX_DEPTH) {
    const more = element("details", {}, element("summary", { class: "faint" }, "fields"));
    // Made when it is looked at: schemas hold each other.
    more.addEventListener("toggle", () => more.open && more.childElementCount === 1 && more.append(schemaView(value.items ?? field, depth + 1)));
    item.append(more);
  } else if (value.description) {
    item.append(prose(value.description));
  }
  return item;
}

function examplesView(media) {
  return Object.entries(media.examples ?? {}).flatMap(([name, example]) => [
    element("p", { class: "faint" }, `Example: ${example.summary ?? name}`),
    json(example.value),
  ]);
}

function contentView(content) {
  return Object.entries(content ?? {}).flatMap(([type, media]) => [
    element("p", { class: "faint" }, type),
    ...examplesView(media),
    schemaView(media.schema),
  ]);
}

function securityView(operation) {
  const words = (operation.security ?? []).map((one) => Object.keys(one).map((name) => document_.components.securitySchemes[name]));
  if (!words.length) return element("p", {}, "Who may call: everybody");
  const items = words.map(([scheme]) =>
    scheme
      ? element("li", {}, element("code", {}, scheme.name ?? "HTTP Basic"), ": ", ...inline(scheme.description ?? ""))
      : element("li", {}, "none of these, with the write key in the body"),
  );
  return element("div", {}, element("h3", {}, "Who may call"), element("ul", {}, ...items));
}

function parametersView(item, operation) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(one).value);
  if (!parameters.length) return "";
  const list = parameters.map((parameter) => {
    const { value } = resolve(parameter.schema);
    return element(
      "li",
      {},
      element("code", {}, parameter.name),
      " ",
      element("span", { class: "faint" }, `in ${parameter.in}, ${typeOf(parameter.schema)}`, limits(value) ? ` (${limits(value)})` : ""),
      parameter.required ? element("span", { class: "bad" }, " required") : "",
      prose(parameter.description),
    );
  });
  return element("div", {}, element("h3", {}, "Parameters"), element("ul", { class: "fields" }, ...list));
}

/** A line for a terminal, on the local run. */
function curl(method, path, item, operation) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(one).value);
  const target = path.replace(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find((one) => one.name === name && one.in === "path");
    return encodeURIComponent(parameter?.example ?? (name === "call" ? "batch" : name));
  });
  const media = operation.requestBody?.content["application/json"];
  const example = media && (media.examples.batch ?? Object.values(media.examples)[0]).value;
  const isKeyed = (operation.security ?? []).some((one) => "key" in one);
  const words = ["curl", method === "get" ? "" : `-X ${method.toUpperCase()}`, `'${location.origin}${target}'`];
  if (isKeyed) words.push("-H 'X-Crowd-Key: sk_demo_local'");
  if (example) words.push(`\\\n  -d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`);
  return element("pre", { tabindex: "0" }, element("code", {}, words.filter(Boolean).join(" ")));
}

function responseView(status, reference) {
  const response = resolve(reference).value;
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) =>
    element("li", {}, element("code", {}, name), " ", ...inline(resolve(header).value.description ?? "")),
  );
  return element(
    "details",
    { open: status.startsWith("2") },
    element("summary", {}, element("strong", { class: status.startsWith("2") ? "good" : "bad" }, status), " ", ...inline(response.description)),
    headers.length ? element("ul", { class: "fields" }, ...headers) : "",
    ...contentView(response.content),
  );
}

function routeView(method, path, item, operation) {
  const head = element(
    "summary",
    {},
    element("span", { class: "method" }, method.toUpperCase()),
    " ",
    element("code", {}, path),
    " ",
    ...inline(operation.summary),
  );
  const route = element("details", { class: "route", id: operation.operationId }, head);
  const fill = () => {
    if (route.childElementCount > 1) return;
    route.append(
      prose(operation.description),
      curl(method, path, item, operation),
      securityView(operation),
      parametersView(item, operation),
    );
    if (operation.requestBody) route.append(element("h3", {}, "Body"), ...contentView(operation.requestBody.content));
    route.append(element("h3", {}, "Answers"));
    for (const [status, response] of Object.entries(operation.responses)) route.append(responseView(status, response));
  };
  route.addEventListener("toggle", () => route.open && fill());
  // What a search looks at, schemas by name.
  route.dataset.words = JSON.stringify([path, item.parameters, operation, names(operation)]).toLowerCase();
  return route;
}

/** The fields in the bodies of an operation. */
function names(operation) {
  const bodies = [operation.requestBody, ...Object.values(operation.responses).map((one) => resolve(one).value)];
  return bodies.flatMap((body) => Object.values(body?.content ?? {})).flatMap((media) => [...fieldsOf(media.schema).fields.keys()]);
}

function show() {
  const routes = document.getElementById("routes");
  const contents = document.getElementById("contents");
  routes.replaceChildren(prose(document_.info.description));
  for (const tag of document_.tags) {
    const list = element("ul", {});
    const section = element("section", {}, element("h2", {}, tag.name), prose(tag.description));
    for (const [path, item] of Object.entries(document_.paths)) {
      for (const method of METHODS.filter((one) => item[one]?.tags.includes(tag.name))) {
        section.append(routeView(method, path, item, item[method]));
        const link = element("a", { href: `#${item[method].operationId}` }, `${method.toUpperCase()} ${path}`);
        list.append(element("li", {}, link));
      }
    }
    routes.append(section);
    contents.append(element("h2", {}, tag.name), list);
  }
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named?.tagName === "DETAILS") {
    named.open = true;
    named.scrollIntoView();
  }
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  for (const route of document.querySelectorAll(".route")) route.hidden = !route.dataset.words.includes(wanted);
  for (const section of document.querySelectorAll("section")) section.hidden = !section.querySelector(".route:not([hidden])");
}

fetch("/openapi.json")
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`status ${answer.status}`))))
  .then((read) => {
    document_ = read;
    show();
    openNamed();
    addEventListener("hashchange", openNamed);
    document.getElementById("find").addEventListener("input", (event) => find(event.target.value));
  })
  .catch((error) => document.getElementById("routes").replaceChildren(element("p", { class: "bad" }, `The document could not be read: ${error.message}`)));
