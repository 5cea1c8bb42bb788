/* The search page: the form, its results, the keyboard, the address. */

import { Archive } from "./archive.js";
import { passages, places } from "./passages.js";
import { phrases } from "./words.js";

const AT_ONCE = 10, FIRST = 3;
const PAGES = 8, MOST = 24; // looked into for a phrase at once; at most, while none has it
const FILTERS = { person: "people", country: "countries", section: "sections", language: "languages" };
const LONG = 240, SHORT = 110;

const form = document.getElementById("_find");
const { root, base, language } = form.dataset;
const say = JSON.parse(form.dataset.words);
const input = form.elements.q;
const [status, subjects, results, more, ways] = ["_status", "_subjects", "_results", "_more", "_ways"]
  .map((id) => document.getElementById(id));
const narrow = document.getElementById("_narrow");

const calendar = new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-ca-gregory`,
  { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const numbers = new Intl.NumberFormat(language), plural = new Intl.PluralRules(language);
const tongues = new Intl.DisplayNames(language, { type: "language" });

const opening = Archive.open(root);
let asked = 0; // answers to older questions are dropped
let state = null;
let counted = ""; // the question whose filters are shown

function node(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function words(key, values = {}) {
  let text = say[key];
  if (typeof text !== "string") {
    text = text[plural.select(values.n)] ?? text.other;
    values = { ...values, n: numbers.format(values.n) };
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/* The question, as the form and the address have it */

function question() {
  const data = Object.fromEntries(new FormData(form));
  return { ...data, q: data.q.trim() };
}

function address(question) {
  const given = Object.entries(question).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : location.pathname;
}

function fill(parameters) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = parameters.get(field.name) ?? "";
    if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value))
      field.append(node("option", { value, textContent: value }));
    field.value = value;
  }
  if (Object.keys(FILTERS).some((name) => parameters.get(name)) || parameters.get("year")) narrow.open = true;
}

/* The answer */

async function ask({ push = false } = {}) {
  const now = ++asked, wanted = question();
  history[push ? "pushState" : "replaceState"](null, "", address(wanted));
  const filters = Object.entries(FILTERS).filter(([name]) => wanted[name]).map(([name, kind]) => `${kind}/${wanted[name]}`);
  try {
    const archive = await opening;
    const found = await archive.find(wanted.q, { filters, year: wanted.year, sort: wanted.sort });
    if (now !== asked) return;
    state = { archive, found, shown: 0, now, wanted, phrases: phrases(wanted.q) };
    near.disconnect();
    results.replaceChildren();
    results.parentElement.hidden = !found.hits.length;
    ways.hidden = Boolean(wanted.q || found.hits.length);
    people(found.subjects);
    tell(wanted, found);
    await show();
    if (narrow.open) await count();
  } catch {
    if (now === asked) status.textContent = words("failed");
  }
}

function tell(wanted, { hits, some, missing, terms, subjects: known, short }, looked = !phrases(wanted.q).length, so = 0) {
  const lines = [];
  const narrowed = wanted.year || Object.keys(FILTERS).some((name) => wanted[name]);
  if (short) lines.push(words("short"));
  else if (!hits.length && !wanted.q && narrowed) lines.push(words("nothing"));
  if (wanted.q && !terms.length && !known?.length && !short) lines.push(words("nothing"));
  else if (hits.length) lines.push(words(looked ? "found" : "phrase", { n: hits.length }));
  else if (wanted.q && !known?.length && terms.length) lines.push(words("nothing"));
  if (known?.length) lines.push(known.map(({ name }) => name).join(", "));
  for (const word of new Set(missing)) lines.push(words("no_word", { word }));
  if (so) lines.push(words("looked", { done: numbers.format(so) }));
  if (some) lines.push(words("some"));
  status.textContent = lines.join(" ");
}

function people(found) {
  subjects.hidden = !found.length;
  subjects.querySelector("ul").replaceChildren(...found.map(({ name, url, kind, count, alias }) => {
    const about = [words(kind), alias, words("articles", { n: count })].filter(Boolean);
    return node("li", {}, node("a", { href: base + url, textContent: name, className: "hit", dir: "auto" }),
      " ", node("span", { className: "note" }, ...about.flatMap((part, n) => [n ? " · " : "", node("bdi", { textContent: part })])));
  }));
}

async function show() {
  const { found, now } = state, phrase = state.phrases.length > 0;
  const end = state.shown + MOST, before = results.children.length;
  do await batch(phrase ? PAGES : AT_ONCE);
  while (now === asked && phrase && results.children.length === before && state.shown < Math.min(end, found.hits.length));
  if (now !== asked || !phrase) return;
  const all = state.shown >= found.hits.length; // pages without the phrase have gone
  results.parentElement.hidden = all && !results.children.length;
  tell(state.wanted, all ? { ...found, hits: [...results.children] } : found, all, all ? 0 : state.shown);
}

async function batch(size) {
  const { archive, found, now } = state;
  const part = found.hits.slice(state.shown, state.shown + size);
  state.shown += part.length;
  const rows = await Promise.all(part.map(({ block, place }) => archive.title(block, place)));
  if (now !== asked) return;
  const items = rows.map((row, n) => result(row, part[n]));
  results.append(...items.map(({ item }) => item));
  if (state.moving) items[0]?.link.focus();
  state.moving = false;
  more.hidden = state.shown >= found.hits.length;
  const first = state.phrases.length ? items.length : FIRST;
  await Promise.all(items.slice(0, first).map((item) => open(item, now)));
  items.slice(first).forEach((item) => later(item, now)); // further down, now that those have grown
}

/* An article is looked into when its result comes near: ten pages are most of what a query loads */

const looks = new WeakMap();
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) look(target);
});

function later(row, now) {
  looks.set(row.item, () => open(row, now));
  near.observe(row.item);
  row.link.addEventListener("focus", () => look(row.item));
}

function look(item) {
  near.unobserve(item);
  looks.get(item)?.();
  looks.delete(item);
}

function result([title, url, day, section, lang, instead], hit) {
  const link = node("a", { href: base + url, className: "hit" });
  link.append(...marked(title, places(title, state.found.terms)));
  const about = node("p", { className: "card-date" },
    node("time", { dateTime: day, textContent: calendar.format(new Date(`${day}T00:00:00Z`)) }));
  if (section) about.append(" ", node("span", { textContent: section, dir: "auto" }));
  const text = node("div", { className: "card-text", dir: "auto" }, node("h3", {}, link));
  if (lang) text.lang = lang;
  const sure = hit.words === state.found.terms.length;
  return { item: node("li", { className: "card" }, about, text), link, text, url, instead, sure };
}

/** Adds what the article says, and lets the link lead to the passage that says it. */
async function open({ item, link, text, url, instead, sure }, now) {
  const quiet = instead !== undefined; // its text has a name that is not to be quoted or confirmed
  if (quiet && state.phrases.length && !sure) return item.remove();
  if (quiet && instead) text.append(node("p", { className: "standfirst", textContent: instead }));
  if (quiet && !state.phrases.length) return;
  const looked = await passages(base + url, state.found.terms, state.phrases).catch(() => null);
  if (now !== asked || !looked) return;
  if (!looked.whole) return item.remove(); // the words are there, the phrase is not
  if (quiet) return;
  const [first, ...others] = looked.passages;
  if (first) {
    if (first.anchor) link.hash = first.anchor;
    text.append(node("p", { className: "standfirst" }, ...snippet(first, LONG)));
  } else if (looked.description) text.append(node("p", { className: "standfirst", textContent: looked.description }));
  const places = others.filter(({ anchor }) => anchor && anchor !== first.anchor);
  if (places.length)
    text.append(node("ul", { className: "places-in" }, ...places.map((passage) => {
      const place = node("a", { href: base + url });
      place.hash = passage.anchor;
      place.append(...snippet(passage, SHORT));
      return node("li", {}, place);
    })));
}

function snippet({ text, marks }, length) {
  let start = 0, end = text.length;
  if (end > length) {
    start = Math.max(0, (marks[0]?.[0] ?? 0) - length / 3);
    if (start) start = text.indexOf(" ", start) + 1 || start;
    if (start > (marks[0]?.[0] ?? start)) start = marks[0][0];
    end = Math.min(text.length, start + length);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), marks[0]?.[1] ?? 0, start + length / 2);
  }
  const inside = marks.filter(([from, to]) => from >= start && to <= end).map(([from, to]) => [from - start, to - start]);
  return [start ? "… " : "", ...marked(text.slice(start, end), inside), end < text.length ? " …" : ""];
}

function marked(text, marks) {
  const parts = [];
  let done = 0;
  for (const [from, to] of marks) {
    if (from < done) continue;
    parts.push(text.slice(done, from), node("mark", { textContent: text.slice(from, to) }));
    done = to;
  }
  return [...parts, text.slice(done)];
}

/* Filters: who and what stands in the articles that were found */

async function count() {
  const { archive, found, now, wanted } = state;
  const key = address(wanted);
  if (counted === key) return;
  counted = key;
  const everything = !wanted.q && !found.hits.length;
  const blocks = new Map();
  for (const { block, place } of found.hits) blocks.set(block, (blocks.get(block) ?? new Set()).add(place));
  if (everything) archive.blocks.forEach((_, block) => block && blocks.set(block, null));
  const kinds = Object.fromEntries(Object.values(FILTERS).map((kind) => [kind, new Map()]));
  await Promise.all([...blocks].map(async ([block, places]) => {
    for (const [kind, rows] of Object.entries(await archive.facets(block)))
      for (const [slug, name, all] of rows) {
        const n = places ? all.filter((place) => places.has(place)).length : all.length;
        const row = kinds[kind].get(slug) ?? { name, n: 0 };
        if (n) kinds[kind].set(slug, { name, n: row.n + n });
      }
  }));
  if (now !== asked) return;
  const years = new Map(archive.years.map((year) => [year, { name: year, n: 0 }]));
  for (const [block, places] of blocks) {
    const year = years.get(archive.blocks[block].label.slice(0, 4));
    year.n += places ? places.size : archive.blocks[block].count;
  }
  for (const [name, kind] of Object.entries(FILTERS)) options(form.elements[name], kinds[kind], name === "language");
  options(form.elements.year, new Map([...years].filter(([, { n }]) => n)), false, true);
}

function options(select, rows, tongue, ordered = false) {
  const chosen = select.value;
  const sorted = ordered ? [...rows] : [...rows].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1)).slice(0, 200);
  if (chosen && !sorted.some(([value]) => value === chosen)) sorted.unshift([chosen, { name: chosen, n: 0 }]);
  select.replaceChildren(select.options[0], ...sorted.map(([value, { name, n }]) =>
    node("option", { value, textContent: `${tongue ? tongues.of(name) ?? name : name} (${numbers.format(n)})` })));
  select.value = chosen;
}

/* Events */

let waiting = 0;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 180);
});
form.addEventListener("change", (event) => event.target !== input && ask({ push: true }));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  ask({ push: true });
});
more.addEventListener("click", () => {
  state.moving = true;
  show();
});
narrow.addEventListener("toggle", () => narrow.open && state && count());
addEventListener("popstate", () => { fill(new URLSearchParams(location.search)); ask(); });

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = document.activeElement === input;
  const hits = [...document.querySelectorAll("a.hit")], at = hits.indexOf(document.activeElement);
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) input.focus(), input.select();
  else if (event.key === "ArrowDown" && (writing || at >= 0)) hits[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (hits[at - 1] ?? input).focus();
  else if (event.key === "Escape" && at >= 0) input.focus();
  else if (event.key === "Escape" && writing && input.value) input.value = "", ask();
  else return;
  event.preventDefault();
});

form.hidden = false;
fill(new URLSearchParams(location.search));
if (!location.search) input.focus();
ask();
