// Asking the server. Every failure becomes an error whose message can be shown as it is.

const base = document.body.dataset.base;

/** The address of a path of ours. */
export const link = (path) => base + path;

/** Addresses of the pages about an entity, by its id. */
export const entityPage = (id, suffix) => link(`/entities/${id}${suffix}`);

const SEVERAL = ["focus", "expand", "predicate", "status", "fixed"];

async function get(path, parameters, signal) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of SEVERAL.includes(name) ? value : [value]) query.append(name, one);
  }
  let response;
  try {
    response = await fetch(`${link(path)}?${query}`, { headers: { Accept: "application/json" }, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Check that it runs, then try again.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.detail ?? `The server answered with ${response.status}.`);
  if (body === null) throw new Error("The server's answer could not be read.");
  return body;
}

export const search = (text, signal) => get("/search", { q: text, limit: 8 }, signal);

/** Ask a question; `clocks` are `as_of` and `known_on`, left out where they are empty. */
export const ask = (question, clocks, signal) =>
  get("/ask", { q: question, ...Object.fromEntries(Object.entries(clocks).filter(([, date]) => date)) }, signal);

export const entity = (id, offset, signal) => get(`/entities/${id}`, { offset, limit: 200 }, signal);

export const statement = (id, signal) => get(`/statements/${id}`, {}, signal);

export const graph = (wanted, signal) => get("/graph", wanted, signal);
